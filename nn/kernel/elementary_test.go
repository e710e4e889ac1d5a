package kernel

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
		if e := relative(Exp(x), math.Exp(x)); e > 1e-13 {
			t.Fatalf("Exp(%v) = %v, off by %v", x, Exp(x), e)
		}
		v := float32(x / 8)
		if e := relative(float64(Tanh(v)), math.Tanh(float64(v))); e > 1e-7 {
			t.Fatalf("Tanh(%v) = %v, off by %v", v, Tanh(v), e)
		}
		if e := relative(float64(Sigmoid(v)), 1/(1+math.Exp(-float64(v)))); e > 1e-7 {
			t.Fatalf("Sigmoid(%v) = %v, off by %v", v, Sigmoid(v), e)
		}
		if e := math.Abs(Softplus(x) - math.Log1p(math.Exp(x))); e > 1e-13*(1+math.Abs(x)) {
			t.Fatalf("Softplus(%v) = %v, off by %v", x, Softplus(x), e)
		}
		y := math.Exp(x)
		if e := math.Abs(Log(y) - math.Log(y)); e > 1e-13*(1+math.Abs(x)) {
			t.Fatalf("Log(%v) = %v, off by %v", y, Log(y), e)
		}
	}
	if !math.IsNaN(Exp(math.NaN())) || !math.IsNaN(float64(Tanh(float32(math.NaN())))) {
		t.Error("NaN is swallowed")
	}
}

func TestSoftmax(t *testing.T) {
	out := make([]float32, 3)
	if norm := Softmax(out, []float32{1, 5, 1}, []float32{1, 0, 1}); out[0] != 0.5 || out[1] != 0 || math.Abs(norm-(1+math.Ln2)) > 1e-12 {
		t.Errorf("masked softmax %v, normaliser %v", out, norm)
	}
	if Softmax(out, []float32{1000, -1000, float32(math.NaN())}, nil); out[0] == out[0] {
		t.Errorf("softmax swallows NaN: %v", out)
	}
}
