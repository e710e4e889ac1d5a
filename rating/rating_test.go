package rating_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"dryad/rating"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// Reference values: R. G. Newcombe, "Two-sided confidence intervals for the
// single proportion" (Statistics in Medicine 17, 1998), table I, method 3.
func TestWilsonAgainstPublishedValues(t *testing.T) {
	for _, c := range []struct {
		successes float64
		n         int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		got := rating.Wilson(c.successes, c.n, 0.95)
		near(t, "low", got.Low, c.low, 5e-5)
		near(t, "high", got.High, c.high, 5e-5)
	}
	if got := rating.Wilson(0, 0, 0.95); got != (rating.Interval{Low: 0, High: 1}) {
		t.Errorf("no trials: %v", got)
	}
}

// drawPair draws a pair from a distribution over the five results.
func drawPair(random *rand.Rand, distribution [5]float64) rating.Pair {
	u := random.Float64()
	for quarter, p := range distribution {
		if u < p {
			return rating.Pair(quarter)
		}
		u -= p
	}
	return 4
}

func meanOf(distribution [5]float64) (mean float64) {
	for quarter, p := range distribution {
		mean += p * rating.Pair(quarter).Score()
	}
	return mean
}

// The interval of pairs must contain the true mean as often as it says, give
// or take what 4 000 repetitions can show (three standard errors, 1 %), plus
// the 1.5 % that the published interval falls short by at its worst.
func TestPairIntervalCovers(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	for _, distribution := range [][5]float64{
		{.25, 0, .5, 0, .25}, {.5, 0, 0, 0, .5}, {.02, .1, .76, .1, .02}, {.05, .05, .1, .2, .6}, {0, .1, .3, .4, .2},
	} {
		for _, pairs := range []int{20, 100} {
			hits := 0
			for range 4000 {
				var counts rating.Pentanomial
				for range pairs {
					counts.Add(drawPair(random, distribution))
				}
				if counts.Interval(0.95).Contains(meanOf(distribution)) {
					hits++
				}
			}
			if rate := float64(hits) / 4000; rate < 0.925 {
				t.Errorf("%v, %d pairs: the 95%% interval covers in %.3f", distribution, pairs, rate)
			}
		}
	}
}

func TestPairsAreSharperThanGames(t *testing.T) {
	// The seat decides every game: each pair is a win and a loss.
	pairs := rating.Pentanomial{0, 0, 100, 0, 0}
	games := rating.Record{Wins: 100, Losses: 100}
	wide, narrow := games.Interval(0.95), pairs.Interval(0.95)
	if narrow.High-narrow.Low > (wide.High-wide.Low)/4 {
		t.Errorf("pairs %v, games %v", narrow, wide)
	}
}

func TestPairOf(t *testing.T) {
	for _, c := range []struct {
		first, second rating.Outcome
		score         float64
	}{
		{rating.Loss, rating.Loss, 0}, {rating.Draw, rating.Loss, 0.25}, {rating.Win, rating.Loss, 0.5},
		{rating.Draw, rating.Draw, 0.5}, {rating.Win, rating.Draw, 0.75}, {rating.Win, rating.Win, 1},
	} {
		if got := rating.PairOf(c.first, c.second).Score(); got != c.score {
			t.Errorf("%v, %v: score %v, want %v", c.first, c.second, got, c.score)
		}
	}
	if got := rating.DifferenceOf(rating.Win, rating.Loss).Score(); got != 1 {
		t.Errorf("a win where the other lost: %v", got)
	}
	if got := rating.DifferenceOf(rating.Win, rating.Win).Score(); got != 0.5 {
		t.Errorf("a win where the other won: %v", got)
	}
}

func roundRobin(random *rand.Rand, elo []float64, games int) *rating.Payoff {
	payoff := rating.NewPayoff(len(elo))
	for i := range elo {
		for j := range i {
			for range games {
				outcome := rating.Loss
				if random.Float64() < rating.EloScore(elo[i]-elo[j]) {
					outcome = rating.Win
				}
				payoff.Add(i, j, outcome)
			}
		}
	}
	return payoff
}

