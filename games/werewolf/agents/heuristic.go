package agents

import (
	"context"
	"math/rand/v2"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// Heuristic follows simple rules over what may be concluded. The village votes
// for whom it suspects most, the seer tells what it finds, the doctor saves
// whoever looks most like the seer. The werewolves kill that one, and join
// whatever suspicion there is of others.
type Heuristic struct{}

var _ werewolf.Predictor = Heuristic{}

// scene is what the rules look at.
type scene struct {
	v       *rules.View
	mine    *belief.Belief // what one of the village concludes
	theirs  *belief.Belief // what everybody may conclude, for the other side
	others  rules.Seats    // living, without oneself and fellow werewolves
	wolf    games.Seat     // a living werewolf that one has found
	good    games.Seat     // a living player that one has found to be none
	told    rules.Seats    // of whom one has told a finding
	accused bool           // somebody suspects oneself today
	draw    *rand.Rand
}

func look(v *rules.View, draw *rand.Rand) *scene {
	m := belief.DefaultModel()
	s := &scene{v: v, wolf: games.NoSeat, good: games.NoSeat, draw: draw}
	if v.Role.Team() == rules.Wolves {
		s.theirs = belief.Outside(v, m)
	} else {
		s.mine = belief.Of(v, m)
	}
	s.others = v.Alive &^ v.Mates &^ rules.Of(v.Seat)
	for i := range v.Log {
		r := &v.Log[i]
		switch r.Kind {
		case rules.Inspected:
			if v.Alive.Has(r.Target) && r.Finding == rules.Wolf {
				s.wolf = r.Target
			} else if v.Alive.Has(r.Target) {
				s.good = r.Target
			}
		case rules.Spoke:
			for _, c := range hearing.Read(r.Text, r.Seat) {
				if r.Seat == v.Seat && (c.Kind == hearing.SaysGood || c.Kind == hearing.SaysWolf) {
					s.told |= rules.Of(c.Target)
				}
				if int(r.Round) == v.Round && c.Target == v.Seat && (c.Kind == hearing.Suspects || c.Kind == hearing.SaysWolf) {
					s.accused = true
				}
			}
		}
	}
	return s
}

// Decide follows the rules.
func (Heuristic) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	s := look(v, draw)
	switch v.Act {
	case rules.Offer:
		return rules.Bid(s.bid()), nil
	case rules.Speak:
		return rules.Say(s.speech()), nil
	}
	return rules.Point(s.target()), nil
}

// Predict returns the most likely roles.
func (Heuristic) Predict(_ context.Context, v *rules.View) []rules.Role {
	b := belief.Of(v, belief.DefaultModel())
	roles := make([]rules.Role, v.Set.Players)
	for s := range roles {
		roles[s] = b.Likely(games.Seat(s))
	}
	return roles
}

// best returns the seat with the highest value; among equals one is drawn.
func (s *scene) best(among rules.Seats, value func(games.Seat) float64) games.Seat {
	const same = 1e-9
	var ties rules.Seats
	most := 0.0
	for seat := range among.All() {
		x := value(seat)
		switch {
		case ties == 0 || x > most+same:
			ties, most = rules.Of(seat), x
		case x > most-same:
			ties |= rules.Of(seat)
		}
	}
	return some(ties, s.draw)
}

// target chooses whom a night action or a vote is for.
func (s *scene) target() games.Seat {
	v := s.v
	switch v.Act {
	case rules.Kill:
		if p := v.Proposal(); v.Legal.Has(p) {
			return p
		}
		return s.best(v.Legal, func(x games.Seat) float64 {
			return s.theirs.Role(x, rules.Seer) - float64(0.3*s.theirs.Wolf(x))
		})
	case rules.Inspect:
		known := rules.Seats(0)
		for i := range v.Log {
			if v.Log[i].Kind == rules.Inspected {
				known |= rules.Of(v.Log[i].Target)
			}
		}
		among := v.Legal &^ known
		if among == 0 {
			among = v.Legal
		}
		return s.best(among, s.mine.Wolf)
	case rules.Protect:
		return s.best(v.Legal, func(x games.Seat) float64 {
			if x == v.Seat {
				return 0.2
			}
			return s.mine.Role(x, rules.Seer)
		})
	}
	return s.best(s.others&v.Legal, s.suspicion())
}

// suspicion is what one lets others believe.
func (s *scene) suspicion() func(games.Seat) float64 {
	if s.theirs != nil {
		return s.theirs.Wolf
	}
	return s.mine.Wolf
}

// bid wants the floor when there is something to tell.
func (s *scene) bid() int {
	switch {
	case s.wolf != games.NoSeat && !s.told.Has(s.wolf):
		return rules.MaxBid
	case s.accused:
		return rules.MaxBid - 1
	}
	return 1
}

// speech says what serves one's side.
func (s *scene) speech() string {
	word := s.draw.Uint64()
	switch {
	case s.wolf != games.NoSeat:
		return phrase.Report(s.wolf, true, word)
	case s.v.Role == rules.Seer && s.good != games.NoSeat && s.accused:
		return phrase.Report(s.good, false, word)
	case s.accused:
		return phrase.DefendMe(word)
	}
	target := s.best(s.others, s.suspicion())
	if target == games.NoSeat {
		return phrase.Silent(word)
	}
	return phrase.Accuse(target, word)
}
