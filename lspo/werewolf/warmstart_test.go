package werewolf

import (
	"context"
	"math"
	"slices"
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
		want := of.play(s)
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

// TestSpeechFollowsRegrets: what is said is drawn from the positive regrets, from
// which the speaker learns, and everything else from the average strategy.
func TestSpeechFollowsRegrets(t *testing.T) {
	g, r := warmed(t)
	of, err := g.solved(&r.Iterations[1])
	if err != nil {
		t.Fatal(err)
	}
	spoken, others := 0, 0
	decisions(of.game, func(s cfr.State) {
		got, want := of.play(s), of.average.Policy(s)
		if of.talks(s) {
			spoken++
			want = of.regrets.Values(s)
			greatest := slices.Max(want)
			for i, x := range want {
				if want[i] = max(x, 0); greatest <= 0 && x == greatest {
					want[i] = 1
				}
			}
		} else {
			others++
		}
		sum := 0.0
		for i, x := range want {
			want[i] = x * x * x * x
			sum += want[i]
		}
		for i := range got {
			if math.Abs(got[i]-want[i]/sum) > 1e-6 {
				t.Fatalf("%v: got %v, want %v over %v", s.Actions(), got, want, sum)
			}
		}
	})
	if spoken == 0 || others == 0 {
		t.Errorf("%d speeches and %d other decisions", spoken, others)
	}
}
