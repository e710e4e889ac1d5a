package rating

import "math"

// NashAverage rates players by how they do against the best mix of them all
// (D. Balduzzi et al., "Re-evaluating evaluation", NeurIPS 2018). Margins is an
// antisymmetric matrix, for instance [Payoff.Margins]. It returns the
// equilibrium of largest entropy of the game in which both sides name a player,
// and each player's margin against it: 0 for those in it, less for the others.
// Copies of a player share its weight and change no other rating, which a mean
// over opponents does not promise.
//
// Weights are right to about 1e-4 of the spread of the margins.
func NashAverage(margins [][]float64) (weights, ratings []float64) {
	n := len(margins)
	largest := 0.0
	for i := range margins {
		for j := range margins[i] {
			largest = max(largest, math.Abs(margins[i][j]))
		}
	}
	// The fixed point of x = margins*softmax(x)/temperature is the equilibrium
	// of the game with an entropy bonus; as the temperature falls it goes to the
	// equilibrium of largest entropy. The Jacobian of x - margins*softmax(x)/t
	// is the identity plus a matrix with imaginary eigenvalues, so each of
	// Newton's steps is defined.
	x := make([]float64, n)
	if largest > 0 {
		for temperature := largest; temperature > 1e-5*largest; temperature *= 0.8 {
			settle(x, margins, temperature)
		}
	}
	weights = softmax(x)
	ratings = make([]float64, n)
	for i := range margins {
		for j, weight := range weights {
			ratings[i] += float64(margins[i][j] * weight)
		}
	}
	return weights, ratings
}

// settle moves x to the fixed point at one temperature.
func settle(x []float64, margins [][]float64, temperature float64) {
	n := len(x)
	for range 50 {
		p := softmax(x)
		jacobian := make([][]float64, n)
		residual := make([]float64, n)
		for i := range n {
			against := 0.0
			for j := range n {
				against += float64(margins[i][j] * p[j])
			}
			residual[i] = against/temperature - x[i]
			jacobian[i] = make([]float64, n)
			for j := range n {
				jacobian[i][j] = -float64(p[j]*(margins[i][j]-against)) / temperature
			}
			jacobian[i][i]++
		}
		step := solveLinear(jacobian, residual)
		largest := 0.0
		for i := range n {
			largest = max(largest, math.Abs(step[i]))
		}
		scale := 1.0
		if largest > 1 {
			scale = 1 / largest
		}
		for i := range n {
			x[i] += float64(scale * step[i])
		}
		if largest < 1e-10 {
			return
		}
	}
}

func softmax(x []float64) []float64 {
	highest := x[0]
	for _, value := range x {
		highest = max(highest, value)
	}
	p := make([]float64, len(x))
	sum := 0.0
	for i, value := range x {
		p[i] = exp(value - highest)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}
