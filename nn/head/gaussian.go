package head

import (
	"math"
	"math/rand/v2"

	"dryad/nn/kernel"
)

// halfLogTau is the logarithm of the square root of 2*pi.
const halfLogTau = 0.9189385332046727

// Gaussian is a vector of independent normal numbers. The outputs are all means,
// then the natural logarithms of all standard deviations.
type Gaussian struct {
	// Actions is the number of values of an action.
	Actions int
}

// Size implements Head.
func (g Gaussian) Size() (outputs, action int) { return 2 * g.Actions, g.Actions }

// LogProbability implements Head; it is the logarithm of a density.
func (g Gaussian) LogProbability(outputs, action, gradient []float32) float64 {
	check(g, outputs, action, gradient)
	sum := 0.0
	for i, a := range action {
		p, mean, deviation := gaussian(outputs[i], outputs[g.Actions+i], a)
		sum += p
		if gradient != nil {
			gradient[i], gradient[g.Actions+i] = float32(mean), float32(deviation)
		}
	}
	return sum
}

// Entropy implements Head; it is a differential entropy, which may be negative.
func (g Gaussian) Entropy(outputs, gradient []float32) float64 {
	check(g, outputs, nil, gradient)
	sum := 0.0
	for i := range g.Actions {
		sum += float64(outputs[g.Actions+i]) + (halfLogTau + 0.5)
		if gradient != nil {
			gradient[i], gradient[g.Actions+i] = 0, 1
		}
	}
	return sum
}

// Sample implements Head.
func (g Gaussian) Sample(random *rand.Rand, outputs, action []float32) {
	check(g, outputs, action, nil)
	for i := range action {
		deviation := kernel.Exp(float64(outputs[g.Actions+i]))
		action[i] = float32(float64(outputs[i]) + float64(deviation*normal(random)))
	}
}

// gaussian returns the logarithm of the density of a normal number with the mean and
// the logarithm of the deviation, and its derivatives with respect to both.
func gaussian(mean, logarithm, action float32) (logDensity, byMean, byLogarithm float64) {
	inverse := kernel.Exp(-float64(logarithm))
	z := float64((float64(action) - float64(mean)) * inverse)
	square := float64(z * z)
	return -(float64(0.5*square) + float64(logarithm) + halfLogTau), float64(z * inverse), square - 1
}

// normal draws a standard normal number by the polar method (Marsaglia & Bray
// 1964). The method of math/rand uses math.Exp and math.Log, whose last bits differ
// between platforms.
func normal(random *rand.Rand) float64 {
	for {
		u, v := float64(2*float64(random.Float64()))-1, float64(2*float64(random.Float64()))-1
		square := float64(u*u) + float64(v*v)
		if square > 0 && square < 1 {
			return float64(u * math.Sqrt(float64(-2*kernel.Log(square))/square))
		}
	}
}
