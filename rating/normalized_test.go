package rating_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// Reference values: the pentanomial cases of the tests of fastchess, file
// app/tests/sprt_test.cpp, which states them with two decimals. Its third
// normalized case, of wins alone, is left out: the value there follows from the
// weight that is given to results that were never seen, which has changed between
// versions of fastchess.
func TestRatiosOfFastchess(t *testing.T) {
	for _, c := range []struct {
		name              string
		counts            rating.Pentanomial
		null, alternative float64
		normalized        bool
		want              float64
	}{
		{"normalized 1", rating.Pentanomial{365, 16618, 36029 + 200, 16974, 390}, 0, 2, true, 2.25},
		{"normalized 2", rating.Pentanomial{127, 4883, 10311 + 401, 5150, 104}, -1.75, 0.25, true, 3.01},
		{"logistic 1", rating.Pentanomial{223, 9863, 20279 + 1000, 10037, 246}, 0.5, 2.5, false, -3.07},
		{"logistic 2", rating.Pentanomial{871, 26175, 55003 + 980, 26678, 821}, 0, 2, false, -4.98},
	} {
		got := rating.LogLikelihoodRatio(c.counts, rating.EloScore(c.null), rating.EloScore(c.alternative))
		if c.normalized {
			got = rating.NormalizedLogLikelihoodRatio(c.counts, c.null, c.alternative)
		}
		near(t, c.name, got, c.want, 0.0051)
	}
}

// For large counts and near hypotheses the ratio is that of two normal
// distributions: with an estimate of 0 and hypotheses that lie t0 and t1
// deviations of a pair from it, n*(t0*t0 - t1*t1)/2 up to terms of fourth order.
func TestNormalizedRatioIsNearlyNormal(t *testing.T) {
	counts := rating.Pentanomial{25000, 100000, 150000, 100000, 25000} // a binomial distribution
	const n = 400000
	unit := math.Sqrt2 * math.Ln10 / 800
	for _, h := range [][2]float64{{0, 2}, {-1, 1}, {-2, 0}, {0.5, 1.5}} {
		t0, t1 := h[0]*unit, h[1]*unit
		want := n * (t0*t0 - t1*t1) / 2
		near(t, "ratio", rating.NormalizedLogLikelihoodRatio(counts, h[0], h[1]), want, 0.01)
	}
}

func TestNormalizedRatioLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var counts, reversed rating.Pentanomial
		for i := range counts {
			counts[i] = rapid.IntRange(0, 400).Draw(t, "count")
			reversed[4-i] = counts[i]
		}
		a := rapid.Float64Range(-rating.MaxNormalizedElo, rating.MaxNormalizedElo).Draw(t, "null")
		b := rapid.Float64Range(-rating.MaxNormalizedElo, rating.MaxNormalizedElo).Draw(t, "alternative")
		c := rapid.Float64Range(-rating.MaxNormalizedElo, rating.MaxNormalizedElo).Draw(t, "third")
		ratio := func(n rating.Pentanomial, null, alternative float64) float64 {
			return rating.NormalizedLogLikelihoodRatio(n, null, alternative)
		}
		tolerance := 1e-6 * float64(1+counts.Pairs())
		if got, want := ratio(reversed, -b, -a), -ratio(counts, a, b); math.Abs(got-want) > tolerance {
			t.Fatalf("%v seen from the other side: %v, want %v", counts, got, want)
		}
		if got, want := ratio(counts, a, c), ratio(counts, a, b)+ratio(counts, b, c); math.Abs(got-want) > tolerance {
			t.Fatalf("%v: the ratio of %v and %v is %v, over %v it is %v", counts, a, c, got, b, want)
		}
		// No hypothesis is more likely than the estimate itself.
		if estimate := counts.NormalizedElo(); counts.Pairs() > 0 && math.Abs(estimate) < rating.MaxNormalizedElo {
			if got := ratio(counts, estimate, a); got > tolerance {
				t.Fatalf("%v: %v is more likely than the estimate %v by %v", counts, a, estimate, got)
			}
		}
	})
}

// The test keeps its errors at both hypotheses, whatever the rate of draws.
func TestNormalizedTestKeepsItsErrors(t *testing.T) {
	const comparisons = 500
	limit := 0.05 + 3*math.Sqrt(0.05*0.95/comparisons)
	params := rating.TestParams{Null: -50, Alternative: 50, Model: rating.Normalized}
	for _, even := range [][5]float64{{.25, 0, .5, 0, .25}, {.05, .1, .7, .1, .05}} {
		for _, side := range []float64{-1, 1} {
			// Some losses become wins, or the reverse, until the normalized Elo is
			// that of the hypothesis; the deviation falls with it.
			distribution := even
			for moved := 0.0; ; moved += 1e-5 {
				distribution[4], distribution[0] = even[4]+side*moved, even[0]-side*moved
				mean, second := 0.0, 0.0
				for i, p := range distribution {
					mean += p * rating.Pair(i).Score()
					second += p * rating.Pair(i).Score() * rating.Pair(i).Score()
				}
				if math.Abs(mean-0.5)/math.Sqrt(second-mean*mean) >= 50*math.Sqrt2*math.Ln10/800 {
					break
				}
				if distribution[0] < 0 || distribution[4] < 0 {
					t.Fatal("the hypothesis is out of reach")
				}
			}
			accepted, rejected, pairs := errorRate(t, params, distribution, comparisons)
			t.Logf("%v: accepted %.4f, rejected %.4f, %.0f pairs", distribution, accepted, rejected, pairs)
			wrong := accepted
			if side > 0 {
				wrong = rejected
			}
			if wrong > limit {
				t.Errorf("%v: %.4f wrong, want at most %.4f", distribution, wrong, limit)
			}
		}
	}
}
