package onnx

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"dryad/nn"
)

// follow reads one node; next are those after it.
func (r *chain) follow(n *node, next []node) error {
	if n.domain != "" && n.domain != "ai.onnx" {
		return fmt.Errorf("unknown domain %q", n.domain)
	}
	if len(n.outputs) == 0 || (len(n.inputs) == 0 && n.op != "Constant") {
		return errors.New("it has no inputs or no outputs")
	}
	if n.op == "Constant" {
		t := n.attribute("value").tensor
		if t == nil {
			return errors.New("only the attribute value is read")
		}
		r.tensors[n.outputs[0]] = *t
		return nil
	}
	if n.op == "Add" && len(n.inputs) == 2 && n.inputs[1] == r.current {
		n.inputs[0], n.inputs[1] = n.inputs[1], n.inputs[0]
	}
	if n.inputs[0] != r.current {
		return fmt.Errorf("its input %q is not the result %q of the node before; only chains are read", n.inputs[0], r.current)
	}
	if len(r.layers) >= maxLayers {
		return fmt.Errorf("the model has more than %d layers", maxLayers)
	}
	if (r.layout == timeFirst || r.layout == timeFirstDirections) && !alongTime(n.op) {
		return errors.New("its input has time as the first dimension; put a Transpose between")
	}
	product := r.product
	r.product = false
	var err error
	switch n.op {
	case "Gemm":
		err = r.gemm(n)
	case "MatMul":
		err = r.matMul(n)
	case "Add":
		if !product {
			return errors.New("only the bias behind a MatMul is read")
		}
		err = r.bias(n)
	case "Conv":
		err = r.conv(n)
	case "GRU":
		err = r.gru(n)
	case "Squeeze":
		err = r.squeeze(n)
	case "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool":
		err = r.pool(n)
	case "LayerNormalization":
		err = r.norm(n)
	case "Softmax":
		if axis := n.whole("axis", -1); r.rank != 2 || (axis != 1 && axis != -1) {
			return errors.New("only softmax over a flat sample is read")
		}
		r.add(nn.Softmax(), nil, nil)
	case "Relu":
		r.add(nn.ReLU(), nil, nil)
	case "Tanh":
		r.add(nn.Tanh(), nil, nil)
	case "Sigmoid":
		r.add(nn.Sigmoid(), nil, nil)
	case "Gelu":
		if form := n.attribute("approximate").text; form != "" && form != "none" {
			return fmt.Errorf("the approximation %q is not read, only the exact form", form)
		}
		r.add(nn.GELU(), nil, nil)
	case "Flatten":
		if n.whole("axis", 1) != 1 {
			return errors.New("only axis 1 is read")
		}
		r.flatten()
	case "Reshape":
		err = r.reshape(n, next)
	case "Transpose":
		err = r.transpose(n)
	case "Identity", "Dropout":
	default:
		return errors.New("this operation is not read")
	}
	if err != nil {
		return err
	}
	r.current = n.outputs[0]
	return nil
}

func (n *node) attribute(name string) attribute {
	for _, a := range n.attributes {
		if a.name == name {
			return a
		}
	}
	return attribute{}
}

// whole is an integer attribute or its default.
func (n *node) whole(name string, otherwise int64) int64 {
	for _, a := range n.attributes {
		if a.name == name {
			return a.whole
		}
	}
	return otherwise
}

// constant finds the tensor that is input i, if the node has one.
func (r *chain) constant(n *node, i int) (tensor, bool, error) {
	if i >= len(n.inputs) || n.inputs[i] == "" {
		return tensor{}, false, nil
	}
	t, ok := r.tensors[n.inputs[i]]
	if !ok {
		return t, false, fmt.Errorf("its input %q is not a constant", n.inputs[i])
	}
	return t, true, nil
}

// matrix is input 1 as a float tensor of that many dimensions.
func (r *chain) matrix(n *node, rank int) (tensor, error) {
	t, ok, err := r.constant(n, 1)
	if err == nil && (!ok || len(t.shape) != rank || len(t.floats) == 0) {
		err = fmt.Errorf("its weights must be float numbers in %d dimensions", rank)
	}
	if err == nil {
		err = r.room(len(t.floats))
	}
	return t, err
}

// biasOf is an input with one float for each output; absent, it is zero.
func (r *chain) biasOf(n *node, i, size int) ([]float32, error) {
	t, ok, err := r.constant(n, i)
	if err != nil || !ok {
		return make([]float32, size), err
	}
	if len(t.floats) != size {
		return nil, fmt.Errorf("its bias has %d numbers, want %d", len(t.floats), size)
	}
	return t.floats, nil
}

func (r *chain) flatten() {
	switch r.layout {
	case channelsLast:
		r.layout = flat
	case channelsFirst:
		r.layout = flatFirst
	}
	r.rank = 2
}

func (r *chain) gemm(n *node) error {
	for _, name := range []string{"alpha", "beta"} {
		for _, a := range n.attributes {
			if a.name == name && a.number != 1 {
				return fmt.Errorf("only %s = 1 is read", name)
			}
		}
	}
	if n.whole("transA", 0) != 0 {
		return errors.New("only transA = 0 is read")
	}
	t, err := r.matrix(n, 2)
	if err != nil {
		return err
	}
	if n.whole("transB", 0) == 0 {
		t = transposed(t)
	}
	bias, err := r.biasOf(n, 2, int(t.shape[0]))
	if err != nil {
		return err
	}
	return r.dense(t, bias)
}

