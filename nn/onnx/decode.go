package onnx

import (
	"errors"
	"fmt"
	"io/fs"

	"dryad/internal/gitlfs"
	"dryad/nn"
)

// maxSize bounds a model in bytes.
const maxSize = 256 << 20

const maxLayers = 256

// Decode reads an ONNX model as a network. It takes no memory that the length of
// data does not justify. All data must be in the model; see Load.
func Decode(data []byte) (*nn.Network, error) { return DecodeWith(data, nil) }

// DecodeWith is Decode of a model whose tensors may have their data in the given
// files, of which it reads at most 256 MiB.
func DecodeWith(data []byte, files fs.FS) (*nn.Network, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("onnx: %d bytes are more than %d", len(data), maxSize)
	}
	if err := gitlfs.Check(data); err != nil {
		return nil, fmt.Errorf("onnx: %w", err)
	}
	m, err := parseModel(data)
	if err == nil {
		err = m.gather(files)
	}
	if err != nil {
		return nil, err
	}
	r := &chain{tensors: map[string]tensor{}}
	for _, t := range m.graph.initializers {
		r.tensors[t.name] = t
	}
	if err := r.begin(&m.graph); err != nil {
		return nil, fmt.Errorf("onnx: %w", err)
	}
	for i := range m.graph.nodes {
		if err := r.follow(&m.graph.nodes[i], m.graph.nodes[i+1:]); err != nil {
			return nil, fmt.Errorf("onnx: node %d, %s: %w", i, m.graph.nodes[i].op, err)
		}
	}
	if len(m.graph.outputs) != 1 || m.graph.outputs[0].name != r.current {
		return nil, fmt.Errorf("onnx: the graph must end in one output, the value %q of its last node", r.current)
	}
	if r.layout == channelsFirst && r.shape.Height*r.shape.Width > 1 && r.shape.Channels > 1 {
		return nil, errors.New("onnx: the output has channels first; flatten or transpose it")
	}
	if r.layout == timeFirst || r.layout == timeFirstDirections {
		return nil, errors.New("onnx: the output has time as the first dimension; transpose it")
	}
	return r.build()
}

// build makes the network of the layers that were read.
func (r *chain) build() (*nn.Network, error) {
	// New itself refuses what is too large, before it takes memory; parameters of
	// a size that the file holds are all there can be.
	n, err := nn.New(nn.Architecture{Input: r.input, Layers: r.layers}, 0)
	if err != nil {
		return nil, fmt.Errorf("onnx: %w", err)
	}
	for i, p := range r.parameters {
		weights, bias := n.Weights(i)
		if len(p.weights) != len(weights) || len(p.bias) != len(bias) {
			return nil, fmt.Errorf("onnx: layer %d has %d weights and %d biases, want %d and %d", i, len(p.weights), len(p.bias), len(weights), len(bias))
		}
		copy(weights, p.weights)
		copy(bias, p.bias)
	}
	return n, nil
}

// chain follows a graph from its input, node after node.
type chain struct {
	tensors map[string]tensor
	// current is the value that the next node must take, with the shape it has in
	// a network and the way it lies in ONNX.
	current string
	shape   nn.Shape
	layout  layout
	rank    int
	// product says that the last layer came from MatMul and may get its bias from Add.
	product bool

	size       int // of all weights so far
	input      nn.Shape
	layers     []nn.Layer
	parameters []parameters
}

type parameters struct{ weights, bias []float32 }

// maxParameters bounds the weights that a chain refers to: many nodes may share
// one tensor of the file.
const maxParameters = 1 << 26

// room fails when a node with that many weights makes the chain too large.
func (r *chain) room(weights int) error {
	if r.size += weights; r.size > maxParameters || len(r.layers) >= maxLayers {
		return fmt.Errorf("the model has more than %d layers or %d weights", maxLayers, maxParameters)
	}
	return nil
}

func (r *chain) add(l nn.Layer, weights, bias []float32) {
	r.layers = append(r.layers, l)
	r.parameters = append(r.parameters, parameters{weights, bias})
}

func (r *chain) begin(g *graph) error {
	var inputs []value
	for _, v := range g.inputs {
		if _, ok := r.tensors[v.name]; !ok {
			inputs = append(inputs, v)
		}
	}
	if len(inputs) != 1 {
		return fmt.Errorf("the graph has %d inputs, want 1", len(inputs))
	}
	r.current = inputs[0].name
	if len(inputs[0].shape) < 2 {
		return fmt.Errorf("the input has shape %v, want a batch of samples", inputs[0].shape)
	}
	if err := r.spread(inputs[0].shape[1:], g.nodes); err != nil {
		return fmt.Errorf("input %q: %w", r.current, err)
	}
	r.input = r.shape
	return nil
}

// spread takes the dimensions of a sample apart. Whether channels come first or
// last shows only in what happens next.
func (r *chain) spread(dimensions []int64, next []node) error {
	size := int64(1)
	for _, d := range dimensions {
		if d < 1 || d > 1<<16 {
			return fmt.Errorf("dimensions %v, want numbers from 1 to %d", dimensions, 1<<16)
		}
		if size *= d; size > 1<<26 {
			return fmt.Errorf("dimensions %v are too large", dimensions)
		}
	}
	r.rank = len(dimensions) + 1
	d := make([]int, len(dimensions))
	for i, v := range dimensions {
		d[i] = int(v)
	}
	if len(d) == 1 {
		r.shape, r.layout = nn.Vector(d[0]), flat
		return nil
	}
	if len(d) > 3 {
		return fmt.Errorf("%d dimensions are too many", len(d))
	}
	if convNext(next) {
		r.layout = channelsFirst
		r.shape = nn.Sequence(d[len(d)-1], d[0])
		if len(d) == 3 {
			r.shape.Height = d[1]
		}
		return nil
	}
	r.layout = channelsLast
	r.shape = nn.Sequence(d[len(d)-2], d[len(d)-1])
	if len(d) == 3 {
		r.shape.Height = d[0]
	}
	return nil
}

// convNext reports whether a convolution or pooling comes before anything that tells the order
// of dimensions.
func convNext(next []node) bool {
	for i := range next {
		switch next[i].op {
		case "Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool":
			return true
		case "Constant", "Relu", "Tanh", "Sigmoid", "Gelu", "Identity", "Dropout":
		default:
			return false
		}
	}
	return false
}
