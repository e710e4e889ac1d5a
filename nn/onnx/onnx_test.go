package onnx

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dryad/nn"
)

var update = flag.Bool("update", false, "write testdata/*.onnx again; run testdata/golden.js after that")

var architectures = map[string]nn.Architecture{
	"mlp":     nn.MLP(5, 7, 3),
	"sigmoid": {Input: nn.Vector(4), Layers: []nn.Layer{nn.Dense(6), nn.Tanh(), nn.LayerNorm(), nn.Dense(3), nn.Sigmoid(), nn.Softmax()}},
	"conv":    {Input: nn.Image(6, 5, 2), Layers: []nn.Layer{nn.Conv2D(3, 3, 1, 1), nn.ReLU(), nn.LayerNorm(), nn.Conv2D(4, 2, 2, 0), nn.ReLU(), nn.Dense(3)}},
	"conv1d":  {Input: nn.Sequence(9, 2), Layers: []nn.Layer{nn.Conv1D(3, 3, 2, 1), nn.Softmax(), nn.Conv1D(2, 2, 1, 0)}},
	"grown":   {Input: nn.Vector(3), Layers: []nn.Layer{nn.Dense(4), nn.Conv2D(2, 1, 1, 0), nn.Dense(2)}},
}

func network(t testing.TB, name string) *nn.Network {
	t.Helper()
	n, err := nn.New(architectures[name], 3)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n.Parameters() {
		n.Parameters()[i] += float32(i%7)/20 - 0.15
	}
	return n
}

// foreign is a model as PyTorch writes it: channels first, MatMul and Add, a
// constant shape, weights in initializers.
func foreign() *model {
	ramp := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = float32((i*29)%53)/53 - 0.5
		}
		return out
	}
	return &model{opset: opsetVersion, graph: graph{
		inputs:  []value{{"images", []int64{-1, 3, 5, 4}}},
		outputs: []value{{"out", []int64{-1, 2}}},
		initializers: []tensor{
			{name: "kernel", shape: []int64{4, 3, 2, 3}, floats: ramp(72)},
			{name: "flat", shape: []int64{2}, wholes: []int64{-1, 32}},
			{name: "weight", shape: []int64{32, 6}, floats: ramp(192)},
			{name: "bias", shape: []int64{6}, floats: ramp(6)},
			{name: "last", shape: []int64{6, 2}, floats: ramp(12)},
		},
		nodes: []node{
			{op: "Conv", inputs: []string{"images", "kernel"}, outputs: []string{"a"}, attributes: []attribute{
				{name: "kernel_shape", wholes: []int64{2, 3}}, {name: "pads", wholes: []int64{0, 1, 0, 1}}, {name: "strides", wholes: []int64{1, 2}},
			}},
			{op: "Relu", inputs: []string{"a"}, outputs: []string{"b"}},
			{op: "Reshape", inputs: []string{"b", "flat"}, outputs: []string{"c"}},
			{op: "MatMul", inputs: []string{"c", "weight"}, outputs: []string{"d"}},
			{op: "Add", inputs: []string{"bias", "d"}, outputs: []string{"e"}},
			{op: "Identity", inputs: []string{"e"}, outputs: []string{"f"}},
			{op: "Gemm", inputs: []string{"f", "last"}, outputs: []string{"out"}},
		},
	}}
}

