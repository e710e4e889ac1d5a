package rating

import "math"

// ln is the natural logarithm of a positive finite x. It uses the series of the
// inverse hyperbolic tangent and rounds every product, so that unlike math.Log
// it has one result on all platforms. Its error is below 3 units in the last
// place, or 1e-16 absolutely near x = 1.
func ln(x float64) float64 {
	const ln2High, ln2Low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	mantissa, exponent := math.Frexp(x)
	if mantissa < math.Sqrt2/2 {
		mantissa *= 2
		exponent--
	}
	s := (mantissa - 1) / (mantissa + 1)
	square := float64(s * s)
	series := 0.0
	for k := 25; k >= 3; k -= 2 {
		series = float64((series + 1/float64(k)) * square)
	}
	e := float64(exponent)
	return float64(e*ln2High) + (float64(2*s) + (float64(float64(2*s)*series) + float64(e*ln2Low)))
}

// exp is e to the power of x, with one result on all platforms. It is 0 below
// -700 and e^700 above 700.
func exp(x float64) float64 {
	const ln2High, ln2Low = 6.93147180369123816490e-01, 1.90821492927058770002e-10
	if x < -700 {
		return 0
	}
	x = min(x, 700)
	k := math.Floor(x/math.Ln2 + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)
	sum := 1.0
	for n := 14; n >= 1; n-- {
		sum = 1 + float64(r*sum)/float64(n)
	}
	return math.Ldexp(sum, int(k))
}
