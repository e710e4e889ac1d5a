package cfr_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/cfr"
)

// randomNode is a history of a random game, and its own state.
type randomNode struct {
	player        cfr.Player
	key           string
	actions       []cfr.Action
	probabilities []float64
	children      []*randomNode
	returns       []float64
}

func (n *randomNode) Player() cfr.Player          { return n.player }
func (n *randomNode) Actions() []cfr.Action       { return n.actions }
func (n *randomNode) Probabilities() []float64    { return n.probabilities }
func (n *randomNode) Child(i int) cfr.State       { return n.children[i] }
func (n *randomNode) AppendKey(dst []byte) []byte { return append(dst, n.key...) }
func (n *randomNode) Returns(dst []float64)       { copy(dst, n.returns) }

type randomGame struct {
	players int
	root    *randomNode
}

func (g randomGame) Name() string    { return "random" }
func (g randomGame) Players() int    { return g.players }
func (g randomGame) Root() cfr.State { return g.root }

// drawGame draws a small game with perfect recall: what a player observes of a
// move is random, and she remembers all that she observed and did.
func drawGame(t *rapid.T, players int) randomGame {
	var draw func(depth int, seen []string) *randomNode
	draw = func(depth int, seen []string) *randomNode {
		kind := rapid.IntRange(-2, players-1).Draw(t, "mover")
		if depth == 0 || kind == -2 && depth < 4 {
			n := &randomNode{player: cfr.Terminal}
			for range players {
				n.returns = append(n.returns, float64(rapid.IntRange(-3, 3).Draw(t, "return")))
			}
			return n
		}
		kind = max(kind, -1)
		n := &randomNode{player: cfr.Player(kind)}
		width := rapid.IntRange(1, 3).Draw(t, "width")
		if kind >= 0 {
			// The number of actions is a function of what she knows.
			n.key = seen[kind]
			width = 2 + len(n.key)%2
		}
		total := 0.0
		for a := range width {
			n.actions = append(n.actions, cfr.Action(a))
			w := float64(rapid.IntRange(1, 4).Draw(t, "weight"))
			n.probabilities = append(n.probabilities, w)
			total += w
			after := append([]string(nil), seen...)
			for p := range after {
				switch {
				case p == kind:
					after[p] += string(rune('a' + a)) // her own move
				case rapid.Bool().Draw(t, "observed"):
					after[p] += string(rune('0' + a))
				}
			}
			n.children = append(n.children, draw(depth-1, after))
		}
		for a := range n.probabilities {
			n.probabilities[a] /= total
		}
		return n
	}
	return randomGame{players, draw(4, make([]string, players))}
}

// Best responses and values against brute force over all pure strategies.
func TestBestResponseBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		players := rapid.IntRange(1, 3).Draw(t, "players")
		tree, err := cfr.Compile(drawGame(t, players), cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if tree.TotalInfosets() == 0 {
			return
		}
		strategy := cfr.NewStrategy(tree)
		for i := range tree.TotalInfosets() {
			row := strategy.At(i)
			sum := 0.0
			for a := range row {
				row[a] = float64(rapid.IntRange(0, 3).Draw(t, "weight"))
				sum += row[a]
			}
			for a := range row {
				if sum > 0 {
					row[a] /= sum
				} else {
					row[a] = 1 / float64(len(row))
				}
			}
		}
		evaluator := cfr.NewEvaluator(tree)
		for p := range players {
			// All pure strategies of p, the others as they are.
			var own []int
			count := 1
			for i := range tree.TotalInfosets() {
				if set := tree.Infoset(i); int(set.Player) == p {
					own = append(own, i)
					count *= len(set.Actions)
				}
			}
			if count > 3000 {
				continue
			}
			pure := cfr.NewStrategy(tree)
			for i := range tree.TotalInfosets() {
				copy(pure.At(i), strategy.At(i))
			}
			most := math.Inf(-1)
			for k := range count {
				rest := k
				for _, i := range own {
					row := pure.At(i)
					clear(row)
					row[rest%len(row)] = 1
					rest /= len(row)
				}
				most = max(most, bruteValues(tree, pure)[p])
			}
			response := cfr.NewStrategy(tree)
			for i := range tree.TotalInfosets() {
				copy(response.At(i), strategy.At(i))
			}
			best, err := evaluator.BestResponse(strategy, cfr.Player(p), response)
			if err != nil || math.Abs(best-most) > 1e-9 {
				t.Fatalf("player %d: best response %v, %v; brute force %v", p, best, err, most)
			}
			if got := evaluator.Values(response)[p]; math.Abs(got-best) > 1e-9 {
				t.Fatalf("player %d: the response gets %v, not %v", p, got, best)
			}
		}
		for p, v := range bruteValues(tree, strategy) {
			if got := evaluator.Values(strategy)[p]; math.Abs(got-v) > 1e-9 {
				t.Fatalf("value of player %d: %v, brute force %v", p, got, v)
			}
		}
	})
}

// bruteValues walks the implicit game.
func bruteValues(tree *cfr.Tree, s *cfr.Strategy) []float64 {
	values := make([]float64, tree.Players())
	returns := make([]float64, tree.Players())
	var walk func(state cfr.State, reach float64)
	walk = func(state cfr.State, reach float64) {
		weights := []float64(nil)
		switch state.Player() {
		case cfr.Terminal:
			state.Returns(returns)
			for p := range values {
				values[p] += reach * returns[p]
			}
			return
		case cfr.Chance:
			weights = state.Probabilities()
		default:
			i, _ := tree.Lookup(state.Player(), string(state.AppendKey(nil)))
			weights = s.At(i)
		}
		for a, w := range weights {
			if w > 0 {
				walk(state.Child(a), reach*w)
			}
		}
	}
	walk(tree.Game().Root(), 1)
	return values
}

