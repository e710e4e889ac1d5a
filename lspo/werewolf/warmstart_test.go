package werewolf

import (
	"context"
	"math"
	"testing"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/llm/embed"
	"dryad/lspo"
)

// warmed is a small run of two iterations.
func warmed(t *testing.T) (*Game, *Result) {
	t.Helper()
	set, err := rules.Default("classic", 5)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Params{
		Set: set, Language: Embedded{}, Embedder: embed.NewNGrams(64), Games: 24, Iterations: 1, Clusters: 2, Abstraction: Targets,
		Deep: deep.Params{Depth: 2, Traversals: 10, Steps: 20, Batch: 32, AverageSteps: 50, Buffer: 2000, AverageBuffer: 2000, Hidden: []int{16}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := lspo.Run(context.Background(), g, lspo.Params{Iterations: 2, Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return g, r
}

// TestWarmStart: where nothing is new, a solver starts from what the iteration
// before plays; what is new gets its part of what is said, and the rest keeps its
// proportions.
func TestWarmStart(t *testing.T) {
	g, r := warmed(t)
	before := &r.Iterations[0]
	of, err := g.solved(before)
	if err != nil {
		t.Fatal(err)
	}
	same, err := g.warmStart(of.game.(targetAbstraction), before.Space, before)
	if err != nil {
		t.Fatal(err)
	}
	decisions(of.game, func(s cfr.State) {
		want := of.average.Policy(s)
		sharpen(want)
		got := make([]float64, len(want))
		same(s, got)
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-5 {
				t.Fatalf("%v: got %v, want %v", s.Actions(), got, want)
			}
		}
	})
	next, err := g.solved(&r.Iterations[1])
	if err != nil {
		t.Fatal(err)
	}
	game := next.game.(targetAbstraction)
	start, err := g.warmStart(game, r.Iterations[1].Space, before)
	if err != nil {
		t.Fatal(err)
	}
	decisions(game, func(s cfr.State) {
		got := make([]float64, len(s.Actions()))
		start(s, got)
		sum := 0.0
		for i := range got {
			if sum += got[i]; got[i] < 0 || math.IsNaN(got[i]) {
				t.Fatalf("%v", got)
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%v is %v", got, sum)
		}
	})
}

// decisions visits those of some matches.
func decisions(game abstraction, visit func(s cfr.State)) {
	for seed := range uint64(6) {
		draw := games.Stream(seed, 1)
		for s := game.Root(); s.Player() != cfr.Terminal; s = s.Child(draw.IntN(len(s.Actions()))) {
			if s.Player() != cfr.Chance {
				visit(s)
			}
		}
	}
}

// TestAdvantagesHoldTheStart: candidates are judged by the regrets that the solver
// plays by, with those of the strategy that it started from.
func TestAdvantagesHoldTheStart(t *testing.T) {
	g, r := warmed(t)
	for i := range r.Iterations {
		of, err := g.solved(&r.Iterations[i])
		if err != nil {
			t.Fatal(err)
		}
		var before *Iteration
		if i > 0 {
			before = &r.Iterations[i-1]
		}
		if of.start, err = g.start(of.game, r.Iterations[i].Space, before); err != nil {
			t.Fatal(err)
		}
		weight := r.Iterations[i].Solution.StartWeight
		if weight <= 0 {
			t.Fatalf("iteration %d: the start counts %v", i+1, weight)
		}
		decisions(of.game, func(s cfr.State) {
			got, want, start := of.advantages(s), of.regrets.Values(s), make([]float64, len(s.Actions()))
			of.start(s, start)
			for a := range got {
				if math.Abs(got[a]-want[a]-weight*start[a]) > 1e-9 {
					t.Fatalf("iteration %d: advantages %v of regrets %v and a start %v", i+1, got, want, start)
				}
			}
		})
	}
}
