package nav

// Leads reports whether there is a way between two nodes.
func (g *Graph) Leads(from, to int) bool { return g.leads(int32(from), int32(to)) }

func (g *Graph) leads(from, to int32) bool {
	a, b := g.regions[from], g.regions[to]
	return a == b || g.onward[a][b>>6]>>(b&63)&1 != 0
}

// expansion is a search outwards from a node, along the edges.
type expansion struct {
	dist  []int32
	stamp []uint32 // epoch of the search that reached a node
	epoch uint32
	queue queue
}

// Nearest returns which of some nodes is the nearest by [Graph.Distance], as an
// index; the first of equals, -1 where there is a way to none. It costs less than
// the distances one by one, since it looks no farther than the nearest.
func (g *Graph) Nearest(from int, among []int32) int {
	far := true
	for _, n := range among {
		far = far && !g.leads(int32(from), n)
	}
	if far {
		return -1
	}
	x, ok := g.expansions.Get().(*expansion)
	if !ok {
		x = &expansion{dist: make([]int32, g.Len()), stamp: make([]uint32, g.Len())}
	}
	defer g.expansions.Put(x)
	wanted := x.begin(g, int32(from), among)
	for found := unreached; ; {
		n, d, ok := x.queue.pop()
		if !ok || d>>bucketBits > found>>bucketBits {
			break // all that is in the bucket of the nearest is final
		}
		if d > x.dist[n] {
			continue
		}
		if x.stamp[n] == wanted {
			found = min(found, d)
		}
		for i := g.nodes[n].first; i < g.nodes[n+1].first; i++ {
			e := &g.edges[i]
			far := d + e.cost
			switch x.stamp[e.To] {
			case wanted, wanted - 1:
				if far >= x.dist[e.To] {
					continue
				}
			default:
				x.stamp[e.To] = wanted - 1
			}
			x.dist[e.To] = far
			x.queue.push(far, e.To)
		}
	}
	nearest := 0
	for i, n := range among {
		if x.dist[n]>>4 < x.dist[among[nearest]]>>4 { // in whole units
			nearest = i
		}
	}
	return nearest
}

// begin marks where a search begins and what it is for; it returns the stamp of
// what is wanted, which is one more than that of what is reached.
func (x *expansion) begin(g *Graph, from int32, among []int32) (wanted uint32) {
	if x.epoch += 2; x.epoch < 2 {
		clear(x.stamp)
		x.epoch = 2
	}
	for _, n := range among {
		x.stamp[n], x.dist[n] = x.epoch, unreached
	}
	if x.stamp[from] != x.epoch {
		x.stamp[from] = x.epoch - 1
	}
	x.dist[from] = 0
	x.queue.reset(g.longest)
	x.queue.push(0, from)
	return x.epoch
}
