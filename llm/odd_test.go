package llm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"dryad/llm"
)

// counted is a server that answers everything in one way and counts.
func counted(t *testing.T, handler http.HandlerFunc) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		io.Copy(io.Discard, r.Body)
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return server, &asked
}

// TestPermanentFaults: a refusal that does not pass is not asked again, and
// its reason is in the error, whatever the form in which it is given.
func TestPermanentFaults(t *testing.T) {
	for _, code := range []int{400, 401, 403, 404, 405, 413, 422, 501} {
		for _, body := range []string{
			`{"error":"the reason is here"}`,
			`{"error":{"message":"the reason is here"}}`,
			`{"error":{"message":"the reason is here","code":400.0,"param":null}}`,
			`{"error":{"message":"the reason is here","code":"invalid"}}`,
			`{"error":[{"message":"the reason is here"}]}`,
			`{"errors":["the reason is here"]}`,
			`{"message":"the reason is here"}`,
			`{"detail":"the reason is here"}`,
			`{"detail":[{"loc":["body","seed"],"msg":"the reason is here","type":"extra"}]}`,
			`[{"error":{"message":"the reason is here"}}]`,
			`the reason is here`,
			`<html><head><title>the reason is here</title></head></html>`,
			"\x1b[31mthe reason\x1b[0m\nis here",
		} {
			server, asked := counted(t, status(code, body))
			_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
			if err == nil || !strings.Contains(err.Error(), "the reason is here") || strings.ContainsAny(err.Error(), "\x1b\n") {
				t.Errorf("%d %q: %v", code, body, err)
			}
			if asked.Load() != 1 {
				t.Errorf("%d %q: asked %d times", code, body, asked.Load())
			}
		}
	}
}

// TestErrorInAnAnswer: status 200 with an error in it is that error.
func TestErrorInAnAnswer(t *testing.T) {
	for _, c := range []struct {
		body  string
		asked int64
		fatal bool
	}{
		{`{"error":{"message":"overloaded","code":502}}`, 3, false},
		{`{"error":{"message":"overloaded","code":"502"}}`, 3, false},
		{`{"error":"overloaded"}`, 3, false},
		{`{"error":{"message":"overloaded","code":429}}`, 3, false},
		{`{"choices":null,"error":{"message":"overloaded","code":401}}`, 1, true},
		{`{"error":{"message":"overloaded","code":400}}`, 1, false},
		{`{"object":"error","message":"overloaded","code":40301}`, 3, false},
	} {
		server, asked := counted(t, status(200, c.body))
		_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
		if err == nil || !strings.Contains(err.Error(), "overloaded") || llm.IsPermanent(err) != c.fatal || asked.Load() != c.asked {
			t.Errorf("%s: asked %d times, fatal %v: %v", c.body, asked.Load(), llm.IsPermanent(err), err)
		}
	}
}

// TestOddAnswers: lawful answers in other than the common form are read.
func TestOddAnswers(t *testing.T) {
	for _, c := range []struct {
		body string
		text string
		use  llm.Usage
	}{
		{`{"choices":[{"message":{"content":[{"type":"text","text":"sel"},{"type":"text","text":"ector:"}]}}]}`, "selector:", llm.Usage{Prompt: 10, Answer: 3, Estimated: true}},
		{`{"choices":[{"message":{"content":["selector:"]}}],"usage":null}`, "selector:", llm.Usage{Prompt: 10, Answer: 3, Estimated: true}},
		{`{"choices":[{"message":{"content":"selector:"}}],"usage":{"prompt_tokens":11.0,"completion_tokens":"7"}}`, "selector:", llm.Usage{Prompt: 11, Answer: 7}},
		{`{"choices":[{"index":"0","finish_reason":null,"message":{"role":null,"content":"selector:","tool_calls":null}}],"created":"now","usage":{"prompt_tokens":11,"completion_tokens":7,"cost":"free"}}`, "selector:", llm.Usage{Prompt: 11, Answer: 7}},
		{`{"choices":[{"finish_reason":"stop","message":{"content":null,"reasoning_content":"selector:"}}]}`, "selector:", llm.Usage{Prompt: 10, Answer: 6, Estimated: true}},
		{`{"choices":[{"text":"selector:"}]}`, "selector:", llm.Usage{Prompt: 10, Answer: 3, Estimated: true}},
		{`{"choices":[{"message":{"content":"selector:"}}],"usage":{"input_tokens":11,"output_tokens":7}}`, "selector:", llm.Usage{Prompt: 11, Answer: 7}},
		{`{"id":7,"choices":[{"message":{"content":{"text":"selector:"}}}],"error":null}`, "selector:", llm.Usage{Prompt: 10, Answer: 3, Estimated: true}},
	} {
		server, _ := counted(t, status(200, c.body))
		response, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
		if err != nil || response.Text != c.text || response.Usage != c.use {
			t.Errorf("%s: %+v, %v", c.body, response, err)
		}
	}
}

