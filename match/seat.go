package match

import (
	"fmt"

	"dryad/games"
)

// heir is a player that can take over from the one that sat before it.
type heir interface {
	// inherit takes over what the old player remembers, between two ticks, and
	// reports whether it could.
	inherit(old Player, body games.Body, now int) bool
}

// admitted is a player that shares something with others of its match.
type admitted interface {
	admit(m *Match, seat games.Seat)
}

// wrap puts a player around another one, or around nil.
type wrap func(world games.World, seat games.Seat, p Player) Player

// wrapper is a player that another one sits inside of; unwrap returns nil when
// there is none.
type wrapper interface{ unwrap() Player }

// innermost returns the player that decides.
func innermost(p Player) Player {
	for {
		w, ok := p.(wrapper)
		if !ok {
			return p
		}
		p = w.unwrap()
	}
}

// make makes the player of a seat, unwrapped.
func (m *Match) make(seat games.Seat, e Entrant) (p Player, err error) {
	if e.Make == nil {
		return nil, fmt.Errorf("seat %d: %q cannot be played", seat, e.Record.Name)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("seat %d, %s: %w", seat, e.Record.Name, err)
		}
	}()
	defer caught(&err)
	return e.Make(PlayerContext{m.world, seat}, seat, m.params.Seed)
}

// seat makes the player of a seat.
func (m *Match) seat(seat games.Seat, e Entrant) (Player, error) {
	if m.wrap != nil && e.Make == nil {
		return m.wrap(m.world, seat, nil), nil
	}
	p, err := m.make(seat, e)
	if err != nil {
		return nil, err
	}
	if m.wrap != nil {
		p = m.wrap(m.world, seat, p)
	}
	return p, nil
}

// admit lets a player that was made share in the match.
func (m *Match) admit(seat games.Seat, p Player) {
	if a, ok := innermost(p).(admitted); ok {
		a.admit(m, seat)
	}
}

// successor makes the player that takes a seat over in the middle of a match.
func (m *Match) successor(seat games.Seat, e Entrant) (Player, error) {
	p, err := m.seat(seat, e)
	if err != nil {
		return nil, err
	}
	old := m.players[seat]
	h, ok := innermost(p).(heir)
	if !ok || !h.inherit(innermost(old), m.world.Body(seat), m.world.Now()) {
		m.admit(seat, p)
	}
	if c, ok := old.(interface{ Close() }); ok {
		c.Close()
	}
	return p, nil
}
