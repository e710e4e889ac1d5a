package session_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/session"
)

func playback(r *replay.Replay) match.PlaybackParams {
	return match.PlaybackParams{Game: tag.New(), Replay: r, Resolve: match.Resolver(tag.New(), policy.Params{})}
}

// keyed plays a long match in which seat 1 changes hands at tick 160, with keyframes.
func keyed(t testing.TB, ticks int) *replay.Replay {
	t.Helper()
	r := record(t, ticks)
	var err error
	if r.Keyframes, err = session.Keyframes(context.Background(), playback(r), session.KeyframeParams{Bytes: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	return r
}

// forged returns the replay with other keyframes.
func forged(r *replay.Replay, change func(k *replay.Keyframes)) *replay.Replay {
	other, k := *r, *r.Keyframes
	k.Frames = slices.Clone(k.Frames)
	for i := range k.Frames {
		f := &k.Frames[i]
		f.World, f.Players, f.Counts = bytes.Clone(f.World), slices.Clone(f.Players), slices.Clone(f.Counts)
	}
	change(&k)
	other.Keyframes = &k
	return &other
}

// seen is what is shown at a tick.
func seen(s *session.Session) []any {
	list := []any{s.Tick(), s.World().Hash()}
	for seat := range games.Seat(s.Seats()) {
		m := s.Mind(seat)
		list = append(list, m.Tick, m.Root, m.Ticks, m.Status, m.Tally, m.Decisions, m.Keys, s.Readings(seat))
	}
	return list
}

// TestKeyframesEqualPlaying: with keyframes a tick shows the same as without.
func TestKeyframesEqualPlaying(t *testing.T) {
	const ticks = 25_000
	r := keyed(t, ticks)
	plain := *r
	plain.Keyframes = nil
	want, got := open(t, &plain), open(t, r)
	if !want.Far(ticks) || got.Far(ticks) {
		t.Error("the end is near without keyframes, or far with them")
	}
	for _, tick := range []int{ticks, 12_345, 161, 160, 24_000, 23_999} {
		for _, s := range []*session.Session{want, got} {
			if err := s.Seek(t.Context(), tick); err != nil {
				t.Fatal(err)
			}
		}
		if a, b := seen(want), seen(got); !reflect.DeepEqual(a, b) {
			t.Errorf("tick %d:\n%v\nfrom a keyframe\n%v", tick, a, b)
		}
	}
	if got.Unkeyed() != nil {
		t.Error(got.Unkeyed())
	}
	for range 1_000_000 {
		if _, err := got.Explore(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		if _, is := got.Exploring(); !is {
			break
		}
	}
	if err := got.Seek(t.Context(), ticks); err != nil || got.Borrowed() || got.Unkeyed() != nil {
		t.Errorf("after the match was executed: borrowed %v, %v, %v", got.Borrowed(), got.Unkeyed(), err)
	}
}

// TestExplore: a long match without keyframes is executed beside what is watched, and
// then nothing is far.
func TestExplore(t *testing.T) {
	const ticks = 25_000
	s := open(t, record(t, ticks))
	if err := s.Seek(t.Context(), 300); err != nil {
		t.Fatal(err)
	}
	before := seen(s)
	steps, last := 0, 0
	for changed := true; changed; steps++ {
		var err error
		for changed = false; !changed; { // a slice of no time executes 64 ticks
			if changed, err = s.Explore(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			if tick, is := s.Exploring(); is && tick <= last {
				t.Fatal("it does not go on")
			} else if last = tick; !is {
				break
			}
		}
	}
	if steps < 50 || s.Far(ticks) || !reflect.DeepEqual(before, seen(s)) {
		t.Errorf("%d steps, the end is far: %v", steps, s.Far(ticks))
	}
	if err := s.Seek(t.Context(), ticks); err != nil || s.Borrowed() {
		t.Error(s.Borrowed(), err)
	}
	short := open(t, record(t, 300))
	if changed, err := short.Explore(t.Context(), time.Hour); changed || err != nil {
		t.Error("a short match is explored", err)
	}
}

// TestWrongKeyframes: keyframes that are not of the match are found out, at the latest
// when the match was executed to them, and the right state is shown.
func TestWrongKeyframes(t *testing.T) {
	const ticks = 25_000
	r := keyed(t, ticks)
	truth := open(t, r)
	if err := truth.Seek(t.Context(), ticks-50); err != nil {
		t.Fatal(err)
	}
	want := seen(truth)
	for name, change := range map[string]func(k *replay.Keyframes){
		"no world":     func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].World = nil },
		"other tick":   func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].World = k.Frames[0].World },
		"no player":    func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].Players[0] = nil },
		"other player": func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].Players[0] = k.Frames[0].Players[0] },
		"no counts":    func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].Counts = nil },
		"other counts": func(k *replay.Keyframes) { k.Frames[len(k.Frames)-1].Counts[0] = []byte{1} },
		"other layout": func(k *replay.Keyframes) { k.Layout = []byte("x") },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, forged(r, change))
			if err := s.Seek(t.Context(), ticks-50); err != nil {
				t.Fatal(err)
			}
			for range 1_000_000 {
				if _, err := s.Explore(t.Context(), time.Hour); err != nil {
					t.Fatal(err)
				}
				if _, is := s.Exploring(); !is {
					break
				}
			}
			if !errors.Is(s.Unkeyed(), replay.ErrKeyframes) || s.Borrowed() {
				t.Errorf("not found: %v", s.Unkeyed())
			}
			if got := seen(s); !reflect.DeepEqual(got, want) {
				t.Errorf("%v\nwant\n%v", got, want)
			}
		})
	}
	if _, err := match.Verify(t.Context(), playback(forged(r, func(k *replay.Keyframes) { k.Frames[2].World = k.Frames[1].World }))); err == nil || !strings.Contains(err.Error(), "the keyframe of tick") {
		t.Errorf("verified: %v", err)
	}
	if v, err := match.Verify(t.Context(), playback(r)); err != nil || v.Keyframes != len(r.Keyframes.Frames) {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestKeyframeBytes: keyframes take no more bytes than they may.
func TestKeyframeBytes(t *testing.T) {
	r := record(t, 5000)
	last := 0
	for _, bytes := range []int{0, 200, 1000, 2000, 1 << 20} {
		k, err := session.Keyframes(t.Context(), playback(r), session.KeyframeParams{Bytes: bytes})
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		if k != nil {
			count = len(k.Frames)
			if size, err := k.Size(); err != nil || size > bytes {
				t.Errorf("%d bytes where %d are allowed, %v", size, bytes, err)
			}
		}
		if count < last {
			t.Errorf("%d keyframes in %d bytes, %d in less", count, bytes, last)
		}
		last = count
	}
	if last < 20 {
		t.Errorf("%d keyframes", last)
	}
}

// FuzzKeyframes executes a match from states that no match comes to: it ends at the
// same state as without them.
func FuzzKeyframes(f *testing.F) {
	const ticks = 150
	r, plays := record(f, ticks), entrant(f, hunter)
	k, err := session.Keyframes(context.Background(), playback(r), session.KeyframeParams{Bytes: 1 << 20})
	if err != nil {
		f.Fatal(err)
	}
	first := k.Frames[0]
	f.Add(first.Tick, first.World, first.Players[0], first.Counts[0])
	f.Fuzz(func(t *testing.T, tick int, world, player, counts []byte) {
		other := *r
		frame := first
		frame.Tick, frame.World = tick, world
		frame.Players = [][]byte{player, first.Players[1], first.Players[2]}
		frame.Counts = [][]byte{counts, first.Counts[1], first.Counts[2]}
		other.Keyframes = &replay.Keyframes{Layout: k.Layout, Frames: []replay.Keyframe{frame}}
		if _, err := replay.Encode(&other); err != nil {
			return // the format refuses it
		}
		s, err := session.Open(match.PlaybackParams{Game: tag.New(), Replay: &other, Resolve: func(replay.Policy) (match.Entrant, error) { return plays, nil }})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.Seek(t.Context(), ticks); err != nil || s.Tick() != ticks || s.World().Hash() != r.FinalHash() {
			t.Errorf("tick %d, %v", s.Tick(), err)
		}
		s.Mind(0)
	})
}
