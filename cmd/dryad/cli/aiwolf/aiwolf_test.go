package aiwolf_test

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// TestAIWolf lets two of dryad's agents, one of them a tree, join dryad's own
// server as somebody else's agents would.
func TestAIWolf(t *testing.T) {
	t.Parallel()
	messages, stderr := io.Pipe()
	var results bytes.Buffer
	served := make(chan int)
	go func() {
		code := cli.Main([]string{"aiwolf", "serve", "--listen", "127.0.0.1:0", "--guests", "2", "--games", "3", "--answer", "1m", "--json"},
			&frame.Env{Stdin: strings.NewReader(""), Stdout: &results, Stderr: stderr, Getenv: func(string) string { return "" }})
		stderr.Close()
		served <- code
	}()
	lines := bufio.NewScanner(messages)
	if !lines.Scan() {
		t.Fatal("the server says nothing")
	}
	words := strings.Fields(lines.Text())
	address := words[len(words)-1]
	go func() {
		for lines.Scan() {
			t.Log(lines.Text())
		}
	}()
	joined := make(chan string)
	for _, agent := range []string{"heuristic", "../../../../examples/policies/werewolf/villager.dryad"} {
		go func() {
			var out, faults bytes.Buffer
			code := cli.Main([]string{"aiwolf", "join", address, "--agent", agent, "--json"},
				&frame.Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &faults, Getenv: func(string) string { return "" }})
			if code != 0 {
				out.WriteString(faults.String())
			}
			joined <- out.String()
		}()
	}
	for range 2 {
		if out := <-joined; !strings.Contains(out, " of 3 games won") || !strings.Contains(out, `"game":3`) || strings.Count(out, `"faults":0`) != 3 {
			t.Errorf("a guest says %s", out)
		}
	}
	if code := <-served; code != 0 {
		t.Errorf("the server ends with %d", code)
	}
	if out := results.String(); strings.Count(out, `"lost_turns":0`) != 15 || !strings.Contains(out, `"policy":"dryad-heuristic","guest":true`) {
		t.Errorf("the server says %s", out)
	}
}
