package rating

import (
	"fmt"
	"math"
)

// An Interval is a confidence interval, both ends included.
type Interval struct {
	Low  float64 `json:"ci_low"`
	High float64 `json:"ci_high"`
}

// Contains reports whether x lies in the interval.
func (i Interval) Contains(x float64) bool { return i.Low <= x && x <= i.High }

// String is the interval in brackets with three decimals.
func (i Interval) String() string { return fmt.Sprintf("[%.3f, %.3f]", i.Low, i.High) }

// Wilson is the score interval for a proportion of successes in n trials
// (E. B. Wilson, "Probable inference, the law of succession, and statistical
// inference", JASA 22, 1927). Successes may be halves, for draws. With no
// trials it is [0, 1]. Confidence lies between 0 and 1, for instance 0.95.
func Wilson(successes float64, n int, confidence float64) Interval {
	if n <= 0 {
		return Interval{0, 1}
	}
	z := normalQuantile(confidence)
	trials := float64(n)
	p := successes / trials
	zz := float64(z * z)
	centre := (p + zz/(2*trials)) / (1 + zz/trials)
	half := float64(z / (1 + zz/trials) * math.Sqrt(float64(p*(1-p))/trials+zz/(4*trials*trials)))
	return Interval{Low: clampUnit(centre - half), High: clampUnit(centre + half)}
}

// normalQuantile is the z for which a standard normal variable lies in [-z, z]
// with the given probability.
func normalQuantile(confidence float64) float64 {
	if !(confidence > 0 && confidence < 1) {
		panic(fmt.Sprintf("rating: bug: confidence %v is not between 0 and 1", confidence))
	}
	return math.Sqrt2 * math.Erfinv(confidence)
}

func clampUnit(x float64) float64 { return min(1, max(0, x)) }
