package session

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/viewer/thought"
)

// Query asks when a node of a seat's tree did something.
type Query struct {
	Seat  games.Seat
	Node  uint64 // the node's identity
	Event When
	Back  bool // before now, and not after
}

// Find returns the tick nearest to now in which a node did something, before
// or after now. The session stays where it is.
func (s *Session) Find(ctx context.Context, q Query) (tick int, found bool, err error) {
	if q.Seat < 0 || int(q.Seat) >= s.Seats() {
		return 0, false, fmt.Errorf("there is no seat %d", q.Seat)
	}
	here := s.Tick()
	defer func() {
		if e := s.seek(ctx, here); err == nil {
			err = e
		}
	}()
	if !q.Back {
		return s.scan(ctx, q, here, s.Ticks(), false)
	}
	// Blocks between two keys, the last first.
	for end := here - 1; end > 0; {
		start := (end - 1) / s.every * s.every
		if tick, found, err = s.scan(ctx, q, start, end, true); found || err != nil {
			return tick, found, err
		}
		end = start
	}
	return 0, false, nil
}

// scan looks at the ticks after from, up to to, and returns the first one, or
// the last one, in which it happened.
func (s *Session) scan(ctx context.Context, q Query, from, to int, last bool) (tick int, found bool, err error) {
	if s.Tick() != from {
		if err := s.seek(ctx, from); err != nil {
			return 0, false, err
		}
	}
	for n := 0; s.Tick() < to; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return 0, false, ctx.Err()
		}
		s.gaps = true
		if err := s.step(false, false); err != nil {
			return 0, false, s.failed(ctx, err)
		}
		now := s.Tick()
		w := s.watchers[q.Seat]
		if w != nil && w.Happened(q.Node, func(t *thought.Tally) bool { return q.Event.happened(t, int32(now)) }) {
			tick, found = now, true
			if !last {
				return tick, true, nil
			}
		}
	}
	return tick, found, nil
}
