package session

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sort"

	"dryad/match"
	"dryad/replay"
	"dryad/viewer/thought"
)

// key is what the session remembers of a tick to which it can go back.
type key struct {
	tick   int
	states []thought.State // by seat
	// claimed means that the state came out of a keyframe of the file, or was executed
	// from one, and that the match has not been executed to it from its start.
	claimed bool
}

// at returns where the key of a tick is, or would be.
func (s *Session) at(tick int) (i int, kept bool) {
	i = sort.Search(len(s.keys), func(i int) bool { return s.keys[i].tick >= tick })
	return i, i < len(s.keys) && s.keys[i].tick == tick
}

// before returns the last key at or before a tick.
func (s *Session) before(tick int) *key {
	i, kept := s.at(tick)
	if !kept {
		i--
	}
	return &s.keys[i]
}

// keep remembers the present tick, if it is one that the playback keeps, and
// compares it with what was claimed of it.
func (s *Session) keep() error {
	now := s.Tick()
	i, kept := s.at(now)
	switch {
	case !kept && now%s.every == 0:
		k, _, err := s.present(false)
		if err != nil {
			return err
		}
		s.keys = slices.Insert(s.keys, i, k)
	case kept && s.keys[i].claimed && !s.changes(now):
		k, frame, err := s.present(true)
		if err != nil {
			return err
		}
		return s.learn(k, frame)
	}
	return nil
}

// present returns what is remembered of the present tick, and, if asked for, its
// state.
func (s *Session) present(state bool) (k key, frame replay.Keyframe, err error) {
	s.watch()
	k = key{tick: s.Tick(), claimed: s.borrowed}
	for _, w := range s.watchers {
		state := thought.State{}
		if w != nil {
			state = w.Save()
		}
		k.states = append(k.states, state)
	}
	if state {
		frame, err = s.playback.Present()
	}
	return k, frame, err
}

// learn takes over a key and its state. With one that differs from what was claimed
// of its tick, all claims are forgotten; the error is that the present state is a
// claim too.
func (s *Session) learn(k key, frame replay.Keyframe) error {
	i, kept := s.at(k.tick)
	if kept {
		old := &s.keys[i]
		if !old.claimed {
			return nil
		}
		claim, _ := s.playback.Keyframe(k.tick)
		if match.SameState(claim, frame) && slices.EqualFunc(old.states, k.states, thought.State.Equal) {
			old.claimed = k.claimed
			return nil
		}
		err := fmt.Errorf("that of tick %d is not the state of the match", k.tick)
		if k.claimed {
			return err // guard forgets the claims
		}
		s.Disown(err)
		i, _ = s.at(k.tick)
	}
	if err := s.playback.Adopt(frame); err != nil && k.tick > 0 {
		return err
	}
	s.keys = slices.Insert(s.keys, i, k)
	return nil
}

// adopt takes over the keyframes of the replay, as claims.
func (s *Session) adopt() {
	r := s.replay
	if s.unkeyed = r.Unkeyed; r.Keyframes == nil {
		return
	}
	if !bytes.Equal(r.Keyframes.Layout, s.playback.Layout()) {
		s.unkeyed = fmt.Errorf("%w: another version of dryad wrote them", replay.ErrKeyframes)
		return
	}
	states := make([]thought.State, s.Seats())
	for i := range r.Keyframes.Frames {
		frame := &r.Keyframes.Frames[i]
		if s.changes(frame.Tick) {
			continue // no writer of dryad's has one there
		}
		var err error
		for seat := range states {
			if frame.Counts == nil || len(frame.Counts[seat]) == 0 {
				states[seat] = thought.State{}
			} else if states[seat], err = thought.ReadState(frame.Counts[seat], states[seat]); err != nil {
				break
			}
		}
		if err == nil {
			err = s.playback.Adopt(*frame)
		}
		if err != nil {
			s.Disown(err)
			return
		}
		at, kept := s.at(frame.Tick)
		if kept {
			continue
		}
		s.keys = slices.Insert(s.keys, at, key{frame.Tick, slices.Clone(states), true})
	}
}

// changes reports whether a seat changes hands at a tick.
func (s *Session) changes(tick int) bool {
	return slices.ContainsFunc(s.replay.Swaps, func(c replay.Swap) bool { return c.Tick == tick })
}

// Borrowed reports whether the present state depends on a keyframe of the file that
// was not yet found to be right.
func (s *Session) Borrowed() bool { return s.borrowed }

// Disown forgets all keyframes of the file that were not found to be right, because
// one of them is wrong. What was executed from them must be executed again: the next
// Seek does so.
func (s *Session) Disown(why error) {
	if !errors.Is(why, replay.ErrKeyframes) {
		why = fmt.Errorf("%w: %w", replay.ErrKeyframes, why)
	}
	s.unkeyed = why
	s.keys = slices.DeleteFunc(s.keys, func(k key) bool {
		if k.claimed {
			s.playback.Disown(k.tick)
		}
		return k.claimed
	})
	s.gaps = s.gaps || s.borrowed
	s.borrowed = false
}

// Unkeyed returns why the keyframes of the replay are not used; nil if they are, or
// if there are none.
func (s *Session) Unkeyed() error { return s.unkeyed }

// guard turns a panic into an error while the present state is a claim: a state that
// no match comes to may do anything.
func (s *Session) guard(err *error) {
	if !s.borrowed {
		return
	}
	if p := recover(); p != nil {
		*err = fmt.Errorf("the state cannot be executed: %v", p)
	}
}
