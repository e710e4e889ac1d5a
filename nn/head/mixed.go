package head

import (
	"math/rand/v2"

	"dryad/nn/kernel"
)

// Mixed joins independent heads: a vector of normal numbers, a vector of switches,
// and one choice. The outputs are the means of the numbers, the logits of the
// switches, the logits of the choice, and at the end the natural logarithms of the
// standard deviations of the numbers. An action has a value for each number, for
// each switch, and the index of the choice if there is one.
type Mixed struct {
	// Numbers, Switches and Choices are how many there are of each; Choices is 0
	// for no choice.
	Numbers, Switches, Choices int
}

var _ Head = Mixed{}

// Plain returns how many outputs there are without the deviations: those that a
// network needs that acts and does not explore.
func (m Mixed) Plain() int { return m.Numbers + m.Switches + m.Choices }

// Size implements Head.
func (m Mixed) Size() (outputs, action int) {
	action = m.Numbers + m.Switches
	if m.Choices > 0 {
		action++
	}
	return m.Plain() + m.Numbers, action
}

// parts returns the ranges of outputs of the switches and of the choice.
func (m Mixed) parts(outputs []float32) (switches, choices []float32) {
	if outputs == nil {
		return nil, nil
	}
	return outputs[m.Numbers : m.Numbers+m.Switches], outputs[m.Numbers+m.Switches : m.Plain()]
}

// LogProbability implements Head.
func (m Mixed) LogProbability(outputs, action, gradient []float32) float64 {
	check(m, outputs, action, gradient)
	sum := 0.0
	for i := range m.Numbers {
		p, mean, deviation := gaussian(outputs[i], outputs[m.Plain()+i], action[i])
		sum += p
		if gradient != nil {
			gradient[i], gradient[m.Plain()+i] = float32(mean), float32(deviation)
		}
	}
	switches, choices := m.parts(outputs)
	switchGradient, choiceGradient := m.parts(gradient)
	sum += Bernoulli{m.Switches}.LogProbability(switches, action[m.Numbers:m.Numbers+m.Switches], switchGradient)
	if m.Choices > 0 {
		sum += Softmax{m.Choices}.LogProbability(choices, action[m.Numbers+m.Switches:], choiceGradient)
	}
	return sum
}

// Entropy implements Head.
func (m Mixed) Entropy(outputs, gradient []float32) float64 {
	check(m, outputs, nil, gradient)
	sum := 0.0
	for i := range m.Numbers {
		sum += float64(outputs[m.Plain()+i]) + (halfLogTau + 0.5)
		if gradient != nil {
			gradient[i], gradient[m.Plain()+i] = 0, 1
		}
	}
	switches, choices := m.parts(outputs)
	switchGradient, choiceGradient := m.parts(gradient)
	sum += Bernoulli{m.Switches}.Entropy(switches, switchGradient)
	if m.Choices > 0 {
		sum += Softmax{m.Choices}.Entropy(choices, choiceGradient)
	}
	return sum
}

// Sample implements Head.
func (m Mixed) Sample(random *rand.Rand, outputs, action []float32) {
	check(m, outputs, action, nil)
	for i := range m.Numbers {
		deviation := kernel.Exp(float64(outputs[m.Plain()+i]))
		action[i] = float32(float64(outputs[i]) + float64(deviation*normal(random)))
	}
	switches, choices := m.parts(outputs)
	Bernoulli{m.Switches}.Sample(random, switches, action[m.Numbers:m.Numbers+m.Switches])
	if m.Choices > 0 {
		Softmax{m.Choices}.Sample(random, choices, action[m.Numbers+m.Switches:])
	}
}

// Settle writes Plain outputs of which the action is the most probable one: what a
// network would have to answer to act so without exploring.
func (m Mixed) Settle(action, outputs []float32) {
	copy(outputs[:m.Numbers], action)
	for i, on := range action[m.Numbers : m.Numbers+m.Switches] {
		outputs[m.Numbers+i] = on - (1 - on)
	}
	if m.Choices > 0 {
		choices := outputs[m.Numbers+m.Switches : m.Plain()]
		clear(choices)
		choices[int(action[m.Numbers+m.Switches])] = 1
	}
}
