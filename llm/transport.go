package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// A Dialect is the way in which a server takes a grammar.
type Dialect string

// The dialects, and the form of grammar each reads.
const (
	LlamaCpp Dialect = "llama.cpp" // GBNF in the field grammar
	VLLM     Dialect = "vllm"      // EBNF in structured_outputs.grammar
	SGLang   Dialect = "sglang"    // EBNF in the field ebnf
)

// fields are what a grammar adds to the body.
func (d Dialect) fields(grammar string) (map[string]any, error) {
	if grammar == "" {
		return nil, nil
	}
	switch d {
	case "":
		return nil, nil
	case LlamaCpp:
		return map[string]any{"grammar": grammar}, nil
	case VLLM:
		return map[string]any{"structured_outputs": map[string]string{"grammar": grammar}}, nil
	case SGLang:
		return map[string]any{"ebnf": grammar}, nil
	}
	return nil, fmt.Errorf("unknown dialect %q: want llama.cpp, vllm or sglang", string(d))
}

// exchange carries what the client has no place for to the transport and back.
type exchange struct {
	grammar    string
	maxTokens  int // 0 for none, or when the client writes it
	retryAfter time.Duration
}

type exchangeKey struct{}

func withExchange(ctx context.Context, seen *exchange) context.Context {
	return context.WithValue(ctx, exchangeKey{}, seen)
}

// transport puts further fields into the body of each request, keeps the wait
// that a refusal asks for, and bounds what is read.
type transport struct {
	next    http.RoundTripper // nil for the usual one
	extra   map[string]json.RawMessage
	dialect Dialect
}

// maxAnswer is the most bytes that are read of one answer.
const maxAnswer = 8 << 20

var errTooLong = errors.New("the answer is too long")

func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	seen, _ := request.Context().Value(exchangeKey{}).(*exchange)
	if seen == nil {
		seen = &exchange{}
	}
	sent, err := t.extend(request, seen)
	if err != nil {
		return nil, err
	}
	next := t.next
	if next == nil {
		next = http.DefaultTransport
	}
	response, err := next.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	seen.retryAfter = parseRetryAfter(response.Header.Get("Retry-After"), time.Now())
	response.Body = &boundedBody{ReadCloser: response.Body, left: maxAnswer}
	return response, nil
}

// extend is the request with further fields in its body.
func (t *transport) extend(request *http.Request, seen *exchange) (*http.Request, error) {
	more, err := t.dialect.fields(seen.grammar)
	if err != nil {
		return nil, err
	}
	if seen.maxTokens > 0 {
		if more == nil {
			more = map[string]any{}
		}
		more["max_tokens"] = seen.maxTokens
	}
	if request.Body == nil || len(more) == 0 && len(t.extra) == 0 {
		return request, nil
	}
	defer request.Body.Close()
	content, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	var body map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		return nil, err
	}
	for name, value := range more {
		body[name] = value
	}
	for name, value := range t.extra {
		body[name] = value
	}
	if content, err = json.Marshal(body); err != nil {
		return nil, err
	}
	sent := request.Clone(request.Context())
	sent.Body = io.NopCloser(bytes.NewReader(content))
	sent.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }
	sent.ContentLength = int64(len(content))
	return sent, nil
}

type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
