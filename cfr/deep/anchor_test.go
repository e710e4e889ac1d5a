package deep_test

import (
	"math"
	"slices"
	"testing"

	"dryad/cfr"
	"dryad/cfr/deep"
)

// TestAnchor: before the first iteration the anchor is played, and it counts
// for less as iterations go by; with common random numbers, too, the solver
// finds its way from an anchor that is wrong.
func TestAnchor(t *testing.T) {
	game := kuhn(t)
	tree := compile(t, game)
	last := func(_ cfr.State, dst []float64) {
		clear(dst)
		dst[len(dst)-1] = 1
	}
	s := solver(t, game, deep.Params{
		Traversals: 100, Batch: 128, Steps: 40, AverageSteps: 1000, Hidden: []int{32, 32}, LearningRate: 3e-3, Seed: 1,
		Anchor: last, Anchored: 2, AnchorRegret: 0.5,
	})
	state := game.Root()
	for state.Player() == cfr.Chance {
		state = state.Child(0)
	}
	if got := s.Current(state); !slices.Equal(got, []float64{0, 1}) {
		t.Errorf("before the first iteration: %v", got)
	}
	run(t, s, 80)
	// What is played next follows from the estimated regrets and the anchor's.
	values := s.Advantages(state)
	values[len(values)-1] += s.AnchorWeight()
	sum := 0.0
	for _, x := range values {
		sum += max(x, 0)
	}
	for a, p := range s.Current(state) {
		if sum > 0 && math.Abs(p-max(values[a], 0)/sum) > 1e-9 {
			t.Errorf("the strategy %v does not follow from the regrets %v", s.Current(state), values)
		}
	}
	if w := s.AnchorWeight(); math.Abs(w-0.5*2/82) > 1e-12 {
		t.Errorf("the anchor counts %v after 80 iterations", w)
	}
	gap, err := tree.Exploitability(deep.Tabulate(tree, s))
	if err != nil || gap > 0.08 {
		t.Errorf("exploitability %v, %v", gap, err)
	}
}
