package tournament

import "sort"

// Cycles returns the groups of policies in which each beats another one and no order
// is right: the strongly connected parts of the graph of who beats whom, of three
// policies and more. One beats another if the interval of its score lies above one
// half. Groups and policies are in the order of the table.
func Cycles(r *Result) [][]string {
	index := map[string]int{}
	for i, row := range r.Table {
		index[row.Policy] = i
	}
	beats := beaten(r, index)
	n := len(r.Table)
	reach := make([][]bool, n)
	for i := range reach {
		reach[i] = make([]bool, n)
		var visit func(j int)
		visit = func(j int) {
			for _, k := range beats[j] {
				if !reach[i][k] {
					reach[i][k] = true
					visit(k)
				}
			}
		}
		visit(i)
	}
	var groups [][]string
	used := make([]bool, n)
	for i := range n {
		if used[i] {
			continue
		}
		var group []string
		for j := i; j < n; j++ {
			if !used[j] && reach[i][j] && reach[j][i] {
				used[j] = true
				group = append(group, r.Table[j].Policy)
			}
		}
		if len(group) >= 3 {
			groups = append(groups, group)
		}
	}
	return groups
}

// beaten are for each row of the table those that it beats, in order.
func beaten(r *Result, index map[string]int) [][]int {
	beats := make([][]int, len(r.Table))
	for _, pair := range r.Pairs {
		i, j := index[pair.Policy], index[pair.Opponent]
		switch {
		case pair.Matches == 0:
		case pair.CILow > 0.5:
			beats[i] = append(beats[i], j)
		case pair.CIHigh < 0.5:
			beats[j] = append(beats[j], i)
		}
	}
	for _, list := range beats {
		sort.Ints(list)
	}
	return beats
}
