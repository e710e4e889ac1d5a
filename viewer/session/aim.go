package session

import (
	"context"
	"time"
)

// far is how many ticks are executed at once, without somebody waiting for it.
const far = 20_000

// Long is the number of ticks above which a match is worth keyframes.
const Long = far

// slice is how long one call of Advance executes on the way to a tick.
const slice = 25 * time.Millisecond

// Far reports whether going to a tick takes so long that it should be aimed at.
func (s *Session) Far(tick int) bool {
	from := s.before(tick).tick
	if now := s.Tick(); now <= tick {
		from = max(from, now)
	}
	return tick-from > far
}

// Aim goes to a tick little by little, with each call of Advance, so that
// whoever calls it can show how far it is. Seek, Toggle and Pause end it.
func (s *Session) Aim(tick int) {
	s.clock.playing, s.stopped = false, nil
	s.aim = max(0, min(tick, s.Ticks()))
	s.aiming, s.started = true, false
}

// Aiming returns the tick that is aimed at; false when none is.
func (s *Session) Aiming() (tick int, is bool) { return s.aim, s.aiming }

// approach executes a part of the way to the tick that is aimed at.
func (s *Session) approach(ctx context.Context) error {
	if !s.started {
		s.started = true
		if s.aim <= s.Tick() || s.gaps {
			s.aiming = false
			return s.seek(ctx, s.aim)
		}
		if err := s.restore(ctx, s.aim); err != nil {
			s.aiming = false
			return s.failedAt(ctx, s.aim, err)
		}
		s.gaps = true // until it is there
	}
	start := time.Now()
	for n := 1; s.Tick() < s.aim; n++ {
		left := s.aim - s.Tick()
		if err := s.step(left <= window, left == 1); err != nil {
			s.aiming = false
			return s.failedAt(ctx, s.aim, err)
		}
		if n%64 == 0 && (time.Since(start) >= slice || ctx.Err() != nil) {
			return ctx.Err()
		}
	}
	s.aiming, s.gaps = false, false
	return nil
}
