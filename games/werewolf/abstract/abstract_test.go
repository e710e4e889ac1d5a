package abstract_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/cfr"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/rules"
	_ "dryad/internal/fixedseed"
)

func game(t testing.TB, players int, p abstract.Params) *abstract.Game {
	t.Helper()
	set, err := rules.Default("classic", players)
	if err != nil {
		t.Fatal(err)
	}
	p.Set = set
	g, err := abstract.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestVectorIsThePapers: 211 numbers for 7 players.
func TestVectorIsThePapers(t *testing.T) {
	if n := game(t, 7, abstract.Params{Plain: true}).Features(); n != 211 {
		t.Errorf("%d numbers", n)
	}
	g := game(t, 7, abstract.Params{Clusters: map[rules.Role]int{rules.Werewolf: 3, rules.Seer: 2}})
	if n := g.Features(); n != 211+3*7*3 {
		t.Errorf("%d numbers with strategies", n)
	}
}

// TestPlay goes down random lines: keys and vectors of a state are those of
// the mover's view in a match, actions are legal, returns are zero-sum between
// the teams.
func TestPlay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set, err := rules.Default(rapid.SampledFrom([]string{"classic", "aiwolf"}).Draw(t, "mode"), rapid.IntRange(4, 9).Draw(t, "players"))
		if err != nil {
			t.Fatal(err)
		}
		set.Reveal = rapid.SampledFrom([]string{rules.RevealNone, rules.RevealRole}).Draw(t, "reveal")
		g, err := abstract.New(abstract.Params{Set: set, Clusters: map[rules.Role]int{rules.Werewolf: 3, rules.Villager: 2}})
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		s := g.Root()
		a, b := make([]float32, g.Features()), make([]float32, g.Features())
		for s.Player() != cfr.Terminal {
			actions := s.Actions()
			if s.Player() == cfr.Chance {
				if len(s.Probabilities()) != len(actions) {
					t.Fatal("probabilities")
				}
				s = s.Child(r.IntN(len(actions)))
				continue
			}
			table := s.(*abstract.State).Table()
			seat := table.Pending().Lowest()
			seen := g.At(table.View(seat), func(r *rules.Record) int { return int(r.Value) })
			if x, y := s.AppendKey(nil), seen.AppendKey(nil); string(x) != string(y) {
				t.Fatalf("%s and %s", x, y)
			}
			if !slices.Equal(actions, seen.Actions()) {
				t.Fatalf("%v and %v", actions, seen.Actions())
			}
			if g.Card(seen.Player()) != g.Card(s.Player()) || g.Role(seen) != g.Role(s) {
				t.Fatal("roles")
			}
			g.Encode(s, a)
			g.Encode(seen, b)
			if !slices.Equal(a, b) {
				t.Fatal("vectors")
			}
			i := r.IntN(len(actions))
			if int(actions[i]) >= g.Moves() {
				t.Fatalf("action %d of %d", actions[i], g.Moves())
			}
			if err := table.Check(seat, g.Decision(actions[i])); err != nil {
				t.Fatal(err)
			}
			s = s.Child(i)
		}
		returns := make([]float64, g.Players())
		s.Returns(returns)
		for p, x := range returns {
			want := 1.0
			if g.Card(cfr.Player(p)).Team() != s.(*abstract.State).Table().Winner() {
				want = -1
			}
			if s.(*abstract.State).Table().Winner() < 0 {
				want = 0
			}
			if x != want {
				t.Errorf("card %d gets %g, want %g", p, x, want)
			}
		}
	})
}

// TestNothingHiddenInTheVector: histories of one information set have equal
// vectors.
func TestNothingHiddenInTheVector(t *testing.T) {
	g := game(t, 4, abstract.Params{Clusters: map[rules.Role]int{rules.Werewolf: 2}})
	seen := map[string]string{}
	r := rand.New(rand.NewPCG(1, 2))
	vector := make([]float32, g.Features())
	met := 0
	for range 2000 {
		for s := g.Root(); s.Player() != cfr.Terminal; s = s.Child(r.IntN(len(s.Actions()))) {
			if s.Player() == cfr.Chance {
				continue
			}
			g.Encode(s, vector)
			key := string(s.AppendKey(nil))
			value := fmt.Sprint(vector, s.Actions())
			if old, ok := seen[key]; ok && old != value {
				t.Fatalf("%s: %s and %s", key, old, value)
			} else if ok {
				met++
			}
			seen[key] = value
		}
	}
	if met < 500 {
		t.Errorf("only %d information sets were met again", met)
	}
}

