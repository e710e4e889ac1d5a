package aiwolf

import (
	"errors"
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// memory is what an agent knows of a game at somebody else's server, put
// together from what the server has told.
type memory struct {
	view   rules.View
	plain  bool
	day    int
	spoken int // speeches of its own today
	// whispered says that it has whispered tonight.
	whispered bool
	// asks is how often it was asked to vote today, and ballot the number of the
	// last ballot of each day that it knows of.
	asks   int
	ballot map[int]uint8
	seen   map[string]bool // what is in the log already
}

// newMemory reads the packet that begins a game.
func newMemory(p *packet, plain bool) (*memory, error) {
	if p.Info == nil || p.Setting == nil {
		return nil, errors.New("a game begins without gameInfo or gameSetting")
	}
	set, err := setOf(p.Setting)
	if err != nil {
		return nil, err
	}
	m := &memory{plain: plain, seen: map[string]bool{}, ballot: map[int]uint8{}}
	seat := p.Info.Agent.seat(set.Players)
	if seat == games.NoSeat {
		return nil, fmt.Errorf("a game of %d begins for agent %d", set.Players, p.Info.Agent)
	}
	m.view = rules.View{Set: set, Seat: seat, Alive: rules.First(set.Players), Round: 1, Phase: rules.Night}
	m.view.Role = roleOf(p.Info.Roles[p.Info.Agent.key()])
	if m.view.Role == rules.Unknown {
		if m.view.Role = roleOf(p.Info.Roles[p.Info.Agent.name()]); m.view.Role == rules.Unknown {
			return nil, errors.New("a game begins without a role")
		}
	}
	if set.Count(m.view.Role) == 0 {
		return nil, fmt.Errorf("a game begins with the role %s, which it does not have", m.view.Role)
	}
	known := rules.Of(seat)
	m.note(rules.Record{Kind: rules.Dealt, Seat: seat, Target: games.NoSeat, Role: m.view.Role, Known: known})
	if m.view.Role == rules.Werewolf {
		for s := range games.Seat(set.Players) {
			word, named := p.Info.Roles[idOf(s).key()]
			if !named {
				word = p.Info.Roles[idOf(s).name()]
			}
			if s != seat && roleOf(word) == rules.Werewolf && m.view.Mates.Len() < set.Werewolves-1 {
				m.view.Mates |= rules.Of(s)
				m.note(rules.Record{Kind: rules.Dealt, Seat: s, Target: games.NoSeat, Role: rules.Werewolf, Known: known})
			}
		}
	}
	return m, nil
}

// setOf puts AIWolf's rules into the table's.
func setOf(s *setting) (*rules.Set, error) {
	set, err := rules.Default("aiwolf", s.Players)
	if err != nil {
		return nil, err
	}
	counts := map[rules.Role]int{}
	sum := 0
	for word, n := range s.RoleNumbers {
		if n < 0 || n > rules.MaxSeats {
			return nil, fmt.Errorf("a game with %d of the role %.20q", n, word)
		}
		if n > 0 && roleOf(word) == rules.Unknown {
			return nil, fmt.Errorf("a game with the unknown role %.20q", word)
		}
		counts[roleOf(word)] += n
		sum += n
	}
	if sum != s.Players {
		return nil, fmt.Errorf("a game of %d players with %d roles", s.Players, sum)
	}
	set.Werewolves, set.Seers, set.Possessed = counts[rules.Werewolf], counts[rules.Seer], counts[rules.Possessed]
	set.Bodyguards, set.Mediums, set.Doctors = counts[rules.Bodyguard], counts[rules.Medium], 0
	set.TalkRounds = min(max(1, s.MaxTalk), 10)
	if !s.VoteVisible {
		set.Ballots = rules.Private
	}
	set.Revotes = min(max(0, s.MaxRevote), 5)
	if s.EnableNoExecution {
		set.Ties = rules.TieNobody
	}
	if err := set.Validate(); err != nil {
		return nil, err
	}
	return &set, nil
}

// maxLog bounds what is remembered of a game.
const maxLog = 4000

// note remembers a record, once.
func (m *memory) note(r rules.Record) {
	if r.Known == 0 {
		r.Known = rules.First(m.view.Set.Players)
	}
	key := fmt.Sprint(r.Kind, r.Round, r.Seat, r.Target, r.Turn)
	if len(m.view.Log) >= maxLog || m.seen[key] {
		return
	}
	m.seen[key] = true
	m.view.Log = append(m.view.Log, r)
}

// take takes in what a packet tells.
func (m *memory) take(p *packet) {
	if p.Info != nil {
		m.learn(p.Info)
	}
	if p.Info != nil && p.Request == reqDaily {
		m.listen(p.Info.Talks)
	}
	m.listen(p.Talks)
	m.overhear(p.Whispers)
	night := p.Request == reqDivine || p.Request == reqGuard || p.Request == reqAttack || p.Request == reqWhisper
	m.view.Round, m.view.Phase = max(m.day, 1), rules.Talk
	switch {
	case night || m.day == 0:
		m.view.Round, m.view.Phase = m.day+1, rules.Night
	case p.Request == reqVote:
		m.view.Phase = rules.Vote
	}
}

// learn takes in the news of a day. Deaths come last: who is dead did what is
// told before.
func (m *memory) learn(g *info) {
	n := m.view.Set.Players
	me := rules.Of(m.view.Seat)
	if g.Day > m.day && g.Day <= 2*rules.MaxSeats {
		m.count()
		m.day, m.spoken, m.whispered, m.asks = g.Day, 0, false, 0
	}
	today := uint8(m.day)
	m.ballots(g.Votes, m.day-1)
	m.count()
	m.ballots(g.LatestVotes, m.day)
	m.executed(g.Executed, m.day-1)
	m.executed(g.LatestExecuted, m.day)
	if j := g.Divine; j != nil && m.view.Role == rules.Seer {
		if target, f := j.Target.seat(n), finding(j.Result); target != games.NoSeat && f != rules.Nothing {
			m.note(rules.Record{Kind: rules.Inspected, Round: today, Seat: m.view.Seat, Target: target, Finding: f, Known: me})
		}
	}
	if j := g.Medium; j != nil && m.view.Role == rules.Medium {
		if target, f := j.Target.seat(n), finding(j.Result); target != games.NoSeat && f != rules.Nothing {
			m.note(rules.Record{Kind: rules.Sensed, Round: today, Seat: m.view.Seat, Target: target, Finding: f, Known: me})
		}
	}
	if target := g.Guarded.seat(n); target != games.NoSeat && m.view.Role == rules.Bodyguard {
		m.note(rules.Record{Kind: rules.Protected, Round: today, Seat: m.view.Seat, Target: target, Known: me})
	}
	m.proposals(g.AttackVotes, m.day)
	m.proposals(g.LatestAttackVotes, m.day+1)
	for _, id := range g.LastDead {
		if s := id.seat(n); s != games.NoSeat {
			m.note(rules.Record{Kind: rules.Killed, Round: today, Seat: s, Target: games.NoSeat})
		}
	}
	for s := range games.Seat(n) {
		status, named := g.Statuses[idOf(s).key()]
		if !named {
			status = g.Statuses[idOf(s).name()]
		}
		if status == "DEAD" {
			m.view.Alive &^= rules.Of(s)
		}
	}
}

// count numbers the ballot that was the last of the day so far.
func (m *memory) count() {
	if m.asks > 0 {
		m.ballot[m.day] = uint8(min(m.asks, 255) - 1)
	}
}

func (m *memory) ballots(votes []vote, day int) {
	n := m.view.Set.Players
	for _, v := range votes {
		who, whom := v.Agent.seat(n), v.Target.seat(n)
		if day > 0 && who != games.NoSeat && whom != games.NoSeat && who != whom {
			m.note(rules.Record{Kind: rules.Voted, Round: uint8(day), Turn: m.ballot[day], Seat: who, Target: whom})
		}
	}
}

func (m *memory) executed(id agentID, day int) {
	if s := id.seat(m.view.Set.Players); day > 0 && s != games.NoSeat {
		m.note(rules.Record{Kind: rules.Eliminated, Round: uint8(day), Seat: s, Target: games.NoSeat})
		m.view.Alive &^= rules.Of(s)
	}
}

func (m *memory) proposals(votes []vote, round int) {
	if m.view.Role != rules.Werewolf {
		return
	}
	n := m.view.Set.Players
	for _, v := range votes {
		who, whom := v.Agent.seat(n), v.Target.seat(n)
		if who != games.NoSeat && whom != games.NoSeat {
			m.note(rules.Record{Kind: rules.Proposed, Round: uint8(round), Seat: who, Target: whom, Known: m.view.Mates | rules.Of(m.view.Seat)})
		}
	}
}

// listen takes in what was said.
func (m *memory) listen(talks []talk) {
	for _, t := range talks {
		s := t.Agent.seat(m.view.Set.Players)
		if s == games.NoSeat || t.Index < 0 || t.Index > 255 || t.Day < 0 || t.Day > 2*rules.MaxSeats {
			continue
		}
		text := heard(t.Text, s, games.Mix(uint64(t.Day), uint64(t.Index)))
		if text == "" {
			continue
		}
		m.note(rules.Record{Kind: rules.Spoke, Round: uint8(t.Day), Turn: uint8(t.Index), Seat: s, Target: games.NoSeat, Text: text})
	}
}

// overhear takes in what fellow werewolves whisper: whom they want to attack, and
// everything else.
func (m *memory) overhear(whispers []talk) {
	var votes []vote
	for _, t := range whispers {
		target, ok := strings.CutPrefix(strings.TrimSpace(t.Text), "ATTACK ")
		if id, named := parseAgent(target); ok && named && m.view.Mates.Has(t.Agent.seat(m.view.Set.Players)) {
			votes = append(votes, vote{Agent: t.Agent, Target: id})
			continue
		}
		if s := t.Agent.seat(m.view.Set.Players); m.view.Mates.Has(s) && t.Index >= 0 && t.Index <= 255 {
			if text := heard(t.Text, s, games.Mix(uint64(m.day), uint64(t.Index))); text != "" {
				m.note(rules.Record{
					Kind: rules.Whispered, Round: uint8(m.day + 1), Turn: uint8(t.Index), Seat: s, Target: games.NoSeat, Text: text,
					Known: m.view.Mates | rules.Of(m.view.Seat),
				})
			}
		}
	}
	m.proposals(votes, m.day+1)
}

// asked returns the view of a decision.
func (m *memory) asked(act rules.Act) *rules.View {
	v := m.view
	v.Act = act
	switch act {
	case rules.Speak:
		v.Phase = rules.Talk
	case rules.Ballot:
		v.Phase, v.Legal = rules.Vote, v.Alive&^rules.Of(v.Seat)
	case rules.Kill:
		v.Phase, v.Legal = rules.Night, v.Alive&^v.Mates&^rules.Of(v.Seat)
	default:
		v.Phase, v.Legal = rules.Night, v.Alive&^rules.Of(v.Seat)
	}
	return &v
}

// winner tells who won from the last word of the server.
func (m *memory) winner(g *info) int {
	if g == nil {
		return -1
	}
	m.learn(g)
	wolves, others := 0, 0
	for s := range m.view.Alive.All() {
		word, named := g.Roles[idOf(s).key()]
		if !named {
			word = g.Roles[idOf(s).name()]
		}
		switch roleOf(word) {
		case rules.Unknown:
			return -1
		case rules.Werewolf:
			wolves++
		default:
			others++
		}
	}
	switch {
	case wolves == 0:
		return rules.Village
	case wolves >= others:
		return rules.Wolves
	}
	return -1
}
