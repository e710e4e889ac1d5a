package nn

import (
	"math"
	"testing"
)

func TestElementaryFunctions(t *testing.T) {
	relative := func(got, want float64) float64 {
		if got == want {
			return 0
		}
		return math.Abs(got-want) / math.Abs(want)
	}
	for x := -80.0; x <= 80; x += 0.0173 {
		if e := relative(exp(x), math.Exp(x)); e > 1e-13 {
			t.Fatalf("exp(%v) = %v, off by %v", x, exp(x), e)
		}
		v := float32(x / 8)
		if e := relative(float64(tanh(v)), math.Tanh(float64(v))); e > 1e-7 {
			t.Fatalf("tanh(%v) = %v, off by %v", v, tanh(v), e)
		}
		if e := relative(float64(sigmoid(v)), 1/(1+math.Exp(-float64(v)))); e > 1e-7 {
			t.Fatalf("sigmoid(%v) = %v, off by %v", v, sigmoid(v), e)
		}
		if e := math.Abs(softplus(x) - math.Log1p(math.Exp(x))); e > 1e-13*(1+math.Abs(x)) {
			t.Fatalf("softplus(%v) = %v, off by %v", x, softplus(x), e)
		}
		y := math.Exp(x)
		if e := math.Abs(log(y) - math.Log(y)); e > 1e-13*(1+math.Abs(x)) {
			t.Fatalf("log(%v) = %v, off by %v", y, log(y), e)
		}
	}
	if !math.IsNaN(exp(math.NaN())) || !math.IsNaN(float64(tanh(float32(math.NaN())))) {
		t.Error("NaN is swallowed")
	}
}

func TestSoftmax(t *testing.T) {
	out := make([]float32, 3)
	if norm := softmax(out, []float32{1, 5, 1}, []float32{1, 0, 1}); out[0] != 0.5 || out[1] != 0 || math.Abs(norm-(1+math.Ln2)) > 1e-12 {
		t.Errorf("masked softmax %v, normaliser %v", out, norm)
	}
	if softmax(out, []float32{1000, -1000, float32(math.NaN())}, nil); Finite(out) {
		t.Errorf("softmax swallows NaN: %v", out)
	}
}
