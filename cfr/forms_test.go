package cfr_test

import (
	"math"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// family are the algorithms that have both layouts.
var family = []string{"cfr", "cfr-simultaneous", "cfr+", "linear-cfr", "dcfr", "dcfr+", "pcfr+", "pdcfr+", "hs-dcfr", "hs-pcfr+"}

// The two layouts add the same numbers in another order. Values and
// exploitability after 100 iterations agree to 10 digits, except where a rule
// that discounts amplifies rounding; see TestRoundingGrows.
func TestFormsAgree(t *testing.T) {
	amplified := map[string]bool{
		"leduc linear-cfr": true, "leduc dcfr": true, "leduc dcfr+": true, "leduc hs-dcfr": true, "leduc hs-pcfr+": true,
	}
	iterations := 100
	if detecting {
		iterations = 10
	}
	goofspiel, err := classic.Goofspiel(4)
	for _, tree := range []*cfr.Tree{kuhn(t), leduc(t), compile(t, goofspiel, err)} {
		for _, algorithm := range family {
			if amplified[tree.Game().Name()+" "+algorithm] {
				continue
			}
			_, valueA, gapA := solve(t, tree, cfr.Params{Algorithm: algorithm}, iterations)
			_, valueB, gapB := solve(t, tree, cfr.Params{Algorithm: algorithm, HistoryForm: true}, iterations)
			if math.Abs(valueA-valueB) > 1e-10 || math.Abs(gapA-gapB) > 1e-10 {
				t.Errorf("%s, %s: values %.12f and %.12f, exploitability %.12f and %.12f", tree.Game().Name(), algorithm, valueA, valueB, gapA, gapB)
			}
		}
	}
}

// Each of the first 100 iterations, begun from the same tables, ends in the
// same tables to 12 digits, with every rule: the layouts compute the same.
func TestFormsStepAlike(t *testing.T) {
	iterations := 100
	if detecting {
		iterations = 10
	}
	goofspiel, err := classic.Goofspiel(4)
	for _, tree := range []*cfr.Tree{kuhn(t), leduc(t), compile(t, goofspiel, err)} {
		for _, algorithm := range family {
			a := newSolver(t, tree, cfr.Params{Algorithm: algorithm})
			b := newSolver(t, tree, cfr.Params{Algorithm: algorithm, HistoryForm: true})
			for range iterations {
				cfr.CopyState(b, a)
				a.Run(1)
				b.Run(1)
				if d := cfr.StateDistance(a, b); !(d < 1e-12) {
					t.Fatalf("%s, %s: tables differ by %v after iteration %d", tree.Game().Name(), algorithm, d, a.Iterations())
				}
			}
		}
	}
}

// Why the layouts part in the end where a rule discounts: the iteration
// amplifies rounding. One layout parts from itself as far when its regrets are
// changed by one unit in their last place, once; plain CFR does not.
func TestRoundingGrows(t *testing.T) {
	tree := leduc(t)
	for algorithm, grows := range map[string]bool{"cfr": false, "cfr-simultaneous": false, "linear-cfr": true, "dcfr": true, "dcfr+": true, "hs-dcfr": true} {
		for _, form := range []bool{false, true} {
			if detecting && form { // hundred iterations are needed, and slow
				continue
			}
			a := newSolver(t, tree, cfr.Params{Algorithm: algorithm, HistoryForm: form})
			b := newSolver(t, tree, cfr.Params{Algorithm: algorithm, HistoryForm: form})
			a.Run(1)
			cfr.CopyState(b, a)
			cfr.Nudge(b)
			a.Run(99)
			b.Run(99)
			if d := cfr.StateDistance(a, b); (d > 1e-6) != grows {
				t.Errorf("%s, history form %v: tables differ by %v after 100 iterations", algorithm, form, d)
			}
		}
	}
}

func TestThreadsChangeNothing(t *testing.T) {
	defer cfr.CutAll()()
	iterations := 30
	if detecting {
		iterations = 3
	}
	dice, err := classic.LiarsDice(1, 4)
	small := compile(t, dice, err)
	three, err := classic.Kuhn(3)
	for _, tree := range []*cfr.Tree{leduc(t), small, compile(t, three, err)} {
		for _, form := range []bool{false, true} {
			one, _, _ := solve(t, tree, cfr.Params{Algorithm: "pcfr+", HistoryForm: form}, iterations)
			for _, threads := range []int{2, 3, 5} {
				many, _, _ := solve(t, tree, cfr.Params{Algorithm: "pcfr+", HistoryForm: form, Threads: threads}, iterations)
				for i := range tree.TotalInfosets() {
					for k, p := range one.At(i) {
						if q := many.At(i)[k]; p != q {
							t.Fatalf("%s with %d threads, %v: %v and %v", tree.Game().Name(), threads, tree.Infoset(i), p, q)
						}
					}
				}
			}
		}
	}
}

// An iteration allocates nothing in either form.
func TestNoAllocations(t *testing.T) {
	tree := leduc(t)
	for _, form := range []bool{false, true} {
		solver, err := cfr.New(tree, cfr.Params{Algorithm: "pdcfr+", HistoryForm: form})
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(5, func() { solver.Run(1) }); n != 0 {
			t.Errorf("history form %v: %v allocations an iteration", form, n)
		}
	}
}

func TestFloat32(t *testing.T) {
	_, value, exploitability := solve(t, leduc(t), cfr.Params{Algorithm: "dcfr", Float32: true}, 500)
	if exploitability > 1e-3 || math.Abs(value+0.0856064) > 2*exploitability {
		t.Errorf("value %v, exploitability %v", value, exploitability)
	}
}

// Games with public moves are cut along them; in one with hidden moves regions
// need each other's plans, and wait for them.
func TestRegions(t *testing.T) {
	defer cfr.CutAll()()
	for _, c := range []struct {
		tree    *cfr.Tree
		regions int
		closed  bool
	}{
		{liarsDice(t), 16, true},
		{leduc(t), 16, true},
		{compile(t, blindGame{}, nil), 16, false},
	} {
		name := c.tree.Game().Name()
		for _, rule := range []string{"pdcfr+", "cfr-simultaneous"} {
			one, many := newSolver(t, c.tree, cfr.Params{Algorithm: rule}), newSolver(t, c.tree, cfr.Params{Algorithm: rule, Threads: 2})
			if regions, closed := cfr.Regions(one); regions != c.regions || closed != c.closed {
				t.Errorf("%s: %d regions, closed %v", name, regions, closed)
			}
			if detecting && c.tree.TotalInfosets() > 10_000 {
				one.Run(2)
				many.Run(2)
				if d := cfr.StateDistance(one, many); d != 0 {
					t.Errorf("%s, %s: two threads differ by %v", name, rule, d)
				}
				continue
			}
			histories := newSolver(t, c.tree, cfr.Params{Algorithm: rule, HistoryForm: true})
			for range 5 {
				one.Run(2)
				many.Run(2)
				histories.Run(2)
			}
			if d := cfr.StateDistance(one, many); d != 0 {
				t.Errorf("%s, %s: two threads differ by %v", name, rule, d)
			}
			if d := cfr.StateDistance(one, histories); d > 1e-9 {
				t.Errorf("%s, %s: the history form differs by %v", name, rule, d)
			}
		}
	}
}