// TestImplausibleUsage: what an endpoint reports of its tokens is believed as
// far as it can be true.
func TestImplausibleUsage(t *testing.T) {
	for _, usage := range []string{
		`{"prompt_tokens":9000000000000000000,"completion_tokens":9000000000000000000}`,
		`{"prompt_tokens":-5,"completion_tokens":-7}`,
		`{"prompt_tokens":1e300,"completion_tokens":"NaN"}`,
		`{"prompt_tokens":"many","completion_tokens":{}}`,
		`{}`, `[]`, `null`, `"none"`, `7`,
	} {
		server, _ := counted(t, status(200, `{"choices":[{"message":{"content":"selector:"}}],"usage":`+usage+`}`))
		response, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
		if err != nil || response.Usage != (llm.Usage{Prompt: 10, Answer: 3, Estimated: true}) {
			t.Errorf("%s: %+v, %v", usage, response.Usage, err)
		}
	}
	// A report of next to nothing for a long prompt spends the budget all the same.
	server, _ := counted(t, status(200, `{"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}`))
	response, err := endpoint(server, nil).Complete(t.Context(), ask(strings.Repeat("word ", 1000)))
	if err != nil || response.Usage.Prompt < 1000 {
		t.Errorf("%+v, %v", response.Usage, err)
	}
}

// TestPromptThatDoesNotFit is permanent, and says both numbers.
func TestPromptThatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   []string
	}{
		{500, `{"error":{"message":"Context size has been exceeded."}}`, []string{"estimated"}},
		{400, `{"error":{"code":400,"message":"the request exceeds the available context size, try increasing it","type":"exceed_context_size_error","n_prompt_tokens":5017,"n_ctx":4096}}`, []string{"5017 tokens", "takes 4096"}},
		{400, `{"error":{"message":"This model's maximum context length is 4097 tokens. However, your messages resulted in 5009 tokens. Please reduce the length of the messages.","code":"context_length_exceeded"}}`, []string{"5009 tokens", "takes 4097"}},
		{400, `{"object":"error","message":"This model's maximum context length is 2048 tokens. However, you requested 3000 tokens (2000 in the messages, 1000 in the completion).","code":400}`, []string{"3000 tokens", "takes 2048"}},
		{413, `{"error":"prompt is too long: 210000 tokens > 200000 maximum"}`, []string{"210000 tokens", "takes 200000"}},
		{200, `{"error":{"message":"context_length_exceeded","code":400}}`, []string{"estimated"}},
		{422, `{"detail":"the prompt is larger than the context"}`, []string{"estimated"}},
	} {
		server, asked := counted(t, status(c.status, c.body))
		_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
		if !errors.Is(err, llm.ErrContext) || !llm.IsPermanent(err) || asked.Load() != 1 {
			t.Errorf("%s: asked %d times, %v", c.body, asked.Load(), err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", c.body, err)
			}
		}
	}
	for _, body := range []string{`{"error":{"message":"busy"}}`, `{"error":{"message":"context deadline exceeded"}}`} {
		server, asked := counted(t, status(500, body))
		if _, err := endpoint(server, nil).Complete(t.Context(), ask("write")); errors.Is(err, llm.ErrContext) || asked.Load() != 3 {
			t.Errorf("%s: asked %d times, %v", body, asked.Load(), err)
		}
	}
}

