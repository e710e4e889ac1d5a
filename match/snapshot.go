package match

import (
	"errors"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/policy"
	"dryad/replay"
)

// Snapshot is the state of a match at a tick: of its world, of its players,
// and of what was kept. It belongs to the match that it was taken of.
type Snapshot struct {
	match    *Match
	world    []byte
	entrants []Entrant
	players  [][]byte
	out      []bool
	tick     int
	// Slices that are only appended to are shared up to their present length.
	forfeits []replay.Forfeit
	commands []replay.Commands
	hashes   []replay.Hash
	events   []games.Event
	swaps    []replay.Swap
	notes    []replay.Note
	// explained is that of the match.
	explained int
}

// Tick returns the tick of the snapshot.
func (s *Snapshot) Tick() int { return s.tick }

// Snapshot copies the state of the match between two ticks. It fails when a
// player is no Snapshotter.
func (m *Match) Snapshot() (*Snapshot, error) {
	s := &Snapshot{
		match: m, world: m.world.Snapshot(nil), tick: m.world.Now(),
		entrants: append([]Entrant(nil), m.entrants...), out: append([]bool(nil), m.out...),
		forfeits: slices.Clip(m.forfeits), hashes: slices.Clip(m.hashes), events: slices.Clip(m.events), swaps: slices.Clip(m.swaps),
		notes: slices.Clip(m.notes), explained: m.explained,
	}
	for seat := range m.commands {
		s.commands = append(s.commands, m.commands[seat].Prefix(m.commands[seat].Ticks()))
	}
	for seat, p := range m.players {
		k, ok := p.(Snapshotter)
		if !ok {
			return nil, fmt.Errorf("the player %s on seat %d cannot be copied", m.entrants[seat].Record.Name, seat)
		}
		s.players = append(s.players, k.Snapshot(nil))
	}
	return s, nil
}

// Restore takes the match back, or on, to a snapshot that was taken of it.
func (m *Match) Restore(s *Snapshot) error {
	if s.match != m {
		return errors.New("the snapshot is of another match")
	}
	players, err := m.seated(s)
	if err != nil {
		return err
	}
	if err := m.world.Restore(s.world); err != nil {
		return fmt.Errorf("restore the world: %w", err)
	}
	for seat, p := range players {
		if err := p.(Snapshotter).Restore(s.players[seat]); err != nil {
			return fmt.Errorf("restore the player on seat %d: %w", seat, err)
		}
	}
	copy(m.players, players)
	copy(m.entrants, s.entrants)
	copy(m.out, s.out)
	copy(m.commands, s.commands)
	m.forfeits, m.hashes, m.events, m.swaps = s.forfeits, s.hashes, s.events, s.swaps
	m.notes, m.explained = s.notes, s.explained
	return nil
}

// seated returns the players that sat at a snapshot: those who sit now, or new
// ones if a seat has changed hands since.
func (m *Match) seated(s *Snapshot) ([]Player, error) {
	players := append([]Player(nil), m.players...)
	if len(s.swaps) == len(m.swaps) {
		return players, nil
	}
	m.teams = map[int]*policy.Team{}
	for seat := range players {
		p, err := m.seat(games.Seat(seat), s.entrants[seat])
		if err != nil {
			return nil, err
		}
		m.admit(games.Seat(seat), p)
		players[seat] = p
	}
	return players, nil
}
