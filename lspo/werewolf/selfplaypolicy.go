package werewolf

import (
	"context"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/rules"
)

// SelfPlayPolicy is the agent that plays before anything is solved: it says one
// of its speaker's candidates at random. It draws targets by an exact belief over
// roles; a speaker who is an Actor chooses them itself.
type SelfPlayPolicy struct {
	Speaker Speaker
	// Candidates is the number of candidates of a speech; 3 by default.
	Candidates int
	// Observe, unless nil, is told of the candidates of each speech and which one
	// was taken.
	Observe func(v *rules.View, candidates []Candidate, taken int)
}

var _ werewolf.Predictor = (*SelfPlayPolicy)(nil)

// sharpness is how much more often a seat of twice the odds is chosen.
const sharpness = 3

// Decide implements werewolf.Agent.
func (a *SelfPlayPolicy) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Speak {
		n := a.Candidates
		if n == 0 {
			n = 3
		}
		candidates, err := a.Speaker.Candidates(ctx, v, n, draw)
		if err != nil || len(candidates) == 0 {
			return rules.Pass(), err
		}
		taken := draw.IntN(len(candidates))
		if a.Observe != nil {
			a.Observe(v, candidates, taken)
		}
		return rules.Say(candidates[taken].Text), nil
	}
	if actor, ok := a.Speaker.(Actor); ok {
		return actor.Choose(ctx, v, draw)
	}
	return point(v, draw), nil
}

// point chooses a target by belief.
func point(v *rules.View, draw *rand.Rand) rules.Decision {
	targets := v.Legal.List()
	if len(targets) == 0 {
		return rules.Pass()
	}
	b := belief.Of(v, belief.DefaultModel())
	weights := make([]float64, len(targets))
	for i, t := range targets {
		weights[i] = raised(want(v, b, t))
	}
	return rules.Point(targets[pick(weights, draw)])
}

// want returns how much a seat would choose a target.
func want(v *rules.View, b *belief.Belief, t games.Seat) float64 {
	const floor = 0.02
	switch {
	case v.Act == rules.Kill && v.Proposal() == t:
		return 1
	case v.Act == rules.Kill:
		return floor + b.Role(t, rules.Seer) + b.Role(t, rules.Doctor)
	case v.Act == rules.Protect && t == v.Seat:
		return 0.5
	case v.Act == rules.Protect:
		return floor + b.Role(t, rules.Seer)
	case v.Act == rules.Ballot && v.Role == rules.Werewolf && v.Mates.Has(t):
		return floor
	case v.Act == rules.Ballot && v.Role == rules.Werewolf:
		return 0.3
	case v.Act == rules.Inspect && (b.Wolf(t) <= 0 || b.Wolf(t) >= 1):
		return floor // known already
	}
	return floor + b.Wolf(t)
}

func raised(x float64) float64 {
	y := 1.0
	for range sharpness {
		y = float64(y * x)
	}
	return y
}

// Predict implements werewolf.Predictor.
func (a *SelfPlayPolicy) Predict(_ context.Context, v *rules.View) []rules.Role {
	return predict(v, belief.DefaultModel())
}

// predict returns the most likely role of each seat.
func predict(v *rules.View, m belief.Model) []rules.Role {
	b := belief.Of(v, m)
	roles := make([]rules.Role, v.Set.Players)
	for seat := range roles {
		roles[seat] = b.Likely(games.Seat(seat))
	}
	return roles
}
