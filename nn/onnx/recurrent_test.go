package onnx

import (
	"slices"
	"strings"
	"testing"

	"dryad/nn"
)

// recurrent is a GRU as PyTorch writes one with the batch first: transposed before
// and after, a first state of zeros, directions squeezed.
func recurrent() *model {
	ramp := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32(i)
		}
		return out
	}
	return &model{opset: opsetVersion, graph: graph{
		inputs:  []value{{"steps", []int64{-1, 5, 3}}},
		outputs: []value{{"out", []int64{-1, 5, 2}}},
		initializers: []tensor{
			{name: "W", shape: []int64{1, 6, 3}, floats: ramp(18)},
			{name: "R", shape: []int64{1, 6, 2}, floats: ramp(12)},
			{name: "B", shape: []int64{1, 12}, floats: ramp(12)},
			{name: "first", shape: []int64{1, 1, 2}, floats: []float32{0, 0}},
			{name: "axes", shape: []int64{1}, wholes: []int64{1}},
		},
		nodes: []node{
			{op: "Transpose", inputs: []string{"steps"}, outputs: []string{"a"}, attributes: []attribute{{name: "perm", wholes: []int64{1, 0, 2}}}},
			{op: "GRU", inputs: []string{"a", "W", "R", "B", "", "first"}, outputs: []string{"b", ""}, attributes: []attribute{{name: "linear_before_reset", whole: 1}}},
			{op: "Squeeze", inputs: []string{"b", "axes"}, outputs: []string{"c"}},
			{op: "Transpose", inputs: []string{"c"}, outputs: []string{"out"}, attributes: []attribute{{name: "perm", wholes: []int64{1, 0, 2}}}},
		},
	}}
}

func TestDecodeReadsGRU(t *testing.T) {
	n, err := Decode(recurrent().encode())
	if err != nil {
		t.Fatal(err)
	}
	if a := n.Architecture(); a.Input != nn.Sequence(5, 3) || !slices.Equal(a.Layers, []nn.Layer{nn.GRU(2)}) {
		t.Fatalf("architecture %v", a)
	}
	weights, bias := n.Weights(0)
	// ONNX has the update gate first, a network the reset gate.
	if !slices.Equal(weights[:6], []float32{6, 7, 8, 9, 10, 11}) || !slices.Equal(weights[18:22], []float32{4, 5, 6, 7}) ||
		!slices.Equal(bias, []float32{2, 3, 0, 1, 4, 5, 8, 9, 6, 7, 10, 11}) {
		t.Errorf("weights %v, biases %v", weights, bias)
	}
}

func TestDecodeRefusesOtherGRU(t *testing.T) {
	attributes := func(m *model, a attribute) { m.graph.nodes[1].attributes = append(m.graph.nodes[1].attributes, a) }
	for name, test := range map[string]struct {
		change func(*model)
		want   string
	}{
		"reset":     {func(m *model) { m.graph.nodes[1].attributes = nil }, "linear_before_reset = 1"},
		"clip":      {func(m *model) { attributes(m, attribute{name: "clip", number: 1}) }, "clip is not read"},
		"state":     {func(m *model) { m.graph.initializers[3].floats[1] = 1 }, "first state of zeros"},
		"lengths":   {func(m *model) { m.graph.nodes[1].inputs[4] = "axes" }, "lengths of sequences"},
		"weights":   {func(m *model) { m.graph.initializers[1].shape = []int64{1, 4, 3} }, "its weights have shapes"},
		"bias":      {func(m *model) { m.graph.initializers[2] = tensor{name: "B", shape: []int64{1}, floats: []float32{1}} }, "bias has"},
		"axes":      {func(m *model) { m.graph.initializers[4].wholes[0] = 0 }, "only the axis 1"},
		"order":     {func(m *model) { m.graph.nodes[0].op = "Identity" }, "length, batch, channels"},
		"end":       {func(m *model) { m.graph.nodes[3].op = "Identity" }, "time as the first dimension; transpose it"},
		"operation": {func(m *model) { m.graph.nodes[3].op = "Softmax" }, "put a Transpose between"},
	} {
		m := recurrent()
		test.change(m)
		if _, err := Decode(m.encode()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}
