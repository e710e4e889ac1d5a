package bt_test

import (
	"testing"

	b3 "github.com/magicsea/behavior3go"
	b3core "github.com/magicsea/behavior3go/core"

	gobt "github.com/joeycumines/go-behaviortree"

	"dryad/bt"
)

// contest is one engine on one tree.
type contest struct {
	engine  string
	tree    string
	visited int
	prepare func(tb testing.TB) (tick func())
}

var contests = []contest{
	{"dryad", "A", 29, func(tb testing.TB) func() { return dryadTick(tb, dryadA(), valuesA(), bt.Success, 29) }},
	{"go-behaviortree", "A", 29, func(tb testing.TB) func() { return closuresTick(tb, closuresA(valuesA()), gobt.Success) }},
	{"behavior3go", "A", 29, func(tb testing.TB) func() { return behavior3Tick(tb, behavior3A(), valuesA(), b3.SUCCESS) }},
	{"dryad", "B", 50, func(tb testing.TB) func() { return dryadTick(tb, dryadB(), valuesB(), bt.Running, 50) }},
	{"go-behaviortree", "B", 50, func(tb testing.TB) func() { return closuresTick(tb, closuresB(valuesB()), gobt.Running) }},
	{"behavior3go", "B", 50, func(tb testing.TB) func() { return behavior3Tick(tb, behavior3B(), valuesB(), b3.RUNNING) }},
}

// dryadTick ticks an agent whose features are written anew for each tick.
func dryadTick(tb testing.TB, root *bt.Node, values []int, want bt.Status, visits int) func() {
	program, err := bt.Compile(root, bt.Params{Inputs: len(values)})
	if err != nil {
		tb.Fatal(err)
	}
	features := make([]float64, len(values))
	for i, v := range values {
		features[i] = float64(v)
	}
	watched := program.NewAgent(1)
	watched.SetProfile(true)
	copy(watched.Inputs(), features)
	watched.Tick(0)
	visited := 0
	for _, c := range watched.Profile().Nodes {
		visited += c.Visits
	}
	if visited != visits {
		tb.Fatalf("%d nodes visited, want %d", visited, visits)
	}
	agent := program.NewAgent(1)
	now := 0
	return func() {
		copy(agent.Inputs(), features)
		if agent.Tick(now) != want {
			tb.Fatal("another status")
		}
		now++
	}
}

func closuresTick(tb testing.TB, root gobt.Node, want gobt.Status) func() {
	return func() {
		if status, err := root.Tick(); status != want || err != nil {
			tb.Fatal("another status")
		}
	}
}

func behavior3Tick(tb testing.TB, tree *b3core.BehaviorTree, values []int, want b3.Status) func() {
	board := b3core.NewBlackboard()
	return func() {
		if tree.Tick(values, board) != want {
			tb.Fatal("another status")
		}
	}
}

func BenchmarkTick(b *testing.B) {
	for _, c := range contests {
		b.Run(c.tree+"/"+c.engine, func(b *testing.B) {
			tick := c.prepare(b)
			tick()
			b.ReportAllocs()
			for b.Loop() {
				tick()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.visited), "ns/node")
		})
	}
}

// TestRatios prints what the engines take for the same trees in one run.
func TestRatios(t *testing.T) {
	for _, tree := range []string{"A", "B"} {
		own := 0.0
		for _, c := range contests {
			if c.tree != tree {
				continue
			}
			r := testing.Benchmark(func(b *testing.B) {
				tick := c.prepare(b)
				tick()
				for b.Loop() {
					tick()
				}
			})
			ns := float64(r.T.Nanoseconds()) / float64(r.N)
			if own == 0 {
				own = ns
			}
			t.Logf("tree %s  %-16s %9.1f ns/tick  %6.2f ns/node  %4d allocs  %6.1f x dryad",
				tree, c.engine, ns, ns/float64(c.visited), r.AllocsPerOp(), ns/own)
			if c.engine == "dryad" && r.AllocsPerOp() != 0 {
				t.Errorf("tree %s: dryad allocates %d times a tick", tree, r.AllocsPerOp())
			}
		}
	}
}
