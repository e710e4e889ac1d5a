package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Architecture says what a network is made of, apart from its parameters.
type Architecture struct {
	// Input is the shape of one sample.
	Input Shape `json:"input"`
	// Layers are applied in order.
	Layers []Layer `json:"layers"`
}

// MLP is the architecture of a plain network: dense layers of the given widths,
// each but the last followed by ReLU.
func MLP(inputs int, widths ...int) Architecture {
	a := Architecture{Input: Vector(inputs)}
	for i, width := range widths {
		if i > 0 {
			a.Layers = append(a.Layers, ReLU())
		}
		a.Layers = append(a.Layers, Dense(width))
	}
	return a
}

// Network is an architecture with parameters. Any number of goroutines may call
// Forward at once, each with its own Workspace, as long as nobody changes the
// parameters.
type Network struct {
	architecture Architecture
	stages       []stage
	parameters   []float32
}

// New makes a network with parameters drawn from the seed: weights uniform with
// the variance of He et al. 2015 before a ReLU or GELU and of Glorot & Bengio 2010
// otherwise, of a GRU uniform below 1/sqrt(hidden), biases zero, gains one.
func New(a Architecture, seed uint64) (*Network, error) {
	n, err := newEmpty(a)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(seed, 0x6e6e))
	for i, s := range n.stages {
		weights := s.weights.of(n.parameters)
		if s.Kind == KindLayerNorm {
			for j := range weights {
				weights[j] = 1
			}
			continue
		}
		if len(weights) == 0 {
			continue
		}
		fanOut := s.Out
		if s.Kind == KindConv {
			fanOut *= s.Kernel[0] * s.Kernel[1]
		}
		limit := math.Sqrt(6 / float64(s.fanIn+fanOut))
		if n.reluFollows(i) {
			limit = math.Sqrt(6 / float64(s.fanIn))
		}
		if s.Kind == KindGRU {
			limit = 1 / math.Sqrt(float64(s.Out))
		}
		for j := range weights {
			weights[j] = float32(float64(limit * (float64(2*float64(random.Float64())) - 1)))
		}
	}
	return n, nil
}

func (n *Network) reluFollows(i int) bool {
	for _, s := range n.stages[i+1:] {
		if s.Kind != KindLayerNorm {
			return s.Kind == KindReLU || s.Kind == KindGELU
		}
	}
	return false
}

// newEmpty makes a network with all parameters zero.
func newEmpty(a Architecture) (*Network, error) {
	n, err := place(a)
	if err != nil {
		return nil, err
	}
	n.parameters = make([]float32, n.size())
	return n, nil
}

// size is the number of parameters.
func (n *Network) size() int { return n.stages[len(n.stages)-1].bias.to }

// place checks the architecture and makes its network without parameters.
func place(a Architecture) (*Network, error) {
	n := &Network{architecture: Architecture{Input: a.Input, Layers: slices.Clone(a.Layers)}}
	if err := a.Input.check(); err != nil {
		return nil, fmt.Errorf("network input: %w", err)
	}
	if len(a.Layers) == 0 || len(a.Layers) > maxLayers {
		return nil, fmt.Errorf("network has %d layers, want 1..%d", len(a.Layers), maxLayers)
	}
	shape, offset := a.Input, 0
	for i, layer := range a.Layers {
		s, err := layer.place(shape, offset)
		if err != nil {
			return nil, fmt.Errorf("network layer %d: %w", i, err)
		}
		s.inPlace = i > 0 && layer.inPlace(a.Layers[i-1])
		n.stages = append(n.stages, s)
		shape, offset = s.out, s.bias.to
		if offset > maxElements {
			return nil, fmt.Errorf("network has more than %d parameters", maxElements)
		}
	}
	return n, nil
}

// Architecture returns what the network is made of. The caller must not change it.
func (n *Network) Architecture() Architecture { return n.architecture }

// Inputs is the number of values of one input row.
func (n *Network) Inputs() int { return n.architecture.Input.Size() }

// Outputs is the number of values of one output row.
func (n *Network) Outputs() int { return n.stages[len(n.stages)-1].out.Size() }

// MACs is the number of multiply-adds that one sample costs.
func (n *Network) MACs() int {
	total := 0
	for _, s := range n.stages {
		total += s.macs()
	}
	return total
}

// Parameters are all weights and biases, layer after layer, as one slice that the
// network goes on using: writing to it changes the network.
func (n *Network) Parameters() []float32 { return n.parameters }

// Clone copies the network; the copy shares nothing that can be written.
func (n *Network) Clone() *Network {
	c := *n
	c.parameters = slices.Clone(n.parameters)
	return &c
}

// Weights returns the weights and biases of layer i, as parts of Parameters: a
// dense layer has weights[out][in], a convolution weights[out][ky][kx][channel],
// layer norm its gains and shifts, a GRU the weights of the input, then of the
// state, each [gate r, z, n][hidden][in], and the biases likewise, other layers nothing.
func (n *Network) Weights(i int) (weights, bias []float32) {
	s := &n.stages[i]
	return s.weights.of(n.parameters), s.bias.of(n.parameters)
}

// Shapes returns what layer i takes and gives.
func (n *Network) Shapes(i int) (in, out Shape) { return n.stages[i].in, n.stages[i].out }