func TestEloOfTwoPlayersIsTheOdds(t *testing.T) {
	payoff := rating.NewPayoff(2)
	payoff.AddRecord(0, 1, rating.Record{Wins: 60, Draws: 20, Losses: 20})
	ratings, err := rating.Elo(payoff, rating.EloParams{Anchors: []rating.Anchor{{Player: 1, Rating: 1000}}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rating", ratings.Elo[0], 1000+400*math.Log10(0.7/0.3), 1e-6)
	near(t, "anchor", ratings.Elo[1], 1000, 1e-9)
	// Observed information of a logistic model: n p (1-p).
	half := 1.959963984540054 / math.Sqrt(100*0.7*0.3) * 400 / math.Ln10
	near(t, "interval", ratings.Intervals[0].High-ratings.Elo[0], half, 1e-6)
	if got := ratings.Intervals[1]; math.Abs(got.High-got.Low) > 1e-9 {
		t.Errorf("the anchor has an error: %v", got)
	}
}

func TestEloFindsTrueRatings(t *testing.T) {
	truth := []float64{-210, -40, 0, 90, 160}
	random := rand.New(rand.NewPCG(5, 5))
	inside, insideDifference := 0, 0
	for range 200 {
		ratings, err := rating.Elo(roundRobin(random, truth, 100), rating.EloParams{})
		if err != nil {
			t.Fatal(err)
		}
		for i, elo := range truth {
			if ratings.Intervals[i].Contains(elo) {
				inside++
			}
		}
		if _, interval := ratings.Difference(4, 0); interval.Contains(370) {
			insideDifference++
		}
	}
	near(t, "coverage of the ratings", float64(inside)/1000, 0.95, 0.03)
	near(t, "coverage of a difference", float64(insideDifference)/200, 0.95, 0.04)
}

func TestEloWithoutMaximum(t *testing.T) {
	payoff := rating.NewPayoff(3)
	payoff.AddRecord(0, 1, rating.Record{Wins: 5, Losses: 5})
	payoff.AddRecord(2, 0, rating.Record{Wins: 10})
	_, err := rating.Elo(payoff, rating.EloParams{})
	var unbounded *rating.UnboundedError
	if !errors.As(err, &unbounded) || len(unbounded.Players) != 1 || unbounded.Players[0] != 2 {
		t.Fatalf("an undefeated player: %v", err)
	}
	ratings, err := rating.Elo(payoff, rating.EloParams{Prior: 1})
	if err != nil {
		t.Fatal(err)
	}
	if !(ratings.Elo[2] > 200 && ratings.Elo[2] < 2000) {
		t.Errorf("with a prior: %v", ratings.Elo)
	}
}

// With a prior the interval is that of the games and the imaginary one: for two
// equal players n p (1-p) and half of the prior's p (1-p), and each rating is
// half of the difference.
func TestEloIntervalWithPrior(t *testing.T) {
	payoff := rating.NewPayoff(2)
	payoff.AddRecord(0, 1, rating.Record{Wins: 50, Losses: 50})
	ratings, err := rating.Elo(payoff, rating.EloParams{Prior: 1})
	if err != nil {
		t.Fatal(err)
	}
	half := 1.959963984540054 / math.Sqrt(25+0.125) / 2 * 400 / math.Ln10
	near(t, "rating", ratings.Elo[0], 0, 1e-6)
	near(t, "interval", ratings.Intervals[0].High, half, 1e-6)
	_, difference := ratings.Difference(0, 1)
	near(t, "difference", difference.High, 2*half, 1e-6)
}

// Naming the players in another order permutes the ratings and changes
// nothing else.
func TestEloIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		payoff, reversed := rating.NewPayoff(n), rating.NewPayoff(n)
		for i := range n {
			for j := range i {
				games := rating.Record{
					Wins:   rapid.IntRange(0, 20).Draw(t, "wins"),
					Draws:  rapid.IntRange(0, 20).Draw(t, "draws"),
					Losses: rapid.IntRange(0, 20).Draw(t, "losses"),
				}
				payoff.AddRecord(i, j, games)
				reversed.AddRecord(n-1-i, n-1-j, games)
			}
		}
		first, err := rating.Elo(payoff, rating.EloParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		second, err := rating.Elo(reversed, rating.EloParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range n {
			sum += first.Elo[i]
			if math.Abs(first.Elo[i]-second.Elo[n-1-i]) > 1e-5 {
				t.Fatalf("%v and %v", first.Elo, second.Elo)
			}
		}
		if math.Abs(sum) > 1e-5 {
			t.Fatalf("ratings without an anchor sum to %v", sum)
		}
	})
}

func TestNashAverage(t *testing.T) {
	for _, c := range []struct {
		name    string
		margins [][]float64
		weights []float64
	}{
		{"rock, paper, scissors", [][]float64{{0, -.5, .5}, {.5, 0, -.5}, {-.5, .5, 0}}, []float64{1. / 3, 1. / 3, 1. / 3}},
		{"two scissors share", [][]float64{
			{0, -.5, .5, .5}, {.5, 0, -.5, -.5}, {-.5, .5, 0, 0}, {-.5, .5, 0, 0},
		}, []float64{1. / 3, 1. / 3, 1. / 6, 1. / 6}},
		{"a strict order", [][]float64{{0, .1, .2}, {-.1, 0, .1}, {-.2, -.1, 0}}, []float64{1, 0, 0}},
		{"all equal", [][]float64{{0, 0}, {0, 0}}, []float64{.5, .5}},
		{"uneven cycle", [][]float64{{0, -.1, .3}, {.1, 0, -.2}, {-.3, .2, 0}}, []float64{2. / 6, 3. / 6, 1. / 6}},
	} {
		weights, ratings := rating.NashAverage(c.margins)
		for i := range weights {
			near(t, c.name, weights[i], c.weights[i], 1e-4)
			if ratings[i] > 1e-4 {
				t.Errorf("%s: player %d beats the equilibrium by %v", c.name, i, ratings[i])
			}
		}
	}
}

// No player does better than even against the equilibrium, and those in it do
// no worse: the definition, on random matrices.
func TestNashAverageIsAnEquilibrium(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 2))
	for range 30 {
		n := 2 + random.IntN(10)
		margins := make([][]float64, n)
		for i := range margins {
			margins[i] = make([]float64, n)
			for j := range i {
				margins[i][j] = random.Float64() - 0.5
				margins[j][i] = -margins[i][j]
			}
		}
		weights, ratings := rating.NashAverage(margins)
		for i := range n {
			if ratings[i] > 1e-3 || weights[i]*ratings[i] < -1e-3 {
				t.Errorf("player %d of %d: weight %v, margin %v", i, n, weights[i], ratings[i])
			}
		}
	}
}
