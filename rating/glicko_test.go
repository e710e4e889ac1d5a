package rating_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/rating"
)

// Reference values: M. E. Glickman, "Example of the Glicko-2 system" (2013): a
// win against 1400, losses against 1550 and 1700, with tau 0.5.
func TestGlickmansExample(t *testing.T) {
	player := rating.Glicko{Rating: 1500, Deviation: 200, Volatility: 0.06}
	after, err := player.After([]rating.GlickoGame{
		{Opponent: rating.Glicko{Rating: 1400, Deviation: 30, Volatility: 0.06}, Outcome: rating.Win},
		{Opponent: rating.Glicko{Rating: 1550, Deviation: 100, Volatility: 0.06}, Outcome: rating.Loss},
		{Opponent: rating.Glicko{Rating: 1700, Deviation: 300, Volatility: 0.06}, Outcome: rating.Loss},
	}, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	// The paper carries four decimals through, and prints 1464.06, 151.52 and
	// 0.05999.
	near(t, "rating", after.Rating, 1464.06, 0.02)
	near(t, "deviation", after.Deviation, 151.52, 0.005)
	near(t, "volatility", after.Volatility, 0.05999, 0.00001)
}

// A player without games gets less certain and nothing else (step 6).
func TestGlickoWithoutGames(t *testing.T) {
	after, err := rating.Glicko{Rating: 1600, Deviation: 50, Volatility: 0.06}.After(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "rating", after.Rating, 1600, 0)
	near(t, "deviation", after.Deviation, math.Hypot(50, 173.7178*0.06), 1e-9)
	near(t, "volatility", after.Volatility, 0.06, 0)
}

func glickos(t *rapid.T, name string) rating.Glicko {
	return rating.Glicko{
		Rating:     rapid.Float64Range(0, 3500).Draw(t, name),
		Deviation:  rapid.Float64Range(20, 500).Draw(t, name+" deviation"),
		Volatility: rapid.Float64Range(0.01, 0.2).Draw(t, name+" volatility"),
	}
}

// A win moves a rating up at most as far as a loss moves it down for the player
// as seen in a mirror, and a better outcome never gives a lower rating.
func TestGlickoLaws(t *testing.T) {
	mirror := func(g rating.Glicko) rating.Glicko { g.Rating = 3000 - g.Rating; return g }
	rapid.Check(t, func(t *rapid.T) {
		player, opponent := glickos(t, "player"), glickos(t, "opponent")
		tau := rapid.Float64Range(0.2, 1.2).Draw(t, "tau")
		previous := math.Inf(-1)
		for _, outcome := range []rating.Outcome{rating.Loss, rating.Draw, rating.Win} {
			after, err := player.After([]rating.GlickoGame{{Opponent: opponent, Outcome: outcome}}, tau)
			if err != nil {
				t.Fatal(err)
			}
			mirrored, err := mirror(player).After([]rating.GlickoGame{{Opponent: mirror(opponent), Outcome: outcome.Reversed()}}, tau)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(after.Rating+mirrored.Rating-3000) > 1e-6 || math.Abs(after.Deviation-mirrored.Deviation) > 1e-6 {
				t.Fatalf("%v mirrored is %v", after, mirrored)
			}
			if after.Rating < previous || !(after.Deviation > 0 && after.Volatility > 0) {
				t.Fatalf("%s: %v after %v", outcome, after, previous)
			}
			previous = after.Rating
		}
	})
}

func TestBadGlickos(t *testing.T) {
	good := rating.NewGlicko()
	for _, g := range []rating.Glicko{{}, {Rating: math.NaN(), Deviation: 1, Volatility: 1}, {Deviation: -1, Volatility: 1}} {
		if _, err := g.After(nil, 0); err == nil {
			t.Errorf("%v was taken", g)
		}
		if _, err := good.After([]rating.GlickoGame{{Opponent: g}}, 0); err == nil {
			t.Errorf("the opponent %v was taken", g)
		}
	}
	if _, err := good.After(nil, -1); err == nil {
		t.Error("tau -1 was taken")
	}
}
