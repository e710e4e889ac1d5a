package ppo

import (
	"math/rand/v2"

	"dryad/nn"
	"dryad/nn/head"
)

// Steps are the answers of one agent in order.
type Steps struct {
	inputs, actions []float32
	chances         []float64 // logarithms of the answers' probabilities
	values, rewards []float64
	fresh, died     []bool
	entropy         float64 // sum
}

// Explorer draws an agent's answers and notes them. It is used by one goroutine.
type Explorer struct {
	head      head.Mixed
	net       *nn.Network
	workspace *nn.Workspace
	random    *rand.Rand
	action    []float32
	Steps
}

// NewExplorer makes an explorer with a network that Widen made, which it does not
// change.
func NewExplorer(net *nn.Network, h head.Mixed, random *rand.Rand) *Explorer {
	_, action := h.Size()
	return &Explorer{head: h, net: net, workspace: nn.NewWorkspace(net, 1), random: random, action: make([]float32, action)}
}

// Act draws an action for an input; the action is valid until the next call. Fresh
// says that the step before does not lead to this one.
func (e *Explorer) Act(input []float32, fresh bool) (action []float32) {
	outputs, _ := e.head.Size()
	out := e.net.Forward(e.workspace, input, 1)
	answer := bound(e.head, out[:outputs])
	e.head.Sample(e.random, answer, e.action)
	e.inputs, e.actions = append(e.inputs, input...), append(e.actions, e.action...)
	e.chances = append(e.chances, e.head.LogProbability(answer, e.action, nil))
	e.entropy += e.head.Entropy(answer, nil)
	e.values = append(e.values, float64(out[outputs]))
	e.fresh = append(e.fresh, fresh)
	return e.action
}

// Earn says what the last action was worth, and whether nothing can come after it.
// It is called once after each Act.
func (e *Explorer) Earn(reward float64, died bool) {
	e.rewards, e.died = append(e.rewards, reward), append(e.died, died)
}

// Earned returns the sum of the rewards and their number.
func (s *Steps) Earned() (sum float64, n int) {
	for _, r := range s.rewards {
		sum += r
	}
	return sum, len(s.rewards)
}

// advantages returns the generalised advantage estimates of the steps and what the
// values should have been. A death ends what is to come; where the tree called
// another task, the last value stands for what would have come.
func (s *Steps) advantages(discount, trace float64) (advantages, returns []float64) {
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
