package rating_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// Two players: wins, draws and losses are fitted exactly, so that strengths and
// the parameter for draws are their ratios, and the variances are those of the
// logarithms of ratios of multinomial counts.
func TestDavidsonOfTwoPlayers(t *testing.T) {
	payoff := rating.NewPayoff(2)
	payoff.AddRecord(0, 1, rating.Record{Wins: 60, Draws: 25, Losses: 15})
	ratings, err := rating.Davidson(payoff, rating.DavidsonParams{})
	if err != nil {
		t.Fatal(err)
	}
	const point = math.Ln10 / 400
	difference, interval := ratings.Difference(0, 1)
	near(t, "difference", difference, math.Log(60./15)/point, 1e-6)
	near(t, "its error", interval.High-difference, 1.959963984540054*math.Sqrt(1./60+1./15)/point, 1e-6)
	near(t, "draws", ratings.Draws, 25/math.Sqrt(60*15), 1e-9)
	// ln(draws) = ln D - (ln W + ln L)/2.
	deviation := math.Sqrt(1./25 + 1./240 + 1./60)
	near(t, "the error of draws", math.Log(ratings.DrawsInterval.High/ratings.Draws), 1.959963984540054*deviation, 1e-8)
}

// Without draws the model is that of Bradley and Terry.
func TestDavidsonWithoutDrawsIsElo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		payoff := rating.NewPayoff(n)
		for i := range n {
			for j := range i {
				payoff.AddRecord(i, j, rating.Record{Wins: rapid.IntRange(0, 20).Draw(t, "wins"), Losses: rapid.IntRange(0, 20).Draw(t, "losses")})
			}
		}
		davidson, err := rating.Davidson(payoff, rating.DavidsonParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		elo, err := rating.Elo(payoff, rating.EloParams{Prior: 1})
		if err != nil {
			t.Fatal(err)
		}
		// The imaginary player of the prior is at 0, the ratings' mean nearly.
		for i := range n {
			if math.Abs(davidson.Elo[i]-elo.Elo[i]) > 1e-5 || math.Abs(davidson.Intervals[i].High-elo.Intervals[i].High) > 1e-5 {
				t.Fatalf("%v and %v", davidson.Ratings, elo)
			}
		}
		if davidson.Draws != 0 {
			t.Fatalf("draws %v", davidson.Draws)
		}
	})
}

// At the maximum the expected results are the observed ones: each player's wins
// minus losses, and all draws (Davidson 1970, the equations of the likelihood).
func TestDavidsonExpectsWhatWasSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "players")
		payoff := rating.NewPayoff(n)
		for i := range n {
			for j := range i {
				payoff.AddRecord(i, j, rating.Record{Wins: rapid.IntRange(0, 9).Draw(t, "wins"),
					Draws: rapid.IntRange(0, 9).Draw(t, "draws"), Losses: rapid.IntRange(0, 9).Draw(t, "losses")})
			}
		}
		ratings, err := rating.Davidson(payoff, rating.DavidsonParams{})
		var unbounded *rating.UnboundedError
		if errors.As(err, &unbounded) || errors.Is(err, rating.ErrDrawsUnbounded) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		draws, expectedDraws := 0.0, 0.0
		for i := range n {
			lead, expected := 0.0, 0.0
			for j := range n {
				games := payoff.Record(i, j)
				p := math.Pow(10, (ratings.Elo[i]-ratings.Elo[j])/800)
				sum := p + 1/p + ratings.Draws
				lead += float64(games.Wins - games.Losses)
				expected += float64(games.Games()) * (p - 1/p) / sum
				draws += float64(games.Draws)
				expectedDraws += float64(games.Games()) * ratings.Draws / sum
			}
			if math.Abs(lead-expected) > 1e-5 {
				t.Fatalf("player %d leads by %v, expected %v", i, lead, expected)
			}
		}
		if math.Abs(draws-expectedDraws) > 1e-5 {
			t.Fatalf("%v draws, expected %v", draws/2, expectedDraws/2)
		}
	})
}

func TestDavidsonWithoutMaximum(t *testing.T) {
	record := func(wins, draws, losses int) rating.Record {
		return rating.Record{Wins: wins, Draws: draws, Losses: losses}
	}
	swept := rating.NewPayoff(3)
	swept.AddRecord(0, 1, record(5, 0, 0))
	swept.AddRecord(1, 2, record(3, 2, 3))
	var unbounded *rating.UnboundedError
	if _, err := rating.Davidson(swept, rating.DavidsonParams{}); !errors.As(err, &unbounded) {
		t.Errorf("a player without losses: %v", err)
	}
	if _, err := rating.Davidson(swept, rating.DavidsonParams{Prior: 1}); err != nil {
		t.Error(err)
	}
	drawn := rating.NewPayoff(2)
	drawn.AddRecord(0, 1, record(0, 10, 0))
	// Player 0 beats 1, both draw with 2: with ever more draws and distances
	// that grow faster, all results become certain.
	open := rating.NewPayoff(3)
	open.AddRecord(0, 1, record(1, 0, 0))
	open.AddRecord(1, 2, record(0, 1, 0))
	open.AddRecord(2, 0, record(0, 1, 0))
	for _, c := range []struct {
		payoff *rating.Payoff
		prior  float64
	}{{drawn, 0}, {drawn, 1}, {open, 0}} {
		if _, err := rating.Davidson(c.payoff, rating.DavidsonParams{Prior: c.prior}); !errors.Is(err, rating.ErrDrawsUnbounded) {
			t.Errorf("prior %v: error %v", c.prior, err)
		}
	}
	if _, err := rating.Davidson(open, rating.DavidsonParams{Prior: 1}); err != nil {
		t.Error(err)
	}
}

// In 2 000 tournaments of players whose strengths and rate of draws are known,
// the intervals of 95 % hold the truth in 94 to 96 %: of ratings, of
// differences and of the parameter for draws.
func TestDavidsonIntervalsCover(t *testing.T) {
	truth := []float64{-190, -60, 0, 70, 180}
	const (
		tournaments = 2000
		draws       = 0.8
	)
	random := rand.New(rand.NewPCG(20, 7))
	inside, insideDifference, insideDraws := 0, 0, 0
	for range tournaments {
		payoff := rating.NewPayoff(len(truth))
		for i := range truth {
			for j := range i {
				p := math.Pow(10, (truth[i]-truth[j])/800)
				sum := p + 1/p + draws
				for range 60 {
					outcome := rating.Loss
					if u := random.Float64() * sum; u < p {
						outcome = rating.Win
					} else if u < p+draws {
						outcome = rating.Draw
					}
					payoff.Add(i, j, outcome)
				}
			}
		}
		ratings, err := rating.Davidson(payoff, rating.DavidsonParams{})
		if err != nil {
			t.Fatal(err)
		}
		for i, elo := range truth {
			if ratings.Intervals[i].Contains(elo) {
				inside++
			}
		}
		if _, interval := ratings.Difference(4, 0); interval.Contains(truth[4] - truth[0]) {
			insideDifference++
		}
		if ratings.DrawsInterval.Contains(draws) {
			insideDraws++
		}
	}
	for _, c := range []struct {
		what   string
		inside int
		all    int
	}{
		{"ratings", inside, tournaments * len(truth)}, {"a difference", insideDifference, tournaments}, {"draws", insideDraws, tournaments},
	} {
		rate := float64(c.inside) / float64(c.all)
		t.Logf("%s: %.4f", c.what, rate)
		// Two standard errors of the rate of 2 000 tournaments are 0.0097.
		near(t, "coverage of "+c.what, rate, 0.95, 0.01)
	}
}
