package nn

import (
	"fmt"

	"dryad/nn/kernel"
)

// Forward runs the network on rows samples that lie one after the other in input.
// The result has one row of Outputs values for each sample, belongs to the
// workspace and is valid until its next use. A row's result does not depend on
// the other rows. It panics if input has not rows*Inputs values.
func (n *Network) Forward(w *Workspace, input []float32, rows int) []float32 {
	return n.ForwardFrom(w, input, nil, rows)
}

// ForwardFrom is Forward with the states of GRUs that go along a sequence of one step:
// state has State values for each row, all zero before the first step, and is replaced by
// those after this one. A nil state stands for zeros, and is not replaced.
func (n *Network) ForwardFrom(w *Workspace, input, state []float32, rows int) []float32 {
	w.check(n, "input", len(input), rows, n.Inputs())
	w.grow(rows)
	w.rows, w.input = rows, input
	if state != nil && len(state) != rows*n.State() {
		panic(fmt.Sprintf("nn: the state has %d values, want %d rows of %d", len(state), rows, n.State()))
	}
	x, stride, offset := input, n.State(), 0
	for i := range n.stages {
		s := &n.stages[i]
		y := w.outputs[i][:rows*s.out.Size()]
		switch s.Kind {
		case KindDense:
			kernel.DotRows(y, x, s.weights.of(n.parameters), s.bias.of(n.parameters), rows, s.Out, s.fanIn)
		case KindConv:
			n.convolve(w, s, y, x, rows)
		case KindLayerNorm:
			s.normalise(n, y, x, w.saved[i], rows)
		case KindGRU:
			var first []float32
			if state != nil && s.carried() > 0 {
				first, offset = state[offset:], offset+s.Out
			}
			s.recur(n, w, y, x, w.saved[i], first, stride, rows)
			for r := range rows {
				if first != nil {
					copy(first[r*stride:][:s.Out], y[r*s.Out:])
				}
			}
		case KindMaxPool:
			s.maxPool(y, x, rows)
		case KindAveragePool:
			s.averagePool(y, x, rows)
		default:
			if !s.inPlace {
				copy(y, x)
			}
			s.activate(y, rows)
		}
		x = y
	}
	return x
}

// activate applies an activation function in place.
func (s *stage) activate(y []float32, rows int) {
	switch s.Kind {
	case KindReLU:
		kernel.Rectify(y)
	case KindTanh:
		for i, v := range y {
			y[i] = kernel.Tanh(v)
		}
	case KindSigmoid:
		for i, v := range y {
			y[i] = kernel.Sigmoid(v)
		}
	case KindGELU:
		for i, v := range y {
			y[i] = kernel.GELU(v)
		}
	case KindSoftmax:
		size := s.out.Size()
		for r := range rows {
			row := y[r*size : (r+1)*size]
			kernel.Softmax(row, row, nil)
		}
	}
}
