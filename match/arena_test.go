package match_test

import (
	"context"
	"testing"

	"dryad/examples"
	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
)

// veteran is a shipped policy without neural tasks.
func veteran(t testing.TB) match.Entrant {
	t.Helper()
	files, err := examples.Policies("arena")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if p, faults := policy.Parse(f.Name, []byte(f.Text), arena.New(), policy.Params{}); p != nil && p.Name == "veteran" {
			return match.Tree(p)
		} else if p == nil && len(faults) == 0 {
			t.Fatalf("%s is neither legal nor faulty", f.Name)
		}
	}
	t.Fatal("the shipped policies have no veteran")
	return match.Entrant{}
}

// TestArenaReplays plays the real game: the replay verifies with the trees
// thinking, and a seek back comes to the same state.
func TestArenaReplays(t *testing.T) {
	v := veteran(t)
	o, err := match.Run(context.Background(), match.Params{Game: arena.New(), Config: games.Config{Map: "generated:4", Ticks: 700}, Seed: 5,
		Entrants: []match.Entrant{v, v, v, v}, Record: true})
	if err != nil || len(o.Forfeits) > 0 {
		t.Fatalf("%v, forfeits %v", err, o.Forfeits)
	}
	b, err := match.NewPlayback(match.PlaybackParams{Game: arena.New(), Replay: o.Replay, KeyEvery: 200, Resolve: match.Resolver(arena.New(), policy.Params{})})
	if err != nil {
		t.Fatal(err)
	}
	for _, tick := range []int{700, 333, 650, 0, 700} {
		if err := b.Seek(context.Background(), tick); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.Match().World().Hash(); got != o.Hash {
		t.Errorf("state %016x after seeking, %016x after playing", got, o.Hash)
	}
	for s := range games.Seat(4) {
		if at, diverged := b.Diverged(s); diverged {
			t.Errorf("seat %d thinks otherwise from tick %d on", s, at)
		}
	}
}

// BenchmarkArena measures four trees on a FreeDM map: an operation is a tick of
// the match, and agent-steps are seats times ticks.
func BenchmarkArena(b *testing.B) {
	v := veteran(b)
	m, err := match.New(match.Params{Game: arena.New(), Config: games.Config{Map: "freedm.wad:MAP01", Ticks: 1 << 20}, Seed: 5, Entrants: []match.Entrant{v, v, v, v}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !m.Step() {
			b.Fatal("the match is over")
		}
	}
	b.ReportMetric(4*float64(b.N)/b.Elapsed().Seconds(), "agent-steps/s")
}
