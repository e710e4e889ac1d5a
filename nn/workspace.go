package nn

import (
	"fmt"

	"dryad/nn/kernel"
)

// Workspace holds what one goroutine needs to run a network: activations, and for
// training gradients. It grows to the largest batch it has seen and then
// allocates no more. It may not be shared between goroutines.
type Workspace struct {
	network *Network
	rows    int
	// input is the caller's slice of the last Forward.
	input []float32
	// outputs holds the activations after each stage; a stage that works in place
	// shares the slice of the one before.
	outputs [][]float32
	// saved holds what layer norm needs again: the normalised values, then one
	// inverse deviation for each row; and of a GRU the gates and products.
	saved [][]float32
	// columns holds the patches of one sample of a convolution, padded the sample
	// with its padding around.
	columns, padded []float32
	// recurrent holds the gradients of one step of a GRU, zeros its first state.
	recurrent, zeros []float32
	// gradient and spare take turns as the gradient of the current activations.
	gradient, spare []float32
	capacity        int
	training        int
}

// NewWorkspace makes a workspace for batches of up to rows samples. Larger
// batches are allowed and make it grow.
func NewWorkspace(n *Network, rows int) *Workspace {
	w := &Workspace{
		network: n,
		outputs: make([][]float32, len(n.stages)),
		saved:   make([][]float32, len(n.stages)),
	}
	w.grow(max(rows, 1))
	return w
}

func (w *Workspace) grow(rows int) {
	if rows <= w.capacity {
		return
	}
	w.capacity = rows
	columns, padded, hidden := 0, 0, 0
	for i, s := range w.network.stages {
		if s.inPlace {
			w.outputs[i] = w.outputs[i-1]
			continue
		}
		w.outputs[i] = make([]float32, rows*s.out.Size())
		if s.Kind == KindLayerNorm {
			w.saved[i] = make([]float32, rows*(s.out.Size()+1))
		}
		if s.Kind == KindGRU {
			w.saved[i] = make([]float32, rows*6*s.out.Size())
			hidden = max(hidden, s.Out)
		}
		if s.Kind == KindConv {
			columns = max(columns, s.out.Height*s.out.Width*s.fanIn+kernel.Slack)
			padded = max(padded, s.padded().Size())
		}
	}
	w.columns, w.padded = make([]float32, columns), make([]float32, padded)
	w.recurrent, w.zeros = make([]float32, 7*hidden), make([]float32, hidden)
}

func (w *Workspace) growTraining(rows int) {
	if rows <= w.training {
		return
	}
	w.training = rows
	widest := w.network.Inputs()
	for _, s := range w.network.stages {
		widest = max(widest, s.out.Size())
	}
	w.gradient = make([]float32, rows*widest)
	w.spare = make([]float32, rows*widest)
}

// Output is the result of the last Forward, one row for each sample.
func (w *Workspace) Output() []float32 {
	last := len(w.outputs) - 1
	return w.outputs[last][:w.rows*w.network.Outputs()]
}

func (w *Workspace) check(n *Network, name string, length, rows, width int) {
	if w.network != n && !sameStages(w.network, n) {
		panic("nn: the workspace belongs to a network of another architecture")
	}
	if rows < 0 || length != rows*width {
		panic(fmt.Sprintf("nn: %s has %d values, want %d rows of %d", name, length, rows, width))
	}
}

func sameStages(a, b *Network) bool {
	if len(a.stages) != len(b.stages) {
		return false
	}
	for i := range a.stages {
		if a.stages[i] != b.stages[i] {
			return false
		}
	}
	return true
}
