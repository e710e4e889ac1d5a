package kernel

import (
	"math"
	"testing"
)

func TestNormalDistribution(t *testing.T) {
	for x := -36.0; x <= 36; x += 0.0173 {
		if got, want := NormalDensity(x), math.Exp(-x*x/2)/math.Sqrt(2*math.Pi); math.Abs(got-want) > 1e-12*want {
			t.Fatalf("density at %v is %v, want %v", x, got, want)
		}
		// erfc carries the relative error of its argument squared into the tail.
		if got, want := NormalCDF(x), 0.5*math.Erfc(-x/math.Sqrt2); math.Abs(got-want) > 1e-11*want {
			t.Fatalf("probability below %v is %v, want %v", x, got, want)
		}
	}
	if !math.IsNaN(NormalCDF(math.NaN())) {
		t.Error("NaN is swallowed")
	}
}

// TestGELUSlope compares the derivative with central differences in float64. With
// a step of 1e-5 they are off by the third derivative (below 2) times 1e-10/6 and
// by the rounding of values of up to 8, 2^-50/1e-5 < 1e-10; the slope itself is
// rounded to float32, 2^-24 of at most 1.13.
func TestGELUSlope(t *testing.T) {
	gelu := func(x float64) float64 { return x * NormalCDF(x) }
	for x := float32(-8); x <= 8; x += 0.0173 {
		const step = 1e-5
		want := (gelu(float64(x)+step) - gelu(float64(x)-step)) / (2 * step)
		if got := float64(GELUSlope(x)); math.Abs(got-want) > 1.2/(1<<24)+1e-9 {
			t.Fatalf("slope at %v is %v, differences say %v", x, got, want)
		}
		if got, want := GELU(x), float32(gelu(float64(x))); got != want {
			t.Fatalf("GELU(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestGELUAtItsEnds(t *testing.T) {
	infinity := float32(math.Inf(1))
	for _, c := range []struct{ x, value, slope float32 }{
		{-infinity, 0, 0}, {-50, 0, 0}, {0, 0, 0.5}, {50, 50, 1}, {infinity, infinity, 1},
	} {
		if GELU(c.x) != c.value || GELUSlope(c.x) != c.slope {
			t.Errorf("at %v: value %v and slope %v, want %v and %v", c.x, GELU(c.x), GELUSlope(c.x), c.value, c.slope)
		}
	}
	if v := GELU(float32(math.NaN())); v == v {
		t.Error("NaN is swallowed")
	}
}
