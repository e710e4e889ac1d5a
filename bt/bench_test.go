package bt_test

import (
	"fmt"
	"testing"

	"dryad/bt"
)

// treeA is the tree of the speed tables: 101 nodes, of which 29 are visited.
func treeA() *bt.Node {
	root := bt.Selector("main")
	for i := range 10 {
		s := bt.Sequence(fmt.Sprint("branch", i), bt.Condition(bt.Less(bt.Input(i), bt.Const(30))))
		for j := range 8 {
			s.Children = append(s.Children, bt.Task(fmt.Sprint("task", j), &idler{}))
		}
		root.Children = append(root.Children, s)
	}
	return root
}

type idler struct{}

func (*idler) Words() int                    { return 0 }
func (*idler) Tick(*bt.Activation) bt.Status { return bt.Success }
func (*idler) Halt(*bt.Activation)           {}

// BenchmarkWatching shows what traces, profiles and hooks cost, and that they
// cost nothing when they are off: "off" and "switched off" are the same.
func BenchmarkWatching(b *testing.B) {
	p, err := bt.Compile(treeA(), bt.Params{Inputs: 10})
	if err != nil {
		b.Fatal(err)
	}
	events := 0
	for _, c := range []struct {
		name  string
		watch func(*bt.Agent)
	}{
		{"off", func(*bt.Agent) {}},
		{"switched off", func(a *bt.Agent) {
			a.SetTrace(true)
			a.SetProfile(true)
			a.SetHook(func(*bt.Agent, bt.Event) {})
			a.SetTrace(false)
			a.SetProfile(false)
			a.SetHook(nil)
		}},
		{"trace", func(a *bt.Agent) { a.SetTrace(true) }},
		{"profile", func(a *bt.Agent) { a.SetProfile(true) }},
		{"hook", func(a *bt.Agent) { a.SetHook(func(*bt.Agent, bt.Event) { events++ }) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			a := p.NewAgent(1)
			for i := range 9 {
				a.Inputs()[i] = 100
			}
			c.watch(a)
			now := 0
			for b.Loop() {
				if a.Tick(now) != bt.Success {
					b.Fatal("another status")
				}
				now++
			}
		})
	}
}

// BenchmarkCompile compiles tree A from nodes.
func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	tree := treeA()
	for b.Loop() {
		if _, err := bt.Compile(tree, bt.Params{Inputs: 10}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSnapshot copies an agent.
func BenchmarkSnapshot(b *testing.B) {
	b.ReportAllocs()
	p, err := bt.Compile(treeA(), bt.Params{Inputs: 10})
	if err != nil {
		b.Fatal(err)
	}
	a := p.NewAgent(1)
	var buf []uint64
	for b.Loop() {
		buf = a.Snapshot(buf[:0])
	}
}
