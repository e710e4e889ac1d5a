package fixed_test

import (
	"math"
	"testing"

	"dryad/games/fps/fixed"
	_ "dryad/internal/fixedseed"

	"pgregory.net/rapid"
)

func TestSineTableAgainstMath(t *testing.T) {
	for i := range 8192 {
		a := fixed.Angle(i) << 19
		want := math.Round(math.Sin(float64(i)*2*math.Pi/8192) * 65536)
		if d := math.Abs(float64(a.Sin()) - want); d > 1 {
			t.Fatalf("sin of %d/8192 of a circle: got %d, want %v", i, a.Sin(), want)
		}
		if a.Cos() != (a + fixed.North).Sin() {
			t.Fatalf("cos of %d/8192 of a circle is not the sine a quarter on", i)
		}
	}
}

func TestAtan2AgainstMath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Int32().Draw(t, "x"), rapid.Int32().Draw(t, "y")
		if x == 0 && y == 0 {
			return
		}
		want := math.Atan2(float64(y), float64(x)) / (2 * math.Pi) * (1 << 32)
		d := math.Abs(float64(int32(uint32(fixed.Atan2(y, x)) - uint32(int64(want)))))
		if d > 1<<9 {
			t.Fatalf("atan2(%d, %d) is off by %v of 2^32", y, x, d)
		}
	})
}

func TestSqrtIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Max(1<<63).Draw(t, "n")
		r := fixed.Sqrt(n)
		if r*r > n || (r+1)*(r+1) <= n {
			t.Fatalf("sqrt(%d) = %d", n, r)
		}
	})
}

func TestDivSaturates(t *testing.T) {
	for _, c := range []struct{ a, b, want fixed.Fixed }{
		{fixed.One, 2 * fixed.One, fixed.One / 2},
		{fixed.One, 0, math.MaxInt32},
		{-fixed.One, 0, math.MinInt32},
		{math.MaxInt32, 1, math.MaxInt32},
		{math.MinInt32, 1, math.MinInt32},
		{math.MinInt32, -1, math.MaxInt32},
	} {
		if got := fixed.Div(c.a, c.b); got != c.want {
			t.Errorf("Div(%d, %d) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestAngles(t *testing.T) {
	for d := range 360 {
		if got := fixed.Degrees(d).ToDegrees(); got != d {
			t.Errorf("%d degrees came back as %d", d, got)
		}
	}
	if got := fixed.Degrees(10).Sub(fixed.Degrees(350)); got != int32(fixed.Degrees(20)) {
		t.Errorf("from 350 to 10 degrees is a turn of %d, want %d", got, fixed.Degrees(20))
	}
	if !fixed.Degrees(10).Within(fixed.Degrees(350), fixed.Degrees(42)) || fixed.Degrees(10).Within(fixed.Degrees(350), fixed.Degrees(38)) {
		t.Error("Within does not measure across zero")
	}
}
