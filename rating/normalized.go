package rating

import "math"

// MaxNormalizedElo is the largest hypothesis of a test under [Normalized], in
// points. There the mean score of a pair lies 0.41 deviations from one half;
// far beyond, distributions over five results cannot follow.
const MaxNormalizedElo = 100

// NormalizedElo is the estimate of the normalized Elo from pairs: the mean score
// above one half, in units of a game's deviation and of 800/ln(10) points (M.
// Van den Bergh, "Comments on normalized Elo", 2020). A game's variance is taken
// as twice that of a pair's mean score. Results that were not seen weigh as in
// [LogLikelihoodRatio].
func (n Pentanomial) NormalizedElo() float64 {
	weights, total := regularised(n)
	mean, deviation := moments(weights, total)
	return (mean - 0.5) / deviation / normalizedToPair
}

// normalizedToPair is one point of normalized Elo in deviations of a pair's mean
// score: sqrt(2)*ln(10)/800.
const normalizedToPair = float64(math.Sqrt2 * eloToNatural / 2)

// NormalizedLogLikelihoodRatio is the generalised log-likelihood ratio of two
// hypotheses in points of normalized Elo: the likelihood of the counts under the
// most likely distribution over the five results whose normalized Elo is
// alternative, against that whose is null (Van den Bergh, "Comments on
// normalized Elo", section 4.1). It is 0 if nothing was counted. Both lie within
// [MaxNormalizedElo].
//
// A result that was never seen is given a weight of a thousandth of a pair, as
// in [LogLikelihoodRatio].
func NormalizedLogLikelihoodRatio(counts Pentanomial, null, alternative float64) float64 {
	if counts.Pairs() == 0 {
		return 0
	}
	weights, total := regularised(counts)
	under := mostLikely(weights, total, float64(null*normalizedToPair))
	over := mostLikely(weights, total, float64(alternative*normalizedToPair))
	ratio := 0.0
	for i, weight := range weights {
		ratio += float64(weight * ln(over[i]/under[i]))
	}
	return ratio
}

// regularised are the counts with a thousandth of a pair for what was not seen.
func regularised(counts Pentanomial) (weights [5]float64, total float64) {
	for i, count := range counts {
		weights[i] = max(float64(count), 1e-3)
		total += weights[i]
	}
	return weights, total
}

// moments are the mean and the deviation of the scores under these weights.
func moments(weights [5]float64, total float64) (mean, deviation float64) {
	for i, weight := range weights {
		mean += float64(weight / total * Pair(i).Score())
	}
	variance := 0.0
	for i, weight := range weights {
		d := Pair(i).Score() - mean
		variance += float64(weight / total * float64(d*d))
	}
	return mean, math.Sqrt(variance)
}

// mostLikely is the most likely distribution whose mean lies target deviations
// above one half. With m and s the mean and deviation of a distribution p, the
// constraint m - 1/2 - target*s = 0 has at each result the derivative
//
//	phi = score - 1/2 - target*s/2*(1 + ((score-m)/s)^2)
//
// up to a constant that makes its mean under p the value of the constraint, and
// the distribution is proportional to weight/(1 + theta*phi) with the theta at
// which phi has mean 0 under it (equation 4.9). As phi depends on p, the two are
// iterated to their fixed point, from equal probabilities.
func mostLikely(weights [5]float64, total, target float64) [5]float64 {
	p := [5]float64{0.2, 0.2, 0.2, 0.2, 0.2}
	for range 1000 {
		mean, deviation := moments(p, 1)
		var phi [5]float64
		for i := range phi {
			score := Pair(i).Score()
			z := (score - mean) / deviation
			phi[i] = score - 0.5 - float64(float64(target*deviation)/2*(1+float64(z*z)))
		}
		theta := solveTheta(weights, phi)
		change := 0.0
		for i, weight := range weights {
			next := weight / total / (1 + float64(theta*phi[i]))
			change = max(change, math.Abs(next-p[i]))
			p[i] = next
		}
		if change < 1e-12 {
			break
		}
	}
	return p
}

// solveTheta finds the theta for which the sum of weight*phi/(1 + theta*phi) is
// 0. The sum falls in theta, without bound at both ends of the interval in which
// all terms are positive. Newton's steps are kept inside the bracket that the
// signs so far allow.
func solveTheta(weights, phi [5]float64) float64 {
	low, high := math.Inf(-1), math.Inf(1)
	for _, value := range phi {
		if value > 0 {
			low = max(low, -1/value)
		} else if value < 0 {
			high = min(high, -1/value)
		}
	}
	theta := 0.0
	for range 200 {
		value, slope := 0.0, 0.0
		for i, weight := range weights {
			ratio := phi[i] / (1 + float64(theta*phi[i]))
			value += float64(weight * ratio)
			slope -= float64(weight * float64(ratio*ratio))
		}
		if value > 0 {
			low = theta
		} else {
			high = theta
		}
		next := theta - value/slope
		if !(low < next && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-theta) <= 1e-14*max(1, math.Abs(theta)) {
			return next
		}
		theta = next
	}
	return theta
}
