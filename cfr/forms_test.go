package cfr_test

import (
	"math"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// The two layouts add the same numbers in another order: after 100 iterations
// they agree to 10 digits. (Rules that discount negative regrets away decide by the sign of
// what is left of them, and that is rounding.)
func TestFormsAgree(t *testing.T) {
	goofspiel, err := classic.Goofspiel(4)
	for _, tree := range []*cfr.Tree{kuhn(t), leduc(t), compile(t, goofspiel, err)} {
		for _, algorithm := range []string{"cfr", "cfr-simultaneous", "cfr+", "pcfr+"} {
			_, valueA, gapA := solve(t, tree, cfr.Params{Algorithm: algorithm}, 100)
			_, valueB, gapB := solve(t, tree, cfr.Params{Algorithm: algorithm, HistoryForm: true}, 100)
			if math.Abs(valueA-valueB) > 1e-10 || math.Abs(gapA-gapB) > 1e-10 {
				t.Errorf("%s, %s: values %.12f and %.12f, exploitability %.12f and %.12f", tree.Game().Name(), algorithm, valueA, valueB, gapA, gapB)
			}
		}
	}
}

func TestThreadsChangeNothing(t *testing.T) {
	dice, err := classic.LiarsDice(1, 4)
	small := compile(t, dice, err)
	three, err := classic.Kuhn(3)
	for _, tree := range []*cfr.Tree{leduc(t), small, compile(t, three, err)} {
		for _, form := range []bool{false, true} {
			one, _, _ := solve(t, tree, cfr.Params{Algorithm: "pcfr+", HistoryForm: form}, 30)
			for _, threads := range []int{2, 3, 5} {
				many, _, _ := solve(t, tree, cfr.Params{Algorithm: "pcfr+", HistoryForm: form, Threads: threads}, 30)
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
