package nn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"dryad/nn"
)

func mustNew(t testing.TB, a nn.Architecture, seed uint64) *nn.Network {
	t.Helper()
	n, err := nn.New(a, seed)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// values draws numbers in [-1, 1).
func values(random *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = 2*random.Float32() - 1
	}
	return out
}

func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// architectures has every kind of layer, odd sizes and each way of sharing buffers.
var architectures = map[string]nn.Architecture{
	"mlp":      nn.MLP(5, 17, 9, 3),
	"linear":   nn.MLP(3, 2),
	"tanh":     {Input: nn.Vector(6), Layers: []nn.Layer{nn.Dense(11), nn.Tanh(), nn.Dense(4), nn.Sigmoid()}},
	"stacked":  {Input: nn.Vector(4), Layers: []nn.Layer{nn.Tanh(), nn.Sigmoid(), nn.Dense(3), nn.Tanh(), nn.ReLU(), nn.Dense(2)}},
	"softmax":  {Input: nn.Vector(7), Layers: []nn.Layer{nn.Dense(5), nn.Softmax()}},
	"norm":     {Input: nn.Vector(6), Layers: []nn.Layer{nn.Dense(9), nn.LayerNorm(), nn.ReLU(), nn.LayerNorm(), nn.Dense(2)}},
	"conv":     {Input: nn.Image(7, 6, 3), Layers: []nn.Layer{nn.Conv2D(4, 3, 1, 1), nn.ReLU(), nn.Conv2D(5, 3, 2, 0), nn.Tanh(), nn.Dense(3)}},
	"conv1d":   {Input: nn.Sequence(10, 2), Layers: []nn.Layer{nn.Conv1D(4, 3, 2, 1), nn.ReLU(), nn.Dense(2)}},
	"gelu":     {Input: nn.Vector(5), Layers: []nn.Layer{nn.GELU(), nn.Dense(7), nn.GELU(), nn.Tanh(), nn.LayerNorm(), nn.GELU(), nn.Dense(2)}},
	"pool":     {Input: nn.Image(7, 9, 2), Layers: []nn.Layer{nn.Conv2D(3, 2, 1, 0), nn.ReLU(), nn.MaxPool2D(2, 2), nn.AveragePool2D(2, 1), nn.Sigmoid(), nn.Dense(2)}},
	"pool1d":   {Input: nn.Sequence(11, 3), Layers: []nn.Layer{nn.AveragePool1D(3, 2), nn.Tanh(), nn.MaxPool1D(2, 1), nn.Dense(2)}},
	"gru":      {Input: nn.Sequence(5, 3), Layers: []nn.Layer{nn.GRU(4), nn.Tanh(), nn.GRU(3), nn.ReLU(), nn.Dense(2)}},
	"wide pad": {Input: nn.Image(1, 1, 2), Layers: []nn.Layer{nn.Conv2D(3, 5, 1, 4), nn.Dense(2)}},
}

// TestGradients compares back-propagation with central differences.
func TestGradients(t *testing.T) {
	for name, a := range architectures {
		t.Run(name, func(t *testing.T) {
			const rows, step = 3, 1e-2
			random := source(7)
			n := mustNew(t, a, 3)
			for i := range n.Parameters() {
				n.Parameters()[i] += 0.2 * (random.Float32() - 0.5)
			}
			x := values(random, rows*n.Inputs())
			direction := values(random, rows*n.Outputs())
			w := nn.NewWorkspace(n, rows)
			// The scalar whose gradient is taken: the output along a direction.
			scalar := func() float64 {
				sum := 0.0
				for i, v := range n.Forward(w, x, rows) {
					sum += float64(v) * float64(direction[i])
				}
				return sum
			}
			scalar()
			gradients := make([]float32, len(n.Parameters()))
			dx := slices.Clone(n.Backward(w, direction, gradients))
			compare := func(what string, variables, got []float32) {
				t.Helper()
				bad := 0
				for i := range variables {
					old := variables[i]
					variables[i] = old + step
					up := scalar()
					variables[i] = old - step
					down := scalar()
					variables[i] = old
					want := (up - down) / (2 * step)
					if math.Abs(want-float64(got[i])) > 0.02*(1+math.Abs(want)) {
						bad++
						t.Logf("%s %d: back-propagation %v, differences %v", what, i, got[i], want)
					}
				}
				// A step may cross the kink of a ReLU.
				if bad > len(variables)/20 {
					t.Errorf("%s: %d of %d gradients are wrong", what, bad, len(variables))
				}
			}
			compare("parameter", n.Parameters(), gradients)
			compare("input", x, dx)
		})
	}
}

