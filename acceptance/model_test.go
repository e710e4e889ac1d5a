//go:build acceptance

package acceptance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
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

// smallContext is the size of the model's context, which the prompts of a search
// do not fit unless they are cut.
const smallContext = 2300

// anyLong is a wait that nothing on any machine outlasts.
const anyLong = 1000 * time.Hour

// startModel starts the small language model of scripts/llm-server and returns
// its address; context is how many tokens it takes. The server ends with the test, whatever becomes of it.
func startModel(t *testing.T, context int) string {
	t.Helper()
	server := exec.Command("../scripts/llm-server", "--until-eof", "--context", fmt.Sprint(context))
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
	address := startModel(t, smallContext)
	row, err := catalog.Find("tag")
	if err != nil {
		t.Fatal(err)
	}
	checker := row.Checker(catalog.Networks{})
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

	// What the endpoint can do is found by asking: the size of its context, and
	// the grammar that it takes.
	dir := filepath.Join(t.TempDir(), "run")
	dryad(t, "evolve", "tag", "--proposer", "llm", "--model", "small", "--base-url", address, "--constrain", "auto", "--grammar-depth", "2", "--stream",
		"--candidates", "2", "--generations", "1", "--held-out-pairs", "2", "--answer-tokens", "1000", "--llm-timeout", anyLong.String(), "--run", dir, "--json")
	record, err := os.Open(filepath.Join(dir, "exchanges.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	read := json.NewDecoder(record)
	n, cached := 0, 0
	for ; read.More(); n++ {
		var exchange llm.Exchange
		if err := read.Decode(&exchange); err != nil {
			t.Fatal(err)
		}
		if exchange.Request.Grammar != grammar || exchange.Error != "" {
			t.Errorf("answer %v: error %q, and the grammar is the game's: %t", exchange.Call, exchange.Error, exchange.Request.Grammar == grammar)
		}
		if usage := exchange.Response.Usage; usage.Estimated {
			t.Errorf("answer %v: usage %+v", exchange.Call, usage)
		}
		cached += exchange.Response.Usage.Cached
	}
	if n != 2 {
		t.Errorf("%d answers for two candidates: under the grammar none needs a repair", n)
	}
	if cached < 100 {
		t.Errorf("%d tokens of the second prompt were kept from the first", cached)
	}
	if _, err := os.Stat(filepath.Join(dir, "report.html")); err != nil {
		t.Error(err)
	}
}
