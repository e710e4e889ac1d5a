package nn

import (
	"fmt"

	"dryad/nn/kernel"
)

// GRU is a gated recurrent cell (Cho et al. 2014, arXiv 1406.1078) that goes along
// a Sequence from a state of zeros; its outputs are the states after each step.
// Along a sequence of one step it can carry its state on: see ForwardFrom.
// The reset gate applies after the recurrent product, as in PyTorch:
//
//	r = sigmoid(Wr x + br + Ur h + cr)
//	z = sigmoid(Wz x + bz + Uz h + cz)
//	n = tanh(Wn x + bn + r*(Un h + cn))
//	h' = (1-z)*n + z*h
func GRU(hidden int) Layer { return Layer{Kind: KindGRU, Out: hidden} }

// placeGRU checks the shape and returns the number of weights and biases: the
// weights are W[3*hidden][channels], then U[3*hidden][hidden], the biases b and c;
// gates come in the order r, z, n.
func (l Layer) placeGRU(in Shape) (out Shape, weights, bias int, err error) {
	if in.Height != 1 {
		return in, 0, 0, fmt.Errorf("gru wants a sequence and gets an image %v", in)
	}
	out = Sequence(in.Width, l.Out)
	if err := out.check(); err != nil {
		return in, 0, 0, fmt.Errorf("gru: %w", err)
	}
	if 3*int64(l.Out)*int64(in.Channels+l.Out) > maxElements || 6*int64(in.Width)*int64(l.Out) > maxElements {
		return in, 0, 0, fmt.Errorf("gru: %d units over %v are more than %d numbers", l.Out, in, maxElements)
	}
	return out, 3 * l.Out * (in.Channels + l.Out), 6 * l.Out, nil
}

// gru is a layer with its parameters taken apart.
type gru struct {
	steps, channels, hidden  int
	input, recurrent         []float32
	inputBias, recurrentBias []float32
}

func (s *stage) gru(all []float32) gru {
	g := gru{steps: s.in.Width, channels: s.in.Channels, hidden: s.Out}
	weights, bias := s.weights.of(all), s.bias.of(all)
	g.input, g.recurrent = weights[:3*g.hidden*g.channels], weights[3*g.hidden*g.channels:]
	g.inputBias, g.recurrentBias = bias[:3*g.hidden], bias[3*g.hidden:]
	return g
}

// State returns the number of values that ForwardFrom carries for each row: the states
// of the GRUs that go along a sequence of one step.
func (n *Network) State() int {
	total := 0
	for i := range n.stages {
		total += n.stages[i].carried()
	}
	return total
}

// carried is the number of values that a stage carries for each row.
func (s *stage) carried() int {
	if s.Kind == KindGRU && s.in.Width == 1 {
		return s.Out
	}
	return 0
}

// recur computes the states, of a stage that carries from the first ones on, stride
// values apart, else from zeros. It saves the gates of each step, r, z and n, and behind them the recurrent
// products.
func (s *stage) recur(n *Network, w *Workspace, y, x, saved, first []float32, stride, rows int) {
	g := s.gru(n.parameters)
	count := rows * g.steps
	gates, products := saved[:count*3*g.hidden], saved[count*3*g.hidden:][:count*3*g.hidden]
	kernel.DotRows(gates, x, g.input, g.inputBias, count, 3*g.hidden, g.channels)
	for at := range count {
		state := s.before(w, y, at)
		if first != nil {
			state = first[at*stride:][:g.hidden]
		}
		a, b := gates[at*3*g.hidden:][:3*g.hidden], products[at*3*g.hidden:][:3*g.hidden]
		kernel.DotRows(b, state, g.recurrent, g.recurrentBias, 1, 3*g.hidden, g.hidden)
		next := y[at*g.hidden:][:g.hidden]
		for i := range next {
			reset, update, fresh := i, g.hidden+i, 2*g.hidden+i
			a[reset] = kernel.Sigmoid(a[reset] + b[reset])
			a[update] = kernel.Sigmoid(a[update] + b[update])
			a[fresh] = kernel.Tanh(a[fresh] + float32(a[reset]*b[fresh]))
			next[i] = float32((1-a[update])*a[fresh]) + float32(a[update]*state[i])
		}
	}
}

// before is the state before a step: that of the step before, or zeros.
func (s *stage) before(w *Workspace, y []float32, at int) []float32 {
	if at%s.in.Width == 0 {
		return w.zeros[:s.Out]
	}
	return y[(at-1)*s.Out:][:s.Out]
}

// recurBackward goes back through time, sample after sample.
func (s *stage) recurBackward(n *Network, w *Workspace, dx, dy, x, y, saved, gradients []float32, rows int) {
	g, d := s.gru(n.parameters), s.gru(gradients)
	count, gatesSize := rows*g.steps, 3*g.hidden
	gates, products := saved[:count*gatesSize], saved[count*gatesSize:][:count*gatesSize]
	da, db, carry := w.recurrent[:gatesSize], w.recurrent[gatesSize:][:gatesSize], w.recurrent[2*gatesSize:][:g.hidden]
	for at := count - 1; at >= 0; at-- {
		if at%g.steps == g.steps-1 {
			clear(carry)
		}
		state := s.before(w, y, at)
		a, b := gates[at*gatesSize:][:gatesSize], products[at*gatesSize:][:gatesSize]
		for i := range carry {
			reset, update, fresh := i, g.hidden+i, 2*g.hidden+i
			dh := dy[at*g.hidden+i] + carry[i]
			carry[i] = dh * a[update]
			da[fresh] = float32(dh*(1-a[update])) * (1 - float32(a[fresh]*a[fresh]))
			da[update] = float32(dh*(state[i]-a[fresh])) * float32(a[update]*(1-a[update]))
			da[reset] = float32(da[fresh]*b[fresh]) * float32(a[reset]*(1-a[reset]))
			db[reset], db[update], db[fresh] = da[reset], da[update], da[fresh]*a[reset]
		}
		kernel.AddRows(carry, db, 1, g.recurrent, gatesSize)
		input := x[at*g.channels:][:g.channels]
		for o := range gatesSize {
			kernel.AddRows(d.input[o*g.channels:][:g.channels], da[o:], 1, input, 1)
			kernel.AddRows(d.recurrent[o*g.hidden:][:g.hidden], db[o:], 1, state, 1)
		}
		kernel.AddRows(d.inputBias, one, 0, da, 1)
		kernel.AddRows(d.recurrentBias, one, 0, db, 1)
		if dx != nil {
			kernel.AddRows(dx[at*g.channels:][:g.channels], da, 1, g.input, gatesSize)
		}
	}
}
