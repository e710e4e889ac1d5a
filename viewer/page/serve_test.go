package page_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"dryad/viewer/page"
)

// TestServe: the page is given at its own address only.
func TestServe(t *testing.T) {
	s, err := page.Serve([]byte("<p>hello"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	get := func(url, host string) (int, string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			request.Host = host
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
	if status, body := get(s.URL(), ""); status != 200 || body != "<p>hello" {
		t.Errorf("%d %q", status, body)
	}
	root := s.URL()[:strings.Index(s.URL()[8:], "/")+9]
	if status, _ := get(root, ""); status != 404 {
		t.Errorf("without the token: %d", status)
	}
	if status, _ := get(s.URL(), "evil.example"); status != 404 {
		t.Errorf("under another host's name: %d", status)
	}
}
