package bt_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
	_ "dryad/internal/fixedseed"
)

// script says what the tasks of a test answer, and logs what is done to them.
type script struct {
	answers map[string]bt.Status // by task text, for this tick
	log     []string
}

func (s *script) tick(n *bt.Node, started bool, args []float64, free uint32) (bt.Status, uint32) {
	claims := uint32(len(n.Text)) & 7 & free
	status := s.answers[n.Text]
	s.log = append(s.log, fmt.Sprintf("%s started=%t args=%v claims=%b %s", n.Text, started, args, claims, status))
	return status, claims
}

func (s *script) halt(n *bt.Node) { s.log = append(s.log, "halt "+n.Text) }

// actor is a task that plays a script; its state word counts its ticks.
type actor struct {
	node   *bt.Node
	script *script
}

func (actor) Words() int { return 1 }

func (t actor) Tick(a *bt.Activation) bt.Status {
	state := a.State()
	if a.Started() != (state[0] == 0) {
		panic("state words are not those of the activation")
	}
	state[0]++
	if want := bt.Mix(differSeed, a.Agent().Program().Node(a.Node()).ID, uint64(a.Agent().Clock()+2)); a.Draw() != want {
		panic("the draw is not that of seed, node and tick")
	}
	args := []float64(nil)
	for i := range t.node.Values {
		args = append(args, a.Arg(i))
	}
	status, claims := t.script.tick(t.node, a.Started(), args, a.Free())
	if got := a.Claim(claims); got != claims {
		panic("claimed less than was free")
	}
	return status
}

func (t actor) Halt(a *bt.Activation) {
	if a.State()[0] == 0 {
		panic("halted without having run")
	}
	t.script.halt(t.node)
}

// differSeed is the seed of the agents of these tests.
const differSeed = 7

var keyNames = []string{"alpha", "beta"}

// randomTree draws a tree; tasks get the texts t, tt, ttt, ... in pre-order.
type generator struct {
	t      *rapid.T
	script *script
	tasks  []string
	inputs int
	nodes  int
	inside bool // a subtree with a key "local"
}

func (g *generator) int(label string, low, high int) int {
	return rapid.IntRange(low, high).Draw(g.t, label)
}

func (g *generator) expr(depth int) bt.Expr {
	choice := g.int("expr", 0, 11)
	if depth <= 0 {
		choice %= 3
	}
	a := func() bt.Expr { return g.expr(depth - 1) }
	switch choice {
	case 0:
		return bt.Const(float64(g.int("const", -2, 3)))
	case 1:
		return bt.Input(g.int("input", 0, g.inputs-1))
	case 2:
		if g.inside && g.int("which", 0, 1) == 0 {
			return bt.Read("local")
		}
		return bt.Read(keyNames[g.int("key", 0, 1)])
	case 3:
		return bt.Less(a(), a())
	case 4:
		return bt.LessEqual(a(), a())
	case 5:
		return bt.Equal(a(), a())
	case 6:
		return bt.And(a(), a())
	case 7:
		return bt.Or(a(), a())
	case 8:
		return bt.Negate(a())
	case 9:
		return bt.If(a(), a(), a())
	case 10:
		return bt.Div(bt.Add(a(), a()), bt.Mul(a(), a()))
	default:
		return bt.NotEqual(bt.Sub(a(), a()), bt.Max(bt.Neg(a()), bt.Floor(a())))
	}
}

func (g *generator) name() string {
	if g.int("named", 0, 3) == 0 {
		return string(rune('a' + g.int("name", 0, 3)))
	}
	return ""
}

func (g *generator) node(depth int) *bt.Node {
	g.nodes++
	choice := g.int("node", 0, 23)
	if depth <= 0 || g.nodes > 40 {
		choice = 18 + choice%5
	}
	children := func() []*bt.Node {
		var all []*bt.Node
		for range g.int("children", 1, 4) {
			all = append(all, g.node(depth-1))
		}
		return all
	}
	switch choice {
	case 0, 1:
		return bt.Selector(g.name(), children()...)
	case 2, 3, 4:
		return bt.Sequence(g.name(), children()...)
	case 5:
		return bt.MemorySelector(g.name(), children()...)
	case 6:
		return bt.MemorySequence(g.name(), children()...)
	case 7:
		return bt.Parallel(g.name(), children()...)
	case 8:
		return bt.ParallelFirst(g.name(), children()...)
	case 9:
		n := bt.Random(g.name())
		n.Children = children()
		for range n.Children {
			n.Values = append(n.Values, g.expr(1))
		}
		return n
	case 10:
		n := bt.Utility(g.name(), float64(g.int("margin", 0, 2)))
		n.Children = children()
		for range n.Children {
			n.Values = append(n.Values, g.expr(1))
		}
		return n
	case 11:
		return bt.Not(g.name(), g.node(depth-1))
	case 12:
		return [](func(string, *bt.Node) *bt.Node){bt.Succeed, bt.Fail, bt.Once}[g.int("decorator", 0, 2)](g.name(), g.node(depth-1))
	case 13:
		return bt.Retry(g.name(), g.int("count", 0, 3), g.node(depth-1))
	case 14:
		return bt.Repeat(g.name(), g.int("count", 0, 3), g.node(depth-1))
	case 15:
		return bt.Timeout(g.name(), g.int("ticks", 0, 4), g.node(depth-1))
	case 16:
		return bt.Cooldown(g.name(), g.int("ticks", 0, 4), g.node(depth-1))
	case 17:
		value := g.expr(1)
		before := g.inside
		g.inside = g.int("local", 0, 1) == 0
		var locals []bt.Local
		if g.inside {
			locals = []bt.Local{{Name: "local", Value: value}}
		}
		n := bt.Subtree(g.name(), g.node(depth-1), locals...)
		g.inside = before
		return n
	case 18, 23:
		return bt.Condition(g.expr(2))
	case 19:
		key := keyNames[g.int("key", 0, 1)]
		if g.inside && g.int("which", 0, 1) == 0 {
			key = "local"
		}
		return bt.Set(key, g.expr(1))
	case 20:
		return bt.Wait(g.int("ticks", 0, 3))
	default:
		text := "t"
		if len(g.tasks) > 0 {
			text = g.tasks[len(g.tasks)-1] + "t"
		}
		g.tasks = append(g.tasks, text)
		n := bt.Task(text, nil)
		for range g.int("args", 0, 2) {
			n.Values = append(n.Values, g.expr(1))
		}
		n.Leaf = actor{node: n, script: g.script}
		return n
	}
}

