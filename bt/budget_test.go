package bt_test

import (
	"sync"
	"testing"

	"dryad/bt"
)

// counter counts how often it is ticked and halted.
type counter struct {
	ticks, halts *int
	status       bt.Status
}

func (counter) Words() int { return 0 }

func (c counter) Tick(a *bt.Activation) bt.Status {
	*c.ticks++
	a.Claim(1)
	return c.status
}

func (c counter) Halt(*bt.Activation) { *c.halts++ }

func TestBudget(t *testing.T) {
	var ticks, halts int
	runs := counter{&ticks, &halts, bt.Running}
	tree := func() *bt.Node {
		n := bt.Parallel("main", bt.Task("run", runs))
		for range 10 {
			n.Children = append(n.Children, bt.Succeed("", bt.Condition(bt.Less(bt.Input(0), bt.Add(bt.Read("k"), bt.Const(1))))))
		}
		return n
	}
	for name, c := range map[string]struct {
		budget bt.Budget
		over   bool
	}{
		"none":                     {bt.Budget{}, false},
		"exact":                    {bt.Budget{Nodes: 22, Operations: 30}, false},
		"too few nodes":            {bt.Budget{Nodes: 21}, true},
		"too few operations":       {bt.Budget{Operations: 29}, true},
		"enough nodes only":        {bt.Budget{Nodes: 22, Operations: 3}, true},
		"a single node of a tree":  {bt.Budget{Nodes: 1}, true},
		"a generous one":           {bt.Budget{Nodes: 1 << 30, Operations: 1 << 30}, false},
		"operations of many ticks": {bt.Budget{Operations: 31}, false},
	} {
		t.Run(name, func(t *testing.T) {
			ticks, halts = 0, 0
			p, err := bt.Compile(tree(), bt.Params{Inputs: 1, Keys: []bt.Key{{Name: "k"}}, Budget: c.budget})
			if err != nil {
				t.Fatal(err)
			}
			if want := (bt.Budget{Nodes: 22, Operations: 30}); p.Cost() != want {
				t.Fatalf("cost %v, want %v", p.Cost(), want)
			}
			a := p.NewAgent(1)
			for now := range 3 {
				status := a.Tick(now)
				switch {
				case c.over && (status != bt.Failure || a.Claimed() != 0 || a.Overruns() != now+1 || halts != ticks):
					t.Errorf("tick %d: %s, claimed %b, %d overruns, %d ticks, %d halts", now, status, a.Claimed(), a.Overruns(), ticks, halts)
				case !c.over && (status != bt.Running || a.Claimed() != 1 || a.Overruns() != 0 || halts != 0):
					t.Errorf("tick %d: %s, claimed %b, %d overruns", now, status, a.Claimed(), a.Overruns())
				}
			}
		})
	}
}

func TestTickAllocatesNothing(t *testing.T) {
	var ticks, halts int
	tree := bt.Selector("main",
		bt.Sequence("a", bt.Condition(bt.Less(bt.Input(0), bt.Const(0))), bt.Task("x", counter{&ticks, &halts, bt.Success})),
		bt.Parallel("p", bt.Wait(3), bt.Task("y", counter{&ticks, &halts, bt.Running})))
	p, err := bt.Compile(tree, bt.Params{Inputs: 1})
	if err != nil {
		t.Fatal(err)
	}
	a := p.NewAgent(1)
	now := 0
	if n := testing.AllocsPerRun(100, func() { a.Inputs()[0] = float64(now%5 - 1); a.Tick(now); now++ }); n != 0 {
		t.Errorf("%v allocations a tick", n)
	}
	if halts == 0 {
		t.Error("nothing was halted")
	}
}

// TestShared shows that a shared task may stand anywhere, and that it is the same
// as one of its own.
func TestShared(t *testing.T) {
	leaf := &idler{}
	shared := bt.Shared("idle", leaf)
	var compiling sync.WaitGroup
	for range 4 {
		compiling.Go(func() {
			p, err := bt.Compile(bt.Sequence("", shared, bt.Sequence("", shared), shared), bt.Params{})
			if err != nil {
				t.Error(err)
				return
			}
			own, err := bt.Compile(bt.Sequence("", bt.Task("idle", leaf), bt.Sequence("", bt.Task("idle", leaf)), bt.Task("idle", leaf)), bt.Params{})
			if err != nil {
				t.Error(err)
				return
			}
			for i := range p.Nodes() {
				if p.Node(i).ID != own.Node(i).ID || p.Node(i).Path != own.Node(i).Path {
					t.Errorf("node %d is %s, want %s", i, p.Node(i).Path, own.Node(i).Path)
				}
			}
			if status := p.NewAgent(1).Tick(0); status != bt.Success {
				t.Error(status)
			}
		})
	}
	compiling.Wait()
}

func TestCompileReports(t *testing.T) {
	twice := bt.Wait(1)
	for name, n := range map[string]*bt.Node{
		"no root":        nil,
		"no children":    bt.Selector(""),
		"a nil child":    bt.Sequence("", nil),
		"no behaviour":   bt.Task("x", nil),
		"no key":         bt.Set("missing", bt.Const(1)),
		"no key to read": bt.Condition(bt.Read("missing")),
		"no input":       bt.Condition(bt.Input(3)),
		"a node twice":   bt.Sequence("", twice, twice),
		"a bad kind":     {Kind: 200},
		"leaf children":  {Kind: bt.KindWait, Children: []*bt.Node{bt.Wait(1)}},
		"no expression":  {Kind: bt.KindCondition},
		"weights":        {Kind: bt.KindRandom, Children: []*bt.Node{bt.Wait(1)}},
		"negative ticks": bt.Wait(-1),
		"local twice":    bt.Subtree("", bt.Wait(1), bt.Local{Name: "a"}, bt.Local{Name: "a"}),
	} {
		if _, err := bt.Compile(n, bt.Params{Inputs: 3}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	loop := bt.Selector("loop", bt.Wait(1))
	loop.Children = append(loop.Children, loop)
	if _, err := bt.Compile(loop, bt.Params{}); err == nil {
		t.Error("a node that is its own child: no error")
	}
	if _, err := bt.Compile(bt.Wait(1), bt.Params{Keys: []bt.Key{{Name: "a"}, {Name: "a"}}}); err == nil {
		t.Error("a key twice: no error")
	}
}