func (r *chain) matMul(n *node) error {
	t, err := r.matrix(n, 2)
	if err != nil {
		return err
	}
	t = transposed(t)
	r.product = true
	return r.dense(t, make([]float32, t.shape[0]))
}

// bias gives the layer of the MatMul before its bias.
func (r *chain) bias(n *node) error {
	last := &r.parameters[len(r.parameters)-1]
	bias, err := r.biasOf(n, 1, len(last.bias))
	last.bias = bias
	return err
}

// transposed turns [in, out] into [out, in].
func transposed(t tensor) tensor {
	in, out := int(t.shape[0]), int(t.shape[1])
	return tensor{name: t.name, shape: []int64{int64(out), int64(in)}, floats: toChannelsFirst(t.floats, 1, in, out)}
}

// dense adds a layer with weights [out, in].
func (r *chain) dense(t tensor, bias []float32) error {
	if r.rank != 2 {
		return errors.New("its input is not flat")
	}
	out, in := int(t.shape[0]), int(t.shape[1])
	if in != r.shape.Size() {
		return fmt.Errorf("it wants %d inputs and gets %d", in, r.shape.Size())
	}
	weights := t.floats
	if r.layout == flatFirst {
		weights = toChannelsLast(weights, out, r.shape.Height*r.shape.Width, r.shape.Channels)
	}
	r.add(nn.Dense(out), weights, bias)
	r.shape, r.layout = nn.Vector(out), flat
	return nil
}

func (r *chain) norm(n *node) error {
	if r.layout == flatFirst || r.layout == channelsFirst {
		return errors.New("layer norm is read for channels last only")
	}
	axis := n.whole("axis", -1)
	if axis != 1 && axis != 1-int64(r.rank) {
		return errors.New("only normalisation of whole samples is read")
	}
	for _, a := range n.attributes {
		if a.name == "epsilon" && math.Abs(float64(a.number)/nn.VarianceFloor-1) > 1e-3 {
			return fmt.Errorf("only epsilon = %g is read", nn.VarianceFloor)
		}
	}
	size := r.shape.Size()
	t, ok, err := r.constant(n, 1)
	if err != nil {
		return err
	}
	if err := r.room(size); err != nil {
		return err
	}
	if !ok || len(t.floats) != size {
		return fmt.Errorf("its scale must have %d numbers", size)
	}
	shifts, err := r.biasOf(n, 2, size)
	if err != nil {
		return err
	}
	r.add(nn.LayerNorm(), t.floats, shifts)
	return nil
}

func (r *chain) transpose(n *node) error {
	order := n.attribute("perm").wholes
	last := r.layout == channelsLast && r.rank >= 3
	first := r.layout == channelsFirst
	switch {
	case last && (slices.Equal(order, []int64{0, 3, 1, 2}) && r.rank == 4 || slices.Equal(order, []int64{0, 2, 1}) && r.rank == 3):
		r.layout = channelsFirst
	case first && (slices.Equal(order, []int64{0, 2, 3, 1}) && r.rank == 4 || slices.Equal(order, []int64{0, 2, 1}) && r.rank == 3):
		r.layout = channelsLast
	case last && r.rank == 3 && slices.Equal(order, []int64{1, 0, 2}):
		r.layout = timeFirst
	case r.layout == timeFirst && slices.Equal(order, []int64{1, 0, 2}):
		r.layout = channelsLast
	case r.layout == timeFirstDirections && slices.Equal(order, []int64{2, 1, 0, 3}):
		r.layout = channelsLast
	default:
		return fmt.Errorf("the order %v is not read here", order)
	}
	return nil
}

// reshape reads the two uses that a chain has for it: to flatten, and to spread a
// flat sample to an image.
func (r *chain) reshape(n *node, next []node) error {
	t, ok, err := r.constant(n, 1)
	if err != nil || !ok || len(t.wholes) < 2 {
		return errors.Join(errors.New("it wants a constant shape"), err)
	}
	dimensions := slices.Clone(t.wholes[1:])
	if t.wholes[0] > 1 {
		return fmt.Errorf("the shape %v fixes the size of a batch", t.wholes)
	}
	size := int64(r.shape.Size())
	rest := int64(1)
	open := -1
	for i, d := range dimensions {
		switch {
		case d == -1 && open < 0:
			open = i
		case d < 1 || d > size:
			return fmt.Errorf("the shape %v does not fit a sample of %d", t.wholes, size)
		default:
			if rest *= d; rest > size {
				return fmt.Errorf("the shape %v does not fit a sample of %d", t.wholes, size)
			}
		}
	}
	if open >= 0 {
		dimensions[open] = size / rest
		rest *= dimensions[open]
	}
	if rest != size {
		return fmt.Errorf("the shape %v does not fit a sample of %d", t.wholes, size)
	}
	if len(dimensions) == 1 {
		r.flatten()
		return nil
	}
	if r.layout != flat {
		return errors.New("only a flat sample is spread to more dimensions")
	}
	from := r.shape
	if err := r.spread(dimensions, next); err != nil {
		return err
	}
	if r.layout == channelsFirst && r.shape.Channels > 1 && r.shape.Height*r.shape.Width > 1 {
		return errors.New("channels come first out of flat numbers; put a Transpose between")
	}
	// A network keeps its shape from layer to layer; only equal ones are the same.
	if from != r.shape {
		return r.reinterpret(from)
	}
	return nil
}

// reinterpret allows another shape where a network has no layer for it: at its
// beginning.
func (r *chain) reinterpret(from nn.Shape) error {
	if len(r.layers) > 0 {
		return fmt.Errorf("a sample of shape %v becomes %v inside the network", from, r.shape)
	}
	r.input = r.shape
	return nil
}
