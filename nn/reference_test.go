package nn_test

import (
	"math"
	"slices"
	"testing"

	"dryad/nn"
)

// reference computes networks in float64, from the definitions of their layers
// and nothing else. It is what gradients are checked against: differences of
// float32 results would have the error of their rounding divided by the step.
type reference struct {
	net *nn.Network
	// parameters are those of the network, wider.
	parameters []float64
}

func newReference(n *nn.Network) *reference { return &reference{n, widen(n.Parameters())} }

func widen(values []float32) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

func (r *reference) forward(x []float64) []float64 {
	offset := 0
	for i, layer := range r.net.Architecture().Layers {
		in, out := r.net.Shapes(i)
		weights, bias := r.net.Weights(i)
		w := r.parameters[offset:][:len(weights)]
		b := r.parameters[offset+len(weights):][:len(bias)]
		offset += len(weights) + len(bias)
		x = referenceLayer(layer, in, out, w, b, x)
	}
	return x
}

func referenceLayer(layer nn.Layer, in, out nn.Shape, w, b, x []float64) []float64 {
	y := make([]float64, out.Size())
	each := func(f func(v float64) float64) []float64 {
		for i, v := range x {
			y[i] = f(v)
		}
		return y
	}
	switch layer.Kind {
	case nn.KindDense:
		for o := range y {
			y[o] = b[o]
			for i, v := range x {
				y[o] += w[o*len(x)+i] * v
			}
		}
	case nn.KindGRU:
		referenceGRU(in, out, w, b, x, y)
	case nn.KindConv, nn.KindMaxPool, nn.KindAveragePool:
		referenceWindow(layer, in, out, w, b, x, y)
	case nn.KindLayerNorm:
		mean, variance := 0.0, 0.0
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			variance += (v - mean) * (v - mean) / float64(len(x))
		}
		for i, v := range x {
			y[i] = w[i]*(v-mean)/math.Sqrt(variance+nn.VarianceFloor) + b[i]
		}
	case nn.KindReLU:
		return each(func(v float64) float64 { return max(v, 0) })
	case nn.KindTanh:
		return each(math.Tanh)
	case nn.KindSigmoid:
		return each(logistic)
	case nn.KindGELU:
		return each(func(v float64) float64 { return v / 2 * math.Erfc(-v/math.Sqrt2) })
	case nn.KindSoftmax:
		sum := 0.0
		for _, v := range x {
			sum += math.Exp(v)
		}
		return each(func(v float64) float64 { return math.Exp(v) / sum })
	default:
		panic("no reference for " + layer.Kind)
	}
	return y
}

// referenceGRU follows the equations of nn.GRU, number by number.
func referenceGRU(in, out nn.Shape, w, b, x, y []float64) {
	hidden, channels := out.Channels, in.Channels
	state := make([]float64, hidden)
	for step := range in.Width {
		gate := func(k, i int) (fromInput, fromState float64) {
			row := k*hidden + i
			fromInput, fromState = b[row], b[3*hidden+row]
			for c := range channels {
				fromInput += w[row*channels+c] * x[step*channels+c]
			}
			for j := range hidden {
				fromState += w[3*hidden*channels+row*hidden+j] * state[j]
			}
			return fromInput, fromState
		}
		next := y[step*hidden:][:hidden]
		for i := range hidden {
			resetInput, resetState := gate(0, i)
			updateInput, updateState := gate(1, i)
			freshInput, freshState := gate(2, i)
			update := logistic(updateInput + updateState)
			fresh := math.Tanh(freshInput + logistic(resetInput+resetState)*freshState)
			next[i] = (1-update)*fresh + update*state[i]
		}
		state = next
	}
}

func logistic(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// referenceWindow slides a window over an image, position by position.
func referenceWindow(layer nn.Layer, in, out nn.Shape, w, b, x, y []float64) {
	for oy := range out.Height {
		for ox := range out.Width {
			for o := range out.Channels {
				sum, highest, weight := 0.0, math.Inf(-1), 0
				for ky := range layer.Kernel[0] {
					for kx := range layer.Kernel[1] {
						py, px := oy*layer.Stride[0]+ky-layer.Pad[0], ox*layer.Stride[1]+kx-layer.Pad[1]
						inside := py >= 0 && py < in.Height && px >= 0 && px < in.Width
						for c := range in.Channels {
							value := 0.0
							if inside {
								value = x[(py*in.Width+px)*in.Channels+c]
							}
							switch {
							case layer.Kind == nn.KindConv:
								sum += w[o*layer.Kernel[0]*layer.Kernel[1]*in.Channels+weight] * value
							case c == o:
								sum += value / float64(layer.Kernel[0]*layer.Kernel[1])
								highest = max(highest, value)
							}
							weight++
						}
					}
				}
				at := (oy*out.Width+ox)*out.Channels + o
				switch layer.Kind {
				case nn.KindConv:
					y[at] = sum + b[o]
				case nn.KindMaxPool:
					y[at] = highest
				default:
					y[at] = sum
				}
			}
		}
	}
}

// TestGradientsAgainstReference compares back-propagation with central differences
// of the reference in float64. A step of 1e-5 leaves an error of 1e-10 times a
// third derivative, and rounding of 2^-52/1e-5 < 1e-10, both far below float32.
// What is left is the rounding of the network itself: a gradient is a sum over
// paths, each the product of less than 20 factors that carry 2^-24 each, and over
// less than 400 terms, which makes 420*2^-24 < 3e-5 of the sum of the paths'
// absolute values. That sum is below 4 times the largest gradient here, because
// weights and inputs are of size 1 and layers few: 1e-4 of the largest gradient.
func TestGradientsAgainstReference(t *testing.T) {
	for name, a := range architectures {
		t.Run(name, func(t *testing.T) {
			random := source(21)
			n := mustNew(t, a, 3)
			for i := range n.Parameters() {
				n.Parameters()[i] += 0.2 * (random.Float32() - 0.5)
			}
			x, direction := values(random, n.Inputs()), values(random, n.Outputs())
			w := nn.NewWorkspace(n, 1)
			r, input := newReference(n), widen(x)
			output := n.Forward(w, x, 1)
			for i, want := range r.forward(input) {
				if got := float64(output[i]); math.Abs(got-want) > 1e-4*max(1, math.Abs(want)) {
					t.Errorf("output %d is %v, want %v", i, got, want)
				}
			}
			gradients := make([]float32, len(n.Parameters()))
			dx := slices.Clone(n.Backward(w, direction, gradients))
			scalar := func() float64 {
				sum := 0.0
				for i, v := range r.forward(input) {
					sum += v * float64(direction[i])
				}
				return sum
			}
			compareGradient(t, "parameter", r.parameters, gradients, scalar)
			compareGradient(t, "input", input, dx, scalar)
		})
	}
}

func compareGradient(t *testing.T, what string, variables []float64, got []float32, scalar func() float64) {
	t.Helper()
	const step = 1e-5
	want, largest := make([]float64, len(variables)), 0.0
	for i, old := range variables {
		variables[i] = old + step
		up := scalar()
		variables[i] = old - step
		down := scalar()
		variables[i] = old
		want[i] = (up - down) / (2 * step)
		largest = max(largest, math.Abs(want[i]))
	}
	worst := 0.0
	for i := range want {
		difference := math.Abs(float64(got[i]) - want[i])
		worst = max(worst, difference/largest)
		if difference > 1e-4*largest {
			t.Errorf("%s %d: back-propagation %v, differences %v", what, i, got[i], want[i])
		}
	}
	t.Logf("%s: at most %.1e of the largest gradient off", what, worst)
}
