package agents

import (
	"context"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// Random decides blindly: any legal target, now and then an abstention, any
// sentence.
type Random struct{}

var _ werewolf.Predictor = Random{}

// Decide draws a decision.
func (Random) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	switch v.Act {
	case rules.Offer:
		return rules.Bid(draw.IntN(rules.MaxBid + 1)), nil
	case rules.Speak:
		return rules.Say(babble(v, draw)), nil
	case rules.Ballot:
		if n := draw.IntN(v.Legal.Len() + 1); n < v.Legal.Len() {
			return rules.Point(v.Legal.Nth(n)), nil
		}
		return rules.Pass(), nil
	}
	return rules.Point(some(v.Legal, draw)), nil
}

// Predict says what is known for certain, and of everybody else the role that most
// players have: the guess of one who listens to nobody.
func (Random) Predict(_ context.Context, v *rules.View) []rules.Role {
	common := rules.Villager
	for _, r := range v.Set.Kinds() {
		if v.Set.Count(r) > v.Set.Count(common) {
			common = r
		}
	}
	roles := make([]rules.Role, v.Set.Players)
	for s := range roles {
		if roles[s] = v.Known(games.Seat(s)); roles[s] == rules.Unknown {
			roles[s] = common
		}
	}
	return roles
}

// some draws one of the seats.
func some(s rules.Seats, draw *rand.Rand) games.Seat {
	if s == 0 {
		return games.NoSeat
	}
	return s.Nth(draw.IntN(s.Len()))
}

// babble says anything of anybody.
func babble(v *rules.View, draw *rand.Rand) string {
	target := some(v.Alive&^rules.Of(v.Seat), draw)
	kinds := v.Set.Kinds()
	which, word := draw.IntN(7), draw.Uint64()
	switch which {
	case 0:
		return phrase.Claim(kinds[draw.IntN(len(kinds))], word)
	case 1:
		return phrase.Report(target, draw.IntN(2) == 0, word)
	case 2:
		return phrase.Accuse(target, word)
	case 3:
		return phrase.Defend(target, word)
	case 4:
		return phrase.DefendMe(word)
	case 5:
		return phrase.Question(target, word)
	}
	return phrase.Silent(word)
}
