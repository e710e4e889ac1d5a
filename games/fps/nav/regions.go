package nav

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
}