// TestEmptyAnswersNameTheLimit: who reads the error knows which limit to raise.
func TestEmptyAnswersNameTheLimit(t *testing.T) {
	for body, want := range map[string]string{
		`{"choices":[{"finish_reason":"length","message":{"content":null,"reasoning_content":"I think"}}]}`: "7 characters of reasoning had used up the limit of 99 tokens; raise it (--answer-tokens)",
		`{"choices":[{"finish_reason":"length","message":{"content":""}}]}`:                                 "no text before the limit of 99 tokens: raise it (--answer-tokens)",
		`{"choices":[{"message":{"content":null,"refusal":"I will not"}}]}`:                                 "a refusal: I will not",
	} {
		server, _ := counted(t, status(200, body))
		request := ask("write")
		request.MaxTokens = 99
		_, err := endpoint(server, nil).Complete(t.Context(), request)
		if !errors.Is(err, llm.ErrEmpty) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestSeedIsLeftOut by a switch, and a refusal that speaks of it names it.
func TestSeedIsLeftOut(t *testing.T) {
	var got map[string]any
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		got = nil
		json.NewDecoder(r.Body).Decode(&got)
		if got["seed"] != nil {
			status(400, `{"error":{"message":"Unsupported parameter: seed"}}`)(w, r)
			return
		}
		says("fine", "stop")(w, r)
	})
	request := ask("write")
	request.Seed = 5
	if _, err := endpoint(server, nil).Complete(t.Context(), request); err == nil || !strings.Contains(err.Error(), "--no-seed") {
		t.Error(err)
	}
	model := endpoint(server, func(p *llm.EndpointParams) { p.NoSeed = true })
	if _, err := model.Complete(t.Context(), request); err != nil || got["seed"] != nil {
		t.Errorf("%v, %v", got, err)
	}
}

