package head

import (
	"math/rand/v2"

	"dryad/nn/kernel"
)

// Bernoulli is a vector of independent switches. The outputs are logits; each
// value of an action is 0 or 1.
type Bernoulli struct {
	// Actions is the number of switches.
	Actions int
}

// Size implements Head.
func (b Bernoulli) Size() (outputs, action int) { return b.Actions, b.Actions }

// LogProbability implements Head.
func (b Bernoulli) LogProbability(outputs, action, gradient []float32) float64 {
	check(b, outputs, action, gradient)
	sum := 0.0
	for i, v := range outputs {
		x, a := float64(v), float64(action[i])
		sum += float64(a*x) - kernel.Softplus(x)
		if gradient != nil {
			gradient[i] = float32(a - logistic(x))
		}
	}
	return sum
}

// Entropy implements Head.
func (b Bernoulli) Entropy(outputs, gradient []float32) float64 {
	check(b, outputs, nil, gradient)
	sum := 0.0
	for i, v := range outputs {
		x := float64(v)
		p := logistic(x)
		sum += kernel.Softplus(x) - float64(x*p)
		if gradient != nil {
			// 1-p is the logistic function of -x, without cancellation.
			gradient[i] = float32(-float64(x*p) * logistic(-x))
		}
	}
	return sum
}

// Sample implements Head.
func (b Bernoulli) Sample(random *rand.Rand, outputs, action []float32) {
	check(b, outputs, action, nil)
	for i, v := range outputs {
		action[i] = 0
		if random.Float64() < logistic(float64(v)) {
			action[i] = 1
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + kernel.Exp(-x)) }
