package head

import (
	"fmt"
	"math"
	"math/rand/v2"

	"dryad/nn/kernel"
)

// Softmax is a choice of one of several actions. The outputs are logits; the
// action is one value, the index of the choice.
type Softmax struct {
	// Choices is the number of actions.
	Choices int
}

// Size implements Head.
func (s Softmax) Size() (outputs, action int) { return s.Choices, 1 }

// LogProbability implements Head. It panics if the action is not the index of a
// choice.
func (s Softmax) LogProbability(outputs, action, gradient []float32) float64 {
	check(s, outputs, action, gradient)
	chosen := int(action[0])
	if float32(chosen) != action[0] || chosen < 0 || chosen >= s.Choices {
		panic(fmt.Sprintf("head: the action %v is not one of %d choices", action[0], s.Choices))
	}
	normaliser := logSumExp(outputs)
	if gradient != nil {
		for i, v := range outputs {
			gradient[i] = float32(-kernel.Exp(float64(v) - normaliser))
			if i == chosen {
				gradient[i] = float32(1 - kernel.Exp(float64(v)-normaliser))
			}
		}
	}
	return float64(outputs[chosen]) - normaliser
}

// Entropy implements Head.
func (s Softmax) Entropy(outputs, gradient []float32) float64 {
	check(s, outputs, nil, gradient)
	normaliser := logSumExp(outputs)
	entropy := 0.0
	for _, v := range outputs {
		logarithm := float64(v) - normaliser
		entropy -= float64(kernel.Exp(logarithm) * logarithm)
	}
	if gradient != nil {
		for i, v := range outputs {
			logarithm := float64(v) - normaliser
			gradient[i] = float32(-kernel.Exp(logarithm) * (logarithm + entropy))
		}
	}
	return entropy
}

// Sample implements Head.
func (s Softmax) Sample(random *rand.Rand, outputs, action []float32) {
	check(s, outputs, action, nil)
	normaliser := logSumExp(outputs)
	rest := random.Float64()
	// Rounding may leave a rest behind the last choice, which then is taken.
	chosen := len(outputs) - 1
	for i, v := range outputs {
		if rest -= kernel.Exp(float64(v) - normaliser); rest < 0 {
			chosen = i
			break
		}
	}
	action[0] = float32(chosen)
}

// Confidence returns the probability of the most probable choice.
func (s Softmax) Confidence(outputs []float32) float64 {
	check(s, outputs, nil, nil)
	highest := math.Inf(-1)
	for _, v := range outputs {
		highest = max(highest, float64(v))
	}
	return kernel.Exp(highest - logSumExp(outputs))
}

// logSumExp is the logarithm of the sum of the exponentials.
func logSumExp(logits []float32) float64 {
	highest := math.Inf(-1)
	for _, v := range logits {
		highest = max(highest, float64(v))
	}
	sum := 0.0
	for _, v := range logits {
		sum += kernel.Exp(float64(v) - highest)
	}
	return highest + kernel.Log(sum)
}
