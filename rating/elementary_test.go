package rating

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
)

func TestElementaryFunctionsAgreeWithMath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-12, 1e12).Draw(t, "x")
		if got, want := ln(x), math.Log(x); math.Abs(got-want) > 4e-16*math.Abs(want)+2e-16 {
			t.Fatalf("ln(%v) = %v, want %v", x, got, want)
		}
		y := rapid.Float64Range(-600, 600).Draw(t, "y")
		if got, want := exp(y), math.Exp(y); math.Abs(got-want) > 1e-14*want {
			t.Fatalf("exp(%v) = %v, want %v", y, got, want)
		}
	})
}

// The tilted distribution has the mean that was asked for.
func TestTiltHasItsMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var weights [5]float64
		total, mean := 0.0, 0.0
		for i := range weights {
			weights[i] = max(1e-3, float64(rapid.IntRange(0, 1000).Draw(t, "count")))
			total += weights[i]
			mean += weights[i] * Pair(i).Score()
		}
		target := rapid.Float64Range(0.05, 0.95).Draw(t, "target")
		tilted := tilt(weights, mean/total, target)
		sum, got := 0.0, 0.0
		for i, weight := range weights {
			p := weight / total / (1 + tilted*(Pair(i).Score()-target))
			if p < 0 {
				t.Fatalf("a negative probability %v", p)
			}
			sum += p
			got += p * Pair(i).Score()
		}
		if math.Abs(sum-1) > 1e-6 || math.Abs(got-target) > 1e-6 {
			t.Fatalf("probabilities sum to %v, mean %v, want %v", sum, got, target)
		}
	})
}
