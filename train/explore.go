package train

import (
	"math/rand/v2"

	"dryad/games"
	"dryad/nn"
	"dryad/nn/head"
)

// A network that explores has, after the outputs of its task, one for the logarithm
// of the deviation of each number and one for the value of the state.

// widen adds these outputs to a network. At first they depend on nothing: the
// deviation is as given, the value zero.
func widen(n *nn.Network, h head.Mixed, deviation float64) (*nn.Network, error) {
	a := n.Architecture()
	last := len(a.Layers) - 1
	if a.Layers[last].Kind != nn.KindDense {
		return nil, errShape
	}
	a.Layers = append(append([]nn.Layer(nil), a.Layers[:last]...), nn.Dense(h.Plain()+h.Numbers+1))
	wide, err := nn.New(a, 0)
	if err != nil {
		return nil, err
	}
	copyLayers(wide, n, h.Plain())
	_, bias := wide.Weights(last)
	for i := range h.Numbers {
		bias[h.Plain()+i] = float32(logarithm(deviation))
	}
	return wide, nil
}

// narrow leaves only the first outputs.
func narrow(wide *nn.Network, outputs int) *nn.Network {
	a := wide.Architecture()
	last := len(a.Layers) - 1
	a.Layers = append(append([]nn.Layer(nil), a.Layers[:last]...), nn.Dense(outputs))
	n, err := nn.New(a, 0)
	if err != nil {
		panic("train: bug: a network cannot lose outputs: " + err.Error())
	}
	copyLayers(n, wide, outputs)
	return n
}

// copyLayers copies all layers, of the last one the first rows, and makes the rest of
// that zero.
func copyLayers(to, from *nn.Network, rows int) {
	layers := to.Architecture().Layers
	for i := range layers {
		weights, bias := to.Weights(i)
		oldWeights, oldBias := from.Weights(i)
		if i == len(layers)-1 {
			clear(weights)
			clear(bias)
			inputs := len(weights) / len(bias)
			oldWeights, oldBias = oldWeights[:rows*inputs], oldBias[:rows]
		}
		copy(weights, oldWeights)
		copy(bias, oldBias)
	}
}

// steps are the answers of one seat in order.
type steps struct {
	inputs, actions []float32
	chances         []float64 // logarithms of the answers' probabilities
	values, rewards []float64
	fresh, died     []bool
	entropy         float64 // sum
}

// explorer is a pupil that draws its answers and notes them.
type explorer struct {
	drill     *drill
	net       *nn.Network
	workspace *nn.Workspace
	random    *rand.Rand
	input     []float32
	action    []float32
	steps
}

func newExplorer(d *drill, net *nn.Network, random *rand.Rand) *explorer {
	_, action := d.task.Head.Size()
	return &explorer{drill: d, net: net, workspace: nn.NewWorkspace(net, 1), random: random,
		input: make([]float32, net.Inputs()), action: make([]float32, action)}
}

func (e *explorer) answer(s *seat, call games.Call, output []float32) {
	h := e.drill.task.Head
	outputs, _ := h.Size()
	s.body.NetInput(e.drill.index, call, e.input)
	out := e.net.Forward(e.workspace, e.input, 1)
	h.Sample(e.random, out[:outputs], e.action)
	h.Settle(e.action, output)
	e.inputs, e.actions = append(e.inputs, e.input...), append(e.actions, e.action...)
	e.chances = append(e.chances, h.LogProbability(out[:outputs], e.action, nil))
	e.entropy += h.Entropy(out[:outputs], nil)
	e.values = append(e.values, float64(out[outputs]))
	e.fresh = append(e.fresh, s.fresh)
}

func (e *explorer) earn(reward float64, died bool) {
	e.rewards, e.died = append(e.rewards, reward), append(e.died, died)
}

// advantages returns the generalised advantage estimates of the steps and what the
// values should have been. A death ends what is to come; where the tree called
// another task, the last value stands for what would have come.
func (s *steps) advantages(discount, trace float64) (advantages, returns []float64) {
	n := len(s.rewards)
	advantages, returns = make([]float64, n), make([]float64, n)
	next := 0.0 // the advantage of the step after
	for i := n - 1; i >= 0; i-- {
		after := s.values[i]
		switch {
		case s.died[i]:
			after, next = 0, 0
		case i+1 < n && !s.fresh[i+1]:
			after = s.values[i+1]
		default:
			next = 0
		}
		delta := s.rewards[i] + float64(discount*after) - s.values[i]
		next = delta + float64(float64(discount*trace)*next)
		advantages[i], returns[i] = next, next+s.values[i]
	}
	return advantages, returns
}
