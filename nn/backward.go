package nn

import "dryad/nn/kernel"

// one is the coefficient of a plain sum.
var one = []float32{1}

// Backward propagates the gradient of a loss with respect to the rows of the last
// Forward on this workspace. It adds the gradient with respect to the parameters
// to gradients, which has one value for each of Parameters. The input given to
// that Forward must be unchanged, and so must the parameters.
//
// It returns the gradient with respect to the input, which belongs to the
// workspace.
func (n *Network) Backward(w *Workspace, outputGradient, gradients []float32) []float32 {
	return n.backward(w, outputGradient, gradients, true)
}

func (n *Network) backward(w *Workspace, outputGradient, gradients []float32, wantInput bool) []float32 {
	rows := w.rows
	w.check(n, "output gradient", len(outputGradient), rows, n.Outputs())
	w.check(n, "gradient", len(gradients), 1, len(n.parameters))
	w.growTraining(rows)
	dy, spare := w.gradient[:len(outputGradient)], w.spare
	copy(dy, outputGradient)
	for i := len(n.stages) - 1; i >= 0; i-- {
		s := &n.stages[i]
		x := w.input
		if i > 0 {
			x = w.outputs[i-1][:rows*s.in.Size()]
		}
		if !s.parametric() && !s.pools() {
			s.activateBackward(dy, x, w.outputs[i], rows)
			continue
		}
		var dx []float32
		if i > 0 || wantInput {
			dx = spare[:rows*s.in.Size()]
			clear(dx)
		}
		switch s.Kind {
		case KindDense:
			s.denseBackward(n, dx, dy, x, gradients, rows)
		case KindConv:
			n.convolveBackward(w, s, dx, dy, x, gradients, rows)
		case KindLayerNorm:
			s.normaliseBackward(n, dx, dy, w.saved[i], gradients, rows)
		case KindGRU:
			s.recurBackward(n, w, dx, dy, x, w.outputs[i], w.saved[i], gradients, rows)
		case KindMaxPool:
			s.maxPoolBackward(dx, dy, x, rows)
		case KindAveragePool:
			s.averagePoolBackward(dx, dy, rows)
		}
		if dx != nil {
			dy, spare = dx, dy[:cap(dy)]
		}
	}
	return dy
}

// denseBackward adds to the gradients of weights and biases, sample after sample,
// and sets dx unless it is nil.
func (s *stage) denseBackward(n *Network, dx, dy, x, gradients []float32, rows int) {
	in, out := s.fanIn, s.Out
	weightGradient, biasGradient := s.weights.of(gradients), s.bias.of(gradients)
	for o := range out {
		kernel.AddRows(weightGradient[o*in:(o+1)*in], dy[o:], out, x, rows)
	}
	kernel.AddRows(biasGradient, one, 0, dy, rows)
	if dx == nil {
		return
	}
	weights := s.weights.of(n.parameters)
	for r := range rows {
		kernel.AddRows(dx[r*in:(r+1)*in], dy[r*out:], 1, weights, out)
	}
}

// activateBackward turns the gradient of an activation's output y into that of
// its input x, in place. Where the layer works in place x holds the output too;
// only GELU, which does not, reads it.
func (s *stage) activateBackward(dy, x, y []float32, rows int) {
	y = y[:len(dy)]
	switch s.Kind {
	case KindReLU:
		kernel.RectifyBackward(dy, y)
	case KindTanh:
		for i, v := range y {
			dy[i] *= 1 - float32(v*v)
		}
	case KindSigmoid:
		for i, v := range y {
			dy[i] *= float32(v * (1 - v))
		}
	case KindGELU:
		for i, v := range x {
			dy[i] *= kernel.GELUSlope(v)
		}
	case KindSoftmax:
		size := s.out.Size()
		for r := range rows {
			probabilities, g := y[r*size:(r+1)*size], dy[r*size:(r+1)*size]
			mean := kernel.Dot(probabilities, g)
			for i, p := range probabilities {
				g[i] = p * (g[i] - mean)
			}
		}
	}
}
