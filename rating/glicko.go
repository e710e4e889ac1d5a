package rating

import (
	"fmt"
	"math"
)

// A Glicko is a player's Glicko-2 rating. The zero value is no rating; a player
// who has not played has [NewGlicko].
type Glicko struct {
	Rating     float64 // in points; 400 of them are odds of ten to one
	Deviation  float64 // standard deviation of the rating, in points
	Volatility float64 // how much the strength changes from period to period
}

// NewGlicko is the rating of a player who has not played: 1500 points, a
// deviation of 350, a volatility of 0.06.
func NewGlicko() Glicko { return Glicko{Rating: 1500, Deviation: 350, Volatility: 0.06} }

// Interval is the interval that holds the player's strength with the given
// confidence.
func (g Glicko) Interval(confidence float64) Interval {
	half := float64(normalQuantile(confidence) * g.Deviation)
	return Interval{Low: g.Rating - half, High: g.Rating + half}
}

// A GlickoGame is one game of a rating period.
type GlickoGame struct {
	// Opponent is the opponent's rating before the period.
	Opponent Glicko
	Outcome  Outcome
}

// glickoScale is the number of points in a unit of the scale of Glicko-2.
const glickoScale = 173.7178

// After is the player's rating after a rating period with these games, by M. E.
// Glickman, "Example of the Glicko-2 system" (2013), steps 2 to 8. A player
// without games only gets less certain. Tau limits how fast the volatility
// changes; 0.3 to 1.2 are usual, and 0 stands for 0.5.
//
// All players of a period are rated from the ratings before it, so the order of
// games in it does not matter.
func (g Glicko) After(games []GlickoGame, tau float64) (Glicko, error) {
	if tau == 0 {
		tau = 0.5
	}
	if !(tau > 0) {
		return Glicko{}, fmt.Errorf("glicko: tau must be positive, have %v", tau)
	}
	if err := g.check(); err != nil {
		return Glicko{}, err
	}
	mu, phi := (g.Rating-1500)/glickoScale, g.Deviation/glickoScale
	if len(games) == 0 {
		wider := math.Sqrt(float64(phi*phi) + float64(g.Volatility*g.Volatility))
		return Glicko{Rating: g.Rating, Deviation: float64(glickoScale * wider), Volatility: g.Volatility}, nil
	}
	information, surprise := 0.0, 0.0
	for _, game := range games {
		if err := game.Opponent.check(); err != nil {
			return Glicko{}, err
		}
		weight := glickoWeight(game.Opponent.Deviation / glickoScale)
		expected := logistic(float64(weight * (mu - (game.Opponent.Rating-1500)/glickoScale)))
		information += float64(float64(weight*weight) * float64(expected*(1-expected)))
		surprise += float64(weight * (float64(game.Outcome.Score()) - expected))
	}
	// In games against opponents of a far other strength the information can
	// underflow; such games say nothing.
	variance := 1 / max(information, 1e-12)
	volatility := glickoVolatility(phi, g.Volatility, variance, float64(variance*surprise), tau)
	before := float64(phi*phi) + float64(volatility*volatility)
	after := 1 / math.Sqrt(1/before+1/variance)
	return Glicko{
		Rating:     float64(glickoScale*(mu+float64(float64(after*after)*surprise))) + 1500,
		Deviation:  float64(glickoScale * after),
		Volatility: volatility,
	}, nil
}

func (g Glicko) check() error {
	if !(g.Deviation > 0 && g.Volatility > 0) || math.IsNaN(g.Rating) || math.IsInf(g.Rating, 0) {
		return fmt.Errorf("glicko: want a finite rating, a positive deviation and volatility, have %v, %v and %v",
			g.Rating, g.Deviation, g.Volatility)
	}
	return nil
}

// glickoWeight is the function g of step 3: a game counts for less against an
// opponent whose strength is uncertain.
func glickoWeight(phi float64) float64 {
	return 1 / math.Sqrt(1+float64(float64(3*phi)*phi)/float64(math.Pi*math.Pi))
}

// glickoVolatility is step 5: the volatility after the period, found by the
// Illinois variant of regula falsi to 1e-6 in its logarithm, as published.
func glickoVolatility(phi, sigma, variance, delta, tau float64) float64 {
	a := float64(2 * ln(sigma))
	excess := float64(delta*delta) - float64(phi*phi) - variance
	f := func(x float64) float64 {
		e := exp(x)
		d := float64(phi*phi) + variance + e
		return float64(e*(excess-e))/float64(2*float64(d*d)) - (x-a)/float64(tau*tau)
	}
	low, high := a, 0.0
	if excess > 0 {
		high = ln(excess)
	} else {
		high = a - tau
		for f(high) < 0 {
			high -= tau
		}
	}
	fLow, fHigh := f(low), f(high)
	for range 200 {
		if math.Abs(high-low) <= 1e-6 {
			break
		}
		middle := low + float64((low-high)*fLow)/(fHigh-fLow)
		fMiddle := f(middle)
		if float64(fMiddle*fHigh) <= 0 {
			low, fLow = high, fHigh
		} else {
			fLow /= 2
		}
		high, fHigh = middle, fMiddle
	}
	return exp(low / 2)
}
