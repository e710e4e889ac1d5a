package bt_test

import (
	"testing"

	"dryad/bt"
)

// TestUnguarded: the profile tells halts by a guard that failed from halts by a
// branch of higher priority and by a death.
func TestUnguarded(t *testing.T) {
	var ticks, halts int
	positive := func(input int) *bt.Node { return bt.Condition(bt.Less(bt.Const(0), bt.Input(input))) }
	runs := bt.Task("runs", counter{&ticks, &halts, bt.Running})
	for name, c := range map[string]struct {
		branch    *bt.Node
		unguarded int
	}{
		"sequence":        {bt.Sequence("s", positive(1), runs), 1},
		"two guards":      {bt.Sequence("s", positive(2), positive(1), runs), 1},
		"negated":         {bt.Sequence("s", bt.Not("", bt.Not("", positive(1))), runs), 1},
		"above":           {bt.Sequence("s", positive(1), bt.Selector("i", positive(0), bt.Sequence("j", positive(2), runs))), 1},
		"parallel":        {bt.Parallel("p", positive(1), runs), 1},
		"selector beside": {bt.Selector("s", bt.Not("", positive(1)), runs), 0},
	} {
		program, err := bt.Compile(bt.Selector("root", bt.Sequence("first", positive(0), bt.Wait(1)), c.branch, bt.Wait(9)), bt.Params{Inputs: 3})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		a := program.NewAgent(1)
		a.SetProfile(true)
		now := 0
		tick := func(first, guard float64) {
			copy(a.Inputs(), []float64{first, guard, 1})
			a.Tick(now)
			now++
		}
		tick(0, 1)
		tick(0, 0) // the guard turns false, or the branch beside succeeds
		tick(0, 1)
		tick(1, 0) // the first branch takes over, and the guard is not looked at
		tick(0, 1)
		a.Halt(now)
		var got bt.Counts
		for i, n := range a.Profile().Nodes {
			if program.Node(i).Node == runs {
				got = n
			}
		}
		if got.Halts != 3 || got.Unguarded != c.unguarded {
			t.Errorf("%s: %d halts, %d of them unguarded, want 3 and %d", name, got.Halts, got.Unguarded, c.unguarded)
		}
	}
}
