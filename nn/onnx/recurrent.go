package onnx

import (
	"errors"
	"fmt"
	"slices"

	"dryad/nn"
)

// recurrent writes a GRU. ONNX wants [length, batch, channels], and gives
// [length, 1, batch, hidden].
func (w *writer) recurrent(layer nn.Layer, weights, bias []float32, in nn.Shape) {
	w.arrange(channelsLast)
	w.node("Squeeze", []tensor{{name: "axes", shape: []int64{1}, wholes: []int64{1}}})
	w.node("Transpose", nil, attribute{name: "perm", wholes: []int64{1, 0, 2}})
	hidden, channels := layer.Out, in.Channels
	gates, split := int64(3*hidden), 3*hidden*channels
	w.node("GRU", []tensor{
		{name: "weight", shape: []int64{1, gates, int64(channels)}, floats: swapGates(weights[:split], hidden*channels)},
		{name: "recurrence", shape: []int64{1, gates, int64(hidden)}, floats: swapGates(weights[split:], hidden*hidden)},
		{name: "bias", shape: []int64{1, 2 * gates}, floats: slices.Concat(swapGates(bias[:gates], hidden), swapGates(bias[gates:], hidden))},
	}, attribute{name: "hidden_size", whole: int64(hidden)}, attribute{name: "linear_before_reset", whole: 1})
	w.node("Transpose", nil, attribute{name: "perm", wholes: []int64{2, 1, 0, 3}})
}

// swapGates exchanges the first two of three blocks: a network has the gates in
// the order reset, update, new, and ONNX has update first.
func swapGates(values []float32, block int) []float32 {
	return slices.Concat(values[block:2*block], values[:block], values[2*block:])
}

// gru reads a GRU that goes forward from a state of zeros.
func (r *chain) gru(n *node) error {
	if r.layout != timeFirst {
		return errors.New("its input must have the dimensions length, batch, channels")
	}
	if len(n.inputs) > 5 && n.inputs[5] != "" {
		t, ok, err := r.constant(n, 5)
		if err != nil || !ok || len(t.floats) == 0 || slices.ContainsFunc(t.floats, func(v float32) bool { return v != 0 }) {
			return errors.New("only a first state of zeros is read")
		}
	}
	if len(n.inputs) > 4 && n.inputs[4] != "" {
		return errors.New("lengths of sequences are not read")
	}
	if n.whole("linear_before_reset", 0) != 1 {
		return errors.New("only linear_before_reset = 1 is read")
	}
	if direction := n.attribute("direction").text; direction != "" && direction != "forward" {
		return fmt.Errorf("the direction %s is not read", direction)
	}
	for _, name := range []string{"activations", "clip", "layout"} {
		if slices.ContainsFunc(n.attributes, func(a attribute) bool { return a.name == name && (name != "layout" || a.whole != 0) }) {
			return fmt.Errorf("the attribute %s is not read", name)
		}
	}
	return r.gates(n)
}

// gates reads the weights and biases of a GRU.
func (r *chain) gates(n *node) error {
	weights, err := r.matrix(n, 3)
	if err != nil {
		return err
	}
	recurrence, ok, err := r.constant(n, 2)
	if err != nil {
		return err
	}
	channels, hidden := r.shape.Channels, int(weights.shape[1])/3
	wantWeights, wantRecurrence := []int64{1, int64(3 * hidden), int64(channels)}, []int64{1, int64(3 * hidden), int64(hidden)}
	if !ok || !slices.Equal(weights.shape, wantWeights) || !slices.Equal(recurrence.shape, wantRecurrence) || len(recurrence.floats) != 3*hidden*hidden {
		return fmt.Errorf("its weights have shapes %v and %v, want %v and %v", weights.shape, recurrence.shape, wantWeights, wantRecurrence)
	}
	if err := r.room(len(recurrence.floats)); err != nil {
		return err
	}
	bias, err := r.biasOf(n, 3, 6*hidden)
	if err != nil {
		return err
	}
	layer := nn.GRU(hidden)
	shape, err := nn.OutputShape(r.shape, layer)
	if err != nil {
		return err
	}
	r.add(layer,
		slices.Concat(swapGates(weights.floats, hidden*channels), swapGates(recurrence.floats, hidden*hidden)),
		slices.Concat(swapGates(bias[:3*hidden], hidden), swapGates(bias[3*hidden:], hidden)))
	r.shape, r.layout, r.rank = shape, timeFirstDirections, 4
	return nil
}

// squeeze drops the dimension 1, before or behind a GRU.
func (r *chain) squeeze(n *node) error {
	t, ok, err := r.constant(n, 1)
	if err != nil || !ok || !slices.Equal(t.wholes, []int64{1}) {
		return errors.Join(errors.New("only the axis 1 is read"), err)
	}
	switch {
	case r.layout == channelsLast && r.rank == 4 && r.shape.Height == 1:
	case r.layout == timeFirstDirections:
		r.layout = timeFirst
	default:
		return errors.New("only a sequence of height 1 loses that dimension")
	}
	r.rank = 3
	return nil
}

// alongTime reports whether an operation is read where time is the first dimension.
func alongTime(op string) bool {
	switch op {
	case "GRU", "Squeeze", "Transpose", "Relu", "Tanh", "Sigmoid", "Gelu", "Identity", "Dropout":
		return true
	}
	return false
}
