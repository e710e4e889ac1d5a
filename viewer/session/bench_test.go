package session_test

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/session"
)

// BenchmarkMillionTicks opens a replay of a million ticks, plays it through once,
// and scrubs over it: ms/open with reading the file, ms/first for the first way
// to the end, ms/scrub for a jump to anywhere after that, and the memory that
// the session holds.
func BenchmarkMillionTicks(b *testing.B) {
	const ticks = 1_000_000
	game := arena.New()
	p, faults := policy.Parse("p", []byte("policy p for arena\n\ntree main:\n  selector:\n    sequence:\n      condition: has_enemy_in_view\n      task: shoot nearest_enemy_in_view\n    task: move_to random_area\n"), game, policy.Params{})
	if p == nil {
		b.Fatal(faults)
	}
	o, err := match.Run(b.Context(), match.Params{Game: game, Config: games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: ticks}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		b.Fatal(err)
	}
	file, err := replay.Encode(o.Replay)
	if err != nil {
		b.Fatal(err)
	}
	o = match.Outcome{}
	held := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	before := held()
	random := rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		b.StopTimer()
		start := b.Elapsed()
		b.StartTimer()
		r, err := replay.Decode(file)
		if err != nil {
			b.Fatal(err)
		}
		s, err := session.Open(match.PlaybackParams{Game: game, Replay: r, Resolve: match.Resolver(game, policy.Params{})})
		if err != nil {
			b.Fatal(err)
		}
		opened := b.Elapsed()
		if err := s.Seek(b.Context(), ticks); err != nil {
			b.Fatal(err)
		}
		through := b.Elapsed()
		const jumps = 50
		for range jumps {
			if err := s.Seek(b.Context(), random.IntN(ticks)); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((opened - start).Milliseconds()), "ms/open")
		b.ReportMetric(float64((through - opened).Milliseconds()), "ms/first")
		b.ReportMetric(float64((b.Elapsed()-through).Milliseconds())/jumps, "ms/scrub")
		b.ReportMetric(held()-before, "MB/held")
		b.ReportMetric(float64(len(file))/1e6, "MB/file")
		s.Close()
	}
}
