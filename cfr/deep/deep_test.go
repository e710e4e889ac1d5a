package deep_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/cfr/deep"
)

func kuhn(t testing.TB) deep.Encoder {
	t.Helper()
	game, err := classic.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	return game.(deep.Encoder)
}

func compile(t testing.TB, game cfr.Game) *cfr.Tree {
	t.Helper()
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func run(t testing.TB, s *deep.Solver, iterations int) {
	t.Helper()
	if err := s.Run(context.Background(), iterations); err != nil {
		t.Fatal(err)
	}
}

func solver(t testing.TB, game deep.Encoder, p deep.Params) *deep.Solver {
	t.Helper()
	s, err := deep.New(game, p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Every variant finds its way on Kuhn poker.
func TestVariantsOnKuhn(t *testing.T) {
	game := kuhn(t)
	tree := compile(t, game)
	for _, test := range []struct {
		name   string
		params deep.Params
		bound  float64
	}{
		{"deep cfr", deep.Params{}, 0.05},
		{"restarted", deep.Params{Restart: true, Steps: 150}, 0.08},
		{"depth-limited", deep.Params{Depth: 1, Rollouts: 2}, 0.08},
		{"dream", deep.Params{Variant: deep.DREAM}, 0.1},
		{"vr-deeppdcfr+", deep.Params{Variant: deep.VRDeepPDCFR}, 0.08},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := test.params
			p.Traversals, p.Batch, p.AverageSteps, p.Hidden, p.LearningRate, p.Seed = 100, 128, 1000, []int{32, 32}, 3e-3, 1
			if p.Steps == 0 {
				p.Steps = 40
			}
			s := solver(t, game, p)
			run(t, s, 80)
			gap, err := tree.Exploitability(deep.Tabulate(tree, s))
			if err != nil || gap > test.bound {
				t.Errorf("exploitability %v, %v", gap, err)
			}
		})
	}
}

func policies(s *deep.Solver, tree *cfr.Tree) []float64 {
	strategy := deep.Tabulate(tree, s)
	var all []float64
	for i := range tree.TotalInfosets() {
		all = append(all, strategy.At(i)...)
	}
	return all
}

// Neither the number of workers, nor being asked in between, nor a stop and a
// resume changes a bit.
func TestSameBits(t *testing.T) {
	game := kuhn(t)
	tree := compile(t, game)
	for _, variant := range []string{deep.DeepCFR, deep.DREAM, deep.VRDeepPDCFR} {
		p := deep.Params{Variant: variant, Traversals: 30, Steps: 5, Batch: 32, AverageSteps: 50, Hidden: []int{16}, Buffer: 200, AverageBuffer: 200}
		whole := solver(t, game, p)
		run(t, whole, 6)
		want := policies(whole, tree)

		p.Workers = 3
		many := solver(t, game, p)
		run(t, many, 3)
		policies(many, tree)
		var saved bytes.Buffer
		if err := many.Save(&saved, nil); err != nil {
			t.Fatal(err)
		}
		checkpoint := saved.Bytes()
		resumed := solver(t, game, p)
		if err := resumed.Load(bytes.NewReader(checkpoint)); err != nil {
			t.Fatal(err)
		}
		run(t, resumed, 3)
		if got := policies(resumed, tree); !slices.Equal(got, want) {
			t.Errorf("%s: resumed with three workers: %v, want %v", variant, got[:4], want[:4])
		}
		checkpoint[len(checkpoint)/2] ^= 1
		if err := solver(t, game, p).Load(bytes.NewReader(checkpoint)); err == nil {
			t.Errorf("%s: a damaged checkpoint was loaded", variant)
		}
	}
}

// A game whose seats share one network by role.
type oneRole struct{ deep.Encoder }

func (oneRole) Roles() int         { return 1 }
func (oneRole) Role(cfr.State) int { return 0 }

func TestRoles(t *testing.T) {
	game := oneRole{kuhn(t)}
	s := solver(t, game, deep.Params{Traversals: 50, Steps: 20, Hidden: []int{32}})
	run(t, s, 20)
	root := game.Root().Child(2).Child(0) // king against jack
	policy, advantages := s.Policy(root), s.Advantages(root)
	if len(policy) != 2 || len(advantages) != 2 || policy[0]+policy[1] < 0.999 {
		t.Errorf("policy %v, advantages %v", policy, advantages)
	}
}

func TestBadParams(t *testing.T) {
	for _, p := range []deep.Params{{Variant: "magic"}, {Depth: 1, Epsilon: 2}, {Depth: -1}, {Epsilon: 0.1}, {Variant: deep.DREAM, Depth: 2}, {Rollouts: 2}, {Variant: deep.VRDeepPDCFR, Merge: true}, {Hidden: []int{-3}}} {
		if _, err := deep.New(kuhn(t), p); err == nil {
			t.Errorf("%+v was accepted", p)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := solver(t, kuhn(t), deep.Params{}).Run(ctx, 5); err == nil {
		t.Error("a cancelled run went on")
	}
}
