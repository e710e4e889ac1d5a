package head

import (
	"fmt"
	"math/rand/v2"
)

// Head is a family of distributions over actions. A row of outputs of a network
// selects one of them.
type Head interface {
	// Size returns how many outputs of a network the head reads and how many
	// values an action has.
	Size() (outputs, action int)
	// LogProbability returns the natural logarithm of the probability, or of the
	// density, of an action. Unless gradient is nil it is set to the derivative
	// with respect to each output.
	LogProbability(outputs, action, gradient []float32) float64
	// Entropy returns the entropy in nats. Unless gradient is nil it is set to
	// the derivative with respect to each output.
	Entropy(outputs, gradient []float32) float64
	// Sample draws an action and writes it to action.
	Sample(random *rand.Rand, outputs, action []float32)
}

var (
	_ Head = Softmax{}
	_ Head = Gaussian{}
	_ Head = Bernoulli{}
)

// check panics unless the slices have the sizes of a head; a nil gradient is
// allowed.
func check(h Head, outputs, action, gradient []float32) {
	wantOutputs, wantAction := h.Size()
	switch {
	case len(outputs) != wantOutputs:
		panic(fmt.Sprintf("head: %d outputs, want %d", len(outputs), wantOutputs))
	case action != nil && len(action) != wantAction:
		panic(fmt.Sprintf("head: an action of %d values, want %d", len(action), wantAction))
	case gradient != nil && len(gradient) != wantOutputs:
		panic(fmt.Sprintf("head: a gradient of %d values, want %d", len(gradient), wantOutputs))
	}
}
