package nn_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"dryad/nn"
)

func xor() nn.Batch {
	return nn.Batch{Inputs: []float32{0, 0, 0, 1, 1, 0, 1, 1}, Targets: []float32{0, 1, 1, 0}}
}

func TestTrainingLearns(t *testing.T) {
	for name, test := range map[string]struct {
		loss      nn.Loss
		optimizer nn.Optimizer
	}{
		"mse adam":    {nn.MSE{}, &nn.Adam{LearningRate: 0.02}},
		"huber adam":  {nn.Huber{}, &nn.Adam{LearningRate: 0.02}},
		"bce adam":    {nn.BinaryCrossEntropy{}, &nn.Adam{LearningRate: 0.02}},
		"mse sgd":     {nn.MSE{}, &nn.SGD{LearningRate: 0.1, Momentum: 0.9}},
		"mse decayed": {nn.MSE{}, &nn.Adam{LearningRate: 0.02, WeightDecay: 1e-4}},
	} {
		n := mustNew(t, nn.MLP(2, 16, 1), 5)
		trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: test.loss, Optimizer: test.optimizer, ClipNorm: 5})
		loss := 0.0
		for range 500 {
			var err error
			if loss, err = trainer.Step(xor()); err != nil {
				t.Fatal(err)
			}
		}
		if loss > 0.02 {
			t.Errorf("%s: loss %v after 500 steps", name, loss)
		}
	}
}

func TestMaskedCrossEntropyLearnsLegalActions(t *testing.T) {
	n := mustNew(t, nn.MLP(1, 3), 5)
	trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.CrossEntropy{}, Optimizer: &nn.Adam{LearningRate: 0.05}})
	batch := nn.Batch{Inputs: []float32{1}, Targets: []float32{0.25, 0, 0.75}, Mask: []float32{1, 0, 1}}
	frozen := n.Parameters()[1]
	for range 500 {
		if _, err := trainer.Step(batch); err != nil {
			t.Fatal(err)
		}
	}
	out := n.Forward(nn.NewWorkspace(n, 1), []float32{1}, 1)
	if got := 1 / (1 + math.Exp(float64(out[2]-out[0]))); math.Abs(got-0.25) > 0.01 {
		t.Errorf("probability %v, want 0.25", got)
	}
	if n.Parameters()[1] != frozen {
		t.Error("a masked output was trained")
	}
}

// TestWorkersDoNotChangeResult trains with different numbers of workers and
// compares every bit.
func TestWorkersDoNotChangeResult(t *testing.T) {
	var want []float32
	for _, workers := range []int{1, 2, 3, 8} {
		n := mustNew(t, architectures["conv"], 5)
		trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.Adam{LearningRate: 1e-3}, ClipNorm: 1, Workers: workers})
		random := source(4)
		for _, rows := range []int{200, 7, 65} {
			batch := nn.Batch{
				Inputs:  values(random, rows*n.Inputs()),
				Targets: values(random, rows*n.Outputs()),
				Mask:    values(random, rows*n.Outputs()),
				Weights: values(random, rows),
			}
			if _, err := trainer.Step(batch); err != nil {
				t.Fatal(err)
			}
		}
		if want == nil {
			want = n.Parameters()
		} else if !slices.Equal(want, n.Parameters()) {
			t.Errorf("%d workers give another network", workers)
		}
	}
}

func TestStepRefusesWhatIsNotFinite(t *testing.T) {
	n := mustNew(t, nn.MLP(2, 4, 1), 5)
	before := slices.Clone(n.Parameters())
	trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.Adam{LearningRate: 1}})
	batch := xor()
	batch.Targets[2] = float32(math.NaN())
	if _, err := trainer.Step(batch); !errors.Is(err, nn.ErrNotFinite) {
		t.Errorf("error %v, want ErrNotFinite", err)
	}
	if !slices.Equal(before, n.Parameters()) {
		t.Error("the parameters changed")
	}
}

