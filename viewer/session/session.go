package session

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
	"dryad/viewer/thought"
	"dryad/vocab"
)

// The distances between the states that are kept for going back: at least
// shortest ticks, and so many that a match keeps no more than mostKeys of them.
const (
	shortest = 140
	mostKeys = 400
)

// window is how many ticks before the present one the values of readings are
// known for.
const window = 120

// Session is a match that is being watched.
type Session struct {
	params   match.PlaybackParams
	playback *match.Playback
	replay   *replay.Replay
	game     games.Game
	every    int // ticks between two keys
	keys     []key
	watchers []*thought.Watcher // by seat, nil where no tree plays
	minds    []*thought.Mind    // by seat, where the tree of the last tick plays no more
	history  []history          // by seat
	seat     games.Seat
	clock    clock
	breaks   []Break
	stopped  *Stop
	fault    error // the execution cannot go on
	gaps     bool  // the last ticks were executed without keeping what was read
	aim      int   // tick that is gone to little by little
	aiming   bool
	started  bool // on the way to aim
	marks    []Mark
	claims   []Mark
	world    func(games.World, []games.Event) // told of each state, in order
	borrowed bool                             // the present state was executed from a claimed key
	unkeyed  error                            // why the keyframes of the replay are not used
	scout    *scout                           // executes the match beside what is watched; nil before and after
	explored bool                             // the scout came to the end, or is not needed
}

// Open starts to watch a replay at its beginning.
func Open(p match.PlaybackParams) (*Session, error) {
	return open(p, max(shortest, (p.Replay.Ticks/mostKeys+shortest-1)/shortest*shortest))
}

// open keeps a state every so many ticks.
func open(p match.PlaybackParams, every int) (*Session, error) {
	p.KeyEvery = every
	seats := len(p.Replay.Policies)
	s := &Session{params: p, replay: p.Replay, game: p.Game, every: p.KeyEvery, watchers: make([]*thought.Watcher, seats), minds: make([]*thought.Mind, seats), history: make([]history, seats), clock: newClock(p.Game.Vocabulary())}
	p.Stepped = s.note
	b, err := match.NewPlayback(p)
	if err != nil {
		return nil, err
	}
	s.playback = b
	s.watch()
	if err := s.keep(); err != nil {
		return nil, err
	}
	s.adopt()
	return s, nil
}

// Close ends what the session's players hold.
func (s *Session) Close() {
	s.endScout()
	s.playback.Close()
}

// Replay returns what is watched.
func (s *Session) Replay() *replay.Replay { return s.replay }

// Game returns the game.
func (s *Session) Game() games.Game { return s.game }

// Vocabulary returns the words of the game.
func (s *Session) Vocabulary() *vocab.Vocabulary { return s.game.Vocabulary() }

// World returns the present state of the match. It must not be changed.
func (s *Session) World() games.World { return s.playback.Match().World() }

// Match returns the match as it is executed. The caller must not step it.
func (s *Session) Match() *match.Match { return s.playback.Match() }

// Diverged returns the first tick in which a seat's policy, thinking beside the
// record, commanded something else, and whether there is one.
func (s *Session) Diverged(seat games.Seat) (int, bool) { return s.playback.Diverged(seat) }

// Tick returns where the match stands; Ticks how long it is.
func (s *Session) Tick() int { return s.playback.Now() }

// Ticks returns the length of the match.
func (s *Session) Ticks() int { return s.replay.Ticks }

// Seats returns the number of seats.
func (s *Session) Seats() int { return len(s.replay.Policies) }

// Seat returns the seat that is watched.
func (s *Session) Seat() games.Seat { return s.seat }

// Watch changes to a seat; one that there is not is ignored.
func (s *Session) Watch(seat games.Seat) {
	if seat >= 0 && int(seat) < s.Seats() {
		s.seat = seat
	}
}

// Next changes to the next seat, or with -1 to the one before.
func (s *Session) Next(by int) { s.Watch(games.Seat((int(s.seat) + by + s.Seats()) % s.Seats())) }

// Fault returns why the execution cannot go on, if so.
func (s *Session) Fault() error { return s.fault }

// OnState sets what is told of every state that the execution comes to, in the
// order of the ticks, with the events that led to it. After going back it is
// told of a state before the last one.
func (s *Session) OnState(call func(world games.World, events []games.Event)) { s.world = call }

// Mind returns what the tree on a seat did in the last tick; nil when no tree
// plays there or the match is at its beginning.
func (s *Session) Mind(seat games.Seat) *thought.Mind {
	if seat < 0 || int(seat) >= len(s.watchers) || s.watchers[seat] == nil {
		return nil
	}
	if last := s.minds[seat]; last != nil {
		return last
	}
	return s.watchers[seat].Mind()
}

