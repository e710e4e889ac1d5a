package werewolf

import (
	"dryad/games"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// mind is what a seat concludes from its view, made when a tree first asks for
// it in a tick.
type mind struct {
	view        *rules.View
	own, public *belief.Belief // nil until asked for
	accusations int
	accuser     games.Seat
	last        games.Seat
	seers       rules.Seats // others who said to be the seer
	saidSeer    bool
}

// conclude listens to all that was said.
func (b *Body) conclude() *mind {
	if b.mind != nil {
		return b.mind
	}
	v := &b.view
	m := &mind{view: v, accuser: games.NoSeat, last: games.NoSeat}
	for i := range v.Log {
		r := &v.Log[i]
		if r.Kind != rules.Spoke {
			continue
		}
		if r.Seat != v.Seat {
			m.last = r.Seat
		}
		suspects := false
		for _, c := range hearing.Read(r.Text, r.Seat) {
			switch {
			case c.Kind == hearing.ClaimsRole && c.Role == rules.Seer && r.Seat == v.Seat:
				m.saidSeer = true
			case c.Kind == hearing.ClaimsRole && c.Role == rules.Seer:
				m.seers |= rules.Of(r.Seat)
			case c.Target == v.Seat && (c.Kind == hearing.Suspects || c.Kind == hearing.SaysWolf):
				suspects = true
			}
		}
		if suspects {
			m.accuser = r.Seat
			if int(r.Round) == v.Round {
				m.accusations++
			}
		}
	}
	b.mind = m
	return m
}

// mine is the belief by all that the seat knows.
func (m *mind) mine() *belief.Belief {
	if m.own == nil {
		m.own = belief.Of(m.view, belief.DefaultModel())
	}
	return m.own
}

// theirs is the belief by what is public.
func (m *mind) theirs() *belief.Belief {
	if m.public == nil {
		m.public = belief.Outside(m.view, belief.DefaultModel())
	}
	return m.public
}
