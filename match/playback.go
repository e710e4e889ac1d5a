package match

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/replay"
)

// PlaybackParams says how a replay is executed again.
type PlaybackParams struct {
	Game   games.Game
	Replay *replay.Replay
	// Resolve makes an entrant of a recorded policy, so that it thinks beside
	// the record; it returns an entrant without Make for a policy that cannot
	// be made. Nil lets nobody think: the commands alone are executed.
	Resolve func(p replay.Policy) (Entrant, error)
	// KeyEvery is the number of ticks between two states that are kept so that
	// Seek is quick; 0 keeps only the first.
	KeyEvery int
	// Profile counts what the nodes of the trees did.
	Profile bool
	// Stepped, if any, is called after every tick that is executed, before
	// seats are given to other policies.
	Stepped func()
}

// Playback executes a replay again, tick by tick, and checks it against the
// recorded digests. It is used by one goroutine at a time.
type Playback struct {
	params    PlaybackParams
	match     *Match
	followers []*follower
	keys      []*Snapshot
	layout    []byte // of the states, see Layout
	next      int    // of Replay.Hashes
}

// DivergenceError says that a replay's execution came to another state than
// the recorded one.
type DivergenceError struct {
	Tick      int
	Want, Got uint64
}

func (e *DivergenceError) Error() string {
	return fmt.Sprintf("the state at tick %d is %016x, the replay recorded %016x", e.Tick, e.Got, e.Want)
}

// VersionError says that a replay is of another version of its game.
type VersionError struct {
	Game           string
	Recorded, Have int
	Program        string
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("the replay is of %s version %d, played by dryad %s; this dryad has %s version %d and cannot execute it", e.Game, e.Recorded, e.Program, e.Game, e.Have)
}

// NewPlayback starts a replay anew, at tick 0.
func NewPlayback(p PlaybackParams) (*Playback, error) {
	v := p.Game.Vocabulary()
	r := p.Replay
	switch {
	case r.Game != v.Game:
		return nil, fmt.Errorf("the replay is of %s, not of %s", r.Game, v.Game)
	case r.GameVersion != v.Version:
		return nil, &VersionError{Game: r.Game, Recorded: r.GameVersion, Have: v.Version, Program: r.Program}
	}
	b := &Playback{params: p, followers: make([]*follower, len(r.Policies))}
	params := Params{Game: p.Game, Config: r.Config, Seed: r.Seed, Program: r.Program, Profile: p.Profile, Events: true}
	if r.Told != nil {
		params.told = func(tick int) []byte {
			if tick >= r.Told.Ticks() {
				return nil
			}
			return r.Told.At(tick)
		}
	} else if _, ok := p.Game.(games.Retold); ok {
		return nil, fmt.Errorf("the replay does not hold what its seats were told, and the game does not repeat itself")
	}
	for _, policy := range r.Policies {
		e, err := b.resolve(policy)
		if err != nil {
			return nil, err
		}
		params.Entrants = append(params.Entrants, e)
	}
	m, err := create(params, b.follow)
	if err != nil {
		return nil, fmt.Errorf("start the replay: %w", err)
	}
	b.match = m
	if err := b.check(); err != nil {
		return nil, err
	}
	if err := b.keep(); err != nil {
		return nil, err
	}
	return b, b.changes()
}

// resolve makes the entrant of a recorded policy.
func (b *Playback) resolve(p replay.Policy) (Entrant, error) {
	if b.params.Resolve == nil {
		return Entrant{Record: p}, nil
	}
	e, err := b.params.Resolve(p)
	if err != nil {
		return Entrant{}, fmt.Errorf("the replay's policy %s: %w", p.Name, err)
	}
	e.Record = p
	return e, nil
}

// follow puts a follower around a seat's player.
func (b *Playback) follow(world games.World, seat games.Seat, p Player) Player {
	f := &follower{world: world, commands: b.params.Replay.Commands[seat], until: b.params.Replay.Ticks, inner: p, diverged: -1}
	b.followers[seat] = f
	return f
}

// Match returns the match that is executed. The caller must not step it.
func (b *Playback) Match() *Match { return b.match }

// Replay returns what is played.
func (b *Playback) Replay() *replay.Replay { return b.params.Replay }

