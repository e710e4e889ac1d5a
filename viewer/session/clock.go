package session

import (
	"context"
	"time"

	"dryad/vocab"
)

// speeds are the rates at which a match can be watched, as multiples of the
// game's own.
var speeds = [...]float64{0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64}

// normalSpeed is the index of 1 in speeds.
const normalSpeed = 3

// clock says what is due.
type clock struct {
	rate    float64 // ticks a second at speed 1
	playing bool
	speed   int
	owed    float64 // ticks that are due and were not played
}

func newClock(v *vocab.Vocabulary) clock {
	c := clock{rate: float64(v.TicksPerSecond), speed: normalSpeed}
	if c.rate == 0 {
		c.rate = 1 // a turn a second
	}
	return c
}

// due adds the time that has passed and returns how many ticks to play. A
// picture that took long does not make the next one take longer.
func (c *clock) due(passed time.Duration) int {
	pace := c.rate * speeds[c.speed]
	c.owed = min(c.owed+passed.Seconds()*pace, pace/4+1)
	whole := int(c.owed)
	c.owed -= float64(whole)
	return whole
}

// Rate returns the ticks of a second, 1 for a game in turns.
func (s *Session) Rate() int { return int(s.clock.rate) }

// Playing reports whether the match runs.
func (s *Session) Playing() bool { return s.clock.playing }

// Speed returns how many times the game's own speed the match runs at.
func (s *Session) Speed() float64 { return speeds[s.clock.speed] }

// Faster goes to the next higher speed, or with -1 to the next lower.
func (s *Session) Faster(by int) {
	s.clock.speed = max(0, min(len(speeds)-1, s.clock.speed+by))
}

// Toggle lets the match run, or halts it. At the end it begins again.
func (s *Session) Toggle(ctx context.Context) error {
	s.clock.playing, s.clock.owed, s.stopped, s.aiming = !s.clock.playing, 0, nil, false
	if s.clock.playing && s.Tick() >= s.Ticks() {
		return s.seek(ctx, 0)
	}
	return nil
}

// Pause halts the match.
func (s *Session) Pause() { s.clock.playing, s.aiming = false, false }

// Step plays a number of ticks and halts; a negative one goes back.
func (s *Session) Step(ctx context.Context, ticks int) error {
	s.clock.playing = false
	return s.Seek(ctx, s.Tick()+ticks)
}

// Advance plays what is due after some time has passed, and reports whether
// anything changed. It halts at a breakpoint and at the end.
func (s *Session) Advance(ctx context.Context, passed time.Duration) (bool, error) {
	if s.aiming {
		return true, s.approach(ctx)
	}
	if !s.clock.playing {
		return false, nil
	}
	changed := false
	for range s.clock.due(passed) {
		if s.Tick() >= s.Ticks() {
			s.clock.playing = false
			return true, nil
		}
		if s.fault != nil {
			return changed, s.fault
		}
		if err := s.step(true, true); err != nil {
			return true, s.failed(ctx, err)
		}
		changed = true
		if s.stop() {
			return true, nil
		}
	}
	return changed, nil
}
