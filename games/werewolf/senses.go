package werewolf

import (
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

// Observe reads the features and conditions.
func (b *Body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = b.read(r)
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (b *Body) read(reading int32) float64 {
	v := &b.view
	switch reading {
	case featureRole:
		return float64(v.Role)
	case featureAct:
		if v.Act == rules.Whisper {
			return float64(rules.None) // a tree has no words for it, and is silent
		}
		return float64(v.Act)
	case featureRound:
		return float64(v.Round)
	case featureAlive:
		return float64(v.Alive.Len())
	case featureSeat:
		return float64(v.Seat)
	case featureVotesAgainst:
		return float64(tally(v)[v.Seat])
	case featureKnownWolves:
		return float64(certain(v, rules.Wolf).Len())
	case conditionNight:
		return truth(channelOf(v.Act) == channelNight)
	case conditionSpeaking:
		return truth(v.Act == rules.Speak)
	case conditionVoting:
		return truth(v.Act == rules.Ballot)
	case conditionBidding:
		return truth(v.Act == rules.Offer)
	case conditionWolf:
		return truth(v.Role == rules.Werewolf)
	case conditionFoundWolf:
		found := false
		for _, r := range v.Log {
			found = found || r.Kind == rules.Inspected && r.Finding == rules.Wolf && v.Alive.Has(r.Target)
		}
		return truth(found)
	case conditionKilledLastNight:
		for i := len(v.Log) - 1; i >= 0; i-- {
			if k := v.Log[i].Kind; k == rules.Killed || k == rules.Quiet {
				return truth(k == rules.Killed)
			}
		}
		return 0
	case conditionProposed:
		return truth(v.Act == rules.Kill && v.Proposal() != games.NoSeat)
	case featureSuspicion:
		if s := b.conclude().mine().Suspect(v.Alive &^ v.Mates); s != games.NoSeat {
			return b.mind.mine().Wolf(s)
		}
		return 0
	case featureSuspicionOfMe:
		return b.conclude().theirs().Wolf(v.Seat)
	case featureAccusations:
		return float64(b.conclude().accusations)
	case featureSeerClaims:
		return float64((b.conclude().seers & v.Alive).Len())
	case conditionAccused:
		return truth(b.conclude().accusations > 0)
	case conditionSeerClaimed:
		return truth(b.conclude().seers&v.Alive != 0)
	case conditionSaidSeer:
		return truth(b.conclude().saidSeer)
	}
	panic(fmt.Sprintf("werewolf: bug: reading %d is not declared", reading))
}

// certain returns the living others, no fellow werewolves, of whom the seat knows the finding for
// certain.
func certain(v *rules.View, f rules.Finding) rules.Seats {
	var s rules.Seats
	for _, r := range v.Log {
		seat, found := r.Seat, r.Finding
		switch r.Kind {
		case rules.Inspected, rules.Sensed:
			seat = r.Target
		case rules.Dealt:
			found = r.Role.Finding()
		}
		if found == f && seat != v.Seat {
			s |= rules.Of(seat)
		}
	}
	if v.Role == rules.Werewolf && f == rules.NotWolf {
		s |= rules.First(v.Set.Players) &^ v.Mates
	}
	return s & v.Alive &^ rules.Of(v.Seat) &^ v.Mates
}

// tally counts the last vote that the seat knows of.
func tally(v *rules.View) (votes [rules.MaxSeats]int) {
	last := [2]uint8{}
	for _, r := range v.Log {
		if r.Kind != rules.Voted {
			continue
		}
		if ballot := [2]uint8{r.Round, r.Turn}; ballot != last {
			last, votes = ballot, [rules.MaxSeats]int{}
		}
		if r.Target != games.NoSeat {
			votes[r.Target]++
		}
	}
	return votes
}

// Choose resolves a chooser.
func (b *Body) Choose(chooser int, draw uint64) (games.Target, bool) {
	v := &b.view
	others := v.Alive &^ rules.Of(v.Seat)
	switch chooser {
	case chooseRandom:
		if v.Legal != 0 {
			return drawn(v.Legal, draw)
		}
		return drawn(others, draw)
	case chooseRandomOther:
		return drawn(others&^v.Mates, draw)
	case chooseKnownWolf:
		return drawn(certain(v, rules.Wolf), 0)
	case chooseKnownGood:
		return drawn(certain(v, rules.NotWolf), 0)
	case chooseUnchecked:
		return drawn(others&^certain(v, rules.Wolf)&^certain(v, rules.NotWolf), draw)
	case chooseMostVoted:
		votes, best := tally(v), games.NoSeat
		for s := range others.All() {
			if votes[s] > 0 && (best == games.NoSeat || votes[s] > votes[best]) {
				best = s
			}
		}
		return drawn(only(best), 0)
	case chooseVotedAgainstMe:
		return drawn(against(v)&others, 0)
	case chooseProposal:
		return drawn(only(v.Proposal())&v.Alive, 0)
	case chooseMate:
		return drawn(v.Mates&v.Alive, 0)
	case chooseSelf:
		return drawn(rules.Of(v.Seat), 0)
	case chooseSuspected:
		return drawn(only(b.conclude().mine().Suspect(v.Alive&^v.Mates)), 0)
	case chooseTrusted:
		return drawn(only(b.conclude().mine().Trusted(v.Alive)), 0)
	case choosePublicSuspect:
		return drawn(only(b.conclude().theirs().Suspect(others&^v.Mates)), 0)
	case chooseLikelySeer:
		m := b.conclude().theirs()
		return drawn(only(m.Most(others&^v.Mates, func(s games.Seat) float64 { return m.Role(s, rules.Seer) })), 0)
	case chooseSeerClaimer:
		return drawn(only((b.conclude().seers & others).Lowest()), 0)
	case chooseAccuser:
		return drawn(only(b.conclude().accuser)&others, 0)
	case chooseLastSpeaker:
		return drawn(only(b.conclude().last)&others, 0)
	}
	panic(fmt.Sprintf("werewolf: bug: chooser %d is not declared", chooser))
}

// against returns who voted against the seat in the last vote.
func against(v *rules.View) rules.Seats {
	var s rules.Seats
	last := uint8(0)
	for _, r := range v.Log {
		if r.Kind != rules.Voted {
			continue
		}
		if r.Round != last {
			last, s = r.Round, 0
		}
		if r.Target == v.Seat {
			s |= rules.Of(r.Seat)
		}
	}
	return s
}

// only is the set of one seat, of none for NoSeat.
func only(s games.Seat) rules.Seats {
	if s == games.NoSeat {
		return 0
	}
	return rules.Of(s)
}

// drawn picks one of the set.
func drawn(s rules.Seats, draw uint64) (games.Target, bool) {
	if s == 0 {
		return games.Target{}, false
	}
	seat := s.Nth(int(draw % uint64(s.Len())))
	return games.Target{Kind: vocab.Agent, ID: int32(seat)}, true
}

// NetInput is never called: the game declares no neural tasks.
func (b *Body) NetInput(net int, _ games.Call, _ []float32) {
	panic(fmt.Sprintf("werewolf: bug: neural task %d is not declared", net))
}

// NetOutput is never called.
func (b *Body) NetOutput(net int, _ games.Call, _ []float32) vocab.Channels {
	panic(fmt.Sprintf("werewolf: bug: neural task %d is not declared", net))
}
