package cluster_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "dryad/internal/fixedseed"
	"dryad/lspo/cluster"
)

// cheapest tries every way to pair rows with columns.
func cheapest(cost [][]float64, row int, used []bool, pairs int) float64 {
	if row == len(cost) {
		return 0
	}
	best := math.Inf(1)
	for j, c := range cost[row] {
		if !used[j] {
			used[j] = true
			best = min(best, c+cheapest(cost, row+1, used, pairs))
			used[j] = false
		}
	}
	if len(cost)-row > pairs-countUsed(used) {
		best = min(best, cheapest(cost, row+1, used, pairs))
	}
	return best
}

func countUsed(used []bool) int {
	n := 0
	for _, u := range used {
		if u {
			n++
		}
	}
	return n
}

func TestAssignIsOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
		cost := make([][]float64, rows)
		for i := range cost {
			for range columns {
				cost[i] = append(cost[i], float64(rapid.IntRange(-9, 9).Draw(t, "cost")))
			}
		}
		got, pairs := 0.0, 0
		used := make([]bool, columns)
		for i, j := range cluster.Assign(cost) {
			if j < 0 {
				continue
			}
			if used[j] {
				t.Fatalf("column %d is used twice", j)
			}
			used[j] = true
			pairs++
			got += cost[i][j]
		}
		if pairs != min(rows, columns) {
			t.Fatalf("%d pairs of %d rows and %d columns", pairs, rows, columns)
		}
		if want := cheapest(cost, 0, make([]bool, columns), pairs); got != want {
			t.Fatalf("cost %v, the least is %v", got, want)
		}
	})
}

func TestAssignWithoutColumns(t *testing.T) {
	if got := cluster.Assign([][]float64{{}, {}}); !slices.Equal(got, []int{-1, -1}) {
		t.Errorf("got %v", got)
	}
	if got := cluster.Assign(nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestMatchKeepsNames(t *testing.T) {
	before := [][]float32{{0, 0}, {10, 0}, {0, 10}}
	for _, test := range []struct {
		after [][]float32
		want  []int
	}{
		{[][]float32{{9, 0}, {1, 9}, {1, 0}}, []int{1, 2, 0}},
		{[][]float32{{9, 0}, {50, 50}, {1, 9}, {1, 0}}, []int{1, 3, 2, 0}},
		{[][]float32{{1, 9}, {9, 0}}, []int{0, 1}},
		{nil, []int{}},
	} {
		if got := cluster.Match(before, test.after); !slices.Equal(got, test.want) {
			t.Errorf("%v: names %v, want %v", test.after, got, test.want)
		}
	}
}

func TestRelabel(t *testing.T) {
	r := &cluster.Result{Assignments: []int{0, 1, 1}, Centers: [][]float32{{1}, {2}}, Sizes: []int{1, 2}}
	r.Relabel([]int{1, 0})
	if !slices.Equal(r.Assignments, []int{1, 0, 0}) || !slices.Equal(r.Sizes, []int{2, 1}) || r.Centers[1][0] != 1 {
		t.Errorf("%+v", r)
	}
	defer func() {
		if recover() == nil {
			t.Error("no permutation: no panic")
		}
	}()
	r.Relabel([]int{0, 0})
}
