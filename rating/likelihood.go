package rating

// LogLikelihoodRatio is the generalised log-likelihood ratio of two mean
// scores: the likelihood of the counts under the most likely distribution over
// the five results that has mean alternative, against that with mean null (Van
// den Bergh 2017, equation 2.2). It is 0 if nothing was counted. Both means lie
// strictly between 0 and 1.
//
// A result that was never seen is given a weight of a thousandth of a pair, so
// that every mean stays possible.
func LogLikelihoodRatio(counts Pentanomial, null, alternative float64) float64 {
	if counts.Pairs() == 0 {
		return 0
	}
	var weights [5]float64
	total := 0.0
	for i, count := range counts {
		weights[i] = max(float64(count), 1e-3)
		total += weights[i]
	}
	mean := 0.0
	for i := range weights {
		mean += float64(weights[i] * Pair(i).Score())
	}
	mean /= total
	tiltNull := tilt(weights, mean, null)
	tiltAlternative := tilt(weights, mean, alternative)
	ratio := 0.0
	for i, weight := range weights {
		score := Pair(i).Score()
		under := 1 + float64(tiltNull*(score-null))
		over := 1 + float64(tiltAlternative*(score-alternative))
		ratio += float64(weight * ln(under/over))
	}
	return ratio
}

// tilt finds the t for which the distribution proportional to
// weight/(1 + t(score - target)) has mean target. That distribution is the most
// likely one with that mean (A. Owen, "Empirical likelihood ratio confidence
// intervals for a single functional", Biometrika 75, 1988).
func tilt(weights [5]float64, mean, target float64) float64 {
	// The sum of weight*(score-target)/(1+t(score-target)) falls in t, from
	// +infinity at the lower end of the open interval in which all terms stay
	// positive to -infinity at its upper end, and is 0 once. Newton's steps are
	// kept inside the bracket that the signs so far allow.
	low, high := -1/(1-target), 1/target
	if mean > target {
		low = 0
	} else {
		high = 0
	}
	t := (low + high) / 2
	if low == 0 {
		t = min(t, 1)
	} else {
		t = max(t, -1)
	}
	for range 100 {
		value, slope := 0.0, 0.0
		for i, weight := range weights {
			d := Pair(i).Score() - target
			ratio := d / (1 + float64(t*d))
			value += float64(weight * ratio)
			slope -= float64(weight * float64(ratio*ratio))
		}
		if value > 0 {
			low = t
		} else {
			high = t
		}
		next := t - value/slope
		if !(low < next && next < high) {
			next = (low + high) / 2
		}
		if change := next - t; change < 1e-12 && change > -1e-12 {
			return next
		}
		t = next
	}
	return t
}
