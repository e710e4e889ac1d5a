package evolve_test

import (
	"testing"

	"dryad/evolve"
	"dryad/games/tag"
	"dryad/policy"
)

// TestUntold: what is left out is not in the question, the results and a critic's words
// always are.
func TestUntold(t *testing.T) {
	checker := policy.NewChecker(tag.New(), policy.Params{})
	start := evolve.ReadEntry(checker, "policy a for tag\n\ntree main:\n  task: stay\n")
	other := evolve.ReadEntry(checker, "policy b for tag\n\ntree main:\n  task: flee it_player\n")
	q := evolve.Request{
		Champion: start, Parents: []*evolve.Entry{start, other}, Tried: []string{"candidate 1.0: lost"},
		Feedback: "Results: 1 won.\n- against b\n\nMean figures:\n- kills: 3\n\nA critic has looked:\n- map control: 2 of 5\n",
	}
	p := evolve.ModelParams{Checker: checker}
	if a := p.Author(q); len(a.Others) != 1 || len(a.Tried) != 1 || a.Feedback != q.Feedback {
		t.Errorf("%+v", a)
	}
	p.Untold = []string{evolve.UntoldTried, evolve.UntoldAccount, evolve.UntoldOthers}
	if a := p.Author(q); len(a.Others) != 0 || len(a.Tried) != 0 || a.Feedback != "Results: 1 won.\n- against b\n\nA critic has looked:\n- map control: 2 of 5" {
		t.Errorf("%+v", a)
	}
}