// Solving random games of two players: the two forms agree, no table ends
// with a number that is none.
func TestRandomGames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree, err := cfr.Compile(drawGame(t, rapid.IntRange(2, 3).Draw(t, "players")), cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if tree.TotalInfosets() == 0 {
			return
		}
		for _, form := range []bool{false, true} {
			solver, err := cfr.New(tree, cfr.Params{Algorithm: "pdcfr+", HistoryForm: form})
			if err != nil {
				t.Fatal(err)
			}
			solver.Run(50)
			s := cfr.NewStrategy(tree)
			solver.Average(s)
			gap, err := cfr.NewEvaluator(tree).NashConv(s)
			if err != nil || !(gap >= -1e-9 && gap < 20) {
				t.Fatalf("NashConv %v, %v", gap, err)
			}
		}
	})
}

func leaf(returns ...float64) *randomNode {
	return &randomNode{player: cfr.Terminal, returns: returns}
}

// endless is a game that never ends.
type endless struct{ *randomNode }

func (e endless) Child(int) cfr.State { return e }

type endlessGame struct{ root cfr.State }

func (g endlessGame) Name() string    { return "endless" }
func (g endlessGame) Players() int    { return 1 }
func (g endlessGame) Root() cfr.State { return g.root }

// A malformed game gets an error that names the history.
func TestMalformedGames(t *testing.T) {
	two := []cfr.Action{0, 1}
	decision := func(player cfr.Player, key string, children ...*randomNode) *randomNode {
		n := &randomNode{player: player, key: key, children: children}
		for a := range children {
			n.actions = append(n.actions, cfr.Action(a))
		}
		return n
	}
	for _, test := range []struct {
		name, history, problem string
		game                   cfr.Game
		limits                 cfr.Limits
	}{
		{name: "chance does not sum to 1", history: "1", problem: "sum to 0.9", game: randomGame{1,
			decision(0, "", leaf(0), &randomNode{player: cfr.Chance, actions: two, probabilities: []float64{0.5, 0.4}, children: []*randomNode{leaf(1), leaf(1)}})}},
		{name: "negative probability", problem: "no probability", game: randomGame{1,
			&randomNode{player: cfr.Chance, actions: two, probabilities: []float64{1.5, -0.5}, children: []*randomNode{leaf(1), leaf(1)}}}},
		{name: "missing probability", problem: "have 1 probabilities", game: randomGame{1,
			&randomNode{player: cfr.Chance, actions: two, probabilities: []float64{1}, children: []*randomNode{leaf(1), leaf(1)}}}},
		{name: "inconsistent actions", history: "1", problem: "inconsistent within the information set", game: randomGame{2,
			decision(0, "", decision(1, "x", leaf(0, 0), leaf(0, 0)), decision(1, "x", leaf(0, 0)))}},
		{name: "no action", history: "0", problem: "nobody can move", game: randomGame{1, decision(0, "", decision(0, "a"), leaf(0))}},
		{name: "foreign player", problem: "player 7 moves", game: randomGame{1, decision(7, "", leaf(0))}},
		{name: "no number", history: "0", problem: "gets NaN", game: randomGame{1, decision(0, "", leaf(math.NaN()))}},
		{name: "actions twice", problem: "listed twice", game: randomGame{1, &randomNode{player: 0, actions: []cfr.Action{3, 3}, children: []*randomNode{leaf(0), leaf(0)}}}},
		{name: "cycle", history: "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", problem: "does it cycle", game: endlessGame{endless{&randomNode{player: 0, actions: two[:1]}}}, limits: cfr.Limits{Depth: 20}},
		{name: "too big", problem: "more than 2 histories", game: randomGame{1, decision(0, "", leaf(0), leaf(0), leaf(0))}, limits: cfr.Limits{Histories: 2}},
		{name: "no players", problem: "0 players", game: randomGame{0, leaf()}},
	} {
		_, err := cfr.Compile(test.game, test.limits)
		var fault *cfr.GameError
		if !errors.As(err, &fault) || fault.History != test.history || !strings.Contains(fault.Problem, test.problem) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// A player who forgets: CFR runs on histories, best responses are refused.
func TestImperfectRecall(t *testing.T) {
	// The player picks twice and has forgotten the first pick: matching pays.
	second := func(a, b float64) *randomNode {
		return &randomNode{player: 0, key: "second", actions: []cfr.Action{0, 1}, children: []*randomNode{leaf(a), leaf(b)}}
	}
	game := randomGame{1, &randomNode{player: 0, key: "first", actions: []cfr.Action{0, 1}, children: []*randomNode{second(2, 0), second(0, 1)}}}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if tree.PerfectRecall(0) {
		t.Fatal("perfect recall was found")
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "cfr+"})
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(500)
	s := cfr.NewStrategy(tree)
	solver.Average(s)
	e := cfr.NewEvaluator(tree)
	if v := e.Values(s)[0]; v < 1.9 {
		t.Errorf("value %v, want nearly 2", v)
	}
	if _, err := e.BestResponse(s, 0, nil); !errors.Is(err, cfr.ErrImperfectRecall) {
		t.Errorf("%v", err)
	}
}