// TestSolveFour solves the 4-player game in tables: gains of deviations shrink,
// and the players' recall is perfect.
func TestSolveFour(t *testing.T) {
	g := game(t, 4, abstract.Params{})
	tree, err := cfr.Compile(g, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for p := range cfr.Player(4) {
		if !tree.PerfectRecall(p) {
			t.Errorf("player %d forgets", p)
		}
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "cfr+"})
	if err != nil {
		t.Fatal(err)
	}
	if c, ok := solver.(interface{ Close() error }); ok {
		defer c.Close()
	}
	judge := cfr.NewEvaluator(tree)
	strategy := cfr.NewStrategy(tree)
	before, err := judge.NashConv(strategy)
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(300)
	solver.Average(strategy)
	after, err := judge.NashConv(strategy)
	if err != nil {
		t.Fatal(err)
	}
	if after > before/8 {
		t.Errorf("sum of gains %g after 300 iterations, %g before", after, before)
	}
	values := judge.Values(strategy)
	if values[0] < -1 || values[0] > 1 || values[0]+values[1] > 1e-9 || values[0]+values[1] < -1e-9 {
		t.Errorf("values %v", values)
	}
}

func TestNewRefuses(t *testing.T) {
	set, _ := rules.Default("arena", 8)
	if _, err := abstract.New(abstract.Params{Set: set}); err == nil || !strings.Contains(err.Error(), "order") {
		t.Errorf("bids: %v", err)
	}
	set, _ = rules.Default("classic", 7)
	if _, err := abstract.New(abstract.Params{Set: set, Payoff: "gold"}); err == nil {
		t.Error("the payoff gold was accepted")
	}
	if _, err := abstract.New(abstract.Params{Set: set, Clusters: map[rules.Role]int{rules.Seer: 1000}}); err == nil {
		t.Error("1000 clusters were accepted")
	}
	for _, list := range [][]int{{}, {1, 1}, {-1}, {100}} {
		if _, err := abstract.New(abstract.Params{Set: set, Strategies: map[rules.Role][]int{rules.Seer: list}}); err == nil {
			t.Errorf("the strategies %v were accepted", list)
		}
	}
}

// TestStrategies: roles may share numbers, and speak by their own only.
func TestStrategies(t *testing.T) {
	g := game(t, 4, abstract.Params{Strategies: map[rules.Role][]int{rules.Werewolf: {0, 2}, rules.Seer: {2, 4}}})
	r := rand.New(rand.NewPCG(3, 4))
	met := map[rules.Role]string{}
	for range 50 {
		for s := g.Root(); s.Player() != cfr.Terminal; s = s.Child(r.IntN(len(s.Actions()))) {
			if s.Player() == cfr.Chance {
				continue
			}
			if _, speech := g.Cluster(s.Actions()[0]); speech {
				met[g.Card(s.Player())] = fmt.Sprint(s.Actions())
			}
		}
	}
	if met[rules.Werewolf] != "[5 7]" || met[rules.Seer] != "[7 9]" || met[rules.Villager] != "[5]" || g.Moves() != 10 {
		t.Errorf("%v, %d moves", met, g.Moves())
	}
}

// TestShaped: the paper's rewards.
func TestShaped(t *testing.T) {
	g := game(t, 4, abstract.Params{Payoff: abstract.Shaped})
	r := rand.New(rand.NewPCG(1, 2))
	s := g.Root()
	for s.Player() != cfr.Terminal {
		s = s.Child(r.IntN(len(s.Actions())))
	}
	returns := make([]float64, 4)
	s.Returns(returns)
	for p, x := range returns {
		if x == 0 || x < -1.5 || x > 1.5 {
			t.Errorf("card %d gets %g", p, x)
		}
	}
}

func ExampleGame() {
	set, err := rules.Default("classic", 4)
	if err != nil {
		panic(err)
	}
	set.Deal = []rules.Role{rules.Villager, rules.Werewolf, rules.Seer, rules.Villager}
	g, err := abstract.New(abstract.Params{Set: set, Clusters: map[rules.Role]int{rules.Werewolf: 3}})
	if err != nil {
		panic(err)
	}
	s := g.Root()
	fmt.Println(g.Card(s.Player()), string(s.AppendKey(nil)), s.Actions())
	s = s.Child(2).Child(1).Child(0)
	fmt.Println(g.Card(s.Player()), string(s.AppendKey(nil)))
	// Output:
	// werewolf 1 werewolf [0 2 3]
	// werewolf 1 werewolf / k>3 !3 s0:0
}

func BenchmarkCompileFour(b *testing.B) {
	g := game(b, 4, abstract.Params{Clusters: map[rules.Role]int{rules.Werewolf: 3, rules.Seer: 2, rules.Villager: 2}})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cfr.Compile(g, cfr.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
