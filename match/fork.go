package match

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/replay"
)

// Fork goes to a tick of the replay and returns a match that goes on from
// there by itself, in which a seat is played by another entrant. All policies
// must think beside the record, for they play on. The fork's own replay holds
// the record up to the tick and the change. The playback cannot be used any
// more.
func (b *Playback) Fork(ctx context.Context, tick int, seat games.Seat, e Entrant) (*Match, error) {
	r := b.params.Replay
	if tick < 0 || tick > r.Ticks {
		return nil, fmt.Errorf("the replay has ticks 0 to %d, not %d", r.Ticks, tick)
	}
	if seat < 0 || int(seat) >= len(b.followers) {
		return nil, fmt.Errorf("the replay has no seat %d", seat)
	}
	if r.Told != nil {
		return nil, fmt.Errorf("a match of %s cannot be played on from its replay: what it depends on outside is not there", r.Game)
	}
	if err := b.Seek(ctx, tick); err != nil {
		return nil, err
	}
	for s, f := range b.followers {
		if f.inner == nil && s != int(seat) {
			return nil, fmt.Errorf("%s on seat %d cannot play on: only its commands are recorded", r.PolicyAt(games.Seat(s), tick).Name, s)
		}
	}
	m := b.match
	m.wrap = nil
	for s, f := range b.followers {
		if s == int(seat) && f.inner == nil {
			continue // replaced below, by one that begins anew
		}
		m.players[s] = f.inner
	}
	m.recordFrom(r, tick)
	m.notes = r.NotesBefore(tick, seat)
	if err := m.Replace(seat, e); err != nil {
		return nil, err
	}
	return m, nil
}

// recordFrom lets a match that followed a replay be recorded from a tick on, as
// if it had been from the start.
func (m *Match) recordFrom(r *replay.Replay, tick int) {
	m.params.Record = true
	m.hashes, m.events = nil, nil
	for _, h := range r.Hashes {
		if h.Tick < tick || h.Tick == tick && tick%m.params.HashEvery == 0 {
			m.hashes = append(m.hashes, h)
		}
	}
	for _, e := range r.Events {
		if e.Tick <= tick {
			m.events = append(m.events, e)
		}
	}
	for s := range m.commands {
		m.commands[s] = r.Commands[s].Prefix(tick)
	}
}
