package ppo

import (
	"errors"

	"dryad/nn"
	"dryad/nn/head"
	"dryad/nn/kernel"
)

// A network that explores has, after the outputs of its task, one for the logarithm
// of the deviation of each number and one for the value of the state.

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
