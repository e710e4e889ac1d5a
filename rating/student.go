package rating

import "math"

// Student returns the quantile .975 of Student's distribution, for an interval of
// 95 %. Degrees are 1 at least; more than 20 count as 20, which widens the interval
// a little.
func Student(degrees int) float64 {
	table := [...]float64{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860}
	return table[min(degrees, len(table))-1]
}

// MeanInterval returns the mean of independent values and its interval of 95 %. One
// value has the interval of all numbers.
func MeanInterval(values []float64) (mean float64, interval Interval) {
	n := float64(len(values))
	for _, x := range values {
		mean += x / n
	}
	if len(values) < 2 {
		return mean, Interval{math.Inf(-1), math.Inf(1)}
	}
	variance := 0.0
	for _, x := range values {
		variance += float64((x-mean)*(x-mean)) / float64(n*(n-1))
	}
	half := float64(Student(len(values)-1) * math.Sqrt(variance))
	return mean, Interval{mean - half, mean + half}
}
