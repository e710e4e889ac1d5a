package onnx

import (
	"fmt"

	"dryad/nn"
)

// Encode writes a network as an ONNX model. Its input is [batch, n] for a vector
// and [batch, height, width, channels] otherwise: the same rows that Forward
// takes. Convolutions get transpositions before and after, as ONNX has channels
// first.
func Encode(n *nn.Network) ([]byte, error) {
	a := n.Architecture()
	w := &writer{model: model{opset: opsetVersion}, current: "input", shape: a.Input}
	if a.Input.Height == 1 && a.Input.Width == 1 {
		w.layout = flat
	} else {
		w.layout = channelsLast
	}
	w.model.graph.inputs = []value{w.value()}
	for i, layer := range a.Layers {
		in, out := n.Shapes(i)
		w.shape = in
		weights, bias := n.Weights(i)
		switch layer.Kind {
		case nn.KindDense:
			w.dense(weights, bias, in, out)
		case nn.KindConv:
			w.conv(layer, weights, bias, in)
		case nn.KindLayerNorm:
			w.norm(weights, bias, in)
		case nn.KindGRU:
			w.recurrent(layer, weights, bias, in)
		case nn.KindMaxPool:
			w.pool("MaxPool", layer)
		case nn.KindAveragePool:
			w.pool("AveragePool", layer)
		case nn.KindGELU:
			w.model.opset = opsetGelu
			w.node("Gelu", nil)
		case nn.KindSoftmax:
			w.arrange(flat)
			w.node("Softmax", nil, attribute{name: "axis", whole: 1})
		case nn.KindReLU:
			w.node("Relu", nil)
		case nn.KindTanh:
			w.node("Tanh", nil)
		case nn.KindSigmoid:
			w.node("Sigmoid", nil)
		default:
			return nil, fmt.Errorf("onnx: encode layer %d: unknown kind %q", i, layer.Kind)
		}
		w.shape = out
	}
	// Whoever reads the output gets the rows that Forward gives.
	w.arrange(flat)
	w.model.graph.outputs = []value{w.value()}
	return w.model.encode(), nil
}

// layout is how a value lies in an ONNX tensor.
type layout int

const (
	flat                layout = iota // [batch, n], channels last
	channelsLast                      // [batch, height, width, channels]
	channelsFirst                     // [batch, channels, height, width]
	flatFirst                         // [batch, n], channels first; only read, never written
	timeFirst                         // [length, batch, channels]
	timeFirstDirections               // [length, 1, batch, channels]
)

// writer grows a chain of nodes.
type writer struct {
	model   model
	current string
	shape   nn.Shape
	layout  layout
}

func (w *writer) value() value {
	if w.layout == flat {
		return value{w.current, []int64{-1, int64(w.shape.Size())}}
	}
	return value{w.current, []int64{-1, int64(w.shape.Height), int64(w.shape.Width), int64(w.shape.Channels)}}
}

func (w *writer) node(op string, initializers []tensor, attributes ...attribute) {
	g := &w.model.graph
	index := len(g.nodes)
	n := node{op: op, inputs: []string{w.current}, attributes: attributes}
	for _, t := range initializers {
		t.name = fmt.Sprintf("%d.%s", index, t.name)
		g.initializers = append(g.initializers, t)
		n.inputs = append(n.inputs, t.name)
	}
	w.current = fmt.Sprintf("value%d", index)
	n.outputs = []string{w.current}
	g.nodes = append(g.nodes, n)
}

// arrange changes the layout by what nodes that takes.
func (w *writer) arrange(to layout) {
	if w.layout == channelsFirst && to != channelsFirst {
		w.node("Transpose", nil, attribute{name: "perm", wholes: []int64{0, 2, 3, 1}})
		w.layout = channelsLast
	}
	if w.layout == channelsLast && to == flat {
		w.node("Flatten", nil, attribute{name: "axis", whole: 1})
		w.layout = flat
	}
	if w.layout == flat && to != flat {
		s := w.shape
		w.node("Reshape", []tensor{{name: "shape", shape: []int64{4}, wholes: []int64{-1, int64(s.Height), int64(s.Width), int64(s.Channels)}}})
		w.layout = channelsLast
	}
	if w.layout == channelsLast && to == channelsFirst {
		w.node("Transpose", nil, attribute{name: "perm", wholes: []int64{0, 3, 1, 2}})
		w.layout = channelsFirst
	}
}

func (w *writer) dense(weights, bias []float32, in, out nn.Shape) {
	w.arrange(flat)
	w.node("Gemm", []tensor{
		{name: "weight", shape: []int64{int64(out.Size()), int64(in.Size())}, floats: weights},
		{name: "bias", shape: []int64{int64(out.Size())}, floats: bias},
	}, attribute{name: "transB", whole: 1})
}

func (w *writer) conv(layer nn.Layer, weights, bias []float32, in nn.Shape) {
	w.arrange(channelsFirst)
	height, width := layer.Kernel[0], layer.Kernel[1]
	w.node("Conv", []tensor{
		{
			name:   "weight",
			shape:  []int64{int64(layer.Out), int64(in.Channels), int64(height), int64(width)},
			floats: toChannelsFirst(weights, layer.Out, height*width, in.Channels),
		},
		{name: "bias", shape: []int64{int64(layer.Out)}, floats: bias},
	},
		attribute{name: "kernel_shape", wholes: []int64{int64(height), int64(width)}},
		attribute{name: "strides", wholes: []int64{int64(layer.Stride[0]), int64(layer.Stride[1])}},
		attribute{name: "pads", wholes: []int64{int64(layer.Pad[0]), int64(layer.Pad[1]), int64(layer.Pad[0]), int64(layer.Pad[1])}})
}

func (w *writer) pool(op string, layer nn.Layer) {
	w.arrange(channelsFirst)
	w.node(op, nil,
		attribute{name: "kernel_shape", wholes: []int64{int64(layer.Kernel[0]), int64(layer.Kernel[1])}},
		attribute{name: "strides", wholes: []int64{int64(layer.Stride[0]), int64(layer.Stride[1])}})
}

func (w *writer) norm(gains, shifts []float32, in nn.Shape) {
	shape := []int64{int64(in.Size())}
	if w.layout != flat {
		w.arrange(channelsLast)
		shape = []int64{int64(in.Height), int64(in.Width), int64(in.Channels)}
	}
	w.node("LayerNormalization", []tensor{
		{name: "scale", shape: shape, floats: gains},
		{name: "bias", shape: shape, floats: shifts},
	}, attribute{name: "axis", whole: 1}, attribute{name: "epsilon", number: nn.VarianceFloor})
}

// toChannelsFirst turns count blocks [positions][channels] into [channels][positions].
func toChannelsFirst(values []float32, count, positions, channels int) []float32 {
	out := make([]float32, len(values))
	size := positions * channels
	for b := range count {
		for p := range positions {
			for c := range channels {
				out[b*size+c*positions+p] = values[b*size+p*channels+c]
			}
		}
	}
	return out
}

// toChannelsLast is the inverse of toChannelsFirst.
func toChannelsLast(values []float32, count, positions, channels int) []float32 {
	return toChannelsFirst(values, count, channels, positions)
}
