package kaggle_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/kaggle"
)

// TestKaggle posts a recorded game of Kaggle's table to the command.
func TestKaggle(t *testing.T) {
	requests, err := os.ReadFile("../../../../games/werewolf/kaggle/testdata/doctor.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	messages, stderr := io.Pipe()
	var out bytes.Buffer
	ended := make(chan error)
	go func() {
		c := kaggle.Command{Listen: "127.0.0.1:0", Agent: "heuristic"}
		c.JSON = true
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
	asked := 0
	for line := range bytes.Lines(requests) {
		answer, err := http.Post("http://"+address+"/table", "application/json", bytes.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		var action struct {
			Action struct {
				Type   string `json:"action_type"`
				Kwargs map[string]any
			}
		}
		if err := json.NewDecoder(answer.Body).Decode(&action); err != nil || action.Action.Kwargs["actor_id"] != "Player 7" {
			t.Errorf("the answer is %+v, %v", action, err)
		}
		answer.Body.Close()
		asked++
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if want := `"decisions":8,"lost":0,"refused":0}`; asked != 8 || !strings.Contains(out.String(), want) {
		t.Errorf("after %d questions it says %s", asked, out.String())
	}
	c := kaggle.Command{Listen: "127.0.0.1:0", Agent: "human"}
	if err := c.Run(&frame.Env{Context: t.Context()}); err == nil || !strings.Contains(err.Error(), "a person cannot answer here") {
		t.Errorf("a person: %v", err)
	}
}
