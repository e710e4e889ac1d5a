package snakeserver_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dryad/examples"
	"dryad/games/battlesnake"
	"dryad/policy"
	"dryad/policy/snakeserver"
)

// server serves a shipped policy; faults collects what it refuses.
func server(t testing.TB, name string, faults *[]string) *snakeserver.Server {
	t.Helper()
	files, err := examples.Policies("battlesnake")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name, "/"+name+".dryad") {
			continue
		}
		p, diagnostics := policy.Parse(name, []byte(f.Text), battlesnake.New(), policy.Params{})
		if p == nil {
			t.Fatal(diagnostics)
		}
		var mu sync.Mutex
		s, err := snakeserver.New(snakeserver.Params{Policy: p, Colour: "#2f855a", Fault: func(err error) {
			mu.Lock()
			defer mu.Unlock()
			if faults != nil {
				*faults = append(*faults, err.Error())
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Fatalf("there is no policy %s", name)
	return nil
}

// TestOfficialGame: the official program lets served policies play each other, to
// the end and without a word of complaint.
func TestOfficialGame(t *testing.T) {
	official, err := filepath.Abs("../../.tools/battlesnake/battlesnake")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(official); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", official)
	}
	var faults []string
	survivor, hungry := server(t, "survivor", &faults), server(t, "hungry", &faults)
	one, two := httptest.NewServer(survivor), httptest.NewServer(hungry)
	defer one.Close()
	defer two.Close()
	ended := 0
	const matches = 6
	for seed := range matches {
		file := filepath.Join(t.TempDir(), "game.json")
		// A minute for an answer, so that a busy machine decides nothing.
		out, err := exec.Command(official, "play", "-r", fmt.Sprint(seed+1), "-t", "60000", "-o", file,
			"-n", "survivor", "-u", one.URL+"/a", "-n", "hungry", "-u", two.URL, "-n", "second", "-u", two.URL+"/b").CombinedOutput()
		if err != nil || strings.Contains(string(out), "WARN") || strings.Contains(string(out), "ERROR") {
			t.Fatalf("%v\n%s", err, out)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		// Who wins is drawn by the official program, which names its snakes at random.
		var end struct {
			WinnerName string
			IsDraw     bool
		}
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &end); err != nil {
			t.Fatal(err)
		}
		if end.IsDraw || end.WinnerName == "survivor" || end.WinnerName == "hungry" || end.WinnerName == "second" {
			ended++
		}
	}
	if len(faults) > 0 {
		t.Errorf("%q", faults)
	}
	if n := survivor.Counts(); n.Games != matches || n.Moves < matches || n.Refused != 0 || n.P99 < n.Median || n.Longest < n.P99 {
		t.Errorf("%+v", n)
	}
	if n := hungry.Counts(); n.Games != 2*matches {
		t.Errorf("%+v", n)
	}
	if ended != matches {
		t.Errorf("%d of %d games have a result", ended, matches)
	}
}

const position = `{"game":{"id":"g","ruleset":{"name":"standard"}},"turn":3,"board":{"width":7,"height":7,"food":[{"x":3,"y":3}],
"snakes":[{"id":"a","health":90,"body":[{"x":3,"y":1},{"x":3,"y":0},{"x":2,"y":0}]},{"id":"b","health":90,"body":[{"x":6,"y":6},{"x":6,"y":5},{"x":6,"y":4}]}]},"you":{"id":"a"}}`

// TestRequests: what is asked rightly is answered, all else is refused in words.
func TestRequests(t *testing.T) {
	var faults []string
	s := server(t, "hungry", &faults)
	ask := func(method, path, body string) (int, string) {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
		text, err := io.ReadAll(w.Result().Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.Code, strings.TrimSpace(string(text))
	}
	royale := strings.Replace(position, `"standard"`, `"royale"`, 1)
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"GET", "/", "", http.StatusOK, `"apiversion":"1"`},
		{"POST", "/start", position, http.StatusOK, "{}"},
		{"POST", "/deep/move", position, http.StatusOK, `{"move":"up"}`},
		{"POST", "/move", strings.Replace(position, `"id":"b"`, `"id":"c"`, 1), http.StatusOK, `{"move":"up"}`},
		{"POST", "/end", position, http.StatusOK, "{}"},
		{"POST", "/start", royale, http.StatusOK, "{}"},
		{"POST", "/start", royale, http.StatusOK, "{}"},
		{"POST", "/move", "snake", http.StatusBadRequest, "move: the request is no JSON"},
		{"POST", "/move", `{}`, http.StatusBadRequest, "a board of 0 by 0 cells"},
		{"POST", "/move", strings.Replace(position, `"you":{"id":"a"}`, `"you":{"id":"z"}`, 1), http.StatusBadRequest, `the snake "z" is not on the board`},
		{"POST", "/move", strings.Replace(position, `{"x":6,"y":6}`, `{"x":7,"y":6}`, 1), http.StatusBadRequest, `the snake "b" is beside the board at 7, 6`},
		{"POST", "/move", strings.Replace(position, `{"x":3,"y":3}`, `{"x":3,"y":-3}`, 1), http.StatusBadRequest, "food at 3, -3"},
		{"POST", "/move", strings.Replace(position, `"health":90`, `"health":900`, 1), http.StatusBadRequest, "the health 900"},
		{"POST", "/move", strings.Repeat(" ", 2<<20), http.StatusBadRequest, "too large"},
		{"POST", "/hello", "", http.StatusNotFound, "POST /hello is no request"},
		{"DELETE", "/move", "", http.StatusNotFound, "DELETE /move"},
	} {
		if status, text := ask(c.method, c.path, c.body); status != c.status || !strings.Contains(text, c.want) {
			t.Errorf("%s %s %.80s: %d %s, not %d %s", c.method, c.path, c.body, status, text, c.status, c.want)
		}
	}
	if n := s.Counts(); n.Refused != 9 || n.Moves != 2 {
		t.Errorf("%+v", n)
	}
	if len(faults) != 10 || !strings.Contains(faults[0], `game g has the rules "royale"`) {
		t.Errorf("%d: %q", len(faults), faults)
	}
}

// FuzzRequest: no request stops the server, and an answered move is one of four.
func FuzzRequest(f *testing.F) {
	s := server(f, "survivor", nil)
	f.Add(position)
	f.Add(`{"turn":1,"board":{"width":1,"height":1,"snakes":[{"id":"","health":1,"body":[{"x":0,"y":0}]}]}}`)
	f.Fuzz(func(t *testing.T, body string) {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("POST", "/move", strings.NewReader(body)))
		if w.Code != http.StatusOK {
			return
		}
		var answer struct{ Move string }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || !strings.Contains(" up down left right ", " "+answer.Move+" ") {
			t.Errorf("%s: %v", w.Body, err)
		}
	})
}
