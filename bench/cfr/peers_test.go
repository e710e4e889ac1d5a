package cfr_test

import (
	"fmt"
	"testing"
	"time"

	gocfr "github.com/timpalpant/go-cfr"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// gameNode is a history of a dryad game, ready-made for go-cfr.
type gameNode struct {
	kind          gocfr.NodeType
	player        int
	key           []byte
	children      []*gameNode
	parent        *gameNode
	probabilities []float64
	returns       []float64
	state         cfr.State
}

func build(state cfr.State, parent *gameNode) *gameNode {
	n := &gameNode{parent: parent, state: state}
	switch player := state.Player(); player {
	case cfr.Terminal:
		n.kind = gocfr.TerminalNodeType
		n.returns = make([]float64, 2)
		state.Returns(n.returns)
		return n
	case cfr.Chance:
		n.kind = gocfr.ChanceNodeType
		n.probabilities = state.Probabilities()
	default:
		n.kind = gocfr.PlayerNodeType
		n.player = int(player)
		n.key = state.AppendKey([]byte{byte('0' + player), ' '})
	}
	for i := range state.Actions() {
		n.children = append(n.children, build(state.Child(i), n))
	}
	return n
}

func (n *gameNode) Type() gocfr.NodeType              { return n.kind }
func (n *gameNode) Close()                            {}
func (n *gameNode) NumChildren() int                  { return len(n.children) }
func (n *gameNode) GetChild(i int) gocfr.GameTreeNode { return n.children[i] }
func (n *gameNode) Parent() gocfr.GameTreeNode        { return n.parent }
func (n *gameNode) GetChildProbability(i int) float64 { return n.probabilities[i] }
func (n *gameNode) Player() int                       { return n.player }
func (n *gameNode) InfoSetKey(int) []byte             { return n.key }
func (n *gameNode) InfoSet(int) gocfr.InfoSet         { return nil }
func (n *gameNode) Utility(player int) float64        { return n.returns[player] }
func (n *gameNode) SampleChild() (gocfr.GameTreeNode, float64) {
	return n.children[0], n.probabilities[0]
}

var _ gocfr.GameTreeNode = (*gameNode)(nil)

func games(tb testing.TB) []cfr.Game {
	kuhn, err := classic.Kuhn(2)
	if err != nil {
		tb.Fatal(err)
	}
	dice, err := classic.LiarsDice(1, 6)
	if err != nil {
		tb.Fatal(err)
	}
	return []cfr.Game{kuhn, classic.Leduc(), dice}
}

func compile(tb testing.TB, game cfr.Game) *cfr.Tree {
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		tb.Fatal(err)
	}
	return tree
}

// dryadRun returns a function that does iterations of vanilla CFR.
func dryadRun(tb testing.TB, game cfr.Game, threads int) func(int) {
	solver, err := cfr.New(compile(tb, game), cfr.Params{Algorithm: "cfr", Threads: threads})
	if err != nil {
		tb.Fatal(err)
	}
	return solver.Run
}

func peerRun(game cfr.Game) (func(int), *gocfr.PolicyTable, *gameNode) {
	root := build(game.Root(), nil)
	table := gocfr.NewPolicyTable(gocfr.DiscountParams{})
	algorithm := gocfr.New(table)
	return func(n int) {
		for range n {
			algorithm.Run(root)
			table.Update()
		}
	}, table, root
}

func BenchmarkIteration(b *testing.B) {
	for _, game := range games(b) {
		for _, threads := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/dryad/%d", game.Name(), threads), func(b *testing.B) {
				run := dryadRun(b, game, threads)
				run(2)
				b.ReportAllocs()
				b.ResetTimer()
				run(b.N)
			})
		}
		b.Run(game.Name()+"/go-cfr", func(b *testing.B) {
			run, _, _ := peerRun(game)
			run(2)
			b.ReportAllocs()
			b.ResetTimer()
			run(b.N)
		})
	}
}

// Both do the same work: after the same number of iterations their average
// strategies are about equally exploitable. (dryad's players take turns within
// an iteration, which converges faster.)
func TestSameWork(t *testing.T) {
	for _, game := range games(t)[:2] {
		tree := compile(t, game)
		run, table, _ := peerRun(game)
		run(1000)
		theirs, err := tree.Exploitability(tree.Strategy(func(s cfr.State) []float64 {
			var average []float64
			for _, p := range table.GetPolicy(build(s, nil)).GetAverageStrategy() {
				average = append(average, float64(p))
			}
			return average
		}))
		if err != nil {
			t.Fatal(err)
		}
		solver, err := cfr.New(tree, cfr.Params{Algorithm: "cfr-simultaneous"})
		if err != nil {
			t.Fatal(err)
		}
		solver.Run(1000)
		s := cfr.NewStrategy(tree)
		solver.Average(s)
		ours, err := tree.Exploitability(s)
		if err != nil {
			t.Fatal(err)
		}
		if ours > 1.2*theirs+1e-6 {
			t.Errorf("%s: exploitability %v, go-cfr's %v", game.Name(), ours, theirs)
		}
	}
}

// TestRatios prints the ratios of a run and requires fifteen on Leduc: the best
// of several rounds of each, taken in turn, so that a disturbance of the
// machine meets both.
func TestRatios(t *testing.T) {
	for _, game := range games(t) {
		ours := dryadRun(t, game, 1)
		theirs, _, _ := peerRun(game)
		n := map[bool]int{true: 300, false: 8}[len(game.Name()) < 8]
		best := [2]time.Duration{1 << 62, 1 << 62}
		for range 7 {
			for i, run := range []func(int){ours, theirs} {
				started := time.Now()
				run(n)
				best[i] = min(best[i], time.Since(started)/time.Duration(n))
			}
		}
		ratio := float64(best[1]) / float64(best[0])
		t.Logf("%s: dryad %v, go-cfr %v an iteration: %.1f times faster", game.Name(), best[0], best[1], ratio)
		if game.Name() == "leduc" && ratio < 15 {
			t.Errorf("only %.1f times faster on Leduc", ratio)
		}
	}
}
