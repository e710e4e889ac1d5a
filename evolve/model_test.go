package evolve_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"dryad/evolve"
	"dryad/job"
	"dryad/llm"
)

// script answers by attempt: first a faulty tree, then a sound one that differs
// by slot and generation.
type script struct {
	mu    sync.Mutex
	asked []llm.Request
	fail  error
	// context is how many tokens are taken, by an estimate that is dearer than
	// ours; 0 for any number. Tells says whether a refusal names numbers.
	context int
	tells   bool
	same    bool // always the same tree
}

func (s *script) Name() string { return "script" }

func (s *script) Complete(_ context.Context, q llm.Request) (llm.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	if s.fail != nil {
		return llm.Response{}, s.fail
	}
	if s.context > 0 {
		if n := llm.EstimateTokens(q.Messages) * 6 / 5; n+q.MaxTokens > s.context {
			full := &llm.ContextError{}
			if s.tells {
				full = &llm.ContextError{Prompt: n, Context: s.context}
			}
			return llm.Response{}, &llm.ProviderError{Text: "too long", Permanent: true, Cause: full}
		}
	}
	if s.same {
		return llm.Response{Text: "policy p for tag\n\ntree main:\n  task: flee it_player\n"}, nil
	}
	if q.Call.Attempt == 0 {
		return llm.Response{Text: "```\ntree main:\n  selektor:\n```"}, nil
	}
	return llm.Response{Text: fmt.Sprintf("<think>x</think>\n<reflection>slot %[1]d moves\nearlier</reflection>```\npolicy p for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: x > %[1]d and y > %[2]d\n      task: move_to nearest_player\n    task: flee it_player\n```",
		q.Call.Slot, q.Call.Generation)}, nil
}

func modelParams(s *script) evolve.Params {
	p := params(1, &memory{kept: map[string][]byte{}}, recorder{})
	p.Generations, p.Candidates = 2, 3
	p.Study = func(context.Context, *evolve.Entry, []*evolve.Entry) (string, error) { return "it stands still", nil }
	p.Proposer = evolve.Model(evolve.ModelParams{
		Provider: s, Checker: checker, Tactic: "run away",
	})
	return p
}

// TestModelRepairs: a faulty answer goes back with its faults, and the repaired
// one plays.
func TestModelRepairs(t *testing.T) {
	s := &script{}
	result, err := evolve.Run(t.Context(), modelParams(s))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.asked) != 2*3*2 {
		t.Errorf("asked %d times, want twice for each of 6 candidates", len(s.asked))
	}
	if result.Champion == result.Start || quality(result.Champion) < 3 {
		t.Errorf("the champion is\n%s", result.Champion.Source)
	}
	for _, q := range s.asked {
		text := q.Messages[len(q.Messages)-1].Text
		if q.Call.Attempt == 1 && !strings.Contains(text, "selektor") && !strings.Contains(text, "error") {
			t.Errorf("the faults did not go back:\n%s", text)
		}
		if q.Call.Attempt == 0 && (!strings.Contains(text, "> run away") || !strings.Contains(text, "> it stands still")) {
			t.Errorf("tactic or feedback is missing:\n%s", text)
		}
	}
}

// TestModelFaults: a spent budget and a model that has nothing new to say stop
// the run with their reason; a fault of every question, or a fatal one, ends it
// with an error.
func TestModelFaults(t *testing.T) {
	result, err := evolve.Run(t.Context(), modelParams(&script{fail: &llm.SpentError{Dollars: true}}))
	if err != nil || result.Stopped != job.MaxDollars {
		t.Errorf("a spent budget: %v, stopped for %q", err, result.Stopped)
	}
	if _, err = evolve.Run(t.Context(), modelParams(&script{fail: errors.New("500: later")})); err == nil || !strings.Contains(err.Error(), "500: later") {
		t.Errorf("an endpoint that fails for every candidate: %v", err)
	}
	p := modelParams(&script{same: true})
	p.Generations = 20
	result, err = evolve.Run(t.Context(), p)
	if err != nil || result.Stopped != job.Stalled {
		t.Errorf("a model that repeats itself: %v, stopped for %q", err, result.Stopped)
	}
	if _, err = evolve.Run(t.Context(), modelParams(&script{fail: &llm.ProviderError{Text: "401: check the key", Permanent: true}})); err == nil || !strings.Contains(err.Error(), "check the key") {
		t.Errorf("a fatal fault: %v", err)
	}
}

// TestContext: prompts are cut to the context that is set, and to the one that
// an endpoint tells or hides when it refuses a prompt; repairs fit too.
func TestContext(t *testing.T) {
	for name, c := range map[string]struct {
		set   int
		model *script
		most  int // questions of the candidate
		fits  int
	}{
		"set":            {3600, &script{}, 2, 3600},
		"set, but less":  {3600, &script{context: 3000, tells: true}, 4, 3000},
		"told":           {0, &script{context: 3000, tells: true}, 4, 3000},
		"hidden":         {0, &script{context: 3000}, 5, 3000},
		"set and hidden": {3600, &script{context: 3000}, 5, 3000},
	} {
		var said []string
		p := modelParams(c.model)
		p.Generations, p.Candidates = 1, 1
		p.Study = func(context.Context, *evolve.Entry, []*evolve.Entry) (string, error) {
			return strings.Repeat("it stands still\n\n", 400), nil
		}
		p.Proposer = evolve.Model(evolve.ModelParams{
			Provider: c.model, Checker: checker, Context: c.set, MaxTokens: 500,
			Say: func(line string) { said = append(said, line) },
		})
		if _, err := evolve.Run(t.Context(), p); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n := len(c.model.asked); n < 2 || n > c.most {
			t.Errorf("%s: asked %d times, want 2 to %d", name, n, c.most)
		}
		for _, q := range c.model.asked[len(c.model.asked)-2:] {
			if n := llm.EstimateTokens(q.Messages) + q.MaxTokens; n > c.fits || q.MaxTokens > 500 {
				t.Errorf("%s: call %v has %d tokens, %d for the answer", name, q.Call, n, q.MaxTokens)
			}
		}
		if len(said) == 0 || !strings.Contains(said[0], "what its matches say (") {
			t.Errorf("%s: said %q", name, said)
		}
	}
}
