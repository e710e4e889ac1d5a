package deep_test

import (
	"testing"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/nn"
)

// TestWeightDecay: where sampled regrets are few, networks with decay hold less
// of them.
func TestWeightDecay(t *testing.T) {
	game := kuhn(t)
	size := func(decay float64) (sum float64) {
		s := solver(t, game, deep.Params{Traversals: 20, Steps: 60, Batch: 32, AverageSteps: 1, Hidden: []int{16}, WeightDecay: decay, Seed: 1})
		run(t, s, 20)
		for role := range game.Players() {
			for _, p := range s.Regrets(role).Parameters() {
				sum += float64(p) * float64(p)
			}
		}
		return sum
	}
	if free, held := size(0), size(10); held > free/2 {
		t.Errorf("squared parameters sum to %g, and with decay to %g", free, held)
	}
	if _, err := deep.New(game, deep.Params{WeightDecay: -1}); err == nil {
		t.Error("a negative decay: no error")
	}
}

// wider has the same decisions, and two more moves that are never there.
type wider struct{ seats }

func (w wider) Moves() int { return w.seats.Moves() + 2 }

// seats is a game whose every player is a role.
type seats struct{ deep.Encoder }

func (s seats) Roles() int               { return s.Players() }
func (s seats) Role(state cfr.State) int { return int(state.Player()) }

// TestOutputs: the outputs are those of all moves, also for a decision of a game
// with others.
func TestOutputs(t *testing.T) {
	game := seats{kuhn(t)}
	s := solver(t, wider{game}, deep.Params{Traversals: 20, Steps: 10, AverageSteps: 10, Seed: 1})
	run(t, s, 2)
	nets, err := deep.NewNetworks(wider{game}, []*nn.Network{s.Regrets(0), s.Regrets(1)})
	if err != nil {
		t.Fatal(err)
	}
	state := game.Root()
	for state.Player() == cfr.Chance {
		state = state.Child(0)
	}
	outputs := make([]float32, game.Moves()+2)
	nets.Outputs(state, outputs)
	for i, value := range nets.Values(state) {
		if got := float64(outputs[state.Actions()[i]]); got != value {
			t.Errorf("action %d: %g, not %g", i, got, value)
		}
	}
}
