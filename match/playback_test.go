package match_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
)

// resolve makes the players of this package's tests by their names.
func resolve(p replay.Policy) (match.Entrant, error) {
	switch p.Name[0] {
	case 'h':
		return hunter(p.Name), nil
	case 'd':
		return drift(p.Name), nil
	}
	return match.Entrant{}, errors.New("unknown")
}

// swapped plays a match in which seat 1 changes hands twice.
func swapped(t *testing.T) match.Outcome {
	t.Helper()
	m, err := match.New(params(hunter("h"), drift("d"), hunter("h2")))
	if err != nil {
		t.Fatal(err)
	}
	for m.Step() {
		var err error
		switch m.Now() {
		case 40:
			err = m.Replace(1, hunter("h3"))
		case 120:
			err = m.Replace(1, drift("d2"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	o := m.Outcome()
	if len(o.Replay.Swaps) != 2 || o.Names[1] != "d2" || o.Replay.PolicyAt(1, 39).Name != "d" || o.Replay.PolicyAt(1, 40).Name != "h3" {
		t.Fatalf("swaps %+v", o.Replay.Swaps)
	}
	return o
}

func TestVerify(t *testing.T) {
	o := swapped(t)
	for _, thinking := range []bool{false, true} {
		p := match.PlaybackParams{Game: tag.New(), Replay: o.Replay}
		if thinking {
			p.Resolve = resolve
		}
		v, err := match.Verify(context.Background(), p)
		if err != nil || v.Ticks != 200 || v.StateHash != o.Hash || v.Thought[1] != thinking {
			t.Errorf("thinking %v: %+v, %v", thinking, v, err)
		}
	}
}

func TestVerifyFinds(t *testing.T) {
	cases := []struct {
		name, want string
		spoil      func(*replay.Replay)
		thinking   bool
	}{
		{"a digest", "the state at tick 70", func(r *replay.Replay) { r.Hashes[10].Value++ }, false},
		{"the seed", "the state at tick 0", func(r *replay.Replay) { r.Seed++ }, false},
		{"the winner", "the winner is", func(r *replay.Replay) { r.Result.Winner = 7 }, false},
		{"the points", "points", func(r *replay.Replay) { r.Result.Points[0]++ }, false},
		{"the metrics", "the metrics of seat 0", func(r *replay.Replay) { r.Metrics[0][0].Value++ }, false},
		{"an event", "events happened", func(r *replay.Replay) { r.Events = r.Events[:len(r.Events)-1] }, false},
		{"an event's actor", "is not the one that the replay recorded", func(r *replay.Replay) { r.Events[0].Kind += "x" }, false},
		{"the reason", "the match ended by", func(r *replay.Replay) { r.Result.Reason = "a coup" }, false},
		{"the game", "not of tag", func(r *replay.Replay) { r.Game = "arena" }, false},
		{"the version", "of tag version 9, played by dryad test; this dryad has tag version 1", func(r *replay.Replay) { r.GameVersion = 9 }, false},
		{"the map", "no map", func(r *replay.Replay) { r.Config.Map = "x" }, false},
		{"a command", "cannot be carried out: tick 30, seat 0", func(r *replay.Replay) {
			c := r.Commands[0].Prefix(30)
			for n := 30; n < r.Ticks; n++ {
				c.Append([]byte{99})
			}
			r.Commands[0] = c
		}, false},
		{"a policy", "seat 0, d9, commands something else than is recorded from tick", func(r *replay.Replay) { r.Policies[0].Name = "d9" }, true},
		{"an unknown policy", "the replay's policy x: unknown", func(r *replay.Replay) { r.Policies[0].Name = "x" }, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := replay.Decode(encode(t, swapped(t).Replay))
			if err != nil {
				t.Fatal(err)
			}
			c.spoil(r)
			p := match.PlaybackParams{Game: tag.New(), Replay: r}
			if c.thinking {
				p.Resolve = resolve
			}
			if _, err := match.Verify(context.Background(), p); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

func TestSeek(t *testing.T) {
	o := swapped(t)
	hashes := map[int]uint64{}
	for _, every := range []int{0, 1, 25} {
		b, err := match.NewPlayback(match.PlaybackParams{Game: tag.New(), Replay: o.Replay, Resolve: resolve, KeyEvery: every})
		if err != nil {
			t.Fatal(err)
		}
		for _, tick := range []int{0, 200, 130, 120, 41, 40, 39, 150, 1000, -5, 77, 125} {
			if err := b.Seek(context.Background(), tick); err != nil {
				t.Fatalf("every %d, to %d: %v", every, tick, err)
			}
			at := max(0, min(tick, 200))
			if b.Now() != at {
				t.Fatalf("at %d, not at %d", b.Now(), tick)
			}
			h := b.Match().World().Hash()
			if want, ok := hashes[at]; ok && want != h {
				t.Errorf("every %d: another state at tick %d", every, at)
			}
			hashes[at] = h
			if got, want := b.Match().Entrant(1).Record.Name, o.Replay.PolicyAt(1, at).Name; got != want {
				t.Errorf("every %d: %s sits at tick %d, not %s", every, got, at, want)
			}
		}
		for s := range games.Seat(3) {
			if tick, diverged := b.Diverged(s); diverged {
				t.Errorf("every %d: seat %d diverges at %d", every, s, tick)
			}
		}
	}
}

func TestForkEqualsSwap(t *testing.T) {
	straight := run(t, params(hunter("h"), drift("d"), hunter("h2")))
	m, err := match.New(params(hunter("h"), drift("d"), hunter("h2")))
	if err != nil {
		t.Fatal(err)
	}
	for m.Now() < 91 {
		m.Step()
	}
	if err := m.Replace(1, hunter("h3")); err != nil {
		t.Fatal(err)
	}
	want, err := m.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b, err := match.NewPlayback(match.PlaybackParams{Game: tag.New(), Replay: straight.Replay, Resolve: resolve})
	if err != nil {
		t.Fatal(err)
	}
	fork, err := b.Fork(context.Background(), 91, 1, hunter("h3"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := fork.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got.Hash != want.Hash || got.Hash == straight.Hash {
		t.Errorf("the fork ends as %x, a swap as %x, neither as %x", got.Hash, want.Hash, straight.Hash)
	}
	if len(got.Replay.Events) != len(want.Replay.Events) || !bytes.Equal(got.Replay.Commands[0].At(150), want.Replay.Commands[0].At(150)) {
		t.Error("the fork's replay differs from that of a swap")
	}
	if _, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: got.Replay, Resolve: resolve}); err != nil {
		t.Errorf("the fork's replay: %v", err)
	}
}

func TestForkRefuses(t *testing.T) {
	o := swapped(t)
	for want, f := range map[string]func(*match.Playback) error{
		"ticks 0 to 200": func(b *match.Playback) error {
			_, err := b.Fork(context.Background(), 201, 0, hunter("h"))
			return err
		},
		"no seat 3": func(b *match.Playback) error {
			_, err := b.Fork(context.Background(), 1, 3, hunter("h"))
			return err
		},
		"cannot play on": func(b *match.Playback) error {
			_, err := b.Fork(context.Background(), 1, 0, hunter("h"))
			return err
		},
	} {
		b, err := match.NewPlayback(match.PlaybackParams{Game: tag.New(), Replay: o.Replay})
		if err != nil {
			t.Fatal(err)
		}
		if err := f(b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
