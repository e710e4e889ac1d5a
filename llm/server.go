package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Server is what an endpoint tells of itself.
type Server struct {
	// Context is how many tokens a prompt and its answer may have together; 0 if
	// the endpoint does not say.
	Context int
	// Dialect is the one that a server of this kind takes; empty if it is not
	// known.
	Dialect Dialect
}

// Ask asks the endpoint for what it tells of itself: at /props as llama.cpp's
// server has it, and in the list of models, as most do. What is not there or
// cannot be read tells nothing; it is no error.
func Ask(ctx context.Context, params EndpointParams) Server {
	e := newEndpoint(params)
	var told Server
	// llama.cpp serves /props beside /v1, others have no such page.
	if fields := e.get(ctx, "/props", true); fields != nil {
		if n := numberIn(object(fields["default_generation_settings"]), "n_ctx"); n.size() > 0 {
			told = Server{Context: n.size(), Dialect: LlamaCpp}
		}
	}
	for _, raw := range listOf(e.get(ctx, "/models", false)["data"]) {
		model := object(raw)
		if id := textOf(model["id"]); id != e.params.Model && told.Context > 0 {
			continue
		}
		for _, fields := range []map[string]json.RawMessage{model, object(model["meta"])} {
			if n := numberIn(fields, "max_model_len", "context_length", "context_window", "n_ctx", "max_context_length"); n.size() > 0 && told.Context == 0 {
				told.Context = n.size()
			}
		}
		switch owner := strings.ToLower(textOf(model["owned_by"])); {
		case told.Dialect != "":
		case strings.HasPrefix(owner, "llama"):
			told.Dialect = LlamaCpp
		case owner == "vllm":
			told.Dialect = VLLM
		case owner == "sglang":
			told.Dialect = SGLang
		}
	}
	return told
}

// size is the number if it can be one of tokens, or else 0.
func (n number) size() int {
	if !n.known || n.value < 1 || n.value > 1e9 {
		return 0
	}
	return int(n.value)
}

// listOf is the elements of a JSON list; none if it is no list.
func listOf(raw json.RawMessage) []json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}

// askTimeout bounds a question about the server itself where no other bound was
// set.
const askTimeout = time.Minute

// get reads an object from a page at the base URL, or at the root of its path
// without /v1; nil if there is none.
func (e *endpoint) get(ctx context.Context, page string, root bool) map[string]json.RawMessage {
	address, err := url.Parse(e.params.BaseURL)
	if err != nil {
		return nil
	}
	address.Path = strings.TrimRight(address.Path, "/")
	if root {
		address.Path = strings.TrimSuffix(address.Path, "/v1")
	}
	address.Path += page
	address.RawPath, address.Fragment = "", ""
	limited, cancel := context.WithTimeout(ctx, e.askTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(limited, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil
	}
	if e.params.Key != "" {
		request.Header.Set("Authorization", "Bearer "+e.params.Key)
	}
	response, err := e.client.Do(request)
	if err != nil {
		return nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil || response.StatusCode != http.StatusOK {
		return nil
	}
	return object(body)
}

// probe is the only answer that the grammar of a probe allows; no model gives
// it of itself.
const probe = "quiet-7-harbour"

// only is a grammar, or a schema, that allows this one answer.
func (d Dialect) only() string {
	switch d {
	case LlamaCpp, VLLM, SGLang:
		return fmt.Sprintf("root ::= %q\n", probe)
	case CustomTool:
		return fmt.Sprintf("start: %q\n", probe)
	}
	return fmt.Sprintf(`{"type":"object","properties":{"answer":{"const":%q}},"required":["answer"],"additionalProperties":false}`, probe)
}

// FindDialect asks one short question in each dialect, the one that the server
// is known for first, and returns the first that is obeyed; empty if none is.
// The error is that of an endpoint that cannot be asked at all. Usage is what
// the questions took.
func FindDialect(ctx context.Context, params EndpointParams, told Server) (found Dialect, usage Usage, err error) {
	params.Tries, params.Stream = 1, false
	order := Dialects()
	if told.Dialect != "" {
		order = append([]Dialect{told.Dialect}, order...)
	}
	for i, dialect := range order {
		if i > 0 && dialect == told.Dialect {
			continue
		}
		params.Dialect = dialect
		// The grammar leaves no choice; a server that does not know the field
		// answers something else, or refuses the question.
		response, err := NewEndpoint(params).Complete(ctx, Request{
			Messages:  []Message{{Role: User, Text: "Write one word about the weather."}},
			MaxTokens: 64, Grammar: dialect.only(),
		})
		usage = usage.Plus(response.Usage)
		var fault *ProviderError
		switch {
		case ctx.Err() != nil:
			return "", usage, ctx.Err()
		case err == nil && obeyed(dialect, response.Text):
			return dialect, usage, nil
		case errors.As(err, &fault) && fault.Unreachable:
			return "", usage, err
		}
	}
	return "", usage, nil
}

// obeyed reports whether an answer is the one that a probe allows.
func obeyed(dialect Dialect, answer string) bool {
	answer = strings.TrimSpace(answer)
	if dialect != JSONSchema {
		return answer == probe
	}
	return textOf(object(json.RawMessage(answer))["answer"]) == probe
}
