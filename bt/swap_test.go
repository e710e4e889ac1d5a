package bt_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
)

// ledger holds tasks to their life: started, ticked while running, and ended
// or halted once.
type ledger struct {
	t       *rapid.T
	open    map[string]bool
	answers map[string]bt.Status
}

// lifer is a task that reports to a ledger.
type lifer struct {
	text   string
	ledger *ledger
}

func (lifer) Words() int { return 1 }

func (l lifer) Tick(a *bt.Activation) bt.Status {
	if a.Started() == l.ledger.open[l.text] {
		l.ledger.t.Fatalf("%s: started is %t while open is %t", l.text, a.Started(), l.ledger.open[l.text])
	}
	if a.Started() != (a.State()[0] == 0) {
		l.ledger.t.Fatalf("%s: state %d at started=%t", l.text, a.State()[0], a.Started())
	}
	a.State()[0]++
	status := l.ledger.answers[l.text]
	l.ledger.open[l.text] = status == bt.Running
	return status
}

func (l lifer) Halt(*bt.Activation) {
	if !l.ledger.open[l.text] {
		l.ledger.t.Fatalf("%s: halted while not running", l.text)
	}
	l.ledger.open[l.text] = false
}

// copyTree clones a tree, with its tasks reporting to the ledger.
func copyTree(n *bt.Node, l *ledger) *bt.Node {
	c := *n
	c.Children = nil
	for _, child := range n.Children {
		c.Children = append(c.Children, copyTree(child, l))
	}
	c.Values = slices.Clone(n.Values)
	if c.Kind == bt.KindTask {
		c.Leaf = lifer{c.Text, l}
	}
	return &c
}

// edit changes a tree at a random place.
func edit(t *rapid.T, root *bt.Node) {
	var all []*bt.Node
	root.Walk(func(n *bt.Node) { all = append(all, n) })
	n := rapid.SampledFrom(all).Draw(t, "edited")
	weighted := n.Kind == bt.KindRandom || n.Kind == bt.KindUtility
	switch rapid.IntRange(0, 4).Draw(t, "edit") {
	case 0: // remove a child
		if len(n.Children) > 1 {
			i := rapid.IntRange(0, len(n.Children)-1).Draw(t, "removed")
			n.Children = slices.Delete(n.Children, i, i+1)
			if weighted {
				n.Values = slices.Delete(n.Values, i, i+1)
			}
		}
	case 1: // reorder
		slices.Reverse(n.Children)
	case 2: // insert
		if len(n.Children) > 1 {
			n.Children = slices.Insert(n.Children, rapid.IntRange(0, len(n.Children)).Draw(t, "at"), bt.Wait(1))
			if weighted {
				n.Values = append(n.Values, bt.Const(1))
			}
		}
	case 3: // another length
		n.Ticks++
	case 4: // another name
		n.Name = rapid.StringMatching("[a-d]?").Draw(t, "name")
	}
}

func swapping(t *rapid.T) {
	l := &ledger{t: t, open: map[string]bool{}}
	g := &generator{t: t, script: &script{}, inputs: 3}
	root := copyTree(g.node(5), l)
	params := bt.Params{Inputs: g.inputs, Keys: []bt.Key{{Name: "alpha"}, {Name: "beta", Default: 2}}}
	compile := func(n *bt.Node) *bt.Program {
		p, err := bt.Compile(n, params)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	agent := compile(root).NewAgent(1)
	for now := range rapid.IntRange(2, 12).Draw(t, "length") {
		if now > 0 && rapid.Bool().Draw(t, "swap") {
			root = copyTree(root, l)
			for range rapid.IntRange(0, 3).Draw(t, "edits") {
				edit(t, root)
			}
			alpha, _ := agent.Key("alpha")
			agent.Swap(compile(root), now)
			if kept, _ := agent.Key("alpha"); kept != alpha && kept == kept {
				t.Fatalf("key is %v after the swap, was %v", kept, alpha)
			}
			checkOpen(t, agent, l, "swap")
		}
		l.answers = map[string]bt.Status{}
		for _, text := range g.tasks {
			l.answers[text] = bt.Status(rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, text))
		}
		for i := range agent.Inputs() {
			agent.Inputs()[i] = float64(rapid.IntRange(-2, 3).Draw(t, "value"))
		}
		agent.Tick(now)
		checkOpen(t, agent, l, "tick")
	}
	agent.Halt(100)
	checkOpen(t, agent, l, "death")
}

