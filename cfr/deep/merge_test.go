package deep_test

import (
	"slices"
	"testing"

	"dryad/cfr/deep"
)

// Rows of one input get their mean, weighed by iteration; others keep theirs.
func TestMergedTargets(t *testing.T) {
	got := deep.MergedTargets([]float32{5, 7, 5, 5}, []float32{1, 9, 3, -1}, []float32{1, 2, 2, 3})
	const mean = (1*1 + 3*2 - 1*3) / (1.0 + 2 + 3)
	if want := []float32{float32(mean), 9, float32(mean), float32(mean)}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
