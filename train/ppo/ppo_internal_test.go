package ppo

import (
	"math"
	"math/rand/v2"
	"testing"

	"dryad/nn"
	"dryad/nn/head"
)

var mixed = head.Mixed{Numbers: 2, Switches: 1, Choices: 3}

// compare holds a loss's gradient against central differences. With a step of 2^-12,
// exact in float32, these are off by a third derivative times 2^-24/6. Outputs are
// multiples of 1/64 below 1, where the third derivatives of these losses stay below
// 400, so that 5e-6 is an upper bound together with the rounding of the gradient.
func compare(t *testing.T, what string, loss nn.Loss, output, target []float32) {
	t.Helper()
	gradient := make([]float32, len(output))
	loss.Row(output, target, nil, gradient)
	spare := make([]float32, len(output))
	for i, old := range output {
		const step = 1.0 / 4096
		output[i] = old + step
		up := loss.Row(output, target, nil, spare)
		output[i] = old - step
		down := loss.Row(output, target, nil, spare)
		output[i] = old
		if want := (up - down) / (2 * step); math.Abs(want-float64(gradient[i])) > 5e-6 {
			t.Errorf("%s: derivative %d is %v, differences say %v", what, i, gradient[i], want)
		}
	}
}

func outputs(random *rand.Rand, n int) []float32 {
	all := make([]float32, n)
	for i := range all {
		all[i] = float32(random.IntN(96)-48) / 64
	}
	return all
}

// TestPolicyGradient tries rows whose ratio is inside the clip, and for PPO rows
// far outside of it on both sides, where the slope is that of the value and of the
// entropy alone.
func TestPolicyGradient(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	size, action := mixed.Size()
	clipped := 0
	for _, name := range []string{"ppo", "mdpo"} {
		for range 40 {
			output := append(outputs(random, size), 0.25)
			taken := make([]float32, action)
			mixed.Sample(random, output[:size], taken)
			for i := range mixed.Numbers { // so that the density is smooth enough for differences
				taken[i] = output[i] + float32(random.IntN(16)-8)/64
			}
			shift := []float64{0, 0.05, -0.05, 0.5, -0.5}[random.IntN(5)]
			all := &Experience{advantages: []float64{random.Float64() - 0.5}, returns: []float64{0.5},
				params: Params{Head: mixed, Mirror: name == "mdpo", Clip: 0.2, Entropy: 0.01}}
			all.actions, all.chances = taken, []float64{mixed.LogProbability(output[:size], taken, nil) + shift}
			if math.Abs(shift) > 0.2 {
				clipped++
			}
			compare(t, name, all.loss(), output, make([]float32, size+1))
		}
	}
	if clipped < 10 {
		t.Errorf("only %d rows were outside of the clip", clipped)
	}
}

// TestAdvantages compares with sums written out by hand.
func TestAdvantages(t *testing.T) {
	const discount, trace = 0.5, 0.5
	s := Steps{
		rewards: []float64{1, 2, 3, 4},
		values:  []float64{1, 1, 2, 2},
		fresh:   []bool{true, false, true, false},
		died:    []bool{false, false, false, true},
	}
	// Step 3 dies: 4 - 2. Step 2 goes on in it: 3 + 2/2 - 2 + (4-2)/4. Step 1 ends
	// its activation: 2 + 1/2 - 1, with its own value for what would have come.
	// Step 0: 1 + 1/2 - 1 + 1.5/4.
	want := []float64{0.875, 1.5, 2.5, 2}
	advantages, returns := s.advantages(discount, trace)
	for i := range want {
		if advantages[i] != want[i] || returns[i] != want[i]+s.values[i] {
			t.Errorf("step %d: advantage %v, return %v, want %v", i, advantages[i], returns[i], want[i])
		}
	}
}

// TestWiden: a network that explores answers as before and becomes itself again.
func TestWiden(t *testing.T) {
	n, err := nn.New(nn.MLP(4, 5, mixed.Plain()), 3)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := Widen(n, mixed, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	in := []float32{1, -2, 0.5, 3}
	want := n.Forward(nn.NewWorkspace(n, 1), in, 1)
	got := wide.Forward(nn.NewWorkspace(wide, 1), in, 1)
	for i, v := range want {
		if got[i] != v {
			t.Errorf("output %d: %v, want %v", i, got[i], v)
		}
	}
	for i, v := range got[mixed.Plain() : mixed.Plain()+mixed.Numbers] {
		if math.Abs(float64(v)-math.Log(0.5)) > 1e-6 {
			t.Errorf("deviation %d: %v", i, v)
		}
	}
	back := Narrow(wide, mixed.Plain())
	for i, v := range n.Parameters() {
		if back.Parameters()[i] != v {
			t.Fatalf("parameter %d: %v, want %v", i, back.Parameters()[i], v)
		}
	}
}