func TestStepRefusesShapes(t *testing.T) {
	n := mustNew(t, nn.MLP(2, 4, 1), 5)
	trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: &nn.SGD{LearningRate: 1}})
	for name, change := range map[string]func(*nn.Batch){
		"empty":   func(b *nn.Batch) { b.Inputs = nil },
		"inputs":  func(b *nn.Batch) { b.Inputs = b.Inputs[1:] },
		"targets": func(b *nn.Batch) { b.Targets = b.Targets[1:] },
		"mask":    func(b *nn.Batch) { b.Mask = []float32{1} },
		"weights": func(b *nn.Batch) { b.Weights = []float32{1} },
	} {
		batch := xor()
		change(&batch)
		if _, err := trainer.Step(batch); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestAdamResumesIdentically(t *testing.T) {
	run := func(interrupted bool) []float32 {
		n := mustNew(t, nn.MLP(2, 4, 1), 5)
		adam := &nn.Adam{LearningRate: 0.01}
		for range 2 {
			trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: nn.MSE{}, Optimizer: adam})
			for range 5 {
				if _, err := trainer.Step(xor()); err != nil {
					t.Fatal(err)
				}
			}
			if interrupted {
				n = n.Clone()
				adam = &nn.Adam{LearningRate: 0.01, State: nn.AdamState{
					First: slices.Clone(adam.State.First), Second: slices.Clone(adam.State.Second),
					Power1: adam.State.Power1, Power2: adam.State.Power2,
				}}
			}
		}
		return n.Parameters()
	}
	if !slices.Equal(run(false), run(true)) {
		t.Error("restoring the state of Adam changes the result")
	}
}

// TestAdamByHand follows the first step of the paper's algorithm 1: its size is
// the learning rate whatever the gradient.
func TestAdamByHand(t *testing.T) {
	parameters := []float32{1, 1, 1}
	(&nn.Adam{LearningRate: 0.1}).Step(parameters, []float32{5, -0.01, 0})
	for i, want := range []float32{0.9, 1.1, 1} {
		if math.Abs(float64(parameters[i]-want)) > 1e-5 {
			t.Errorf("parameter %d is %v, want %v", i, parameters[i], want)
		}
	}
}

// TestAdamWAgainstReference follows algorithm 2 of Loshchilov & Hutter 2019 in
// float64. Ten steps of about 0.1 in float32 are off by some ten roundings of
// parameters below 4, 10*4*2^-24 < 3e-6.
func TestAdamWAgainstReference(t *testing.T) {
	const rate, decay, beta1, beta2, epsilon = 0.1, 0.05, 0.9, 0.999, 1e-8
	adam := &nn.Adam{LearningRate: rate, WeightDecay: decay}
	parameters := []float32{2, -1, 0.5}
	want, first, second := widen(parameters), make([]float64, 3), make([]float64, 3)
	random := source(6)
	for step := 1.0; step <= 10; step++ {
		gradients := values(random, 3)
		adam.Step(parameters, gradients)
		for i, g := range widen(gradients) {
			first[i] = beta1*first[i] + (1-beta1)*g
			second[i] = beta2*second[i] + (1-beta2)*g*g
			m, v := first[i]/(1-math.Pow(beta1, step)), second[i]/(1-math.Pow(beta2, step))
			want[i] -= rate * (m/(math.Sqrt(v)+epsilon) + decay*want[i])
		}
	}
	for i := range want {
		if math.Abs(float64(parameters[i])-want[i]) > 3e-6 {
			t.Errorf("parameter %d is %v, want %v", i, parameters[i], want[i])
		}
	}
}

func TestLosses(t *testing.T) {
	outputs, targets, mask := []float32{0.5, -2, 3}, []float32{0.1, 0.9, 0}, []float32{1, 0, 1}
	for name, loss := range map[string]nn.Loss{"mse": nn.MSE{}, "huber": nn.Huber{Delta: 0.7}, "cross": nn.CrossEntropy{}, "binary": nn.BinaryCrossEntropy{}} {
		for _, m := range [][]float32{nil, mask} {
			gradient, scratch := make([]float32, 3), make([]float32, 3)
			loss.Row(outputs, targets, m, gradient)
			for i := range outputs {
				const step = 1e-3
				moved := slices.Clone(outputs)
				moved[i] += step
				up := loss.Row(moved, targets, m, scratch)
				moved[i] -= 2 * step
				down := loss.Row(moved, targets, m, scratch)
				if want := (up - down) / (2 * step); math.Abs(want-float64(gradient[i])) > 1e-3 {
					t.Errorf("%s, mask %v: gradient %d is %v, differences say %v", name, m, i, gradient[i], want)
				}
			}
		}
	}
}

func TestClipNorm(t *testing.T) {
	g := []float32{3, 4}
	if norm := nn.ClipNorm(g, 1); norm != 5 || math.Abs(float64(g[0])-0.6) > 1e-6 {
		t.Errorf("norm %v, clipped to %v", norm, g)
	}
	if nn.ClipNorm(g, 2); math.Abs(float64(g[0])-0.6) > 1e-6 {
		t.Errorf("clipped without need to %v", g)
	}
}
