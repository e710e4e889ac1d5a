//go:build acceptance

package acceptance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dryad/catalog"
	"dryad/dsl/export"
	"dryad/llm"
)

// anyLong is a wait that nothing on any machine outlasts.
const anyLong = 1000 * time.Hour

// startModel starts the small language model of scripts/llm-server and returns
// its address. The server ends with the test, whatever becomes of it.
func startModel(t *testing.T) string {
	t.Helper()
	server := exec.Command("../scripts/llm-server", "--until-eof")
	var log strings.Builder
	server.Stderr = &log
	input, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		server.Wait()
	})
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if _, address, ready := strings.Cut(lines.Text(), "listening on "); ready {
			return address
		}
	}
	server.Wait()
	t.Fatalf("the small language model did not start: %s", log.String())
	return ""
}

// TestSmallModel asks a real language model: under the grammar each of its
// answers is a whole tree without an error, and a generation of the search runs
// with it from end to end. What the trees are worth is not asked.
func TestSmallModel(t *testing.T) {
	address := startModel(t)
	row, err := catalog.Find("tag")
	if err != nil {
		t.Fatal(err)
	}
	checker := row.Checker(nil)
	// So shallow that no answer can be long.
	grammar, err := export.Grammar(checker.Runnable(), export.Params{Format: export.GBNF, Depth: 2})
	if err != nil {
		t.Fatal(err)
	}
	model := llm.NewEndpoint(llm.EndpointParams{BaseURL: address, Model: "small", Dialect: llm.LlamaCpp, Timeout: anyLong})
	for seed := range int64(4) {
		answer, err := model.Complete(context.Background(), llm.Request{
			Messages: []llm.Message{{Role: llm.User, Text: "Write a behaviour tree for the game tag."}},
			Grammar:  grammar, Seed: 1 + seed,
		})
		if err != nil {
			t.Fatal(err)
		}
		if faults := checker.Faults(answer.Text); len(faults) > 0 || answer.Truncated {
			t.Errorf("seed %d: truncated is %t, faults %q in\n%s", 1+seed, answer.Truncated, faults, answer.Text)
		}
		if answer.Usage.Estimated || answer.Usage.Answer == 0 || answer.Usage.Prompt == 0 {
			t.Errorf("usage %+v", answer.Usage)
		}
	}

	body, err := json.Marshal(map[string]string{"grammar": grammar})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "run")
	dryad(t, "evolve", "tag", "--proposer", "llm", "--model", "small", "--base-url", address, "--body", string(body),
		"--candidates", "2", "--generations", "1", "--held-out-pairs", "2", "--llm-timeout", anyLong.String(), "--run", dir, "--json")
	record, err := os.ReadFile(filepath.Join(dir, "exchanges.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(record), "\n"); n != 2 {
		t.Errorf("%d answers for two candidates: under the grammar none needs a repair", n)
	}
	if _, err := os.Stat(filepath.Join(dir, "report.html")); err != nil {
		t.Error(err)
	}
}
