package nn

import "fmt"

// Kind names what a layer computes.
type Kind string

// The kinds of layers.
const (
	KindDense     Kind = "dense"
	KindConv      Kind = "conv"
	KindLayerNorm Kind = "layernorm"
	KindReLU      Kind = "relu"
	KindTanh      Kind = "tanh"
	KindSigmoid   Kind = "sigmoid"
	KindSoftmax   Kind = "softmax"
	KindGRU       Kind = "gru"
	KindGELU      Kind = "gelu"
	// KindMaxPool and KindAveragePool shrink an image or a sequence.
	KindMaxPool     Kind = "maxpool"
	KindAveragePool Kind = "averagepool"
)

// Layer describes one layer. Make one with Dense, Conv2D, Conv1D, LayerNorm,
// GRU, MaxPool2D, MaxPool1D, AveragePool2D, AveragePool1D, ReLU, Tanh, Sigmoid, GELU or
// Softmax.
type Layer struct {
	// Kind says what the layer computes.
	Kind Kind `json:"kind"`
	// Out is the number of units of a dense layer, of channels of a convolution, of
	// values in the state of a GRU.
	Out int `json:"out,omitempty"`
	// Kernel, Stride and Pad are the (vertical, horizontal) extents of a convolution;
	// pooling has the first two.
	Kernel [2]int `json:"kernel,omitzero"`
	Stride [2]int `json:"stride,omitzero"`
	Pad    [2]int `json:"pad,omitzero"`
}

// Dense is a fully connected layer with bias over the whole (flattened) sample.
func Dense(out int) Layer { return Layer{Kind: KindDense, Out: out} }

// Conv2D is a convolution with bias: a square kernel, one stride and zero padding
// on all four sides. It correlates; the kernel is not flipped.
func Conv2D(out, kernel, stride, pad int) Layer {
	return Layer{Kind: KindConv, Out: out, Kernel: [2]int{kernel, kernel}, Stride: [2]int{stride, stride}, Pad: [2]int{pad, pad}}
}

// Conv1D is a convolution along the width of a Sequence.
func Conv1D(out, kernel, stride, pad int) Layer {
	return Layer{Kind: KindConv, Out: out, Kernel: [2]int{1, kernel}, Stride: [2]int{1, stride}, Pad: [2]int{0, pad}}
}

// LayerNorm gives a whole sample mean 0 and variance 1, then scales and shifts
// every value by a learned pair (Ba et al. 2016, arXiv 1607.06450).
func LayerNorm() Layer { return Layer{Kind: KindLayerNorm} }

// ReLU is max(0, x); it lets NaN through.
func ReLU() Layer { return Layer{Kind: KindReLU} }

// Tanh is the hyperbolic tangent.
func Tanh() Layer { return Layer{Kind: KindTanh} }

// Sigmoid is the logistic function.
func Sigmoid() Layer { return Layer{Kind: KindSigmoid} }

// GELU is x times the probability that a standard normal number is below x
// (Hendrycks & Gimpel 2016, arXiv 1606.08415), the exact form and not the one with
// tanh.
func GELU() Layer { return Layer{Kind: KindGELU} }

// Softmax turns a whole sample into probabilities. The losses CrossEntropy and
// BinaryCrossEntropy expect logits: train without this layer.
func Softmax() Layer { return Layer{Kind: KindSoftmax} }

func (l Layer) parametric() bool {
	return l.Kind == KindDense || l.Kind == KindConv || l.Kind == KindLayerNorm || l.Kind == KindGRU
}

func (l Layer) pools() bool { return l.Kind == KindMaxPool || l.Kind == KindAveragePool }

// inPlace reports whether the layer may overwrite the output of the layer before:
// its own gradient follows from its output alone, and the layer before has no need
// of what it gave.
func (l Layer) inPlace(before Layer) bool {
	switch l.Kind {
	case KindReLU, KindTanh, KindSigmoid, KindSoftmax:
		return before.parametric() && before.Kind != KindGRU
	}
	return false
}

// stage is a layer placed in a network: its shapes and where its parameters lie.
type stage struct {
	Layer
	in, out Shape
	// weights and bias are ranges of the flat parameters; dense: weights[out][in],
	// conv: weights[out][ky][kx][channel], GRU: see placeGRU, layer norm: weights[size] are the gains.
	weights, bias span
	fanIn         int
	// inPlace says that the layer overwrites the output of the one before, which
	// has no need of it in back-propagation.
	inPlace bool
}

type span struct{ from, to int }

func (s span) size() int                  { return s.to - s.from }
func (s span) of(all []float32) []float32 { return all[s.from:s.to:s.to] }

