package arena_test

import (
	"os"
	"strconv"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/policy"
)

// BenchmarkArenaSteps plays matches of the veteran, with perception and trees
// but without networks; one operation is one agent-step.
func BenchmarkArenaSteps(b *testing.B) {
	game := arena.New()
	source, err := os.ReadFile("../../../examples/policies/arena/veteran.dryad")
	if err != nil {
		b.Fatal(err)
	}
	veteran, faults := policy.Parse("veteran", source, game, policy.Params{})
	if veteran == nil {
		b.Fatal(faults)
	}
	for _, seats := range []int{4, 8, 16, 32} {
		b.Run(strconv.Itoa(seats)+"_agents", func(b *testing.B) {
			w, err := game.New(games.Config{Map: anyMap(b), Seats: seats, Ticks: 1 << 20}, 1)
			if err != nil {
				b.Fatal(err)
			}
			agents, batch := make([]*policy.Agent, seats), policy.NewBatch()
			for s := range agents {
				agents[s] = veteran.NewAgent(1, games.Seat(s))
			}
			tick := func() {
				for s, a := range agents {
					if body := w.Body(games.Seat(s)); w.Perceive(games.Seat(s)) {
						a.Tick(body, w.Now(), batch)
						a.Finish(body)
					} else {
						a.Halt(body, w.Now())
					}
				}
				w.Step()
			}
			for range 3500 { // so that the shared tables of ways are filled
				tick()
			}
			b.ReportAllocs()
			steps := 0
			for b.Loop() {
				if steps++; steps%seats == 0 {
					tick()
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
