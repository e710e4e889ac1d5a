package arena_test

import (
	"strconv"
	"testing"

	"dryad/games"
)

// BenchmarkArenaSteps plays matches with perception and decisions; one
// operation is one agent-step.
func BenchmarkArenaSteps(b *testing.B) {
	for _, seats := range []int{4, 8, 16, 32} {
		b.Run(strconv.Itoa(seats)+"_agents", func(b *testing.B) {
			w, drivers := newMatch(b, games.Config{Map: anyMap(b), Seats: seats, Ticks: 1 << 20}, 1)
			play(w, drivers, 3500) // so that shared tables of ways are filled
			b.ReportAllocs()
			steps := 0
			for b.Loop() {
				if steps++; steps%seats == 0 {
					play(w, drivers, 1)
				}
			}
			b.ReportMetric(float64(steps)/b.Elapsed().Seconds(), "agent-steps/s")
		})
	}
}

func BenchmarkSnapshotRestore(b *testing.B) {
	w, drivers := newMatch(b, games.Config{Map: anyMap(b), Seats: 4, Ticks: 1 << 20}, 1)
	play(w, drivers, 700)
	buf := w.Snapshot(nil)
	b.ReportAllocs()
	for b.Loop() {
		buf = w.Snapshot(buf[:0])
		if err := w.Restore(buf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	w, drivers := newMatch(b, games.Config{Map: anyMap(b), Seats: 4, Ticks: 1 << 20}, 1)
	play(w, drivers, 700)
	b.ReportAllocs()
	for b.Loop() {
		w.Hash()
	}
}