// place checks the layer against the shape it gets and the parameters used so far.
func (l Layer) place(in Shape, offset int) (stage, error) {
	s := stage{Layer: l, in: in, out: in}
	if l.Kind != KindConv && !l.pools() && (l.Kernel != [2]int{} || l.Stride != [2]int{} || l.Pad != [2]int{}) {
		return s, fmt.Errorf("%s takes no kernel, stride or padding", l.Kind)
	}
	if l.Kind != KindConv && l.Kind != KindDense && l.Kind != KindGRU && l.Out != 0 {
		return s, fmt.Errorf("%s takes no number of outputs", l.Kind)
	}
	weights, bias := 0, 0
	switch l.Kind {
	case KindDense:
		s.out = Vector(l.Out)
		s.fanIn = in.Size()
	case KindConv:
		var err error
		if s.out, err = l.slide(in, l.Out); err != nil {
			return s, err
		}
		if int64(l.Kernel[0])*int64(l.Kernel[1])*int64(in.Channels) > maxElements {
			return s, fmt.Errorf("conv kernel %v over %d channels is too large", l.Kernel, in.Channels)
		}
		s.fanIn = l.Kernel[0] * l.Kernel[1] * in.Channels
		// What a workspace will need: three factors below 2^26 cannot overflow.
		padded := int64(in.Height+2*l.Pad[0]) * int64(in.Width+2*l.Pad[1])
		if columns := int64(s.out.Height) * int64(s.out.Width); columns > maxElements || padded > maxElements ||
			columns*int64(s.fanIn) > maxElements || padded*int64(in.Channels) > maxElements {
			return s, fmt.Errorf("conv kernel %v over %v needs too much memory", l.Kernel, in)
		}
	case KindMaxPool, KindAveragePool:
		if l.Pad != [2]int{} {
			return s, fmt.Errorf("%s takes no padding", l.Kind)
		}
		var err error
		if s.out, err = l.slide(in, in.Channels); err != nil {
			return s, err
		}
	case KindGRU:
		var err error
		if s.out, weights, bias, err = l.placeGRU(in); err != nil {
			return s, err
		}
	case KindLayerNorm:
		weights, bias = in.Size(), in.Size()
	case KindReLU, KindTanh, KindSigmoid, KindSoftmax, KindGELU:
	default:
		return s, fmt.Errorf("unknown kind of layer %q", l.Kind)
	}
	if err := s.out.check(); err != nil {
		return s, fmt.Errorf("%s: %w", l.Kind, err)
	}
	if s.fanIn > 0 {
		if int64(s.fanIn)*int64(l.Out) > maxElements {
			return s, fmt.Errorf("%s: %d x %d weights are more than %d", l.Kind, l.Out, s.fanIn, maxElements)
		}
		weights, bias = s.fanIn*l.Out, l.Out
	}
	s.weights = span{offset, offset + weights}
	s.bias = span{s.weights.to, s.weights.to + bias}
	return s, nil
}

// slide is the shape that a window moving over an input gives.
func (l Layer) slide(in Shape, channels int) (Shape, error) {
	for axis, extent := range [2]int{in.Height, in.Width} {
		kernel, stride, pad := l.Kernel[axis], l.Stride[axis], l.Pad[axis]
		if kernel < 1 || stride < 1 || pad < 0 || pad >= kernel || kernel > maxDimension || stride > maxDimension {
			return in, fmt.Errorf("%s kernel %v, stride %v, pad %v: want kernel and stride at least 1 and padding below the kernel", l.Kind, l.Kernel, l.Stride, l.Pad)
		}
		if extent+2*pad < kernel {
			return in, fmt.Errorf("%s kernel %v is larger than its input %v with padding %v", l.Kind, l.Kernel, in, l.Pad)
		}
	}
	return Shape{
		Height:   (in.Height+2*l.Pad[0]-l.Kernel[0])/l.Stride[0] + 1,
		Width:    (in.Width+2*l.Pad[1]-l.Kernel[1])/l.Stride[1] + 1,
		Channels: channels,
	}, nil
}

// macs is the number of multiply-adds for one sample.
func (s stage) macs() int {
	switch s.Kind {
	case KindDense:
		return s.weights.size()
	case KindConv:
		return s.out.Height * s.out.Width * s.weights.size()
	case KindLayerNorm:
		return 2 * s.in.Size()
	case KindGRU:
		return s.in.Width * s.weights.size()
	case KindAveragePool:
		return s.out.Size() * s.Kernel[0] * s.Kernel[1]
	}
	return 0
}

// OutputShape is what a layer makes of an input of that shape, or why it cannot.
func OutputShape(in Shape, l Layer) (Shape, error) {
	if err := in.check(); err != nil {
		return Shape{}, err
	}
	s, err := l.place(in, 0)
	return s.out, err
}
