package nn_test

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"dryad/games/fps"
	"dryad/nn"
	"dryad/nn/onnx"
)

// agents are the rows of a forward pass.
const agents = 16

var tasks = []string{"aim", "dodge", "navigate"}

// engine runs a network on agents rows.
type engine struct {
	name string
	// prepare returns what runs it n times and reports the nanoseconds, and the outputs
	// of one run.
	prepare func(tb testing.TB, net *nn.Network, input []float32) (run func(n int) int64, output []float32)
}

var engines = []engine{{"dryad", dryad}, {"gonum", gonum}, {"onnxruntime", onnxruntime}}

func timed(forward func()) func(n int) int64 {
	return func(n int) int64 {
		start := time.Now()
		for range n {
			forward()
		}
		return time.Since(start).Nanoseconds()
	}
}

func dryad(_ testing.TB, net *nn.Network, input []float32) (func(n int) int64, []float32) {
	w := nn.NewWorkspace(net, agents)
	output := append([]float32(nil), net.Forward(w, input, agents)...)
	return timed(func() { net.Forward(w, input, agents) }), output
}

func gonum(tb testing.TB, net *nn.Network, input []float32) (func(n int) int64, []float32) {
	layers := net.Architecture().Layers
	outputs, patches := make([][]float32, len(layers)), make([][]float32, len(layers))
	for i, l := range layers {
		in, out := net.Shapes(i)
		outputs[i] = make([]float32, agents*out.Size())
		switch l.Kind {
		case nn.KindDense, nn.KindReLU:
		case nn.KindConv:
			patches[i] = make([]float32, agents*out.Height*out.Width*l.Kernel[0]*l.Kernel[1]*in.Channels)
		default:
			tb.Fatalf("a layer %s", l.Kind)
		}
	}
	var last []float32
	forward := func() {
		x := input
		for i, l := range layers {
			in, out := net.Shapes(i)
			weights, bias := net.Weights(i)
			y := outputs[i]
			switch l.Kind {
			case nn.KindReLU:
				for k, v := range x {
					y[k] = max(v, 0)
				}
			case nn.KindDense:
				multiply(y, x, weights, bias, agents)
			case nn.KindConv:
				unfold(patches[i], x, l, in, out)
				multiply(y, patches[i], weights, bias, agents*out.Height*out.Width)
			}
			x = y
		}
		last = x
	}
	forward()
	return timed(forward), append([]float32(nil), last...)
}

// multiply writes x times the transposed weights, plus the bias, to y.
func multiply(y, x, weights, bias []float32, rows int) {
	outs := len(bias)
	n := len(weights) / outs
	for r := range rows {
		copy(y[r*outs:], bias)
	}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, blas32.General{Rows: rows, Cols: n, Stride: n, Data: x},
		blas32.General{Rows: outs, Cols: n, Stride: n, Data: weights}, 1, blas32.General{Rows: rows, Cols: outs, Stride: outs, Data: y})
}

// unfold writes the patch below each output of a convolution as a row; what is in the
// padding stays zero.
func unfold(to, x []float32, l nn.Layer, in, out nn.Shape) {
	line := l.Kernel[1] * in.Channels
	for r := range agents {
		image := x[r*in.Size():]
		for oy := range out.Height {
			for ox := range out.Width {
				for ky := range l.Kernel[0] {
					y, left := oy*l.Stride[0]+ky-l.Pad[0], ox*l.Stride[1]-l.Pad[1]
					from, end := max(left, 0), min(left+l.Kernel[1], in.Width)
					if y >= 0 && y < in.Height && from < end {
						copy(to[(from-left)*in.Channels:line], image[(y*in.Width+from)*in.Channels:(y*in.Width+end)*in.Channels])
					}
					to = to[line:]
				}
			}
		}
	}
}

