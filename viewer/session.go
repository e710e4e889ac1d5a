package viewer

import (
	"context"
	"fmt"
	"image"
	"time"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// Camera draws the present state of a match, as a seat sees it or, for
// games.NoSeat, from above. The picture may be of another size than was asked
// for. A game that cannot be drawn has no camera.
type Camera func(world games.World, seat games.Seat, width, height int) (image.Image, error)

// keyEvery is the number of ticks between the states that are kept for going
// back.
const keyEvery = 140

// speeds are the rates at which a match can be watched.
var speeds = [...]float64{0.1, 0.25, 0.5, 1, 2, 4, 8, 16}

// normalSpeed is the index of 1 in speeds.
const normalSpeed = 3

// Session is a match that is being watched. It is used by one goroutine at a
// time.
type Session struct {
	playback *match.Playback
	replay   *replay.Replay
	game     games.Game
	camera   Camera // nil when the game cannot be drawn
	rate     float64
	seat     games.Seat
	playing  bool
	speed    int
	owed     float64 // ticks that are due and were not played
	scroll   int     // rows of the tree that are scrolled away
	fault    error   // the execution cannot go on
}

// Open starts to watch a replay at its beginning. The camera may be nil.
func Open(p match.PlaybackParams, camera Camera) (*Session, error) {
	p.KeyEvery = keyEvery
	b, err := match.NewPlayback(p)
	if err != nil {
		return nil, err
	}
	s := &Session{playback: b, replay: p.Replay, game: p.Game, camera: camera, rate: float64(p.Game.Vocabulary().TicksPerSecond), speed: normalSpeed}
	if s.rate == 0 {
		s.rate = 1 // a turn a second
	}
	s.trace()
	return s, nil
}

// Close ends what the session's players hold.
func (s *Session) Close() { s.playback.Close() }

// Tick returns where the match stands; Ticks how long it is.
func (s *Session) Tick() int { return s.playback.Now() }

// Ticks returns the length of the match.
func (s *Session) Ticks() int { return s.replay.Ticks }

// Seat returns the seat that is watched.
func (s *Session) Seat() games.Seat { return s.seat }

// Watch changes to a seat; one that there is not is ignored.
func (s *Session) Watch(seat games.Seat) {
	if seat >= 0 && int(seat) < len(s.replay.Policies) {
		s.seat, s.scroll = seat, 0
	}
}

// Next changes to the next seat, or with -1 to the one before.
func (s *Session) Next(by int) {
	n := len(s.replay.Policies)
	s.Watch(games.Seat((int(s.seat) + by + n) % n))
}

// Playing says whether the match runs.
func (s *Session) Playing() bool { return s.playing }

// Toggle lets the match run, or halts it. At the end it begins anew.
func (s *Session) Toggle(ctx context.Context) error {
	s.playing, s.owed = !s.playing, 0
	if s.playing && s.Tick() >= s.Ticks() {
		return s.Seek(ctx, 0)
	}
	return nil
}

// Speed returns how many times the game's own speed the match runs at.
func (s *Session) Speed() float64 { return speeds[s.speed] }

// Faster goes to the next higher speed, or with -1 to the next lower.
func (s *Session) Faster(by int) { s.speed = max(0, min(len(speeds)-1, s.speed+by)) }

// Scroll moves the tree by some rows.
func (s *Session) Scroll(rows int) { s.scroll = max(0, s.scroll+rows) }

// Fault returns why the execution cannot go on, if so.
func (s *Session) Fault() error { return s.fault }

// trace lets the trees report what their nodes do. Agents are made anew when a
// seat changes hands, so it is asked for again and again.
func (s *Session) trace() {
	for seat := range s.replay.Policies {
		if t := s.playback.Tree(games.Seat(seat)); t != nil && t.Agent().Trace() == nil {
			t.Agent().SetTrace(true)
		}
	}
}

// Step plays a number of ticks; a negative one goes back.
func (s *Session) Step(ctx context.Context, ticks int) error {
	s.playing = false
	return s.Seek(ctx, s.Tick()+ticks)
}

// Seek goes to a tick. The trees are those of the tick that led there.
func (s *Session) Seek(ctx context.Context, tick int) error {
	tick = max(0, min(tick, s.Ticks()))
	if s.fault != nil && tick >= s.Tick() {
		return s.fault
	}
	s.fault = nil
	if tick != s.Tick()+1 {
		if err := s.playback.Seek(ctx, tick-1); err != nil {
			return s.failed(ctx, err)
		}
	}
	if tick == 0 {
		return nil
	}
	s.trace()
	if _, err := s.playback.Step(); err != nil {
		return s.failed(ctx, err)
	}
	return nil
}

// failed keeps a fault of the replay; one of the context is only returned.
func (s *Session) failed(ctx context.Context, err error) error {
	if ctx.Err() == nil {
		s.fault, s.playing = fmt.Errorf("tick %d: %w", s.Tick(), err), false
	}
	return err
}

// Advance plays what is due after some time has passed, and reports whether
// anything changed.
func (s *Session) Advance(ctx context.Context, passed time.Duration) (bool, error) {
	if !s.playing {
		return false, nil
	}
	// A picture that took long does not make the next one take longer.
	s.owed = min(s.owed+passed.Seconds()*s.rate*s.Speed(), s.rate*s.Speed()/4+1)
	changed := false
	for ; s.owed >= 1; s.owed-- {
		if s.Tick() >= s.Ticks() {
			s.playing = false
			return changed, nil
		}
		if err := s.Seek(ctx, s.Tick()+1); err != nil {
			return true, err
		}
		changed = true
	}
	return changed, nil
}
