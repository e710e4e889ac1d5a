package ppo

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"dryad/nn"
)

// TestDeviationIsBounded: an objective that is next to nothing but entropy, at a high
// rate, leaves every parameter finite and the deviations near their bounds: Adam goes on a
// few steps beyond.
func TestDeviationIsBounded(t *testing.T) {
	plain, err := nn.New(nn.MLP(4, 16, mixed.Plain()), 3)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := Widen(plain, mixed, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	size, _ := mixed.Size()
	optimizer := &nn.Adam{LearningRate: 0.02}
	for range 4 {
		e := NewExplorer(wide.Clone(), mixed, random)
		for step := range 64 {
			e.Act([]float32{random.Float32(), random.Float32(), random.Float32(), 1}, step == 0)
			e.Earn(random.Float64(), step == 63)
		}
		p := Params{Head: mixed, Discount: 0.9, Trace: 0.9, Clip: 0.2, Entropy: 100, Batch: 16, Epochs: 60}
		all, err := Gather(p, []*Steps{&e.Steps})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := all.Learn(context.Background(), wide, optimizer, func(int) *rand.Rand { return random }); err != nil {
			t.Fatal(err)
		}
		out := wide.Forward(nn.NewWorkspace(wide, 1), []float32{1, 0, 1, 0}, 1)
		for i, v := range out[mixed.Plain():size] {
			if v > mostLogarithm+3 {
				t.Errorf("the logarithm of deviation %d is %v: it goes on growing", i, v)
			}
		}
	}
	if !nn.Finite(wide.Parameters()) {
		t.Error("a parameter is not finite")
	}
}

// TestSoften: the answers of a random network become small.
func TestSoften(t *testing.T) {
	n, err := nn.New(nn.MLP(4, 16, 3), 3)
	if err != nil {
		t.Fatal(err)
	}
	Soften(n)
	for i, v := range n.Forward(nn.NewWorkspace(n, 1), []float32{1, -1, 1, 1}, 1) {
		if math.Abs(float64(v)) > 0.05 {
			t.Errorf("output %d is %v", i, v)
		}
	}
}