func onnxruntime(tb testing.TB, net *nn.Network, input []float32) (func(n int) int64, []float32) {
	python, err := filepath.Abs("../../.tools/onnx/bin/python")
	if err != nil {
		tb.Fatal(err)
	}
	model, err := onnx.Encode(net)
	if err != nil {
		tb.Fatal(err)
	}
	var values []byte
	for _, v := range input {
		values = binary.LittleEndian.AppendUint32(values, math.Float32bits(v))
	}
	folder := tb.TempDir()
	for name, data := range map[string][]byte{"model.onnx": model, "input": values} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	command := exec.Command(python, "testdata/runtime.py", filepath.Join(folder, "model.onnx"), strconv.Itoa(agents), filepath.Join(folder, "input"))
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := command.Start(); err != nil {
		tb.Fatalf("run scripts/needs: %v", err)
	}
	tb.Cleanup(func() {
		in.Close()
		if err := command.Wait(); err != nil {
			tb.Error(err)
		}
	})
	lines := bufio.NewReader(out)
	answer := func() string {
		line, err := lines.ReadString('\n')
		if err != nil {
			tb.Fatalf("ONNX Runtime: %v", err)
		}
		return strings.TrimSpace(line)
	}
	raw, err := hex.DecodeString(answer())
	if err != nil {
		tb.Fatal(err)
	}
	var output []float32
	for ; len(raw) >= 4; raw = raw[4:] {
		output = append(output, math.Float32frombits(binary.LittleEndian.Uint32(raw)))
	}
	return func(n int) int64 {
		fmt.Fprintln(in, n)
		spent, err := strconv.ParseInt(answer(), 10, 64)
		if err != nil {
			tb.Fatal(err)
		}
		return spent
	}, output
}

// network returns a shipped network and rows of inputs for it.
func network(tb testing.TB, task string) (*nn.Network, []float32) {
	tb.Helper()
	net, err := fps.Network(task)
	if err != nil {
		tb.Fatal(err)
	}
	input := make([]float32, agents*net.Inputs())
	for i := range input {
		input[i] = float32(i*7919%1000)/500 - 1
	}
	return net, input
}

// TestSameAnswers: the three engines compute the same network.
func TestSameAnswers(t *testing.T) {
	for _, task := range tasks {
		net, input := network(t, task)
		var want []float32
		for _, e := range engines {
			_, got := e.prepare(t, net, input)
			if want == nil {
				want = got
			}
			if len(got) != len(want) {
				t.Fatalf("%s, %s: %d numbers, want %d", task, e.name, len(got), len(want))
			}
			for i := range got {
				if d := math.Abs(float64(got[i] - want[i])); !(d <= 1e-4*max(1, math.Abs(float64(want[i])))) {
					t.Errorf("%s, %s: output %d is %v, want %v", task, e.name, i, got[i], want[i])
				}
			}
		}
	}
}

func BenchmarkForward(b *testing.B) {
	for _, task := range tasks {
		net, input := network(b, task)
		for _, e := range engines {
			b.Run(task+"/"+e.name, func(b *testing.B) {
				run, _ := e.prepare(b, net, input)
				b.ResetTimer()
				b.ReportMetric(float64(run(b.N))/float64(b.N*agents), "ns/agent")
			})
		}
	}
}

// TestRatios prints how long the engines take, by turns, so that a load on the machine
// strikes all of them: the least of several rounds.
func TestRatios(t *testing.T) {
	for _, task := range tasks {
		net, input := network(t, task)
		least := make([]float64, len(engines))
		runs := make([]func(int) int64, len(engines))
		for i, e := range engines {
			runs[i], _ = e.prepare(t, net, input)
		}
		for range 40 {
			for i, run := range runs {
				const n = 50
				if spent := float64(run(n)) / (n * agents); least[i] == 0 || spent < least[i] {
					least[i] = spent
				}
			}
		}
		for i, e := range engines {
			t.Logf("%-8s %-12s %8.0f ns an agent, %5.2f times dryad's", task, e.name, least[i], least[i]/least[0])
		}
	}
}
