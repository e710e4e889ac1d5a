package fps_test

import (
	"testing"

	"dryad/games/fps"
)

// TestCommandLikeness: a command is like itself, the opposite one is unlike, and
// order does not matter.
func TestCommandLikeness(t *testing.T) {
	var b fps.Body
	still, ahead, back, left, right := []byte{}, []byte{1, 100, 0}, []byte{1, 156, 0}, []byte{2, 0, 4}, []byte{2, 0, 252}
	fires := []byte{8}
	for _, x := range []struct {
		a, b []byte
		want float64
	}{
		{still, still, 1}, {ahead, ahead, 1}, {left, left, 1}, {fires, fires, 1},
		{ahead, back, 2.0 / 3}, {still, ahead, 2.0 / 3}, {left, right, 2.0 / 3}, {fires, still, 2.0 / 3},
		{ahead, left, 1.0 / 3}, {[]byte{255}, still, 0},
	} {
		for _, got := range []float64{b.CommandLikeness(x.a, x.b), b.CommandLikeness(x.b, x.a)} {
			if got != x.want {
				t.Errorf("%v and %v: %v, not %v", x.a, x.b, got, x.want)
			}
		}
	}
}
