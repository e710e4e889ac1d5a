package rating_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"dryad/rating"

	"pgregory.net/rapid"
)

// errorRate runs comparisons through the production test and returns how often
// each verdict came, and the mean number of pairs.
func errorRate(t *testing.T, params rating.TestParams, distribution [5]float64, comparisons int) (accepted, rejected, pairs float64) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 20))
	for range comparisons {
		test, err := rating.NewTest(params)
		if err != nil {
			t.Fatal(err)
		}
		for index := 0; test.Verdict() == rating.Undecided; index++ {
			if err := test.Add(index, drawPair(random, distribution)); err != nil {
				t.Fatal(err)
			}
		}
		switch test.Verdict() {
		case rating.Accepted:
			accepted++
		case rating.Rejected:
			rejected++
		}
		pairs += float64(test.Used())
	}
	n := float64(comparisons)
	return accepted / n, rejected / n, pairs / n
}

// 10 000 comparisons of equal policies accept no more of them than alpha
// allows, whatever the spread of the pairs: independent games, games without
// draws that the seat does not decide, games that are nearly all drawn.
func TestEqualPoliciesKeepTheErrorRate(t *testing.T) {
	const comparisons = 10000
	params := rating.TestParams{Null: 0.5, Alternative: 0.6, Alpha: 0.05, Beta: 0.05}
	// Three standard errors of a rate of alpha.
	limit := 0.05 + 3*math.Sqrt(0.05*0.95/comparisons)
	for _, c := range []struct {
		name         string
		distribution [5]float64
	}{
		{"independent games without draws", [5]float64{.25, 0, .5, 0, .25}},
		{"the seed decides", [5]float64{.5, 0, 0, 0, .5}},
		{"mostly draws", [5]float64{.02, .1, .76, .1, .02}},
		{"skewed", [5]float64{.3, 0, .2, .4, .1}},
	} {
		accepted, rejected, pairs := errorRate(t, params, c.distribution, comparisons)
		t.Logf("%s: accepted %.4f, rejected %.4f, %.0f pairs", c.name, accepted, rejected, pairs)
		if accepted > limit {
			t.Errorf("%s: %.4f of equal policies accepted, want at most %.4f", c.name, accepted, limit)
		}
	}
}

func TestBetterPoliciesAreAccepted(t *testing.T) {
	params := rating.TestParams{Null: 0.5, Alternative: 0.6}
	// Mean score 0.6, the alternative itself.
	_, rejected, _ := errorRate(t, params, [5]float64{.15, .05, .35, .15, .30}, 4000)
	if limit := 0.05 + 3*math.Sqrt(0.05*0.95/4000); rejected > limit {
		t.Errorf("%.4f of better policies rejected, want at most %.4f", rejected, limit)
	}
}

func TestOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rating.Pair {
			return rating.Pair(rapid.IntRange(0, 4).Draw(t, "pair"))
		}), 1, 150).Draw(t, "pairs")
		order := make([]int, len(pairs))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		params := rating.TestParams{Null: 0.5, Alternative: 0.6, MaxPairs: 100}
		first, _ := rating.NewTest(params)
		second, _ := rating.NewTest(params)
		for index, pair := range pairs {
			if err := first.Add(index, pair); err != nil {
				t.Fatal(err)
			}
			if err := second.Add(order[index], pairs[order[index]]); err != nil {
				t.Fatal(err)
			}
		}
		if first.Verdict() != second.Verdict() || first.Used() != second.Used() ||
			first.Counts() != second.Counts() || first.LLR() != second.LLR() {
			t.Fatalf("in order %v after %d, out of order %v after %d",
				first.Verdict(), first.Used(), second.Verdict(), second.Used())
		}
	})
}

// For games without draws and pairs without structure the generalised ratio is
// the binomial one, which has a closed form.
func TestRatioOfTwoResultsIsBinomial(t *testing.T) {
	got := rating.LogLikelihoodRatio(rating.Pentanomial{40, 0, 0, 0, 60}, 0.5, 0.6)
	want := 60*math.Log(0.6/0.5) + 40*math.Log(0.4/0.5)
	near(t, "log-likelihood ratio", got, want, 0.01)
}

func TestBadTests(t *testing.T) {
	for _, params := range []rating.TestParams{
		{Null: 0.6, Alternative: 0.5}, {Null: 0.5, Alternative: 1}, {Alpha: 0.7}, {Beta: -1}, {MaxPairs: -1},
	} {
		if _, err := rating.NewTest(params); err == nil {
			t.Errorf("%+v was taken", params)
		}
	}
	test, err := rating.NewTest(rating.TestParams{})
	if err != nil {
		t.Fatal(err)
	}
	if err := test.Add(0, 5); err == nil {
		t.Error("pair 5 was taken")
	}
}

func BenchmarkSequentialTest(b *testing.B) {
	b.ReportAllocs()
	counts := rating.Pentanomial{10, 20, 40, 25, 15}
	for b.Loop() {
		rating.LogLikelihoodRatio(counts, 0.5, 0.55)
	}
}
