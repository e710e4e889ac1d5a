package onnx

import (
	"slices"
	"strings"
	"testing"

	"dryad/nn"
)

// pooled is a model of one operation on images with channels first, as other tools
// write it.
func pooled(op string, attributes ...attribute) *model {
	return &model{opset: opsetGelu, graph: graph{
		inputs:  []value{{"images", []int64{-1, 3, 6, 4}}},
		outputs: []value{{"out", []int64{-1, 3}}},
		nodes: []node{
			{op: op, inputs: []string{"images"}, outputs: []string{"a"}, attributes: attributes},
			{op: "Flatten", inputs: []string{"a"}, outputs: []string{"out"}},
		},
	}}
}

func TestDecodeReadsPooling(t *testing.T) {
	window := attribute{name: "kernel_shape", wholes: []int64{3, 2}}
	steps := attribute{name: "strides", wholes: []int64{2, 1}}
	whole := nn.AveragePool2D(1, 1)
	whole.Kernel = [2]int{6, 4}
	highest := nn.MaxPool2D(1, 1)
	highest.Kernel, highest.Stride = [2]int{3, 2}, [2]int{2, 1}
	for _, c := range []struct {
		model *model
		want  nn.Layer
	}{
		{pooled("MaxPool", window, steps), highest},
		{pooled("GlobalAveragePool"), whole},
	} {
		n, err := Decode(c.model.encode())
		if err != nil {
			t.Fatal(err)
		}
		if a := n.Architecture(); a.Input != nn.Image(6, 4, 3) || !slices.Equal(a.Layers, []nn.Layer{c.want}) {
			t.Errorf("architecture %v, want the layer %v", a, c.want)
		}
	}
}

func TestDecodeRefusesOtherPooling(t *testing.T) {
	window := attribute{name: "kernel_shape", wholes: []int64{2, 2}}
	places := pooled("MaxPool", window)
	places.graph.nodes[0].outputs = append(places.graph.nodes[0].outputs, "places")
	flat := pooled("AveragePool", window)
	flat.graph.inputs[0].shape = []int64{-1, 72}
	for _, c := range []struct {
		model *model
		want  string
	}{
		{pooled("MaxPool"), "kernel_shape [] and strides [] do not fit 2 dimensions"},
		{pooled("MaxPool", window, attribute{name: "pads", wholes: []int64{1, 1, 1, 1}}), "without padding"},
		{pooled("MaxPool", window, attribute{name: "ceil_mode", whole: 1}), "ceil_mode"},
		{pooled("AveragePool", window, attribute{name: "dilations", wholes: []int64{2, 2}}), "dilation 1"},
		{pooled("AveragePool", attribute{name: "kernel_shape", wholes: []int64{7, 1}}), "larger than its input"},
		{places, "places of the largest values"},
		{flat, "channels first"},
	} {
		if _, err := Decode(c.model.encode()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

// TestOperatorVersions: a model asks for no newer operators than it needs.
func TestOperatorVersions(t *testing.T) {
	for layer, want := range map[nn.Layer]int64{nn.Tanh(): opsetVersion, nn.GELU(): opsetGelu} {
		n, err := nn.New(nn.Architecture{Input: nn.Vector(3), Layers: []nn.Layer{layer, nn.ReLU()}}, 1)
		if err != nil {
			t.Fatal(err)
		}
		data, err := Encode(n)
		if err != nil {
			t.Fatal(err)
		}
		m, err := parseModel(data)
		if err != nil {
			t.Fatal(err)
		}
		if m.opset != want {
			t.Errorf("%s: operators of version %d, want %d", layer.Kind, m.opset, want)
		}
	}
}
