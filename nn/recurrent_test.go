package nn_test

import (
	"slices"
	"testing"

	"dryad/nn"
)

// TestStepsAreTheSequence: one step after the other with the state carried on gives
// the bits that the whole sequence gives, in every row.
func TestStepsAreTheSequence(t *testing.T) {
	const length, rows, channels = 5, 3, 4
	layers := []nn.Layer{nn.GRU(3), nn.Tanh(), nn.GRU(2)}
	whole, err := nn.New(nn.Architecture{Input: nn.Sequence(length, channels), Layers: layers}, 7)
	if err != nil {
		t.Fatal(err)
	}
	step, err := nn.New(nn.Architecture{Input: nn.Sequence(1, channels), Layers: layers}, 1)
	if err != nil {
		t.Fatal(err)
	}
	copy(step.Parameters(), whole.Parameters())
	if whole.State() != 0 || step.State() != 5 {
		t.Fatalf("%d and %d values are carried, want 0 and 5", whole.State(), step.State())
	}
	input := make([]float32, rows*length*channels)
	for i := range input {
		input[i] = float32(i%17)/8 - 1
	}
	want := whole.Forward(nn.NewWorkspace(whole, rows), input, rows)
	w, state := nn.NewWorkspace(step, rows), make([]float32, rows*step.State())
	for k := range length {
		var at []float32
		for r := range rows {
			at = append(at, input[(r*length+k)*channels:][:channels]...)
		}
		got := step.ForwardFrom(w, at, state, rows)
		for r := range rows {
			if !slices.Equal(got[r*2:][:2], want[(r*length+k)*2:][:2]) {
				t.Errorf("step %d, row %d: %v, want %v", k, r, got[r*2:][:2], want[(r*length+k)*2:][:2])
			}
		}
	}
}
