package cfr

import (
	"cmp"
	"math"
	"slices"
)

// choice is an information set with more than one action. Sets with one decide
// nothing, and are left out: their slot stands for that of their parent.
type choice struct {
	slot   int32 // first slot of the tree
	width  int32 // number of actions
	parent int32 // slot above
	end    int32 // end of its subtree among the choices
	depth  int32 // own choices above it
	column int32 // least slot of the opponent in its payoffs
}

// choices lists a player's in preorder.
func (t *Tree) choices(p int, alias []int32, rows *sparse[float64]) []choice {
	first, end := t.setOf[p][0], t.setOf[p][1]
	number := make([]int32, end-first+1) // of the first choice from each set on
	depth := make([]int32, t.Slots())
	var all []choice
	for i := first; i < end; i++ {
		number[i-first] = int32(len(all))
		set := &t.sets[i]
		if set.actions == 1 {
			continue
		}
		c := choice{slot: set.slot, width: set.actions, parent: alias[set.parent], end: set.end, column: math.MaxInt32}
		c.depth = depth[c.parent]
		for s := c.slot; s < c.slot+c.width; s++ {
			depth[s] = c.depth + 1
			for _, column := range rows.columns[rows.start[s]:rows.start[s+1]] {
				c.column = min(c.column, column)
			}
		}
		all = append(all, c)
	}
	number[end-first] = int32(len(all))
	for i := range all {
		all[i].end = number[all[i].end-first]
	}
	return all
}

// cut divides a player's forest into chunks of whole subtrees and the sets
// above them. It does not depend on the number of threads.
type cut struct {
	top    []int32   // choices above all chunks, in preorder
	chunks [][]int32 // choices of each chunk, those of the same depth and width side by side
	roots  [][]int32 // and the topmost of them
	weight []int     // of each chunk: slots and payoffs
}

const (
	// chunksWanted is the number of chunks that a forest is cut into if its
	// shape allows: enough to balance a few threads. Chunks are made of
	// subtrees of up to a sixth of that, so that several which meet the same
	// moves of the opponent stand in one.
	chunksWanted   = 16
	subtreesWanted = 96
	// smallestChunk is the weight under which a forest is not cut.
	smallestChunk = 8192
	// smallestShared is the number of payoffs of a player under which meeting
	// costs threads more than they save.
	smallestShared = 20_000
)

func cutForest(sets []choice, rows *sparse[float64]) cut {
	weight := func(i, j int32) int {
		if i == j {
			return 0
		}
		from, to := sets[i].slot, sets[j-1].slot+sets[j-1].width
		return int(to-from) + int(rows.start[to]-rows.start[from])
	}
	total := weight(0, int32(len(sets)))
	limit := max(total/chunksWanted, smallestChunk)
	largest := limit
	if total > limit {
		largest = total / subtreesWanted
	}
	var c cut
	var subtrees []int32
	for i := int32(0); i < int32(len(sets)); {
		if weight(i, sets[i].end) > largest && sets[i].end > i+1 {
			c.top = append(c.top, i)
			i++
			continue
		}
		subtrees = append(subtrees, i)
		i = sets[i].end
	}
	// Subtrees that meet the same moves of the opponent come together, for the
	// caches.
	least := func(i int32) int32 {
		column := int32(math.MaxInt32)
		for _, set := range sets[i:sets[i].end] {
			column = min(column, set.column)
		}
		return column
	}
	key := make(map[int32]int32, len(subtrees))
	for _, i := range subtrees {
		key[i] = least(i)
	}
	slices.SortStableFunc(subtrees, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
	for _, i := range subtrees {
		w := weight(i, sets[i].end)
		last := len(c.chunks) - 1
		if last < 0 || c.weight[last]+w > limit {
			c.chunks, c.roots, c.weight = append(c.chunks, nil), append(c.roots, nil), append(c.weight, 0)
			last++
		}
		c.roots[last] = append(c.roots[last], i)
		c.weight[last] += w
		for j := i; j < sets[i].end; j++ {
			c.chunks[last] = append(c.chunks[last], j)
		}
	}
	for _, chunk := range c.chunks {
		slices.SortStableFunc(chunk, func(a, b int32) int {
			x, y := &sets[a], &sets[b]
			return cmp.Or(cmp.Compare(x.depth, y.depth), cmp.Compare(x.width, y.width), cmp.Compare(x.column, y.column))
		})
	}
	return c
}
