package arena_test

import (
	"os"
	"strconv"
	"testing"

	"dryad/games"
	"dryad/games/fps"
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

// BenchmarkCatalogueMatches plays whole matches of the catalogue's training games by
// the expert; one operation is one match. The games come in turn, so that the shared
// tables of ways fill up while it runs: -benchtime 500x is about as many matches a game
// as the first generation of a search has.
func BenchmarkCatalogueMatches(b *testing.B) {
	game := arena.New()
	source, err := os.ReadFile("../../../examples/policies/arena/expert.dryad")
	if err != nil {
		b.Fatal(err)
	}
	expert, faults := policy.Parse("expert", source, game, policy.Params{Net: fps.Network})
	if expert == nil {
		b.Fatal(faults)
	}
	var definitions []arena.Definition
	for i, d := range arena.Catalog() {
		if d.Split == arena.Training && i%600 == 0 {
			definitions = append(definitions, d)
		}
	}
	for _, d := range definitions { // the graphs of the maps
		if _, err := game.New(d.Config, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	ticks, k := 0, 0
	for b.Loop() {
		seed := uint64(k)
		w, err := game.New(definitions[k%len(definitions)].Config, seed)
		if err != nil {
			b.Fatal(err)
		}
		k++
		agents, batch := make([]*policy.Agent, w.Seats()), policy.NewBatch()
		acts := make([]bool, w.Seats())
		for s := range agents {
			agents[s] = expert.NewAgent(seed, games.Seat(s))
		}
		for over := false; !over; ticks++ {
			for s, a := range agents {
				if acts[s] = w.Perceive(games.Seat(s)); acts[s] {
					a.Tick(w.Body(games.Seat(s)), w.Now(), batch)
				} else {
					a.Halt(w.Body(games.Seat(s)), w.Now())
				}
			}
			batch.Run()
			for s, a := range agents {
				if acts[s] {
					a.Finish(w.Body(games.Seat(s)))
				}
			}
			w.Step()
			_, over = w.Result()
		}
	}
	b.ReportMetric(float64(ticks)/b.Elapsed().Seconds(), "ticks/s")
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
