package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"dryad/nn/head"
)

// TestImitationGradient compares with central differences. With a step of 2^-12,
// exact in float32, these are off by a third derivative times 2^-24/6. Outputs are
// multiples of 1/64 below 1, where the third derivatives of this loss stay below 1,
// so that 1e-6 is an upper bound together with the rounding of the gradient.
func TestImitationGradient(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	loss := imitation{head.Mixed{Numbers: 2, Switches: 1, Choices: 3}}
	for range 20 {
		answer := []float32{0.25, -0.5, 1, 0, 1, 0}
		if random.IntN(2) == 0 {
			answer = []float32{-0.75, 1, -1, 0, 0, 1}
		}
		output, gradient, spare := make([]float32, 6), make([]float32, 6), make([]float32, 6)
		for i := range output {
			output[i] = float32(random.IntN(96)-48) / 64
		}
		loss.Row(output, answer, nil, gradient)
		for i, old := range output {
			const step = 1.0 / 4096
			output[i] = old + step
			up := loss.Row(output, answer, nil, spare)
			output[i] = old - step
			down := loss.Row(output, answer, nil, spare)
			output[i] = old
			if want := (up - down) / (2 * step); math.Abs(want-float64(gradient[i])) > 1e-6 {
				t.Errorf("derivative %d is %v, differences say %v", i, gradient[i], want)
			}
		}
	}
}
