package kaggle

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// memory is what one player knows of a game, put together from what Kaggle has
// sent.
type memory struct {
	view  rules.View
	names names
	// legal are those whom the last request of this night offered, 0 if it
	// offered nobody.
	legal  rules.Seats
	turns  map[uint8]uint8 // speeches of each day
	seen   map[record]bool // what is in the log already
	speech int             // number of speeches in the log
}

// record is what makes an event of a game another one.
type record struct {
	kind         rules.Kind
	round        uint8
	seat, target games.Seat
	speech       int
}

// begin reads the first observation of a game.
func begin(o *observation, c *configuration) (*memory, error) {
	set, err := setOf(o, c)
	if err != nil {
		return nil, err
	}
	m := &memory{names: o.All, turns: map[uint8]uint8{}, seen: map[record]bool{}}
	seat := m.names.seat(o.Player)
	if seat == games.NoSeat {
		return nil, fmt.Errorf("%.40q is not among the players", o.Player)
	}
	for i, name := range o.All {
		if first := m.names.seat(name); first != games.Seat(i) || name == "" || len(name) > 100 {
			return nil, fmt.Errorf("%.40q is no name, or that of two players", name)
		}
	}
	m.view = rules.View{Set: set, Seat: seat, Role: roleNames[o.Role], Alive: rules.First(set.Players), Round: 1, Phase: rules.Night}
	if m.view.Role == rules.Unknown || set.Count(m.view.Role) == 0 {
		return nil, fmt.Errorf("a game begins with the role %.40q", o.Role)
	}
	m.note(rules.Record{Kind: rules.Dealt, Round: 1, Seat: seat, Target: games.NoSeat, Role: m.view.Role, Known: rules.Of(seat)})
	return m, nil
}

// setOf returns dryad's rules that are nearest to those of a game.
func setOf(o *observation, c *configuration) (*rules.Set, error) {
	set, err := rules.Default("classic", len(o.All))
	if err != nil {
		return nil, err
	}
	var counts map[string]int
	text := ""
	for i := range o.Events {
		e := &o.Events[i]
		if e.Name != announcement {
			continue
		}
		if d := e.read(); d.RoleCounts != nil && counts == nil {
			counts, text = d.RoleCounts, e.Description
		}
	}
	if counts == nil {
		return nil, errors.New("a game begins without its roles")
	}
	sum := 0
	for name, n := range counts {
		if _, known := roleNames[name]; !known && n != 0 || n < 0 || n > rules.MaxSeats {
			return nil, fmt.Errorf("a game with %d of the role %.40q", n, name)
		}
		sum += n
	}
	if sum != set.Players {
		return nil, fmt.Errorf("a game of %d players with %d roles", set.Players, sum)
	}
	set.Werewolves, set.Seers, set.Doctors = counts["Werewolf"], counts["Seer"], counts["Doctor"]
	set.SelfSave = !strings.Contains(text, "NOT allowed to save themselves")
	if strings.Contains(text, "to learn their true role") {
		set.Learns = rules.LearnRole
	}
	switch c.DayReveal {
	case "role":
		set.Reveal = rules.RevealRole
	case "team":
		set.Reveal = rules.RevealTeam
	}
	if c.DayVote.Params.TieBreak == "no_elected" {
		set.Ties = rules.TieNobody
	}
	p := &c.Discussion.Params
	switch c.Discussion.Name {
	case "TurnByTurnBiddingDiscussion":
		set.Floor, set.Turns = rules.ByBids, bounded(p.MaxTurns, 8)
	case "RoundByRoundBiddingDiscussion":
		set.TalkRounds = bounded(p.MaxRounds, 2)
	case "ParallelDiscussion":
		set.TalkRounds = bounded(p.Ticks, 3)
	default:
		set.TalkRounds = bounded(p.MaxRounds, 1)
	}
	if err := set.Validate(); err != nil {
		return nil, err
	}
	return &set, nil
}

// bounded returns a number of speeches, or what Kaggle takes without one.
func bounded(n, standard int) int {
	if n <= 0 {
		return standard
	}
	return min(n, 10)
}

// read returns an event's data. Data of another shape is empty.
func (e *event) read() data {
	var d data
	if json.Unmarshal(e.Data, &d) != nil {
		return data{}
	}
	return d
}

// maxLog bounds what is remembered of a game.
const maxLog = 4000

// note remembers a record, once.
func (m *memory) note(r rules.Record) {
	if r.Known == 0 {
		r.Known = rules.First(m.view.Set.Players)
	}
	key := record{r.Kind, r.Round, r.Seat, r.Target, 0}
	if r.Kind == rules.Spoke {
		m.speech++
		key.speech = m.speech
	}
	if len(m.view.Log) >= maxLog || m.seen[key] {
		return
	}
	m.seen[key] = true
	m.view.Log = append(m.view.Log, r)
}

// take takes in an observation.
func (m *memory) take(o *observation) {
	for i := range o.Events {
		if e := &o.Events[i]; e.Day >= 0 && e.Day <= 2*rules.MaxSeats {
			m.learn(e)
		}
	}
	alive := rules.Seats(0)
	for _, name := range o.Alive {
		if s := m.names.seat(name); s != games.NoSeat {
			alive |= rules.Of(s)
		}
	}
	m.view.Alive &= alive
	m.view.Round, m.view.Phase = roundOf(o.Day, o.Half), rules.Night
	switch o.Phase {
	case bidAwait:
		m.view.Phase = rules.Bidding
	case chatAwait:
		m.view.Phase = rules.Talk
	case votingAwait:
		m.view.Phase = rules.Vote
	}
}

