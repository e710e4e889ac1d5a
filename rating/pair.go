package rating

import (
	"fmt"
	"math"
)

// A Pair is the result of two games that share a seed, in quarters of a point:
// 0 for two losses, 2 for a win and a loss or two draws, 4 for two wins.
//
// Two games of one seed with the seats swapped share whatever the seed made
// easy or hard; as a pair they are one observation, and pairs of different
// seeds are independent. That is why tests and intervals here are over pairs
// and not over games.
type Pair int8

// PairOf is the pair of two games of one seed, both seen from the same player.
func PairOf(first, second Outcome) Pair { return Pair(first + second) }

// DifferenceOf is the pair that compares two players who have each played the
// same seed against the same third one: it is above the middle when candidate
// did better than reference.
func DifferenceOf(candidate, reference Outcome) Pair {
	return PairOf(candidate, reference.Reversed())
}

// Score is the mean score of the two games, 0 to 1.
func (p Pair) Score() float64 { return float64(float64(p) / 4) }

// A Pentanomial counts pairs by their result.
type Pentanomial [5]int

// Add counts one pair.
func (n *Pentanomial) Add(p Pair) { n[p]++ }

// Pairs is the number of pairs counted.
func (n Pentanomial) Pairs() int {
	total := 0
	for _, count := range n {
		total += count
	}
	return total
}

// Score is the mean score; 1/2 if no pair was counted.
func (n Pentanomial) Score() float64 {
	if n.Pairs() == 0 {
		return 0.5
	}
	points := 0
	for quarter, count := range n {
		points += quarter * count
	}
	return float64(points) / float64(4*n.Pairs())
}

// Interval is a confidence interval of the mean score that uses the variance
// between pairs. It is the normal interval after z²/2 pairs were added, half of
// them lost and half of them won: the centre of A. Agresti and B. A. Coull,
// "Approximate is better than 'exact' for interval estimation of binomial
// proportions" (The American Statistician 52, 1998), carried over to five
// outcomes, so that an unbroken row of equal results does not shrink it to a
// point. With no pairs it is [0, 1].
func (n Pentanomial) Interval(confidence float64) Interval {
	return Multinomial(n[:]).Interval(confidence)
}

// String is the five counts from two losses to two wins.
func (n Pentanomial) String() string {
	return fmt.Sprintf("%d-%d-%d-%d-%d", n[0], n[1], n[2], n[3], n[4])
}

// A Multinomial counts groups of games by their points, from none to all in equal
// steps: with five of them it is a [Pentanomial].
type Multinomial []int

// Groups is the number of groups counted.
func (n Multinomial) Groups() int {
	total := 0
	for _, count := range n {
		total += count
	}
	return total
}

// Score is the mean score; 1/2 if no group was counted.
func (n Multinomial) Score() float64 {
	groups := n.Groups()
	if groups == 0 {
		return 0.5
	}
	points := 0
	for step, count := range n {
		points += step * count
	}
	return float64(points) / float64((len(n)-1)*groups)
}

// Interval is [Pentanomial.Interval] for these groups.
func (n Multinomial) Interval(confidence float64) Interval {
	if n.Groups() == 0 {
		return Interval{0, 1}
	}
	z := normalQuantile(confidence)
	last := len(n) - 1
	weights := make([]float64, len(n))
	for step, count := range n {
		weights[step] = float64(count)
	}
	prior := float64(float64(z*z) / 4)
	weights[0] += prior
	weights[last] += prior
	score := func(step int) float64 { return float64(step) / float64(last) }
	total, mean := 0.0, 0.0
	for step, weight := range weights {
		total += weight
		mean += float64(weight * score(step))
	}
	mean /= total
	variance := 0.0
	for step, weight := range weights {
		deviation := score(step) - mean
		variance += float64(weight * float64(deviation*deviation))
	}
	variance /= total
	half := float64(z * math.Sqrt(variance/total))
	return Interval{Low: clampUnit(mean - half), High: clampUnit(mean + half)}
}
