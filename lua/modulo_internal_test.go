package lua

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
)

// TestRemainder holds the remainder against math.Mod, bit for bit.
func TestRemainder(t *testing.T) {
	special := []float64{0, math.Copysign(0, -1), 1, -1, 5e-324, -5e-324, 2.2250738585072014e-308, math.MaxFloat64,
		math.Inf(1), math.Inf(-1), math.NaN(), 3, 0.1, 1 << 53, 1<<53 - 1, 4.5e-310}
	same := func(t interface{ Errorf(string, ...any) }, x, y float64) {
		got, want := remainder(x, y), math.Mod(x, y)
		if math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("%v %% %v is %v, not %v", x, y, got, want)
		}
	}
	for _, x := range special {
		for _, y := range special {
			same(t, x, y)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t, math.Float64frombits(rapid.Uint64().Draw(t, "x")), math.Float64frombits(rapid.Uint64().Draw(t, "y")))
		x := rapid.Float64().Draw(t, "u")
		same(t, x, x/float64(rapid.IntRange(1, 1000).Draw(t, "n")))
	})
}