func TestForwardRowsAreIndependent(t *testing.T) {
	for name, a := range architectures {
		n := mustNew(t, a, 1)
		const rows = 9
		x := values(source(2), rows*n.Inputs())
		all := slices.Clone(n.Forward(nn.NewWorkspace(n, rows), x, rows))
		w := nn.NewWorkspace(n, 1)
		for r := range rows {
			one := n.Forward(w, x[r*n.Inputs():(r+1)*n.Inputs()], 1)
			if !slices.Equal(one, all[r*n.Outputs():(r+1)*n.Outputs()]) {
				t.Errorf("%s: row %d alone is %v, in a batch %v", name, r, one, all[r*n.Outputs():(r+1)*n.Outputs()])
			}
		}
	}
}

func TestForwardByHand(t *testing.T) {
	n := mustNew(t, nn.Architecture{Input: nn.Image(2, 3, 1), Layers: []nn.Layer{nn.Conv2D(1, 2, 1, 0), nn.ReLU(), nn.Dense(1)}}, 1)
	copy(n.Parameters(), []float32{1, 2, 3, 4, -30, 10, 100, 5})
	// Patches (1 2 / 4 5) and (2 3 / 5 6) under kernel (1 2 / 3 4): 37-30 and 47-30.
	got := n.Forward(nn.NewWorkspace(n, 1), []float32{1, 2, 3, 4, 5, 6}, 1)
	if want := float32(7*10 + 17*100 + 5); got[0] != want {
		t.Errorf("got %v, want %v", got[0], want)
	}
	if got, want := n.MACs(), 2*4+2; got != want {
		t.Errorf("MACs = %d, want %d", got, want)
	}
}

func TestForwardAllocatesNothing(t *testing.T) {
	for name, a := range architectures {
		n := mustNew(t, a, 1)
		w := nn.NewWorkspace(n, 4)
		x := values(source(2), 4*n.Inputs())
		gradients := make([]float32, len(n.Parameters()))
		n.Backward(w, slices.Clone(n.Forward(w, x, 4)), gradients)
		dy := slices.Clone(w.Output())
		if got := testing.AllocsPerRun(10, func() {
			n.Forward(w, x, 4)
			n.Backward(w, dy, gradients)
		}); got != 0 {
			t.Errorf("%s: %v allocations", name, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	for name, a := range map[string]nn.Architecture{
		"no layers":      {Input: nn.Vector(3)},
		"no input":       nn.MLP(0, 3),
		"negative":       nn.MLP(3, -1),
		"huge layer":     nn.MLP(60000, 60000),
		"huge image":     {Input: nn.Image(60000, 60000, 60000), Layers: []nn.Layer{nn.ReLU()}},
		"kernel":         {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{nn.Conv2D(1, 4, 1, 0)}},
		"stride":         {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{nn.Conv2D(1, 2, 0, 0)}},
		"padding":        {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{nn.Conv2D(1, 2, 1, 2)}},
		"patches":        {Input: nn.Image(4096, 4096, 1), Layers: []nn.Layer{nn.Conv2D(1, 64, 1, 0)}},
		"wide padding":   {Input: nn.Vector(1), Layers: []nn.Layer{nn.Conv2D(1, 8000, 8000, 7999)}},
		"unknown":        {Input: nn.Vector(3), Layers: []nn.Layer{{Kind: "lstm"}}},
		"dense kernel":   {Input: nn.Vector(3), Layers: []nn.Layer{{Kind: nn.KindDense, Out: 2, Kernel: [2]int{1, 1}}}},
		"relu with out":  {Input: nn.Vector(3), Layers: []nn.Layer{{Kind: nn.KindReLU, Out: 2}}},
		"too many times": {Input: nn.Vector(3), Layers: slices.Repeat([]nn.Layer{nn.ReLU()}, 300)},
		"pool window":    {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{nn.MaxPool2D(4, 1)}},
		"pool stride":    {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{nn.AveragePool2D(2, 0)}},
		"pool padding":   {Input: nn.Image(3, 3, 1), Layers: []nn.Layer{{Kind: nn.KindMaxPool, Kernel: [2]int{2, 2}, Stride: [2]int{1, 1}, Pad: [2]int{1, 1}}}},
		"gru of image":   {Input: nn.Image(2, 3, 1), Layers: []nn.Layer{nn.GRU(2)}},
		"huge gru":       {Input: nn.Vector(2), Layers: []nn.Layer{nn.GRU(60000)}},
		"gelu with out":  {Input: nn.Vector(3), Layers: []nn.Layer{{Kind: nn.KindGELU, Out: 2}}},
	} {
		if _, err := nn.New(a, 1); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestClone(t *testing.T) {
	n := mustNew(t, nn.MLP(2, 2), 1)
	c := n.Clone()
	c.Parameters()[0]++
	if n.Parameters()[0] == c.Parameters()[0] {
		t.Error("the clone shares parameters")
	}
}

func TestFinite(t *testing.T) {
	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))} {
		if nn.Finite([]float32{0, bad}) {
			t.Errorf("Finite accepts %v", bad)
		}
	}
	if !nn.Finite([]float32{0, -1, math.MaxFloat32, math.SmallestNonzeroFloat32}) {
		t.Error("Finite refuses finite numbers")
	}
}
