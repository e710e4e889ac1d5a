package rules

import (
	"errors"
	"fmt"
	"slices"
)

// Limits of a set of rules.
const (
	maxTalkRounds = 10
	maxTurns      = 50
	maxRounds     = 64
	maxRevotes    = 5
)

// Validate reports every fault of the rules.
func (s *Set) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if s.Players < 3 || s.Players > MaxSeats {
		return fmt.Errorf("werewolf is for 3 to %d players, not %d", MaxSeats, s.Players)
	}
	for r := Villager; int(r) < Roles; r++ {
		if n := s.Count(r); r != Villager && (n < 0 || n > MaxSeats) {
			fault("there cannot be %d players with the role %s", n, r)
		}
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	switch {
	case s.Count(Villager) < 0:
		fault("there are more roles than %d players", s.Players)
	case s.Werewolves < 1:
		fault("there must be a werewolf")
	case 2*s.Werewolves >= s.Players:
		fault("%d werewolves among %d players have won before the game", s.Werewolves, s.Players)
	}
	word := func(name, value string, words ...string) {
		if !slices.Contains(words, value) {
			fault("%s must be one of %v, not %q", name, words, value)
		}
	}
	word("floor", s.Floor, InOrder, ByBids)
	word("ballots", s.Ballots, Public, Private)
	word("exile", s.Exile, Plurality, Majority)
	word("ties", s.Ties, TieRandom, TieNobody)
	word("reveal", s.Reveal, RevealNone, RevealTeam, RevealRole)
	word("seer_learns", s.Learns, LearnTeam, LearnRole)
	if s.NightTalk && s.Werewolves == 1 {
		fault("night_talk needs two werewolves: one has nobody to talk to")
	}
	if s.Revotes < 0 || s.Revotes > maxRevotes {
		fault("revotes must be 0 to %d, not %d", maxRevotes, s.Revotes)
	}
	within := func(name string, value, most int) {
		if value < 1 || value > most {
			fault("%s must be 1 to %d, not %d", name, most, value)
		}
	}
	within("talk_rounds", s.TalkRounds, maxTalkRounds)
	within("turns", s.Turns, maxTurns)
	within("rounds", s.Rounds, maxRounds)
	if s.Deal != nil && len(faults) == 0 {
		want, have := s.Deck(), slices.Clone(s.Deal)
		slices.Sort(want)
		slices.Sort(have)
		if !slices.Equal(want, have) {
			fault("the deal %v does not hold the roles of the game", s.Deal)
		}
	}
	return errors.Join(faults...)
}

// Decisions bounds the number of decision points of a game: what a match
// counts as ticks.
func (s *Set) Decisions() int {
	talk := s.Players * s.TalkRounds
	if s.Floor == ByBids {
		talk = 2 * s.Turns
	}
	night := s.Werewolves
	if s.NightTalk {
		night *= 2
	}
	return s.Rounds * (night + talk + 1 + s.Revotes)
}
