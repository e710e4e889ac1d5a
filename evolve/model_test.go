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
	same  bool // always the same tree
}

func (s *script) Name() string { return "script" }

func (s *script) Complete(_ context.Context, q llm.Request) (llm.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	if s.fail != nil {
		return llm.Response{}, s.fail
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
	if _, err = evolve.Run(t.Context(), modelParams(&script{fail: &llm.Fault{Text: "401: check the key", Fatal: true}})); err == nil || !strings.Contains(err.Error(), "check the key") {
		t.Errorf("a fatal fault: %v", err)
	}
}
