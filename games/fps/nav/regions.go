package nav

import (
	"math/bits"
	"slices"
)

// findRegions numbers the parts of the map inside which every node leads to
// every other over edges that are open: the strongly connected components, by
// Tarjan's algorithm without recursion. Along an edge from one region to
// another the numbers fall.
func (b *builder) findRegions() {
	g := b.g
	n := g.Len()
	b.regions = make([]int32, n)
	index, low := make([]int32, n), make([]int32, n)
	type frame struct{ node, edge int32 }
	var frames []frame
	var stack []int32
	next, count := int32(1), int32(0)
	for root := range int32(n) {
		if index[root] != 0 {
			continue
		}
		frames = append(frames, frame{root, g.nodes[root].first})
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			v := f.node
			if index[v] == 0 {
				index[v], low[v] = next, next
				next++
				stack = append(stack, v)
				b.regions[v] = -1
			}
			descended := false
			for ; f.edge < g.nodes[v+1].first; f.edge++ {
				e := &g.edges[f.edge]
				if e.cost < 0 {
					continue
				}
				if index[e.To] == 0 {
					frames = append(frames, frame{e.To, g.nodes[e.To].first})
					descended = true
					break
				}
				if b.regions[e.To] < 0 {
					low[v] = min(low[v], low[e.To])
				}
			}
			if descended {
				continue
			}
			if low[v] == index[v] {
				for {
					w := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					b.regions[w] = count
					if w == v {
						break
					}
				}
				count++
			}
			frames = frames[:len(frames)-1]
		}
	}
	b.regionCount = count
}

// beyondRegions returns, for each region, the set of those that open edges
// lead to, itself included, as bits. A last word in the row reports whether that
// is all of them.
func (b *builder) beyondRegions() [][]uint64 {
	g := b.g
	words := int(b.regionCount+63)/64 + 1
	all := make([]uint64, words*int(b.regionCount))
	rows := make([][]uint64, b.regionCount)
	for r := range rows {
		rows[r] = all[r*words : (r+1)*words]
		rows[r][r>>6] |= 1 << (r & 63)
	}
	// Numbers fall along edges: what a region leads to is complete before it.
	leads := make([][]int32, b.regionCount)
	for i := range g.edges {
		if e := &g.edges[i]; e.cost >= 0 && b.regions[e.From] != b.regions[e.To] {
			leads[b.regions[e.From]] = append(leads[b.regions[e.From]], b.regions[e.To])
		}
	}
	for r, to := range leads {
		slices.Sort(to)
		for _, next := range slices.Compact(to) {
			for w, set := range rows[next][:words-1] {
				rows[r][w] |= set
			}
		}
		count := 0
		for _, w := range rows[r][:words-1] {
			count += bits.OnesCount64(w)
		}
		if count == len(rows) {
			rows[r][words-1] = 1 << 63
		}
	}
	return rows
}
