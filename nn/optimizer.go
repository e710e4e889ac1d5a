package nn

import "math"

// Optimizer changes parameters against a gradient. It keeps state that belongs to
// one network.
type Optimizer interface {
	// Step moves the parameters; gradients has one value for each of them.
	Step(parameters, gradients []float32)
}

var (
	_ Optimizer = (*SGD)(nil)
	_ Optimizer = (*Adam)(nil)
)

// SGD is gradient descent with momentum.
type SGD struct {
	// LearningRate may be changed between steps.
	LearningRate float64
	// Momentum is the share of the last move that is kept; 0 for none.
	Momentum float64
	// WeightDecay shrinks every parameter by LearningRate*WeightDecay a step.
	WeightDecay float64
	// Velocity is the state, to be stored and restored for an identical resume.
	Velocity []float32
}

// Step implements Optimizer.
func (s *SGD) Step(parameters, gradients []float32) {
	rate, keep := float32(s.LearningRate), float32(s.Momentum)
	decay := float32(1 - float64(s.LearningRate*s.WeightDecay))
	if len(s.Velocity) != len(parameters) {
		s.Velocity = make([]float32, len(parameters))
	}
	gradients, velocity := gradients[:len(parameters)], s.Velocity
	for i, p := range parameters {
		velocity[i] = float32(keep*velocity[i]) + gradients[i]
		parameters[i] = float32(p*decay) - float32(rate*velocity[i])
	}
}

// Adam is the method of Kingma & Ba 2015 (arXiv 1412.6980), with the decoupled
// weight decay of Loshchilov & Hutter 2019 (arXiv 1711.05101).
type Adam struct {
	// LearningRate may be changed between steps.
	LearningRate float64
	// Beta1 and Beta2 are the decay rates of the moments; 0 means 0.9 and 0.999.
	Beta1, Beta2 float64
	// Epsilon keeps the step finite; 0 means 1e-8.
	Epsilon float64
	// WeightDecay shrinks every parameter by LearningRate*WeightDecay a step.
	WeightDecay float64
	// State is kept by Step, to be stored and restored for an identical resume.
	State AdamState
}

// AdamState is what Adam carries from step to step. The zero value is the start.
type AdamState struct {
	// First and Second are the moments of the gradient, one for each parameter.
	First, Second []float32
	// Power1 and Power2 are Beta1 and Beta2 to the power of the number of steps.
	Power1, Power2 float64
}

// Reset forgets the moments, for training from new parameters.
func (a *Adam) Reset() {
	clear(a.State.First)
	clear(a.State.Second)
	a.State.Power1, a.State.Power2 = 0, 0
}

// Step implements Optimizer.
func (a *Adam) Step(parameters, gradients []float32) {
	beta1, beta2, epsilon := a.Beta1, a.Beta2, a.Epsilon
	if beta1 == 0 {
		beta1 = 0.9
	}
	if beta2 == 0 {
		beta2 = 0.999
	}
	if epsilon == 0 {
		epsilon = 1e-8
	}
	state := &a.State
	if len(state.First) != len(parameters) {
		*state = AdamState{First: make([]float32, len(parameters)), Second: make([]float32, len(parameters))}
	}
	if state.Power1 == 0 {
		state.Power1, state.Power2 = 1, 1
	}
	state.Power1 = float64(state.Power1 * beta1)
	state.Power2 = float64(state.Power2 * beta2)
	root := math.Sqrt(1 - state.Power2)
	adamStep(parameters, gradients, state.First, state.Second, adamConstants{
		beta1: float32(beta1), rest1: float32(1 - beta1),
		beta2: float32(beta2), rest2: float32(1 - beta2),
		rate:    float32(a.LearningRate * root / (1 - state.Power1)),
		epsilon: float32(epsilon * root),
		decay:   float32(1 - float64(a.LearningRate*a.WeightDecay)),
	})
}

type adamConstants struct {
	beta1, rest1, beta2, rest2, rate, epsilon, decay float32
}

func adamStep(parameters, gradients, first, second []float32, c adamConstants) {
	n := len(parameters)
	gradients, first, second = gradients[:n], first[:n], second[:n]
	for i, p := range parameters {
		g := gradients[i]
		m := float32(c.beta1*first[i]) + float32(c.rest1*g)
		v := float32(c.beta2*second[i]) + float32(c.rest2*float32(g*g))
		first[i], second[i] = m, v
		step := float32(c.rate*m) / (float32(math.Sqrt(float64(v))) + c.epsilon)
		parameters[i] = float32(p*c.decay) - step
	}
}

// ClipNorm scales the gradients down so that their Euclidean norm is at most
// limit, and returns the norm they had.
func ClipNorm(gradients []float32, limit float64) float64 {
	sum := 0.0
	for _, g := range gradients {
		sum += float64(float64(g) * float64(g))
	}
	norm := math.Sqrt(sum)
	if norm > limit {
		scale := float32(limit / norm)
		for i := range gradients {
			gradients[i] *= scale
		}
	}
	return norm
}
