package serve_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/serve"
)

// TestBattlesnake starts the command, asks for a move, and ends it.
func TestBattlesnake(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	messages, stderr := io.Pipe()
	var out bytes.Buffer
	ended := make(chan error)
	go func() {
		var family serve.Command
		c := &family.Battlesnake
		c.Policy, c.Listen, c.JSON = "../../../../examples/policies/battlesnake/survivor.dryad", "127.0.0.1:0", true
		err := c.Run(&frame.Env{Context: ctx, Stdin: strings.NewReader(""), Stdout: &out, Stderr: stderr, Getenv: func(string) string { return "" }})
		stderr.Close()
		ended <- err
	}()
	lines := bufio.NewScanner(messages)
	if !lines.Scan() {
		t.Fatal("the command says nothing")
	}
	_, address, _ := strings.Cut(lines.Text(), "http://")
	address, _, found := strings.Cut(address, ";")
	if !found {
		t.Fatalf("the command says %q", lines.Text())
	}
	go func() {
		for lines.Scan() {
			t.Log(lines.Text())
		}
	}()
	position := `{"game":{"id":"g"},"turn":3,"board":{"width":7,"height":7,"food":[{"x":3,"y":3}],
		"snakes":[{"id":"a","health":20,"body":[{"x":3,"y":1},{"x":3,"y":0},{"x":2,"y":0}]}]},"you":{"id":"a"}}`
	answer, err := http.Post("http://"+address+"/move", "application/json", strings.NewReader(position))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || string(text) != "{\"move\":\"up\"}\n" {
		t.Errorf("%s, %v", text, err)
	}
	cancel()
	if err := <-ended; err != nil || !strings.Contains(out.String(), `{"games":1,"moves":1,"refused":0,"median_ms":`) {
		t.Errorf("%v: %s", err, &out)
	}
}
