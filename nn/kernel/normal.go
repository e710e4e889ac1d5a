package kernel

const (
	inverseRootTau = 0.3989422804014327 // 1/sqrt(2*pi)
	// seriesEnd is where NormalCDF changes from its series to its fraction.
	seriesEnd = 3
	// seriesTerms leaves out less than 9^30/61!! < 1e-12 of the series, and
	// fractionTerms brings the fraction at least as close.
	seriesTerms   = 30
	fractionTerms = 60
)

// NormalDensity is the density of the standard normal distribution.
func NormalDensity(x float64) float64 {
	return float64(inverseRootTau * Exp(float64(-0.5*float64(x*x))))
}

// NormalCDF is the probability that a standard normal number is below x. It keeps
// NaN.
func NormalCDF(x float64) float64 {
	switch {
	case x > seriesEnd:
		return 1 - normalTail(x)
	case x < -seriesEnd:
		return normalTail(-x)
	}
	// 1/2 + density*x*(1 + x²/3*(1 + x²/5*(1 + ...))): no term cancels another.
	square := float64(x * x)
	sum := 1.0
	for k := 2*seriesTerms + 1; k >= 3; k -= 2 {
		sum = 1 + float64(square/float64(k)*sum)
	}
	return 0.5 + float64(float64(NormalDensity(x)*x)*sum)
}

// normalTail is the probability above x > seriesEnd, by the continued fraction
// density/(x + 1/(x + 2/(x + 3/(x + ...)))).
func normalTail(x float64) float64 {
	below := x
	for k := fractionTerms; k >= 1; k-- {
		below = x + float64(k)/below
	}
	return NormalDensity(x) / below
}

// geluEnd is where the probability of GELU is below the smallest float32.
const geluEnd = -40

// GELU is x*NormalCDF(x).
func GELU(x float32) float32 {
	if x < geluEnd {
		return 0
	}
	return float32(float64(x) * NormalCDF(float64(x)))
}

// GELUSlope is the derivative of GELU.
func GELUSlope(x float32) float32 {
	switch {
	case x < geluEnd:
		return 0
	case x > -geluEnd:
		return 1
	}
	v := float64(x)
	return float32(NormalCDF(v) + float64(v*NormalDensity(v)))
}
