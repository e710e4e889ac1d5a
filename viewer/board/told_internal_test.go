package board

import (
	"slices"
	"testing"
)

// TestTold: the chosen action is always among those that are written, with those
// that the solution prefers, in the order of the game.
func TestTold(t *testing.T) {
	for _, x := range []struct {
		chosen, fits int
		shares       []float64
		want         []int
	}{
		{-1, 9, nil, []int{0, 1, 2, 3, 4}},
		{4, 2, nil, []int{0, 4}},
		{4, 3, []float64{0, .2, .5, .3, 0}, []int{2, 3, 4}},
		{-1, 2, []float64{0, .2, .5, .3, 0}, []int{2, 3}},
		{1, 1, []float64{1, 0, 0, 0, 0}, []int{1}},
	} {
		if got := told(5, x.chosen, x.shares, x.fits); !slices.Equal(got, x.want) {
			t.Errorf("%+v: %v", x, got)
		}
	}
}
