package embed_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dryad/llm/embed"
)

// endpoint answers with vectors that tell their texts: (length, 1), in reverse
// order, after failing as it is told.
type endpoint struct {
	failures []int // statuses of the first answers
	requests [][]string
	answer   func(texts []string) string
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var request struct{ Input []string }
	if err := json.Unmarshal(body, &request); err != nil || r.URL.Path != "/v1/embeddings" {
		http.Error(w, fmt.Sprint("bad request ", r.URL, err), http.StatusBadRequest)
		return
	}
	if len(e.failures) > 0 {
		status := e.failures[0]
		e.failures = e.failures[1:]
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"error":{"message":"refused %s","type":"test"}}`, r.Header.Get("Authorization"))
		return
	}
	e.requests = append(e.requests, request.Input)
	if e.answer != nil {
		io.WriteString(w, e.answer(request.Input))
		return
	}
	var data []string
	for i, text := range request.Input {
		data = append([]string{fmt.Sprintf(`{"index":%d,"embedding":[%d,1]}`, i, len(text))}, data...)
	}
	fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(data, ","))
}

func connect(t *testing.T, e *endpoint) (*embed.Client, error) {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return embed.Connect(context.Background(), embed.ClientParams{
		BaseURL: server.URL + "/v1/", Key: "sk-secret", Model: "m", Batch: 2, Attempts: 3, Wait: time.Microsecond,
	})
}

func TestClientBatchesAndOrders(t *testing.T) {
	e := &endpoint{}
	client, err := connect(t, e)
	if err != nil {
		t.Fatal(err)
	}
	e.failures = []int{429, 503}
	vectors, err := client.Embed(context.Background(), []string{"a", "bb", "", "dddd", "eeeee"})
	if err != nil {
		t.Fatal(err)
	}
	if client.Dimensions() != 2 || len(vectors) != 5 {
		t.Fatalf("%d dimensions, vectors %v", client.Dimensions(), vectors)
	}
	for i, want := range []float32{1, 2, 1, 4, 5} {
		if got := vectors[i][0] / vectors[i][1]; got < want-0.001 || got > want+0.001 {
			t.Errorf("vector %d is %v, want the direction (%v, 1)", i, vectors[i], want)
		}
	}
	if got := fmt.Sprintf("%q", e.requests[1:]); got != `[["a" "bb"] [" " "dddd"] ["eeeee"]]` {
		t.Errorf("requests %s", got)
	}
}

func TestClientExplains(t *testing.T) {
	for name, test := range map[string]struct {
		endpoint endpoint
		want     string
	}{
		"key":        {endpoint{failures: []int{401}}, "is the key right?"},
		"address":    {endpoint{failures: []int{404}}, "usually ends with /v1"},
		"rate":       {endpoint{failures: []int{429, 429, 429}}, "after 3 attempts"},
		"count":      {endpoint{answer: func([]string) string { return `{"data":[]}` }}, "0 vectors for 1 texts"},
		"index":      {endpoint{answer: func([]string) string { return `{"data":[{"index":7,"embedding":[1]}]}` }}, "index 7"},
		"no numbers": {endpoint{answer: func([]string) string { return `{"data":[{"index":0,"embedding":[]}]}` }}, "0 dimensions"},
		"nonsense":   {endpoint{answer: func([]string) string { return `<html>` }}, "after 3 attempts"},
	} {
		_, err := connect(t, &test.endpoint)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "sk-secret") {
			t.Errorf("%s: the key shows in %v", name, err)
		}
	}
}

// TestRedirectsAreRefused: neither the key nor the texts go elsewhere, and the
// question is not put again.
func TestRedirectsAreRefused(t *testing.T) {
	reached := make(chan string, 100)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { reached <- r.URL.Path }))
	t.Cleanup(elsewhere.Close)
	for _, code := range []int{301, 302, 303, 307, 308} {
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked++
			http.Redirect(w, r, elsewhere.URL+"/v1/embeddings?key=hunter22", code)
		}))
		t.Cleanup(server.Close)
		_, err := embed.Connect(t.Context(), embed.ClientParams{BaseURL: server.URL + "/v1", Key: "sk-secret", Model: "m", Attempts: 3, Wait: time.Microsecond})
		if err == nil || asked != 1 || !strings.Contains(err.Error(), "it redirects to "+elsewhere.URL+"/v1/embeddings ") ||
			strings.Contains(err.Error(), "hunter22") || strings.Contains(err.Error(), "sk-secret") {
			t.Errorf("%d: asked %d times, %v", code, asked, err)
		}
	}
	select {
	case path := <-reached:
		t.Errorf("%s was asked elsewhere", path)
	default:
	}
}

func TestClientRefusesOtherDimensions(t *testing.T) {
	e := &endpoint{}
	client, err := connect(t, e)
	if err != nil {
		t.Fatal(err)
	}
	e.answer = func([]string) string { return `{"data":[{"index":0,"embedding":[1,2,3]}]}` }
	if _, err := client.Embed(context.Background(), []string{"a"}); err == nil || !strings.Contains(err.Error(), "3 dimensions, want 2") {
		t.Errorf("error %v", err)
	}
}

func TestClientStopsWithItsContext(t *testing.T) {
	e := &endpoint{}
	client, err := connect(t, e)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := client.Embed(ctx, []string{"a"}); err == nil {
		t.Error("no error")
	}
}

func TestConnectWantsAModel(t *testing.T) {
	if _, err := embed.Connect(context.Background(), embed.ClientParams{}); err == nil {
		t.Error("no error")
	}
}