// TestRedirectsAreRefused: neither the key nor the prompt goes elsewhere.
func TestRedirectsAreRefused(t *testing.T) {
	elsewhere, asked := counted(t, says("fine", "stop"))
	for _, code := range []int{301, 302, 303, 307, 308} {
		server, _ := counted(t, status(code, "", "Location", elsewhere.URL+"/v1/chat/completions?key=hunter22"))
		_, err := endpoint(server, nil).Complete(t.Context(), ask("write"))
		if err == nil || !llm.IsPermanent(err) || !strings.Contains(err.Error(), elsewhere.URL) || strings.Contains(err.Error(), "hunter22") {
			t.Errorf("%d: %v", code, err)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("followed %d times", asked.Load())
	}
}

// TestQueryOfTheAddress is sent as the query, behind the whole path.
func TestQueryOfTheAddress(t *testing.T) {
	var sent *url.URL
	server := answers(t, func(w http.ResponseWriter, r *http.Request) {
		sent = r.URL
		says("fine", "stop")(w, r)
	})
	model := endpoint(server, func(p *llm.EndpointParams) { p.BaseURL = server.URL + "/deployments/x/?api-version=2" })
	if _, err := model.Complete(t.Context(), ask("write")); err != nil || sent.Path != "/deployments/x/chat/completions" || sent.RawQuery != "api-version=2" {
		t.Errorf("%v, %v", sent, err)
	}
}

func TestCredentialsAreRefused(t *testing.T) {
	for address, ok := range map[string]bool{
		"http://localhost:8080/v1":              true,
		"https://x.example/v1?api-version=2024": true,
		"http://user:hunter2@x.example/v1":      false,
		"http://hunter2@x.example/v1":           false,
		"http://x.example/v1?api_key=abcdef":    false,
		"http://x.example/v1?key=abcdef":        false,
		"http://x.example/v1?x=sk-abcdefgh123":  false,
		"http://x.example/sk-abcdefgh123/v1":    false,
		"http://x.example/v1?sig=abc&a=1":       false,
	} {
		err := llm.CheckAddress(address, "THE_KEY")
		if (err == nil) != ok || err != nil && (!strings.Contains(err.Error(), "THE_KEY") || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "abcdef")) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for body, ok := range map[string]bool{
		`{"top_k":40,"max_tokens":5,"stop_token_ids":["abc"],"prompt_cache_key":"abcdef"}`: true,
		`{"api_key":"abcdef"}`:                        false,
		`{"extra":{"Authorization":"Bearer x"}}`:      false,
		`{"list":[{"token":"abcdef"}]}`:               false,
		`{"note":"use sk-abcdefgh123"}`:               false,
		`{"api_key":""}`:                              true,
		`{"reasoning":{"max_tokens":100}}`:            true,
		`{"provider":{"password":"x"}, "seed": null}`: false,
	} {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal([]byte(body), &fields); err != nil {
			t.Fatal(err)
		}
		if err := llm.CheckFields(fields, "THE_KEY"); (err == nil) != ok || err != nil && strings.Contains(err.Error(), "abcdef") {
			t.Errorf("%s: %v", body, err)
		}
	}
	if got := llm.Redact(`curl -H api-key=abcdef --data '{"token": "secret1", "max_tokens": 4096}' sk-0123456789`); strings.Contains(got, "abcdef") ||
		strings.Contains(got, "secret1") || strings.Contains(got, "0123") || !strings.Contains(got, "4096") {
		t.Error(got)
	}
}

// TestReasonsAreSaidOnce, and those that end the job are left to who ends it.
func TestReasonsAreSaidOnce(t *testing.T) {
	server, _ := counted(t, status(422, `{"error":"no such field"}`))
	var said []string
	model := llm.Announce(endpoint(server, nil), func(reason string) { said = append(said, reason) })
	for range 3 {
		if _, err := model.Complete(t.Context(), ask("write")); !llm.Announced(fmt.Errorf("more: %w", err)) {
			t.Errorf("the reason of %v counts as not said", err)
		}
	}
	if len(said) != 1 || !strings.Contains(said[0], "no such field") {
		t.Errorf("%q", said)
	}
	server, _ = counted(t, status(401, ""))
	said = nil
	llm.Announce(endpoint(server, nil), func(reason string) { said = append(said, reason) }).Complete(t.Context(), ask("write"))
	if len(said) != 0 {
		t.Errorf("%q", said)
	}
}

// TestLeakedMarks: marks of a chat template are no part of an answer.
func TestLeakedMarks(t *testing.T) {
	for answer, want := range map[string]string{
		"tree main:\n<|im_end|>": "tree main:\n",
		"```\nx\n```<|im_end|>":  "```\nx\n```",
		"```\nx\n```</s>":        "```\nx\n```",
		"x<|eot_id|><|start_header_id|>user<|end_header_id|>y": "x",
		"<|im_start|>assistant\nx":                             "x",
		"<s> x</s>":                                            "x",
		"x<end_of_turn>\n":                                     "x",
		"x<｜end▁of▁sentence｜>":                                 "x",
		"<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>x<|return|>": "x",
		"x [INST] more":   "x ",
		"health < 30 | x": "health < 30 | x",
		"":                "",
		"</s></s>":        "",
	} {
		if got := llm.WithoutMarks(answer); got != want {
			t.Errorf("%q becomes %q, not %q", answer, got, want)
		}
	}
	if got := llm.Blocks("Here:\n   ```\n   tree main:\n     task: x\n   ```\n"); len(got) != 1 || got[0] != "tree main:\n  task: x\n" {
		t.Errorf("%q", got)
	}
}

// FuzzAnswer: whatever an endpoint sends is an answer or an error in one line.
func FuzzAnswer(f *testing.F) {
	f.Add(200, []byte(`{"choices":[{"message":{"content":[{"text":"x"}]}}],"usage":{"prompt_tokens":"1"}}`))
	f.Add(200, []byte(`{"error":{"message":"overloaded","code":502}}`))
	f.Add(400, []byte(`{"error":{"message":"maximum context length is 5","n_ctx":-1}}`))
	f.Add(302, []byte(`<html>`))
	f.Add(429, []byte(`[]`))
	f.Fuzz(func(t *testing.T, code int, body []byte) {
		if code < 200 || code > 599 || code == 204 || code == 304 {
			return
		}
		model := llm.NewEndpoint(llm.EndpointParams{BaseURL: "http://x/v1", Model: "m", Key: key, Tries: 1, Transport: served{code, body}})
		response, err := model.Complete(t.Context(), ask("write"))
		if response.Usage.Prompt < 0 || response.Usage.Answer < 0 || response.Usage.Total() > 1<<24+len(body) {
			t.Fatalf("usage %+v", response.Usage)
		}
		if err == nil && strings.TrimSpace(response.Text) == "" {
			t.Fatal("an empty answer without an error")
		}
		if err != nil && (strings.ContainsAny(err.Error(), "\n\x1b\r") || len(err.Error()) > 1000 || strings.Contains(err.Error(), key)) {
			t.Fatalf("%q", err)
		}
	})
}

// served is a transport that gives one answer.
type served struct {
	code int
	body []byte
}

func (s served) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: s.code, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(s.body))), Request: r}, nil
}