// roundOf returns dryad's round: Kaggle counts the night after day 1 as night 1,
// dryad as that of round 2.
func roundOf(day int, half string) int {
	day = min(max(day, 0), 2*rules.MaxSeats)
	if half == "Night" {
		return day + 1
	}
	return max(day, 1)
}

// learn takes in an event.
func (m *memory) learn(e *event) {
	d := e.read()
	round := uint8(roundOf(e.Day, e.Half))
	me := rules.Of(m.view.Seat)
	night := e.Half == "Night"
	switch e.Name {
	case voteRequest:
		m.mates(d.Wolves)
		if night {
			m.legal = 0
		}
	case healRequest:
		m.legal = 0
		for _, name := range d.Candidates {
			if s := m.names.seat(name); s != games.NoSeat {
				m.legal |= rules.Of(s)
			}
		}
	case healAction:
		if target := m.names.seat(d.Target); target != games.NoSeat && m.view.Role == rules.Doctor {
			m.note(rules.Record{Kind: rules.Protected, Round: round, Seat: m.view.Seat, Target: target, Known: me})
		}
	case inspectResult:
		role := roleNames[d.Role]
		if target, f := m.names.seat(d.Target), finding(d.Team, role); target != games.NoSeat && f != rules.Nothing && m.view.Role == rules.Seer {
			m.note(rules.Record{Kind: rules.Inspected, Round: round, Seat: m.view.Seat, Target: target, Finding: f, Role: role, Known: me})
		}
	case voteAction:
		m.voted(&d, round, night)
	case voteResult:
		if d.Outcome == "no_exile" {
			m.note(rules.Record{Kind: rules.Spared, Round: round, Seat: games.NoSeat, Target: games.NoSeat})
		}
	case announcement:
		if night && strings.Contains(strings.ToLower(e.Description), "no one was eliminated") {
			m.note(rules.Record{Kind: rules.Quiet, Round: round, Seat: games.NoSeat, Target: games.NoSeat})
		}
	case elimination:
		m.gone(rules.Killed, round, d.Killed, d.KilledRole, d.KilledTeam)
		m.gone(rules.Eliminated, round, d.Exiled, d.ExiledRole, d.ExiledTeam)
	case discussion:
		if s := m.names.seat(d.Actor); s != games.NoSeat && m.turns[round] < 255 {
			m.note(rules.Record{Kind: rules.Spoke, Round: round, Turn: m.turns[round], Seat: s, Target: games.NoSeat, Text: m.names.heard(d.Message)})
			m.turns[round]++
		}
	case bidAction:
		if m.names.seat(d.Actor) == m.view.Seat {
			m.note(rules.Record{Kind: rules.Bidden, Round: round, Seat: m.view.Seat, Target: games.NoSeat, Value: int8(min(max(d.Bid, 0), rules.MaxBid)), Known: me})
		}
	}
}

// mates learns who the other werewolves are.
func (m *memory) mates(wolves []string) {
	if m.view.Role != rules.Werewolf {
		return
	}
	for _, name := range wolves {
		s := m.names.seat(name)
		if s != games.NoSeat && s != m.view.Seat && !m.view.Mates.Has(s) && m.view.Mates.Len() < m.view.Set.Werewolves-1 {
			m.view.Mates |= rules.Of(s)
			m.note(rules.Record{Kind: rules.Dealt, Round: 1, Seat: s, Target: games.NoSeat, Role: rules.Werewolf, Known: rules.Of(m.view.Seat)})
		}
	}
}

// voted learns of a vote, or of a fellow werewolf's wish at night.
func (m *memory) voted(d *data, round uint8, night bool) {
	who, whom := m.names.seat(d.Actor), m.names.seat(d.Target)
	switch {
	case who == games.NoSeat || who == whom:
	case !night:
		m.note(rules.Record{Kind: rules.Voted, Round: round, Seat: who, Target: whom})
	case m.view.Role == rules.Werewolf && whom != games.NoSeat:
		m.note(rules.Record{Kind: rules.Proposed, Round: round, Seat: who, Target: whom, Known: m.view.Mates | rules.Of(m.view.Seat)})
	}
}

// gone learns who left the game.
func (m *memory) gone(kind rules.Kind, round uint8, name, role, team string) {
	s := m.names.seat(name)
	if s == games.NoSeat {
		return
	}
	r := roleNames[role]
	m.note(rules.Record{Kind: kind, Round: round, Seat: s, Target: games.NoSeat, Role: r, Finding: finding(team, r)})
	m.view.Alive &^= rules.Of(s)
}

// asked returns the view of a decision, with the act None when the player is
// asked nothing.
func (m *memory) asked() *rules.View {
	v := m.view
	others := v.Alive &^ rules.Of(v.Seat)
	switch v.Phase {
	case rules.Bidding:
		v.Act = rules.Offer
	case rules.Talk:
		v.Act = rules.Speak
	case rules.Vote:
		v.Act, v.Legal = rules.Ballot, others
	case rules.Night:
		switch v.Role {
		case rules.Werewolf:
			v.Act, v.Legal = rules.Kill, others&^v.Mates
		case rules.Seer:
			v.Act, v.Legal = rules.Inspect, others
		case rules.Doctor:
			v.Act, v.Legal = rules.Protect, m.legal&v.Alive
		}
	}
	return &v
}
