package session_test

import (
	"slices"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/viewer/session"
)

// TestAim: a tick that is gone to little by little is the one that Seek goes to,
// with all that is known of it; the way there can be left.
func TestAim(t *testing.T) {
	const ticks = 50_000
	game := tag.New()
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: move_to random_cell\n"), game, policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(t.Context(), match.Params{Game: game, Config: games.Config{Ticks: ticks}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	open := func() *session.Session {
		s, err := session.Open(match.PlaybackParams{Game: game, Replay: o.Replay, Resolve: match.Resolver(game, policy.Params{})})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s
	}
	sought, aimed := open(), open()
	if !aimed.Far(45_000) || aimed.Far(1000) {
		t.Error("far is near, or near far")
	}
	same := func(tick int) {
		t.Helper()
		if err := sought.Seek(t.Context(), tick); err != nil {
			t.Fatal(err)
		}
		aimed.Aim(tick)
		for {
			if _, is := aimed.Aiming(); !is {
				break
			}
			if changed, err := aimed.Advance(t.Context(), time.Second); err != nil || !changed {
				t.Fatal(changed, err)
			}
		}
		if aimed.Tick() != tick || aimed.World().Hash() != sought.World().Hash() {
			t.Errorf("tick %d: at %d, another state: %v", tick, aimed.Tick(), aimed.World().Hash() != sought.World().Hash())
		}
		for seat := range games.Seat(2) {
			a, b := aimed.Mind(seat), sought.Mind(seat)
			if !slices.Equal(a.Tally, b.Tally) || !slices.Equal(a.Status, b.Status) {
				t.Errorf("tick %d: the tree of seat %d thinks otherwise", tick, seat)
			}
			for i, series := range aimed.Readings(seat) {
				if !slices.Equal(series.Values, sought.Readings(seat)[i].Values) {
					t.Errorf("tick %d: the course of %s is another one", tick, series.Name)
				}
			}
		}
	}
	same(45_000)
	same(300)
	same(30_123)
	same(ticks)
	if aimed.Far(100) || aimed.Far(49_000) {
		t.Error("what was executed is still far")
	}
	// On the way, somebody goes elsewhere.
	left := open()
	left.Aim(ticks)
	if _, err := left.Advance(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if err := left.Seek(t.Context(), 10); err != nil || left.Tick() != 10 {
		t.Errorf("tick %d, %v", left.Tick(), err)
	}
	if _, is := left.Aiming(); is {
		t.Error("the way goes on")
	}
	if changed, err := left.Advance(t.Context(), time.Second); changed || err != nil {
		t.Error(changed, err)
	}
}
