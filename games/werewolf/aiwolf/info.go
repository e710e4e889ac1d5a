package aiwolf

import (
	"slices"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// info says what a seat knows as the game master says it on a day; tonight adds
// what has happened since the talk ended.
func (p *Player) info(v *rules.View, day int, tonight bool) *info {
	me := idOf(v.Seat)
	g := &info{
		Agent: me, Day: day, Attacked: noAgent, CursedFox: noAgent, Executed: noAgent, Guarded: noAgent, LatestExecuted: noAgent,
		AttackVotes: []vote{}, ExistingRoles: []string{}, LastDead: []agentID{}, LatestAttackVotes: []vote{}, LatestVotes: []vote{},
		RemainingTalk: map[string]int{}, RemainingWhisper: map[string]int{}, Roles: map[string]string{}, Statuses: map[string]string{},
		Talks: []talk{}, Votes: []vote{}, Whispers: []talk{},
	}
	for _, r := range v.Set.Kinds() {
		if word := roleWords[r]; !slices.Contains(g.ExistingRoles, word) {
			g.ExistingRoles = append(g.ExistingRoles, word)
		}
	}
	slices.Sort(g.ExistingRoles)
	for s := range games.Seat(v.Set.Players) {
		key := idOf(s).key()
		g.Statuses[key] = "DEAD"
		if v.Alive.Has(s) {
			g.Statuses[key] = "ALIVE"
			g.RemainingTalk[key] = v.Set.TalkRounds
		}
		if r := v.Known(s); r != rules.Unknown {
			g.Roles[key] = roleWords[r]
		}
	}
	for i := range v.Log {
		g.add(&v.Log[i], day, tonight)
	}
	if day > 0 {
		g.Talks = speeches(v, day, p.guest.params.Plain)
	}
	if tonight {
		g.Whispers = whispers(v, day, p.guest.params.Plain)
	}
	return g
}

// add puts a record where it belongs. A night's records have the number of the
// day that follows it.
func (g *info) add(r *rules.Record, day int, tonight bool) {
	round := int(r.Round)
	who, whom := idOf(r.Seat), idOf(r.Target)
	switch {
	case round == day && r.Kind == rules.Inspected:
		g.Divine = &judge{Agent: who, Day: day, Target: whom, Result: species(r.Finding)}
	case round == day && r.Kind == rules.Sensed:
		g.Medium = &judge{Agent: who, Day: day, Target: whom, Result: species(r.Finding)}
	case round == day && r.Kind == rules.Protected:
		g.Guarded = whom
	case round == day && r.Kind == rules.Proposed && whom > 0:
		g.Attacked = whom
		g.AttackVotes = append(g.AttackVotes, vote{Agent: who, Day: day - 1, Target: whom})
	case round == day && r.Kind == rules.Killed:
		g.LastDead = append(g.LastDead, who)
	case round == day-1 && r.Kind == rules.Voted && whom > 0:
		if r.Turn != g.ballot {
			g.Votes, g.ballot = g.Votes[:0], r.Turn
		}
		g.Votes = append(g.Votes, vote{Agent: who, Day: day - 1, Target: whom})
	case round == day-1 && r.Kind == rules.Eliminated:
		g.Executed = who
	case !tonight:
	case round == day && r.Kind == rules.Voted && whom > 0:
		if r.Turn != g.latestBallot {
			g.LatestVotes, g.latestBallot = g.LatestVotes[:0], r.Turn
		}
		g.LatestVotes = append(g.LatestVotes, vote{Agent: who, Day: day, Target: whom})
	case round == day && r.Kind == rules.Eliminated:
		g.LatestExecuted = who
	case round == day+1 && r.Kind == rules.Proposed && whom > 0:
		g.LatestAttackVotes = append(g.LatestAttackVotes, vote{Agent: who, Day: day, Target: whom})
	}
}

// speeches returns what was said on a day.
func speeches(v *rules.View, day int, plain bool) []talk {
	talks := []talk{}
	for i := range v.Log {
		r := &v.Log[i]
		if r.Kind != rules.Spoke || int(r.Round) != day {
			continue
		}
		n := len(talks)
		talks = append(talks, talk{Agent: idOf(r.Seat), Day: day, Index: n, Text: told(r.Text, r.Seat, plain), Turn: n / max(1, v.Alive.Len())})
	}
	return talks
}

// whispers returns what the werewolves said at night after a day, and their
// choices as if they had been whispered.
func whispers(v *rules.View, day int, plain bool) []talk {
	all := []talk{}
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Whispered && int(r.Round) == day+1 {
			all = append(all, talk{Agent: idOf(r.Seat), Day: day, Index: len(all), Text: told(r.Text, r.Seat, plain)})
		}
		if r := &v.Log[i]; r.Kind == rules.Proposed && int(r.Round) == day+1 && r.Target != games.NoSeat {
			n := len(all)
			all = append(all, talk{Agent: idOf(r.Seat), Day: day, Index: n, Text: "ATTACK " + idOf(r.Target).name()})
		}
	}
	return all
}

// news returns what was said on the day and not told yet.
func (p *Player) news(v *rules.View) []talk {
	if p.day < 1 {
		return []talk{}
	}
	all := speeches(v, p.day, p.guest.params.Plain)
	fresh := all[min(p.heard, len(all)):]
	p.heard = len(all)
	return fresh
}

// setting puts the rules into AIWolf's words.
func (g *Guest) setting(set *rules.Set) *setting {
	talks := set.TalkRounds
	if set.Floor == rules.ByBids {
		talks = set.Turns
	}
	s := &setting{
		EnableNoAttack: true, EnableNoExecution: set.Exile == rules.Majority || set.Ties == rules.TieNobody,
		MaxRevote: set.Revotes, MaxSkip: talks, MaxTalk: talks, MaxTalkTurn: talks, MaxWhisper: 1, MaxWhisperTurn: 1, Players: set.Players, TimeLimit: int(g.params.Answer.Milliseconds()),
		VoteVisible: set.Ballots == rules.Public, RoleNumbers: map[string]int{"FOX": 0, "FREEMASON": 0},
	}
	for r, word := range roleWords {
		s.RoleNumbers[word] += set.Count(r)
	}
	return s
}
