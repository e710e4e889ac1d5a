package ppo

import "dryad/nn/head"

// The bounds of the logarithm of a deviation while a network explores: deviations from
// .0067 to 2.7 of numbers that are about one in size. Without an upper bound the weight
// of the entropy raises the deviation of a row for as long as its ratio of probabilities
// is out of the clip, where nothing else acts on it, until it overflows.
const (
	leastLogarithm = -5
	mostLogarithm  = 1
)

// bound returns the outputs with every deviation within the bounds.
func bound(h head.Mixed, outputs []float32) []float32 {
	outputs = append([]float32(nil), outputs...)
	for i := h.Plain(); i < len(outputs); i++ {
		outputs[i] = max(leastLogarithm, min(mostLogarithm, outputs[i]))
	}
	return outputs
}

// hold takes from the gradient of a loss what would lead a deviation out of its bounds,
// or further out.
func hold(h head.Mixed, outputs, gradient []float32) {
	for i := h.Plain(); i < len(outputs); i++ {
		if outputs[i] >= mostLogarithm && gradient[i] < 0 || outputs[i] <= leastLogarithm && gradient[i] > 0 {
			gradient[i] = 0
		}
	}
}
