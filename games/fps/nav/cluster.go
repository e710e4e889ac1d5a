package nav

import (
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// cluster groups samples into nodes: those of one square that are connected
// both ways at rest and have the same thing, or nothing, moving at them.
func (b *builder) cluster() {
	g := &b.g.grid
	g.Node = make([]int32, len(b.levels))
	for i := range g.Node {
		g.Node[i] = lattice.NoNode
	}
	var stack, members []int32
	for start := range int32(len(b.levels)) {
		if g.Node[start] >= 0 || b.levels[start] == lattice.Blocked || !b.exists(start) {
			continue
		}
		n := int32(len(b.g.nodes))
		class := b.class(start)
		g.Node[start] = n
		stack, members = append(stack[:0], start), members[:0]
		for len(stack) > 0 {
			s := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			members = append(members, s)
			for d := range 8 {
				if g.Free[s]>>d&1 == 0 && b.marks[s]&waiting == 0 {
					continue
				}
				t := g.Neighbour(s, d)
				if t < 0 || g.Node[t] >= 0 || g.Block(t) != g.Block(start) || b.levels[t] == lattice.Blocked || b.class(t) != class {
					continue
				}
				there, back := g.Free[s]>>d&1 != 0, g.Free[t]>>(d^4)&1 != 0
				if !b.levels[s].Fits() && !b.levels[t].Fits() {
					// Inside a door that has to open for either.
					there, back = there || b.waits(s, d), back || b.waits(t, d^4)
				}
				if there && back {
					g.Node[t] = n
					stack = append(stack, t)
				}
			}
		}
		b.g.nodes = append(b.g.nodes, b.describe(members, class))
	}
}

// waits reports whether a sector has to move before a step can be made.
func (b *builder) waits(s int32, d int) bool {
	if b.marks[s]&waiting == 0 {
		return false
	}
	_, ok := b.gated[lattice.Crossing{Sample: s, Direction: uint8(d)}]
	return ok
}

// class separates samples at different moving sectors.
func (b *builder) class(s int32) int32 {
	if c, ok := b.change(s); ok {
		return c.sector
	}
	return -1
}

// describe makes the node of some samples. Its waypoint is the sample with
// the most room around it, the nearest to the middle among equals.
func (b *builder) describe(members []int32, class int32) node {
	g := &b.g.grid
	var sumX, sumY int32
	for _, s := range members {
		sumX, sumY = sumX+s%g.Width, sumY+s/g.Width
	}
	count := int32(len(members))
	best, at := int32(1<<30), members[0]
	for _, s := range members {
		score := lattice.Abs(s%g.Width*count-sumX)/count + lattice.Abs(s/g.Width*count-sumY)/count
		for d := range 8 {
			if g.Free[s]>>d&1 == 0 {
				score += 2
			}
		}
		if score < best {
			best, at = score, s
		}
	}
	x, y := g.Position(at)
	n := node{sample: at, count: count, mover: class, cost: 16, sector: int32(b.m.SectorAt(x, y))}
	if n.sector >= 0 {
		// A floor that hurts is worth a detour.
		if d := b.m.Sectors[n.sector].Damage; d.Amount > 0 {
			n.cost += 8 * int32(d.Amount)
		}
	}
	return n
}

// link makes the edges between nodes out of the steps between their samples.
func (b *builder) link() {
	g := b.g
	// All steps that lead from one node to another; the best of each pair
	// makes the edge.
	samples := make([][]int32, len(g.nodes))
	for s, n := range g.grid.Node {
		if n >= 0 {
			samples[n] = append(samples[n], int32(s))
		}
	}
	var scores []int32
	for n := range g.nodes {
		g.nodes[n].first = int32(len(g.edges))
		scores = scores[:0]
		for _, s := range samples[n] {
			for d := range 8 {
				if g.grid.Free[s]>>d&1 == 0 && b.marks[s]&waiting == 0 {
					continue
				}
				at := lattice.Crossing{Sample: s, Direction: uint8(d)}
				t := g.grid.Neighbour(s, d)
				if t < 0 {
					continue
				}
				e := Edge{From: int32(n), Gate: -1, trigger: -1, Leave: s, Enter: t}
				land := t
				if g.grid.Free[s]>>d&1 != 0 {
					if b.levels[s].Floor-b.levels[t].Floor > maps.MaxStep/fixed.One {
						e.Kind = Drop
					}
				} else if jump, ok := b.jumps[at]; ok {
					e.Kind, land = Teleport, jump
				} else if sector, ok := b.gated[at]; ok {
					e.Kind, e.Gate = Pass, sector
				} else {
					continue
				}
				e.To = g.grid.Node[land]
				if e.To == int32(n) || e.To < 0 {
					continue
				}
				score := g.grid.Apart(s, g.nodes[n].sample) + g.grid.Apart(land, g.nodes[e.To].sample)
				if d&1 == 1 {
					score += 4
				}
				i := slices.IndexFunc(g.edges[g.nodes[n].first:], func(o Edge) bool { return o.To == e.To && o.Kind == e.Kind })
				if i < 0 {
					scores = append(scores, score)
					g.edges = append(g.edges, e)
					continue
				}
				if score < scores[i] {
					scores[i] = score
					g.edges[int(g.nodes[n].first)+i] = e
				}
			}
		}
		b.prefer(int(g.nodes[n].first))
	}
	// One more node marks the end of the last one's edges.
	g.nodes = append(g.nodes, node{first: int32(len(g.edges)), mover: -1})
	for i := range g.edges {
		b.price(&g.edges[i])
	}
}

// prefer drops, from the edges of one node that begin at first, those that a
// simpler one to the same node makes needless.
func (b *builder) prefer(first int) {
	g := b.g
	all := slices.Clone(g.edges[first:])
	kept := g.edges[:first]
	for i, e := range all {
		needless := false
		for j, other := range all {
			if i != j && other.To == e.To && other.Kind < e.Kind {
				needless = true
			}
		}
		if !needless {
			kept = append(kept, e)
		}
	}
	g.edges = kept
}

// price sets what an edge costs: its length by way of its crossing, more over
// floors that hurt and for what has to be waited for.
func (b *builder) price(e *Edge) {
	g := b.g
	from, to := &g.nodes[e.From], &g.nodes[e.To]
	e.cost = max(g.grid.Distance(from.sample, e.Leave), lattice.Spacing/2)*from.cost + lattice.Spacing*16
	if e.Kind == Teleport {
		e.cost += 64 * 16
	} else {
		e.cost += g.grid.Distance(e.Enter, to.sample) * to.cost
	}
	if e.Kind == Pass || to.mover >= 0 {
		e.cost += 128 * 16
	}
}