// Now returns the present tick.
func (b *Playback) Now() int { return b.match.Now() }

// Diverged returns the first tick in which the seat's policy, thinking beside
// the record, commanded something else, and whether there is one.
func (b *Playback) Diverged(seat games.Seat) (int, bool) {
	d := b.followers[seat].diverged
	return d, d >= 0
}

// Step executes one tick and reports whether there was one left. The error is
// a DivergenceError when the state is another than the recorded one.
func (b *Playback) Step() (bool, error) {
	r := b.params.Replay
	if b.Now() >= r.Ticks {
		return false, nil
	}
	for _, f := range r.Forfeits {
		if f.Tick == b.Now() && !b.match.out[f.Seat] && b.followers[f.Seat].inner == nil {
			b.match.out[f.Seat] = true
			b.match.forfeits = append(b.match.forfeits, f)
		}
	}
	if !b.match.Step() {
		return false, fmt.Errorf("the match ends at tick %d, the replay recorded %d ticks", b.Now(), r.Ticks)
	}
	for _, f := range b.followers {
		if f.fault != nil {
			return false, fmt.Errorf("the replay's commands cannot be carried out: %w", f.fault)
		}
	}
	if err := b.check(); err != nil {
		return false, err
	}
	if b.params.Stepped != nil {
		b.params.Stepped()
	}
	if every := b.params.KeyEvery; every > 0 && b.Now()%every == 0 {
		if err := b.keep(); err != nil {
			return false, err
		}
	}
	return true, b.changes()
}

// changes gives seats to other policies as the replay says.
func (b *Playback) changes() error {
	for _, s := range b.params.Replay.Swaps {
		if s.Tick != b.Now() {
			continue
		}
		if err := b.change(s); err != nil {
			return err
		}
	}
	return nil
}

// change gives a seat to another policy.
func (b *Playback) change(s replay.Swap) error {
	e, err := b.resolve(s.Policy)
	if err != nil {
		return err
	}
	diverged := b.followers[s.Seat].diverged
	if err := b.match.Replace(s.Seat, e); err != nil {
		return err
	}
	b.followers[s.Seat].diverged = diverged
	return nil
}

// check compares the state with the recorded digest, if there is one of this
// tick.
func (b *Playback) check() error {
	hashes := b.params.Replay.Hashes
	for b.next < len(hashes) && hashes[b.next].Tick < b.Now() {
		b.next++
	}
	if b.next < len(hashes) && hashes[b.next].Tick == b.Now() {
		if got := b.match.world.Hash(); got != hashes[b.next].Value {
			return &DivergenceError{Tick: b.Now(), Want: hashes[b.next].Value, Got: got}
		}
	}
	return nil
}

// keep keeps the present state for Seek, before any change of policy at this
// tick.
func (b *Playback) keep() error {
	if _, kept := b.key(b.Now()); kept {
		return nil
	}
	s, err := b.match.Snapshot()
	if err != nil {
		return err
	}
	b.insert(s)
	return nil
}

// Seek goes to a tick, backwards or forwards, by way of the nearest state that
// was kept. A tick beyond the end is the end.
func (b *Playback) Seek(ctx context.Context, tick int) error {
	tick = max(0, min(tick, b.params.Replay.Ticks))
	at, kept := b.key(tick)
	if !kept {
		at--
	}
	from := b.keys[at]
	if tick < b.Now() || from.tick > b.Now() {
		if err := b.match.Restore(from); err != nil {
			return err
		}
		if b.Now() != from.tick {
			return fmt.Errorf("the state of tick %d says that it is of tick %d", from.tick, b.Now())
		}
		b.next = 0
		if err := b.check(); err != nil {
			return err
		}
		if err := b.changes(); err != nil {
			return err
		}
	}
	for n := 0; b.Now() < tick; n++ {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := b.Step(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends what the players hold outside of the match.
func (b *Playback) Close() { b.match.Close() }

// Tree returns the tree that thinks on a seat beside the record; nil when the
// seat is not played by one.
func (b *Playback) Tree(seat games.Seat) *TreePlayer {
	t, _ := innermost(b.match.players[seat]).(*TreePlayer)
	return t
}