// checkOpen requires that the tasks that run are those that the ledger has.
func checkOpen(t *rapid.T, a *bt.Agent, l *ledger, after string) {
	running := map[string]bool{}
	for i := range a.Program().Nodes() {
		if n := a.Program().Node(i); n.Kind == bt.KindTask && a.Running(i) {
			running[n.Text] = true
		}
	}
	for text, open := range l.open {
		if open != running[text] {
			t.Fatalf("after a %s: %s is open %t, running %t", after, text, open, running[text])
		}
	}
}

// TestSwapLedger swaps edited trees into running agents: every task is still
// started, ticked, and ended or halted exactly once.
func TestSwapLedger(t *testing.T) { rapid.Check(t, swapping) }

func FuzzSwap(f *testing.F) { f.Fuzz(fuzz(swapping)) }

// TestSwapSame swaps in the same tree, compiled anew, before every tick:
// nothing changes.
func TestSwapSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &script{}
		g := &generator{t: t, script: s, inputs: 3}
		root := g.node(5)
		params := bt.Params{Inputs: g.inputs, Keys: []bt.Key{{Name: "alpha"}, {Name: "beta", Default: 2}}}
		compile := func() *bt.Program {
			p, err := bt.Compile(root, params)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		program := compile()
		still, swapped := program.NewAgent(7), program.NewAgent(7)
		for now := range rapid.IntRange(1, 10).Draw(t, "length") {
			s.answers = map[string]bt.Status{}
			for _, text := range g.tasks {
				s.answers[text] = bt.Status(rapid.IntRange(1, 3).Draw(t, text))
			}
			swapped.Swap(compile(), now)
			for i := range still.Inputs() {
				v := float64(rapid.IntRange(-2, 3).Draw(t, "value"))
				still.Inputs()[i], swapped.Inputs()[i] = v, v
			}
			want := fmt.Sprint(still.Tick(now), s.log)
			s.log = nil
			got := fmt.Sprint(swapped.Tick(now), s.log)
			s.log = nil
			if got != want {
				t.Fatalf("tick %d:\n got %s\nwant %s\n%s", now, got, want, show(root, 0))
			}
		}
	})
}

// TestSwapKeeps looks at what outlives a swap, piece by piece.
func TestSwapKeeps(t *testing.T) {
	var ticks, halts int
	run := func() *bt.Node { return bt.Task("run", counter{&ticks, &halts, bt.Running}) }
	compile := func(n *bt.Node) *bt.Program {
		p, err := bt.Compile(n, bt.Params{Keys: []bt.Key{{Name: "k"}}})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for name, c := range map[string]struct {
		before, after *bt.Node
		ticks         int // before the swap, at 0, 1, ...
		want          bt.Status
		halts         int
	}{
		"a cooldown cools on": {
			bt.Cooldown("c", 9, bt.Condition(bt.Const(1))), bt.Cooldown("c", 9, bt.Wait(0)), 1, bt.Failure, 0},
		"once stays done": {
			bt.Once("o", bt.Condition(bt.Const(1))), bt.Once("o", bt.Condition(bt.Const(0))), 1, bt.Success, 0},
		"a wait waits on": {
			bt.Sequence("s", bt.Wait(2)), bt.Sequence("s", bt.Condition(bt.Const(1)), bt.Wait(2)), 2, bt.Success, 0},
		"a finished child stays finished": {
			bt.Sequence("s", bt.Set("k", bt.Add(bt.Read("k"), bt.Const(1))), run()),
			bt.Sequence("s", bt.Set("k", bt.Add(bt.Read("k"), bt.Const(1))), bt.Condition(bt.Equal(bt.Read("k"), bt.Const(1))), run()),
			2, bt.Running, 0},
		"another kind is another node": {
			bt.Sequence("s", run()), bt.Selector("s", run()), 1, bt.Running, 1},
		"another parent is another node": {
			bt.Sequence("s", run()), bt.Sequence("r", run()), 1, bt.Running, 1},
		"a sibling more changes nothing": {
			bt.Selector("s", run()), bt.Selector("s", bt.Condition(bt.Const(0)), run()), 1, bt.Running, 0},
		"what is gone is halted": {
			bt.Selector("s", run()), bt.Selector("s", bt.Wait(9)), 1, bt.Running, 1},
		"a halted child starts its cooldown": {
			bt.Cooldown("c", 9, run()), bt.Cooldown("c", 9, bt.Wait(0)), 1, bt.Failure, 1},
	} {
		t.Run(name, func(t *testing.T) {
			halts = 0
			a := compile(c.before).NewAgent(1)
			for now := range c.ticks {
				a.Tick(now)
			}
			a.Swap(compile(c.after), c.ticks)
			if got := a.Tick(c.ticks); got != c.want || halts != c.halts {
				t.Errorf("%s after %d halts, want %s after %d", got, halts, c.want, c.halts)
			}
		})
	}
}
