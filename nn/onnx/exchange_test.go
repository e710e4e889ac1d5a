package onnx

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"dryad/nn"
)

// exchanged is the number of random models that ONNX Runtime and this program run.
const exchanged = 200

// TestExchange: random models that Encode writes pass the checker of the package
// onnx, ONNX Runtime computes the same outputs to 1e-5, and Decode gives them back,
// also from files whose data the package onnx has put into another.
// scripts/needs installs both packages from PyPI.
func TestExchange(t *testing.T) {
	python, err := filepath.Abs("../../.tools/onnx/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("there is no %s: run scripts/needs", python)
	}
	const rows = 3
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(1, 0x6f6e6e78))
	networks, outputs := map[string]*nn.Network{}, map[string][]float32{}
	kinds := map[nn.Kind]int{}
	for i := range exchanged {
		n := randomNetwork(t, random)
		for _, layer := range n.Architecture().Layers {
			kinds[layer.Kind]++
		}
		input := make([]float32, rows*n.Inputs())
		for j := range input {
			input[j] = 2*random.Float32() - 1
		}
		data, err := Encode(n)
		if err != nil {
			t.Fatal(err)
		}
		checkReadBack(t, n, data)
		name := filepath.Join(folder, fmt.Sprintf("model%03d", i))
		write(t, name+".onnx", data)
		write(t, name+".input", bytesOf(input))
		networks[name] = n
		outputs[name] = slices.Clone(n.Forward(nn.NewWorkspace(n, rows), input, rows))
	}
	for _, kind := range everyKind {
		if kinds[kind] == 0 {
			t.Errorf("no model has a layer %s", kind)
		}
	}
	if out, err := exec.Command(python, "testdata/exchange.py", folder, fmt.Sprint(rows)).CombinedOutput(); err != nil {
		t.Fatalf("exchange.py: %v\n%s", err, out)
	}
	worst := 0.0
	for name, want := range outputs {
		data, err := os.ReadFile(name + ".output")
		if err != nil {
			t.Fatal(err)
		}
		got := float32s(data)
		if len(got) != len(want) {
			t.Errorf("%v: ONNX Runtime gives %d numbers, want %d", networks[name].Architecture(), len(got), len(want))
			continue
		}
		for i, v := range want {
			difference := math.Abs(float64(got[i])-float64(v)) / max(1, math.Abs(float64(v)))
			worst = max(worst, difference)
			if !(difference <= 1e-5) {
				t.Errorf("%s, %v: output %d is %v, ONNX Runtime gives %v", filepath.Base(name), networks[name].Architecture(), i, v, got[i])
			}
		}
	}
	for name, n := range networks {
		back, err := Load(filepath.Join(folder, "external", filepath.Base(name)+".onnx"))
		if err != nil {
			t.Fatal(err)
		}
		checkSame(t, n, back)
	}
	t.Logf("%d models, at most %.1e off", len(outputs), worst)
}

// checkReadBack: Decode gives the network that was encoded.
func checkReadBack(t *testing.T, n *nn.Network, data []byte) {
	t.Helper()
	back, err := Decode(data)
	if err != nil {
		t.Fatalf("%v: %v", n.Architecture(), err)
	}
	checkSame(t, n, back)
}

func checkSame(t *testing.T, n, back *nn.Network) {
	t.Helper()
	if !slices.Equal(back.Architecture().Layers, n.Architecture().Layers) || back.Architecture().Input != n.Architecture().Input {
		t.Fatalf("architecture %v, want %v", back.Architecture(), n.Architecture())
	}
	if !slices.Equal(back.Parameters(), n.Parameters()) {
		t.Fatalf("%v: other parameters", n.Architecture())
	}
}

func bytesOf(values []float32) []byte {
	data := make([]byte, 0, 4*len(values))
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	return data
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

var everyKind = []nn.Kind{
	nn.KindDense, nn.KindConv, nn.KindGRU, nn.KindMaxPool, nn.KindAveragePool, nn.KindLayerNorm,
	nn.KindReLU, nn.KindTanh, nn.KindSigmoid, nn.KindGELU, nn.KindSoftmax,
}

// randomNetwork draws an input shape, up to six layers that fit one another, and
// parameters other than those of a new network.
func randomNetwork(t *testing.T, random *rand.Rand) *nn.Network {
	t.Helper()
	a := nn.Architecture{Input: nn.Vector(1 + random.IntN(9))}
	switch random.IntN(3) {
	case 0:
		a.Input = nn.Sequence(2+random.IntN(9), 1+random.IntN(4))
	case 1:
		a.Input = nn.Image(2+random.IntN(9), 2+random.IntN(9), 1+random.IntN(4))
	}
	shape := a.Input
	for range 1 + random.IntN(6) {
		layer := randomLayer(random, shape)
		// Normalising values that are nearly equal magnifies the last bits of a
		// run time by up to 1/sqrt(nn.VarianceFloor), which would test those.
		if layer.Kind == nn.KindLayerNorm && (shape.Size() < 4 || len(a.Layers) > 0 && !spreads(a.Layers[len(a.Layers)-1])) {
			continue
		}
		// A window may be too large for what is left of an image.
		out, err := nn.OutputShape(shape, layer)
		if err != nil {
			continue
		}
		a.Layers = append(a.Layers, layer)
		shape = out
	}
	if len(a.Layers) == 0 {
		a.Layers = []nn.Layer{nn.Dense(2)}
	}
	n, err := nn.New(a, random.Uint64())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n.Parameters() {
		n.Parameters()[i] += 0.4 * (random.Float32() - 0.5)
	}
	return n
}

// spreads reports whether the outputs of a layer differ from one another.
func spreads(layer nn.Layer) bool { return layer.Kind == nn.KindDense || layer.Kind == nn.KindConv }

func randomLayer(random *rand.Rand, in nn.Shape) nn.Layer {
	size, stride := 1+random.IntN(3), 1+random.IntN(2)
	switch kind := everyKind[random.IntN(len(everyKind))]; kind {
	case nn.KindDense:
		return nn.Dense(1 + random.IntN(9))
	case nn.KindGRU:
		return nn.GRU(1 + random.IntN(5))
	case nn.KindConv:
		layer := nn.Conv2D(1+random.IntN(5), size, stride, random.IntN(size))
		if in.Height == 1 {
			layer = nn.Conv1D(layer.Out, size, stride, layer.Pad[1])
		}
		return layer
	case nn.KindMaxPool, nn.KindAveragePool:
		layer := nn.MaxPool2D(size, stride)
		if in.Height == 1 {
			layer = nn.MaxPool1D(size, stride)
		}
		layer.Kind = kind
		return layer
	default:
		return nn.Layer{Kind: kind}
	}
}
