package session_test

import (
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/session"
)

// BenchmarkMillionTicks opens a replay of a million ticks and jumps over it, with
// keyframes in the file and no tick executed before: ms/open with reading the file,
// ms/end for the jump to the end, ms/scrub for the mean and ms/worst for the longest
// of 50 jumps to anywhere, MB/held for the memory that the session holds. ms/index is
// what it takes to execute the match once and write the keyframes, which take a
// share of %/keyframes of the file.
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
	plain, err := replay.Encode(o.Replay)
	if err != nil {
		b.Fatal(err)
	}
	params := func(r *replay.Replay) match.PlaybackParams {
		return match.PlaybackParams{Game: game, Replay: r, Resolve: match.Resolver(game, policy.Params{})}
	}
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	start := time.Now()
	if o.Replay.Keyframes, err = session.Keyframes(b.Context(), params(o.Replay), session.KeyframeParams{Bytes: len(plain) / 20}); err != nil {
		b.Fatal(err)
	}
	index := milliseconds(time.Since(start))
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
		start := time.Now()
		r, err := replay.Decode(file)
		if err != nil {
			b.Fatal(err)
		}
		s, err := session.Open(params(r))
		if err != nil {
			b.Fatal(err)
		}
		if r.Keyframes == nil || s.Unkeyed() != nil {
			b.Fatal(r.Keyframes, s.Unkeyed())
		}
		b.ReportMetric(milliseconds(time.Since(start)), "ms/open")
		const jumps = 50
		var all, worst time.Duration
		for i := range jumps + 1 {
			to := random.IntN(ticks)
			if i == 0 {
				to = ticks
			}
			start := time.Now()
			if err := s.Seek(b.Context(), to); err != nil {
				b.Fatal(err)
			}
			took := time.Since(start)
			if i == 0 {
				b.ReportMetric(milliseconds(took), "ms/end")
				continue
			}
			all, worst = all+took, max(worst, took)
		}
		b.ReportMetric(milliseconds(all)/jumps, "ms/scrub")
		b.ReportMetric(milliseconds(worst), "ms/worst")
		b.ReportMetric(held()-before, "MB/held")
		b.ReportMetric(float64(len(file))/1e6, "MB/file")
		b.ReportMetric(100*float64(len(file)-len(plain))/float64(len(plain)), "%/keyframes")
		b.ReportMetric(index, "ms/index")
		s.Close()
	}
}