func TestUpdate(t *testing.T) {
	files := map[string][]byte{"foreign.onnx": foreign().encode()}
	for name := range architectures {
		data, err := Encode(network(t, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name+".onnx"] = data
	}
	for name, data := range files {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(have, data) {
			t.Errorf("%s: Encode writes other bytes than the file holds", name)
		}
	}
}

// TestAgreesWithONNXRuntime runs the models of testdata and compares the outputs
// with those that ONNX Runtime gave.
func TestAgreesWithONNXRuntime(t *testing.T) {
	text, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden map[string][]float32
	if err := json.Unmarshal(text, &golden); err != nil {
		t.Fatal(err)
	}
	if len(golden) != len(architectures)+1 {
		t.Fatalf("%d golden results", len(golden))
	}
	for name, want := range golden {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		n, err := Decode(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		input := make([]float32, 2*n.Inputs())
		for i := range input {
			input[i] = float32((i*37)%101-50) / 50
		}
		if name == "foreign.onnx" {
			input = toChannelsLast(input, 2, 20, 3)
		}
		got := n.Forward(nn.NewWorkspace(n, 2), input, 2)
		if len(got) != len(want) {
			t.Errorf("%s: %d outputs, want %d", name, len(got), len(want))
			continue
		}
		for i := range want {
			if math.Abs(float64(got[i]-want[i])) > 2e-6*(1+math.Abs(float64(want[i]))) {
				t.Errorf("%s: output %d is %v, ONNX Runtime gives %v", name, i, got[i], want[i])
			}
		}
	}
}

func TestDecodeAfterEncodeIsIdentity(t *testing.T) {
	for name, a := range architectures {
		n := network(t, name)
		data, err := Encode(n)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.Equal(back.Architecture().Layers, a.Layers) || back.Architecture().Input != a.Input {
			t.Errorf("%s: architecture %v", name, back.Architecture())
		}
		if !slices.Equal(back.Parameters(), n.Parameters()) {
			t.Errorf("%s: other parameters", name)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*model)
		want   string
	}{
		"operation":   {func(m *model) { m.graph.nodes[1].op = "LSTM" }, "not read"},
		"branch":      {func(m *model) { m.graph.nodes[2].inputs[0] = "a" }, "only chains"},
		"group":       {func(m *model) { m.graph.nodes[0].attributes[0] = attribute{name: "group", whole: 3} }, "group = 1"},
		"pads":        {func(m *model) { m.graph.nodes[0].attributes[1].wholes = []int64{0, 1, 0, 0} }, "side to side"},
		"strides":     {func(m *model) { m.graph.nodes[0].attributes[2].wholes = []int64{1, 0} }, "stride"},
		"dilation":    {func(m *model) { m.graph.nodes[0].attributes[0] = attribute{name: "dilations", wholes: []int64{2, 2}} }, "dilation 1"},
		"weights":     {func(m *model) { m.graph.nodes[3].inputs[1] = "nowhere" }, "not a constant"},
		"transA":      {func(m *model) { m.graph.nodes[6].attributes = []attribute{{name: "transA", whole: 1}} }, "transA"},
		"alpha":       {func(m *model) { m.graph.nodes[6].attributes = []attribute{{name: "alpha", number: 2}} }, "alpha = 1"},
		"lonely add":  {func(m *model) { m.graph.nodes[3].op = "Relu"; m.graph.nodes[3].inputs = []string{"c"} }, "behind a MatMul"},
		"reshape":     {func(m *model) { m.graph.initializers[1].wholes[1] = 31 }, "does not fit"},
		"batch":       {func(m *model) { m.graph.initializers[1].wholes[0] = 7 }, "size of a batch"},
		"inputs":      {func(m *model) { m.graph.inputs = append(m.graph.inputs, value{"b", []int64{-1, 2}}) }, "2 inputs"},
		"input shape": {func(m *model) { m.graph.inputs[0].shape = []int64{-1, 3, -1, 4} }, "dimensions"},
		"channels":    {func(m *model) { m.graph.inputs[0].shape = []int64{-1, 2, 5, 4} }, "channels"},
		"output":      {func(m *model) { m.graph.outputs[0].name = "d" }, "one output"},
		"data":        {func(m *model) { m.graph.initializers[0].floats = m.graph.initializers[0].floats[1:] }, "values for shape"},
		"bias": {func(m *model) {
			m.graph.initializers[3] = tensor{name: "bias", shape: []int64{1}, floats: []float32{1}}
		}, "bias has"},
	} {
		m := foreign()
		test.change(m)
		_, err := Decode(m.encode())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(foreign().encode())
	f.Add(recurrent().encode())
	for _, name := range []string{"sigmoid", "conv", "conv1d", "grown"} {
		data, err := Encode(network(f, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Decode(data)
		if err != nil {
			return
		}
		again, err := Encode(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("%v: %v", n.Architecture(), err)
		}
	})
}