func differ(t *rapid.T) {
	played, expected := &script{}, &script{}
	g := &generator{t: t, script: played, inputs: 3}
	root := g.node(5)
	params := bt.Params{Inputs: g.inputs, Keys: []bt.Key{{Name: "alpha"}, {Name: "beta", Default: 2}}}
	program, err := bt.Compile(root, params)
	if err != nil {
		t.Fatal(err)
	}
	const seed = differSeed
	agent := program.NewAgent(seed)
	if rapid.Bool().Draw(t, "watched") {
		agent.SetTrace(true)
		agent.SetProfile(true)
	}
	ref := newReference(program, root, seed, map[string]float64{"alpha": 0, "beta": 2}, expected)
	now := 0
	for range rapid.IntRange(1, 12).Draw(t, "length") {
		now += rapid.IntRange(1, 2).Draw(t, "step")
		if rapid.IntRange(0, 15).Draw(t, "death") == 0 {
			agent.Halt(now)
			ref.halt(now)
			now++
		}
		if rapid.IntRange(0, 7).Draw(t, "restore") == 0 {
			fresh := program.NewAgent(1)
			if err := fresh.Restore(agent.Snapshot(nil)); err != nil {
				t.Fatal(err)
			}
			agent = fresh
		}
		answers := map[string]bt.Status{}
		for _, text := range g.tasks {
			answers[text] = bt.Status(rapid.IntRange(1, 3).Draw(t, text))
		}
		played.answers, expected.answers = answers, answers
		for i := range agent.Inputs() {
			agent.Inputs()[i] = float64(rapid.IntRange(-2, 3).Draw(t, "value"))
		}
		ref.visited = 0
		want := ref.tick(now, slices.Clone(agent.Inputs()))
		got := agent.Tick(now)
		if got != want {
			t.Fatalf("tick %d: status %s, want %s\n%s", now, got, want, show(root, 0))
		}
		if !slices.Equal(played.log, expected.log) {
			t.Fatalf("tick %d:\n got %q\nwant %q\n%s", now, played.log, expected.log, show(root, 0))
		}
		played.log, expected.log = nil, nil
		if agent.Claimed() != ref.taken {
			t.Fatalf("tick %d: claimed %b, want %b\n%s", now, agent.Claimed(), ref.taken, show(root, 0))
		}
		for _, k := range keyNames {
			if v, _ := agent.Key(k); v != ref.keys[k] && (v == v || ref.keys[k] == ref.keys[k]) {
				t.Fatalf("tick %d: key %s is %v, want %v\n%s", now, k, v, ref.keys[k], show(root, 0))
			}
		}
		for i, status := range agent.Trace() {
			if (status != bt.Idle) != ref.state[i].reached {
				t.Fatalf("tick %d: node %d traced %s, reached %t\n%s", now, i, status, ref.state[i].reached, show(root, 0))
			}
		}
	}
}

// TestDifferential holds the compiled program against the reference.
func TestDifferential(t *testing.T) { rapid.Check(t, differ) }

func FuzzDifferential(f *testing.F) { f.Fuzz(fuzz(differ)) }

// fuzz makes a fuzz target of a property. Short inputs are continued by a
// stream that they seed, so that none runs out of draws.
func fuzz(property func(*rapid.T)) func(*testing.T, []byte) {
	target := rapid.MakeFuzz(property)
	return func(t *testing.T, input []byte) {
		var seed [32]byte
		copy(seed[:], input)
		rest := make([]byte, 1<<16)
		rand.NewChaCha8(seed).Read(rest)
		target(t, append(input[:len(input):len(input)], rest...))
	}
}

func show(n *bt.Node, depth int) string {
	s := fmt.Sprintf("%*s%s %s %s count=%d ticks=%d %v\n", depth*2, "", n.Kind, n.Name, n.Text, n.Count, n.Ticks, n.Values)
	for _, c := range n.Children {
		s += show(c, depth+1)
	}
	return s
}
