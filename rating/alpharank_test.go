package rating_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// Rock, paper and scissors, even and biased: the paper's examples. In the even
// one all have the same weight at every intensity; in the biased one they do
// when the intensity is high, as every step of the cycle is then certain.
func TestAlphaRankOfCycles(t *testing.T) {
	even := [][]float64{{0, -1, 1}, {1, 0, -1}, {-1, 1, 0}}
	biased := [][]float64{{0, -0.5, 1}, {0.5, 0, -0.1}, {-1, 0.1, 0}}
	for _, c := range []struct {
		margins [][]float64
		alpha   float64
	}{{even, 0.01}, {even, 1}, {even, 1e6}, {biased, 1e4}} {
		weights, err := rating.AlphaRank(c.margins, rating.AlphaRankParams{Alpha: c.alpha})
		if err != nil {
			t.Fatal(err)
		}
		for _, weight := range weights {
			near(t, "weight", weight, 1./3, 1e-12)
		}
	}
}

// Two players: the weights are as the fixation probabilities, whose ratio is
// e^((m-1)x) for the advantage x (Omidshafiei et al. 2019; Moran process).
func TestAlphaRankOfTwoPlayers(t *testing.T) {
	for _, margin := range []float64{0, 1e-9, 0.001, 0.02, 0.1} {
		weights, err := rating.AlphaRank([][]float64{{0, margin}, {-margin, 0}}, rating.AlphaRankParams{Alpha: 1, Population: 20})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "odds", weights[0]/weights[1], math.Exp(19*2*margin), 1e-9)
	}
}

// The weights solve the balance of flows at an intensity at which the rates can
// be written down, and are a distribution at every one.
func TestAlphaRankIsStationary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 7).Draw(t, "players")
		margins := make([][]float64, n)
		for i := range margins {
			margins[i] = make([]float64, n)
			for j := range i {
				margins[i][j] = float64(rapid.IntRange(-10, 10).Draw(t, "margin")) / 20
				margins[j][i] = -margins[i][j]
			}
		}
		const m = 10
		alpha := rapid.Float64Range(0.01, 3).Draw(t, "alpha")
		weights, err := rating.AlphaRank(margins, rating.AlphaRankParams{Alpha: alpha, Population: m})
		if err != nil {
			t.Fatal(err)
		}
		rate := func(from, to int) float64 {
			x := alpha * 2 * margins[to][from]
			if x == 0 {
				return 1. / m
			}
			return math.Expm1(-x) / math.Expm1(-m*x)
		}
		for i := range n {
			in, out := 0.0, 0.0
			for j := range n {
				if i != j {
					in += weights[j] * rate(j, i)
					out += weights[i] * rate(i, j)
				}
			}
			if math.Abs(in-out) > 1e-10 {
				t.Fatalf("player %d: %v flows in and %v out", i, in, out)
			}
		}
		strong, err := rating.AlphaRank(margins, rating.AlphaRankParams{Alpha: 1e5})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, weight := range strong {
			sum += weight
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("weights %v sum to %v", strong, sum)
		}
	})
}

func TestAlphaRankOfAnOrderIsItsBest(t *testing.T) {
	weights, err := rating.AlphaRank([][]float64{{0, .1, .2}, {-.1, 0, .1}, {-.2, -.1, 0}}, rating.AlphaRankParams{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the best", weights[0], 1, 1e-9)
	for _, params := range []rating.AlphaRankParams{{Alpha: -1}, {Alpha: math.Inf(1)}, {Alpha: math.NaN()}, {Population: 1}} {
		if _, err := rating.AlphaRank([][]float64{{0}}, params); err == nil {
			t.Errorf("%+v was taken", params)
		}
	}
}
