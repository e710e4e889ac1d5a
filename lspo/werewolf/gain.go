package werewolf

import (
	"math"

	"dryad/rating"
)

// Gain is a mean, such as that of the differences of two records over the same
// deals, with its interval of 95 %.
type Gain struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci_low"`
	High float64 `json:"ci_high"`
}

// Over compares two cells of one seed and length, as the werewolves see it.
func (c *Cell) Over(reference *Cell) Gain {
	var n rating.Pentanomial
	for i, o := range c.Outcomes {
		n.Add(rating.DifferenceOf(o, reference.Outcomes[i]))
	}
	interval := n.Interval(0.95)
	return Gain{Mean: 2*n.Score() - 1, Low: 2*interval.Low - 1, High: 2*interval.High - 1}
}

// meanOf returns the mean of values with its normal interval.
func meanOf(values []float64) Gain {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	mean := sum / float64(len(values))
	square := 0.0
	for _, x := range values {
		square += float64((x - mean) * (x - mean))
	}
	half := 1.959964 * math.Sqrt(square) / float64(len(values))
	return Gain{Mean: mean, Low: mean - half, High: mean + half}
}