// watch puts watchers on the agents. Agents are made anew when a seat changes
// hands, so this is done again and again.
func (s *Session) watch() {
	for seat := range s.watchers {
		t := s.playback.Tree(games.Seat(seat))
		if t == nil {
			s.watchers[seat] = nil
			continue
		}
		old := s.watchers[seat]
		if old != nil && !old.Stale(t.Agent()) {
			continue
		}
		w := thought.Watch(t.Agent(), s.game.Vocabulary())
		if old != nil {
			w.Succeed(old)
		}
		s.watchers[seat] = w
	}
}

// Seek goes to a tick, backwards or forwards. The trees are those of the tick
// that led there. A tick beyond the end is the end. An error of the execution
// is kept as the session's fault; the session then stays where it came to.
func (s *Session) Seek(ctx context.Context, tick int) error {
	s.stopped, s.aiming = nil, false
	return s.seek(ctx, tick)
}

func (s *Session) seek(ctx context.Context, tick int) error {
	tick = max(0, min(tick, s.Ticks()))
	if s.fault != nil && tick >= s.Tick() {
		return s.fault
	}
	s.fault = nil
	if now := s.Tick(); s.gaps || tick <= now || tick > now+window+s.every {
		if tick == now && tick > 0 && !s.gaps && s.captured() {
			return nil
		}
		if err := s.restore(ctx, tick); err != nil {
			return s.failedAt(ctx, tick, err)
		}
	}
	for n := 0; s.Tick() < tick; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		left := tick - s.Tick()
		if err := s.step(left <= window, left == 1); err != nil {
			return s.failedAt(ctx, tick, err)
		}
	}
	return nil
}

// captured reports whether the present tick was executed and not restored.
func (s *Session) captured() bool {
	n := len(s.history[0].ticks)
	return n > 0 && s.history[0].ticks[n-1] == s.Tick()
}

// restore goes to the last key from which a tick can be reached with all that
// is to be known of it.
func (s *Session) restore(ctx context.Context, tick int) (err error) {
	k := s.before(max(0, tick-window))
	if now := s.Tick(); !s.gaps && tick > now && now >= k.tick {
		return nil // going on is as near
	}
	s.gaps, s.borrowed = false, k.claimed
	defer s.guard(&err)
	if err := s.playback.Seek(ctx, k.tick); err != nil {
		return err
	}
	s.watch()
	clear(s.minds)
	for seat, w := range s.watchers {
		if w != nil {
			w.Load(k.states[seat])
		}
		s.history[seat].clear()
	}
	if s.world != nil {
		s.world(s.World(), nil)
	}
	return nil
}

// step executes one tick. With history the values of readings are kept, with
// details those that conditions read.
func (s *Session) step(history, details bool) (err error) {
	defer s.guard(&err)
	s.watch()
	for seat, w := range s.watchers {
		if w == nil {
			continue
		}
		w.Capture(history || details || s.breaking(games.Seat(seat)))
		w.OnTick(s.observer(games.Seat(seat), w, history))
	}
	left, err := s.playback.Step()
	if err != nil {
		return err
	}
	if !left {
		return fmt.Errorf("the match has no tick after %d", s.Tick())
	}
	s.stale() // a seat may have changed hands
	return s.keep()
}

// note counts what a tick did, before seats change hands.
func (s *Session) note() {
	now := s.Tick()
	for seat, w := range s.watchers {
		if w != nil {
			w.Note(now, s.playback.Tree(games.Seat(seat)).Status())
			s.minds[seat] = nil
		}
		s.history[seat].end(now)
	}
	if s.world != nil {
		s.world(s.World(), s.World().Events())
	}
}

// stale keeps what trees did in their last tick when their seats change hands
// after it.
func (s *Session) stale() {
	for seat, w := range s.watchers {
		if t := s.playback.Tree(games.Seat(seat)); w != nil && (t == nil || w.Stale(t.Agent())) {
			s.minds[seat] = w.Mind()
		}
	}
}

// failed keeps a fault of the replay; one of the context is only returned. If the
// state came out of a keyframe that may be wrong, the tick is gone to without it.
func (s *Session) failed(ctx context.Context, err error) error { return s.failedAt(ctx, s.Tick(), err) }

func (s *Session) failedAt(ctx context.Context, tick int, err error) error {
	switch {
	case ctx.Err() != nil:
	case s.borrowed:
		s.Disown(err)
		return s.seek(ctx, tick)
	default:
		s.fault, s.clock.playing = fmt.Errorf("tick %d: %w", s.Tick(), err), false
	}
	return err
}
