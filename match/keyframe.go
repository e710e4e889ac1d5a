package match

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"sort"

	"dryad/replay"
)

// key returns where the kept state of a tick is, or would be.
func (b *Playback) key(tick int) (at int, kept bool) {
	at = sort.Search(len(b.keys), func(i int) bool { return b.keys[i].tick >= tick })
	return at, at < len(b.keys) && b.keys[at].tick == tick
}

// insert keeps a state.
func (b *Playback) insert(s *Snapshot) {
	at, kept := b.key(s.tick)
	if kept {
		b.keys[at] = s
		return
	}
	b.keys = slices.Insert(b.keys, at, s)
}

// Keyframe returns the state that was kept of a tick. It shares memory with the
// playback and must not be changed.
func (b *Playback) Keyframe(tick int) (replay.Keyframe, bool) {
	at, kept := b.key(tick)
	if !kept {
		return replay.Keyframe{}, false
	}
	return frameOf(b.keys[at]), true
}

// Present returns the present state.
func (b *Playback) Present() (replay.Keyframe, error) {
	s, err := b.match.Snapshot()
	if err != nil {
		return replay.Keyframe{}, err
	}
	return frameOf(s), nil
}

func frameOf(s *Snapshot) replay.Keyframe {
	return replay.Keyframe{Tick: s.tick, World: s.world, Players: s.players, Forfeits: len(s.forfeits)}
}

// Layout identifies how states are laid out: it is a digest of that of tick 0.
func (b *Playback) Layout() []byte {
	if b.layout == nil {
		h := sha256.New()
		h.Write(b.keys[0].world)
		for _, p := range b.keys[0].players {
			fmt.Fprintf(h, "%d\n", len(p))
			h.Write(p)
		}
		b.layout = h.Sum(nil)[:16]
	}
	return b.layout
}

// SameState reports whether two keyframes hold the same state.
func SameState(a, b replay.Keyframe) bool {
	return a.Tick == b.Tick && a.Forfeits == b.Forfeits && bytes.Equal(a.World, b.World) && slices.EqualFunc(a.Players, b.Players, bytes.Equal)
}

// Adopt keeps a state for Seek that was not executed here. It is not checked: if
// it is wrong, Seek and Step may fail, even panic, until Disown removes it.
func (b *Playback) Adopt(f replay.Keyframe) error {
	r := b.params.Replay
	if f.Tick <= 0 || f.Tick > r.Ticks || len(f.Players) != len(r.Policies) || f.Forfeits < 0 || f.Forfeits > len(r.Forfeits) {
		return fmt.Errorf("the state of tick %d is of another match", f.Tick)
	}
	s := &Snapshot{match: b.match, world: f.World, players: f.Players, tick: f.Tick, out: make([]bool, len(r.Policies)), entrants: slices.Clone(b.match.params.Entrants),
		commands: make([]replay.Commands, len(r.Policies)), forfeits: slices.Clip(r.Forfeits[:f.Forfeits])}
	for _, gone := range s.forfeits {
		s.out[gone.Seat] = true
	}
	s.events = slices.Clip(r.Events[:sort.Search(len(r.Events), func(i int) bool { return r.Events[i].Tick > f.Tick })])
	for _, swap := range r.Swaps {
		if swap.Tick >= f.Tick {
			break
		}
		e, err := b.resolve(swap.Policy)
		if err != nil {
			return err
		}
		s.entrants[swap.Seat] = e
		s.swaps = append(s.swaps, swap)
	}
	b.insert(s)
	return nil
}

// Disown forgets the kept state of a tick other than 0.
func (b *Playback) Disown(tick int) {
	if at, kept := b.key(tick); kept && tick > 0 {
		b.keys = slices.Delete(b.keys, at, at+1)
	}
}

// keyed compares the present state with the keyframe that the replay has of it, and
// reports whether there is one. Players are compared where they think.
func (b *Playback) keyed() (found bool, err error) {
	if b.params.Replay.Keyframes == nil {
		return false, nil
	}
	frames := b.params.Replay.Keyframes.Frames
	at := sort.Search(len(frames), func(i int) bool { return frames[i].Tick >= b.Now() })
	if at == len(frames) || frames[at].Tick != b.Now() {
		return false, nil
	}
	f := &frames[at]
	if !bytes.Equal(f.World, b.match.world.Snapshot(nil)) {
		return true, fmt.Errorf("the keyframe of tick %d is not the state of the match", f.Tick)
	}
	for seat, p := range b.followers {
		if _, thinks := p.inner.(Snapshotter); thinks && !bytes.Equal(f.Players[seat], p.Snapshot(nil)) {
			return true, fmt.Errorf("the keyframe of tick %d is not what the player on seat %d remembers", f.Tick, seat)
		}
	}
	return true, nil
}
