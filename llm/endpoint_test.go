package llm_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dryad/llm"
)

const key = "sk-test-0123456789abcdef"

// answers is a server that gives each handler one request, the last one all
// that follow.
func answers(t *testing.T, handlers ...http.HandlerFunc) *httptest.Server {
	t.Helper()
	next := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler := handlers[min(next, len(handlers)-1)]
		next++
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// says answers with a text as a chat endpoint does.
func says(text, finish string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"message": map[string]any{"role": "assistant", "content": text}, "finish_reason": finish}},
			"usage":   map[string]int{"prompt_tokens": 11, "completion_tokens": 7},
		})
	}
}

func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		io.WriteString(w, body)
	}
}

// drops closes the connection without a word.
func drops(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		connection.Close()
	}
}

// breaksOff promises more than it sends.
func breaksOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, `{"choices":[{"message":{"content":"sel`)
}

// hangs answers only when the one who asked has gone.
func hangs(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func endpoint(server *httptest.Server, change func(*llm.EndpointParams)) llm.Provider {
	params := llm.EndpointParams{
		BaseURL: server.URL + "/v1", Model: "m", Key: key, Tries: 3,
		FirstWait: time.Millisecond, Timeout: 20 * time.Second,
	}
	if change != nil {
		change(&params)
	}
	return llm.NewEndpoint(params)
}

func ask(text string) llm.Request {
	return llm.Request{Messages: []llm.Message{{Role: llm.User, Text: text}}}
}

func TestEndpointAnswers(t *testing.T) {
	var got map[string]any
	var authorization, path string
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		authorization, path = r.Header.Get("Authorization"), r.URL.Path
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		says("selector:", "length")(w, r)
	})
	model := endpoint(server, func(p *llm.EndpointParams) {
		p.Extra = map[string]json.RawMessage{"top_k": json.RawMessage("40"), "temperature": json.RawMessage("0.125")}
		p.Dialect = llm.LlamaCpp
	})
	request := ask("write")
	request.MaxTokens, request.Temperature, request.Seed = 99, 0.5, 1<<40
	request.Grammar = `root ::= "selector:"`
	response, err := model.Complete(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if response.Text != "selector:" || !response.Truncated || response.Usage != (llm.Usage{Prompt: 11, Answer: 7}) {
		t.Errorf("response %+v", response)
	}
	if authorization != "Bearer "+key || path != "/v1/chat/completions" {
		t.Errorf("authorization %q, path %q", authorization, path)
	}
	for name, want := range map[string]any{
		"model": "m", "max_tokens": 99.0, "top_k": 40.0, "temperature": 0.125, "seed": float64(1 << 40), "grammar": request.Grammar,
	} {
		if got[name] != want {
			t.Errorf("field %s is %v, want %v", name, got[name], want)
		}
	}
}

// Newer models refuse the older fields.
func TestReasoningModels(t *testing.T) {
	var got map[string]any
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		says("x", "stop")(w, r)
	})
	request := ask("write")
	request.MaxTokens, request.Temperature = 99, 0.5
	model := endpoint(server, func(p *llm.EndpointParams) { p.Model = "o3-mini" })
	if _, err := model.Complete(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if _, old := got["max_tokens"]; old || got["max_completion_tokens"] != 99.0 || got["temperature"] != nil {
		t.Errorf("sent %v", got)
	}
}

func TestEndpointShowsPictures(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		var body struct {
			Messages []struct {
				Content []struct {
					Type, Text string
					ImageURL   struct{ URL string } `json:"image_url"`
				}
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		parts := body.Messages[0].Content
		if len(parts) != 2 || parts[0].Text != "look" {
			t.Fatalf("content %+v", parts)
		}
		encoded, found := strings.CutPrefix(parts[1].ImageURL.URL, "data:image/png;base64,")
		raw, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || !found {
			t.Errorf("picture: %v", err)
		}
		if shown, err := png.Decode(bytes.NewReader(raw)); err != nil || shown.Bounds().Dx() != 3 {
			t.Errorf("picture: %v", err)
		}
		says("seen", "stop")(w, r)
	})
	request := ask("look")
	request.Messages[0].Images = [][]byte{picture.Bytes()}
	if _, err := endpoint(server, nil).Complete(t.Context(), request); err != nil {
		t.Fatal(err)
	}
}

