package llm_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dryad/llm"
)

// pages serves a text at each path.
func pages(t *testing.T, pages map[string]string) llm.EndpointParams {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page, have := pages[r.URL.Path]; have && r.Method == http.MethodGet && r.Header.Get("Authorization") == "Bearer "+key {
			io.WriteString(w, page)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	return llm.EndpointParams{BaseURL: server.URL + "/v1", Model: "m", Key: key}
}

// TestAsk: what servers tell of themselves.
func TestAsk(t *testing.T) {
	for name, c := range map[string]struct {
		pages map[string]string
		want  llm.Server
	}{
		"llama.cpp":            {map[string]string{"/props": `{"default_generation_settings":{"n_ctx":4096},"total_slots":1}`}, llm.Server{Context: 4096, Dialect: llm.LlamaCpp}},
		"llama.cpp's models":   {map[string]string{"/v1/models": `{"data":[{"id":"m","owned_by":"llamacpp","meta":{"n_ctx":512,"n_ctx_train":8192}}]}`}, llm.Server{Context: 512, Dialect: llm.LlamaCpp}},
		"vLLM":                 {map[string]string{"/v1/models": `{"data":[{"id":"m","owned_by":"vllm","max_model_len":32768}]}`}, llm.Server{Context: 32768, Dialect: llm.VLLM}},
		"SGLang":               {map[string]string{"/v1/models": `{"data":[{"id":"m","owned_by":"sglang","max_model_len":1000}]}`}, llm.Server{Context: 1000, Dialect: llm.SGLang}},
		"a router":             {map[string]string{"/v1/models": `{"data":[{"id":"m","context_length":"131072"}]}`}, llm.Server{Context: 131072}},
		"nothing":              {nil, llm.Server{}},
		"no JSON":              {map[string]string{"/props": "<html>", "/v1/models": "[1,2"}, llm.Server{}},
		"odd values":           {map[string]string{"/props": `{"default_generation_settings":{"n_ctx":-1}}`, "/v1/models": `{"data":[{"max_model_len":1e300},7,null]}`}, llm.Server{}},
		"nothing about models": {map[string]string{"/v1/models": `{"data":{}}`}, llm.Server{}},
	} {
		if got := llm.Ask(t.Context(), pages(t, c.pages)); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// obeys answers like a server that takes one dialect; to others it answers of
// its own, or refuses.
func obeys(dialect llm.Dialect, refuses bool) http.HandlerFunc {
	field := map[llm.Dialect]string{
		llm.LlamaCpp: "grammar", llm.VLLM: "structured_outputs", llm.SGLang: "ebnf", llm.CustomTool: "tools", llm.JSONSchema: "response_format",
	}
	return func(w http.ResponseWriter, r *http.Request) {
		var body map[string]json.RawMessage
		json.NewDecoder(r.Body).Decode(&body)
		raw, own := body[field[dialect]]
		switch {
		case !own && refuses:
			status(400, `{"error":{"message":"unknown field"}}`)(w, r)
		case !own:
			says("Sunny.", "stop")(w, r)
		case dialect == llm.CustomTool:
			io.WriteString(w, `{"choices":[{"message":{"content":null,"tool_calls":[{"type":"custom","custom":{"name":"answer","input":"quiet-7-harbour"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":4}}`)
		case dialect == llm.JSONSchema:
			says(`{"answer": "quiet-7-harbour"}`, "stop")(w, r)
		default:
			if !strings.Contains(string(raw), "quiet-7-harbour") {
				w.WriteHeader(400)
			}
			says("quiet-7-harbour", "stop")(w, r)
		}
	}
}

// TestFindDialect: each dialect is found, at servers that ignore fields and at
// those that refuse them; one that takes none is said to, and one that is not
// there is an error.
func TestFindDialect(t *testing.T) {
	for _, dialect := range append(llm.Dialects(), "") {
		for _, refuses := range []bool{false, true} {
			server := answers(t, obeys(dialect, refuses))
			params := llm.EndpointParams{BaseURL: server.URL + "/v1", Model: "m"}
			for _, told := range []llm.Server{{}, {Dialect: llm.SGLang}} {
				found, usage, err := llm.FindDialect(t.Context(), params, told)
				if err != nil || found != dialect {
					t.Errorf("%q, refuses %t, told %q: found %q, %v", dialect, refuses, told.Dialect, found, err)
				}
				if usage.Total() == 0 && dialect != "" {
					t.Errorf("%q: no usage", dialect)
				}
			}
		}
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	if _, _, err := llm.FindDialect(t.Context(), llm.EndpointParams{BaseURL: gone.URL + "/v1", Model: "m"}, llm.Server{}); err == nil {
		t.Error("nobody listens, and that is no error")
	}
	if _, err := llm.ReadDialect("magic"); err == nil || !strings.Contains(err.Error(), "llama.cpp, vllm, sglang, custom-tool, json-schema") {
		t.Errorf("%v", err)
	}
}

// streams sends lines as server-sent events.
func streams(lines ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		for _, line := range lines {
			fmt.Fprintf(w, "%s\n\n", line)
			w.(http.Flusher).Flush()
		}
	}
}

// TestStream: an answer in pieces is the answer in one, and its faults are the
// same faults.
func TestStream(t *testing.T) {
	piece := func(delta string) string { return `data: {"choices":[{"index":0,"delta":` + delta + `}]}` }
	end := `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`
	usage := `data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":5}}}`
	for name, c := range map[string]struct {
		lines []string
		want  llm.Response
		fault string
	}{
		"whole":         {[]string{": hello", piece(`{"role":"assistant","content":""}`), piece(`{"content":"sel"}`), piece(`{"content":"ector:"}`), end, usage, "data: [DONE]"}, llm.Response{Text: "selector:", Usage: llm.Usage{Prompt: 11, Answer: 7, Cached: 5}}, ""},
		"no done":       {[]string{piece(`{"content":"selector:"}`), end, usage}, llm.Response{Text: "selector:", Usage: llm.Usage{Prompt: 11, Answer: 7, Cached: 5}}, ""},
		"cut":           {[]string{piece(`{"content":"sel"}`), strings.Replace(end, "stop", "length", 1), usage}, llm.Response{Text: "sel", Truncated: true, Usage: llm.Usage{Prompt: 11, Answer: 7, Cached: 5}}, ""},
		"custom tool":   {[]string{piece(`{"tool_calls":[{"custom":{"input":"sel"}}]}`), piece(`{"tool_calls":[{"custom":{"input":"ector:"}}]}`), end, usage}, llm.Response{Text: "selector:", Usage: llm.Usage{Prompt: 11, Answer: 7, Cached: 5}}, ""},
		"only thoughts": {[]string{piece(`{"reasoning_content":"selector:"}`), end, usage}, llm.Response{Text: "selector:", Usage: llm.Usage{Prompt: 11, Answer: 7, Cached: 5}}, ""},
		"broken off":    {[]string{piece(`{"content":"sel"}`)}, llm.Response{}, "broke off in the middle"},
		"nothing":       {nil, llm.Response{}, "sent nothing back"},
		"no JSON":       {[]string{"data: {"}, llm.Response{}, "form of a chat endpoint"},
		"an error":      {[]string{piece(`{"content":"sel"}`), `data: {"error":{"message":"Context size has been exceeded.","code":500}}`}, llm.Response{}, "does not take this prompt"},
		"empty":         {[]string{end, usage}, llm.Response{}, "answered with no text"},
	} {
		var body map[string]any
		server := answers(t, func(w http.ResponseWriter, r *http.Request) {
			json.NewDecoder(r.Body).Decode(&body)
			streams(c.lines...)(w, r)
		})
		got, err := endpoint(server, func(p *llm.EndpointParams) { p.Stream = true }).Complete(t.Context(), ask("write a tree"))
		switch {
		case c.fault == "" && (err != nil || !reflect.DeepEqual(got, c.want)):
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%s: %v, want %q", name, err, c.fault)
		}
		if body["stream"] != true {
			t.Errorf("%s: no stream was asked for", name)
		}
	}
	// A server that does not stream is understood too.
	got, err := endpoint(answers(t, says("selector:", "stop")), func(p *llm.EndpointParams) { p.Stream = true }).Complete(t.Context(), ask("write"))
	if err != nil || got.Text != "selector:" {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzStream(f *testing.F) {
	f.Add("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n")
	f.Add("data: {\"error\":\"busy\"}\n\n")
	f.Add(": nothing\n\ndata:\n")
	f.Fuzz(func(t *testing.T, stream string) {
		model := llm.NewEndpoint(llm.EndpointParams{BaseURL: "http://x/v1", Model: "m", Tries: 1, Transport: streamed(stream)})
		got, err := model.Complete(t.Context(), ask("write"))
		if err == nil && strings.TrimSpace(got.Text) == "" || len(got.Text) > len(stream)+100 {
			t.Errorf("%q becomes %+v, %v", stream, got, err)
		}
		if got.Usage.Prompt < 0 || got.Usage.Answer < 0 || got.Usage.Cached < 0 || got.Usage.Cached > got.Usage.Prompt {
			t.Errorf("%q: usage %+v", stream, got.Usage)
		}
	})
}

// TestCachedTokens: the forms in which servers tell what they had not to read
// again; a number that cannot be true is none.
func TestCachedTokens(t *testing.T) {
	for usage, want := range map[string]int{
		`{"prompt_tokens":11,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":9}}`: 9,
		`{"prompt_tokens":11,"completion_tokens":7,"prompt_cache_hit_tokens":"3"}`:               3,
		`{"prompt_tokens":11,"completion_tokens":7,"prompt_tokens_details":null}`:                0,
		`{"prompt_tokens":11,"completion_tokens":7,"prompt_cache_hit_tokens":12}`:                0,
		`{"prompt_tokens":11,"completion_tokens":7,"prompt_cache_hit_tokens":-4}`:                0,
	} {
		server := answers(t, status(200, `{"choices":[{"message":{"content":"selector:"},"finish_reason":"stop"}],"usage":`+usage+`}`))
		got, err := endpoint(server, nil).Complete(t.Context(), ask("write a tree"))
		if err != nil || got.Usage != (llm.Usage{Prompt: 11, Answer: 7, Cached: want}) {
			t.Errorf("%s: %+v, %v", usage, got.Usage, err)
		}
	}
}

// TestBreaker: after some failures running questions go one at a time; an answer
// closes the circuit, another failure opens it for good. Faults of a question's
// own do not count.
func TestBreaker(t *testing.T) {
	busy := &llm.ProviderError{Text: "busy", Passing: true}
	own := &llm.ProviderError{Text: "no such seed"}
	for name, c := range map[string]struct {
		script []error // what the model does
		asked  int     // how many of ten questions reach it
		opens  bool
	}{
		"never":            {nil, 10, false},
		"twice":            {[]error{busy, busy}, 10, false},
		"its own":          {[]error{own, own, own, own, own, own}, 10, false},
		"three, then well": {[]error{busy, busy, busy, nil, busy, busy}, 10, false},
		"three and one":    {[]error{busy, busy, busy, busy}, 4, true},
		"with a pause":     {[]error{busy, busy, own, busy, busy, busy, busy}, 7, true},
	} {
		asked := 0
		model := llm.Breaker(failing(func() error {
			asked++
			if asked > len(c.script) {
				return nil
			}
			return c.script[asked-1]
		}), 3)
		var errs []error
		for range 10 {
			_, err := model.Complete(t.Context(), ask("x"))
			errs = append(errs, err)
		}
		if asked != c.asked {
			t.Errorf("%s: %d questions were put, want %d", name, asked, c.asked)
		}
		if opens := llm.IsPermanent(errs[9]); opens != c.opens || opens && !strings.Contains(errs[9].Error(), "4 questions running were not answered") {
			t.Errorf("%s: the last question ended with %v", name, errs[9])
		}
		if slices.ContainsFunc(errs, func(err error) bool { return errors.Is(err, busy) }) != (c.script != nil && name != "its own") {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

// failing is a model that answers, or fails as the function says.
type failing func() error

func (failing) Name() string { return "failing" }

func (s failing) Complete(context.Context, llm.Request) (llm.Response, error) {
	if err := s(); err != nil {
		return llm.Response{}, err
	}
	return llm.Response{Text: "x"}, nil
}

// streamed is a transport that gives one stream of events.
type streamed string

func (s streamed) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{"Content-Type": {"text/event-stream"}}
	return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(strings.NewReader(string(s))), Request: r}, nil
}
