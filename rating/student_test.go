package rating_test

import (
	"math"
	"testing"

	"dryad/rating"
)

// TestMeanInterval: the interval of a mean of five values, by hand: the deviation of
// 1 to 5 is the root of 2.5, and the quantile for four degrees of freedom 2.7764.
func TestMeanInterval(t *testing.T) {
	mean, interval := rating.MeanInterval([]float64{1, 2, 3, 4, 5})
	half := 2.7764 * math.Sqrt(2.5/5)
	if math.Abs(mean-3) > 1e-12 || math.Abs(interval.Low-3+half) > 1e-9 || math.Abs(interval.High-3-half) > 1e-9 {
		t.Errorf("mean %v, interval %v", mean, interval)
	}
	if _, one := rating.MeanInterval([]float64{7}); !math.IsInf(one.High, 1) {
		t.Errorf("interval of one value %v", one)
	}
}