func TestEndpointFaults(t *testing.T) {
	for _, c := range []struct {
		name     string
		handlers []http.HandlerFunc
		want     string // in the error; empty if a later try is answered
		fatal    bool
	}{
		{"401 that echoes the key", []http.HandlerFunc{status(401, `{"error":{"message":"Incorrect API key provided: `+key+`"}}`)}, "set OPENAI_API_KEY", true},
		{"401 that echoes half of it", []http.HandlerFunc{status(401, `{"error":{"message":"bad key sk-test-0123****"}}`)}, "[key]", true},
		{"403", []http.HandlerFunc{status(403, "no")}, "403", true},
		{"404", []http.HandlerFunc{status(404, "page not found")}, "base URL", true},
		{"400", []http.HandlerFunc{status(400, `{"error":{"message":"max_tokens\nis too large"}}`)}, "max_tokens is too large", false},
		{"429 for ever", []http.HandlerFunc{status(429, `{"error":{"message":"slow down"}}`)}, "too often", false},
		{"429 once", []http.HandlerFunc{status(429, ""), says("fine", "stop")}, "", false},
		{"500 for ever", []http.HandlerFunc{status(500, "panic: at the disco")}, "status 500", false},
		{"500 twice", []http.HandlerFunc{status(500, ""), status(503, ""), says("fine", "stop")}, "", false},
		{"half a JSON", []http.HandlerFunc{status(200, `{"choices":[{"message":{"content":"sel`)}, "middle of its answer", false},
		{"half a JSON once", []http.HandlerFunc{status(200, `{"choices":`), says("fine", "stop")}, "", false},
		{"breaks off", []http.HandlerFunc{breaksOff}, "middle of its answer", false},
		{"nothing", []http.HandlerFunc{status(200, "")}, "nothing back", false},
		{"drops the connection", []http.HandlerFunc{drops}, "nothing back", false},
		{"drops it once", []http.HandlerFunc{drops, says("fine", "stop")}, "", false},
		{"a web page", []http.HandlerFunc{status(200, "<html>welcome</html>")}, "base URL", true},
		{"another JSON", []http.HandlerFunc{status(200, `{"choices":7}`)}, "base URL", true},
		{"too slow", []http.HandlerFunc{hangs}, "no answer within", false},
		{"an empty answer", []http.HandlerFunc{says(" \n", "stop")}, "no text", false},
		{"no choices", []http.HandlerFunc{status(200, `{"choices":[]}`)}, "no text", false},
		{"only thoughts", []http.HandlerFunc{says("", "length")}, "raise it", false},
		{"filtered", []http.HandlerFunc{says("", "content_filter")}, "content filter", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := answers(t, c.handlers...)
			model := endpoint(server, func(p *llm.EndpointParams) {
				if c.name == "too slow" {
					p.Timeout = 20 * time.Millisecond
				}
			})
			response, err := model.Complete(t.Context(), ask("write"))
			if c.want == "" {
				if err != nil || response.Text != "fine" {
					t.Fatalf("%+v, %v", response, err)
				}
				return
			}
			if err == nil {
				t.Fatalf("no error, but %+v", response)
			}
			text := err.Error()
			if !strings.Contains(text, c.want) || llm.IsPermanent(err) != c.fatal {
				t.Errorf("fatal %v: %s", llm.IsPermanent(err), text)
			}
			shown := strings.ReplaceAll(text, server.URL, "") // a port may hold the key's digits
			if strings.Contains(shown, "0123") || strings.Contains(text, "\n") || len(text) > 500 {
				t.Errorf("not fit to be shown: %q", text)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
	if err == nil || !llm.IsPermanent(err) || !strings.Contains(err.Error(), "nothing listens") {
		t.Error(err)
	}
}

func TestAddressIsShownWithoutItsSecrets(t *testing.T) {
	server := answers(t, status(401, ""))
	model := endpoint(server, func(p *llm.EndpointParams) {
		p.BaseURL = strings.Replace(server.URL, "http://", "http://user:hunter2@", 1) + "/v1"
	})
	_, err := model.Complete(t.Context(), ask("write"))
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Error(err)
	}
}

// The wait that an endpoint asks for is kept to: no clock runs here, the test
// looks at the pause that begins and leaves.
func TestRetryAfterIsHonoured(t *testing.T) {
	for _, c := range []struct{ header, want string }{{"7", "7s"}, {"1.5", "1.5s"}} {
		server := answers(t, status(429, "", "Retry-After", c.header))
		ctx, cancel := context.WithCancel(t.Context())
		var wait time.Duration
		model := endpoint(server, func(p *llm.EndpointParams) {
			p.Notify = func(_ error, d time.Duration) {
				wait = d
				cancel()
			}
		})
		if _, err := model.Complete(ctx, ask("write")); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if wait.String() != c.want {
			t.Errorf("Retry-After %s: waits %v", c.header, wait)
		}
	}
	server := answers(t, status(429, "", "Retry-After", "86400"))
	_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
	if err == nil || !strings.Contains(err.Error(), "24h") {
		t.Errorf("a day: %v", err)
	}
}

func TestCancelEndsTheQuestion(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		hangs(w, r)
	})
	if _, err := endpoint(server, nil).Complete(ctx, ask("write")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A hostile endpoint that gives the key back as its answer does not get it
// into a record.
func TestKeyIsTakenOutOfAnswers(t *testing.T) {
	server := answers(t, says("your key is "+key, "stop"))
	response, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
	if err != nil || response.Text != "your key is [key]" {
		t.Errorf("%q, %v", response.Text, err)
	}
}
