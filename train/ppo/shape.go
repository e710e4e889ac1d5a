package ppo

import (
	"errors"

	"dryad/nn"
	"dryad/nn/head"
	"dryad/nn/kernel"
)

// A network that explores has, after the outputs of its task, one for the logarithm
// of the deviation of each number and one for the value of the state.

// Soften makes the answers of a network with random parameters nearly zero, as far as
// its last layer gives them. Answers of random size are many deviations from each other:
// a step of the optimizer moves most of them out of the clip, and what then remains of
// the objective is its entropy (Andrychowicz et al. 2021, arXiv 2006.05990, initialise
// the last layer of a policy with weights 100 times smaller).
func Soften(n *nn.Network) {
	weights, _ := n.Weights(len(n.Architecture().Layers) - 1)
	for i := range weights {
		weights[i] *= 0.01
	}
}

// Widen adds these outputs to a network. At first they depend on nothing: the
// deviation is as given, the value zero.
func Widen(n *nn.Network, h head.Mixed, deviation float64) (*nn.Network, error) {
	a := n.Architecture()
	last := len(a.Layers) - 1
	if a.Layers[last].Kind != nn.KindDense {
		return nil, errors.New("a network that learns from rewards must end with a dense layer")
	}
	a.Layers = append(append([]nn.Layer(nil), a.Layers[:last]...), nn.Dense(h.Plain()+h.Numbers+1))
	wide, err := nn.New(a, 0)
	if err != nil {
		return nil, err
	}
	copyLayers(wide, n, h.Plain())
	_, bias := wide.Weights(last)
	for i := range h.Numbers {
		bias[h.Plain()+i] = float32(kernel.Log(deviation))
	}
	return wide, nil
}

// Narrow leaves only the first outputs.
func Narrow(wide *nn.Network, outputs int) *nn.Network {
	a := wide.Architecture()
	last := len(a.Layers) - 1
	a.Layers = append(append([]nn.Layer(nil), a.Layers[:last]...), nn.Dense(outputs))
	n, err := nn.New(a, 0)
	if err != nil {
		panic("ppo: bug: a network cannot lose outputs: " + err.Error())
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
