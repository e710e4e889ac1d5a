package bt_test

import (
	"testing"
	"time"

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

// rounds and ticks of TestRatios: the engines take turns in short rounds, and
// the best round of each counts, so that what else the machine does weighs
// on none of them.
const (
	rounds       = 40
	ticksARound  = 20_000
	slowEngineBy = 50 // behavior3go is given this many times fewer ticks
)

// TestRatios prints what the engines take for the same trees in one run.
func TestRatios(t *testing.T) {
	for _, tree := range []string{"A", "B"} {
		var entered []contest
		var ticks []func()
		for _, c := range contests {
			if c.tree == tree {
				entered, ticks = append(entered, c), append(ticks, c.prepare(t))
			}
		}
		best := make([]float64, len(entered))
		for range rounds {
			for i, tick := range ticks {
				n := ticksARound
				if entered[i].engine == "behavior3go" {
					n /= slowEngineBy
				}
				start := time.Now()
				for range n {
					tick()
				}
				ns := float64(time.Since(start).Nanoseconds()) / float64(n)
				if best[i] == 0 || ns < best[i] {
					best[i] = ns
				}
			}
		}
		for i, c := range entered {
			allocs := testing.AllocsPerRun(100, ticks[i])
			t.Logf("tree %s  %-16s %8.1f ns/tick %7.2f ns/node %3.0f allocs  %6.2f x dryad",
				tree, c.engine, best[i], best[i]/float64(c.visited), allocs, best[i]/best[0])
			if c.engine == "dryad" && allocs != 0 {
				t.Errorf("tree %s: dryad allocates %v times a tick", tree, allocs)
			}
		}
	}
}
