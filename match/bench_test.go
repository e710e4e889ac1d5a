package match_test

import (
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
)

// BenchmarkStep measures what the runner adds to a small world's step with
// two players in Go.
func BenchmarkStep(b *testing.B) {
	still := func(body games.Body) error { body.Commit(0); return nil }
	e := hunter("a")
	e.Make = func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return match.Func(still), nil }
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 1 << 20}, Entrants: []match.Entrant{e, e}})
	if err != nil {
		b.Fatal(err)
	}
	start, err := m.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !m.Step() {
			if err := m.Restore(start); err != nil {
				b.Fatal(err)
			}
		}
	}
}
