package deep_test

import (
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
	gap, err := tree.Exploitability(deep.Tabulate(tree, s))
	if err != nil || gap > 0.08 {
		t.Errorf("exploitability %v, %v", gap, err)
	}
}
