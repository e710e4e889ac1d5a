package werewolf

import "math/rand/v2"

// pick draws an index by probabilities, which need not sum to 1.
func pick(probabilities []float64, draw *rand.Rand) int {
	sum := 0.0
	for _, p := range probabilities {
		sum += p
	}
	u := draw.Float64() * sum
	last := 0
	for i, p := range probabilities {
		if p <= 0 {
			continue
		}
		last = i
		if u -= p; u < 0 {
			break
		}
	}
	return last
}
