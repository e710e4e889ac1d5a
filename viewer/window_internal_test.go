package viewer

import (
	"context"
	"testing"

	"github.com/hajimehoshi/ebiten/v2"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
)

// TestKeys checks what each key does to a session.
func TestKeys(t *testing.T) {
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(context.Background(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 100}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(match.PlaybackParams{Game: tag.New(), Replay: o.Replay, Resolve: match.Resolver(tag.New(), policy.Params{})}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		key     ebiten.Key
		step    int
		tick    int
		playing bool
		speed   float64
		seat    games.Seat
	}{
		{ebiten.KeyArrowRight, 1, 1, false, 1, 0},
		{ebiten.KeyArrowRight, 10, 11, false, 1, 0},
		{ebiten.KeyArrowLeft, 1, 10, false, 1, 0},
		{ebiten.KeyArrowUp, 1, 10, false, 2, 0},
		{ebiten.KeyArrowDown, 1, 10, false, 1, 0},
		{ebiten.KeyTab, 1, 10, false, 1, 1},
		{ebiten.KeySpace, 1, 10, true, 1, 1},
		{ebiten.KeySpace, 1, 10, false, 1, 1},
		{ebiten.KeyEnd, 1, 100, false, 1, 1},
		{ebiten.KeyPageDown, 1, 100, false, 1, 1},
		{ebiten.KeyPageUp, 1, 100, false, 1, 1},
		{ebiten.KeyHome, 1, 0, false, 1, 1},
	} {
		if err := press(context.Background(), s, c.key, c.step); err != nil {
			t.Fatal(err)
		}
		if s.Tick() != c.tick || s.Playing() != c.playing || s.Speed() != c.speed || s.Seat() != c.seat {
			t.Errorf("%v: tick %d, playing %v, speed %g, seat %d; want %+v", c.key, s.Tick(), s.Playing(), s.Speed(), s.Seat(), c)
		}
	}
	track := layoutOf(1280, 800).track
	for _, c := range []struct{ x, tick int }{{track.Min.X, 0}, {track.Max.X - 1, 100}, {0, 0}, {5000, 100}, {(track.Min.X + track.Max.X) / 2, 50}} {
		if got := s.tickAt(track, c.x); got != c.tick {
			t.Errorf("at %d of the timeline: tick %d, want %d", c.x, got, c.tick)
		}
	}
}
