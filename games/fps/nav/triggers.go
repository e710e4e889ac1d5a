package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// findTriggers turns the sectors that edges wait for into gates, finds where
// each can be set off, and drops the edges of gates that nobody who stands
// before them can open.
func (b *builder) findTriggers() {
	g := b.g
	g.gateOf = make([]int32, len(b.m.Sectors))
	for i := range g.gateOf {
		g.gateOf[i] = -1
	}
	// An edge that waits for a gate is closed until a trigger of the gate can
	// be reached from it over edges that are open already.
	b.prices = make([]int32, len(g.edges))
	for i := range g.edges {
		e := &g.edges[i]
		b.prices[i] = e.cost
		if e.Gate >= 0 {
			e.cost = -1
		}
	}
	b.findRegions()
	gate := func(sector int32) int32 {
		if g.gateOf[sector] < 0 {
			g.gateOf[sector] = int32(len(g.gates))
			g.gates = append(g.gates, Gate{Sector: sector, Triggers: b.triggers(sector)})
		}
		return g.gateOf[sector]
	}
	for i := range g.edges {
		if e := &g.edges[i]; e.Gate >= 0 {
			e.Gate = gate(e.Gate)
		}
	}
	// Inside the nodes at what moves there may be steps that have to be
	// waited for, too.
	for i := range g.nodes {
		if s := g.nodes[i].mover; s >= 0 {
			gate(s)
		}
	}
	b.group()
	b.reverse()
	for i := range g.edges {
		if e := &g.edges[i]; e.Gate >= 0 && b.inside(e) {
			e.cost = b.prices[i]
		}
	}
	b.assignAll()
	for range jumpRounds {
		if !b.addJumps() {
			break
		}
		b.assignAll()
	}
	b.dropUnpriced()
}

// assignAll opens what can be opened.
func (b *builder) assignAll() {
	for opened := true; opened; {
		opened = false
		for gate := range b.g.gates {
			opened = b.assign(int32(gate)) || opened
		}
	}
}

// group gives the gates that a common line moves a common number: one of them
// is no way to what opens the other.
func (b *builder) group() {
	g := b.g
	first := map[int32]int32{} // the first gate of each line
	for i := range g.gates {
		g.gates[i].group = int32(i)
		for _, line := range b.motion.lines[g.gates[i].Sector] {
			of, known := first[line]
			if !known {
				first[line] = g.gates[i].group
				continue
			}
			from, to := g.gates[i].group, g.gates[of].group
			for j := range g.gates[:i+1] {
				if g.gates[j].group == from {
					g.gates[j].group = to
				}
			}
		}
	}
}

// triggers finds the places from which a sector is set off.
func (b *builder) triggers(sector int32) []Trigger {
	var found []Trigger
	for _, line := range b.motion.lines[sector] {
		switch b.m.Specials[line].Trigger {
		case maps.Use:
			found = b.useSpots(found, line)
		case maps.Shoot:
			found = b.shotSpots(found, line)
		default:
			found = b.walkSpots(found, line)
		}
	}
	return found
}

// useSpots adds the best places to use a line from: in front of its middle and
// of its thirds, and off what lies behind it.
func (b *builder) useSpots(found []Trigger, line int32) []Trigger {
	g := &b.g.grid
	l := &b.m.Lines[line]
	rest := &b.motion.heights[atRest]
	for _, part := range []int64{8, 4, 12} {
		mx := l.X + fixed.Fixed(int64(l.DX)*part/16)
		my := l.Y + fixed.Fixed(int64(l.DY)*part/16)
		best, at, angle := int32(1<<30), int32(-1), fixed.Angle(0)
		aim := maps.Point{X: mx, Y: my}
		const reach = 56 * fixed.One
		const clear = maps.Radius + fixed.One
		first, last := g.At(mx-reach, my-reach), g.At(mx+reach, my+reach)
		for sy := first / g.Width; sy <= last/g.Width; sy++ {
			for sx := first % g.Width; sx <= last%g.Width; sx++ {
				s := sy*g.Width + sx
				if g.Node[s] < 0 || !b.levels[s].Fits() {
					continue
				}
				x, y := g.Position(s)
				if l.Side(x, y) != 0 {
					continue
				}
				d := fixed.Hypot(x-mx, y-my) >> 16
				a := fixed.Atan2(my-y, mx-x)
				if d > reach>>16 {
					continue
				}
				d = lattice.Abs(d - 32)
				if l.Back != maps.NoSector && l.Off(x, y) < clear {
					d += 1 << 16 // one would stand on what the line may move
				}
				if d >= best {
					continue
				}
				if used, ok := b.m.UseLine(rest, x, y, a); !ok || used != int(line) {
					continue
				}
				best, at, angle = d, s, a
			}
		}
		if at >= 0 {
			x, y := g.Position(at)
			return append(found, Trigger{Line: line, Node: g.Node[at], Use: true, X: x, Y: y, Angle: angle, Stand: at, At: aim})
		}
	}
	return found
}

// walkSpots adds the best step across a line from each side.
func (b *builder) walkSpots(found []Trigger, line int32) []Trigger {
	g := &b.g.grid
	l := &b.m.Lines[line]
	middle := g.At(l.X+l.DX/2, l.Y+l.DY/2)
	for side := range 2 {
		best, at := int32(1<<30), lattice.Crossing{Sample: -1}
		for _, c := range b.walks[line] {
			x, y := g.Position(c.Sample)
			if l.Side(x, y) != side || g.Node[c.Sample] < 0 {
				continue
			}
			_, gated := b.gated[c]
			if g.Free[c.Sample]>>c.Direction&1 == 0 && !gated {
				continue
			}
			if d := g.Apart(c.Sample, middle)*2 + int32(c.Direction&1); d < best {
				best, at = d, c
			}
		}
		if at.Sample < 0 {
			continue
		}
		// Aim well beyond the line, so that the walker's middle crosses it.
		to := g.Neighbour(at.Sample, int(at.Direction))
		x, y := g.Position(to)
		fx, fy := g.Position(at.Sample)
		found = append(found, Trigger{
			Line: line, Node: g.Node[at.Sample], X: x, Y: y,
			Angle: fixed.Atan2(y-fy, x-fx), Stand: at.Sample,
		})
	}
	return found
}

// inside reports whether an edge leaves the very gate that it waits for from a
// place that the gate shuts at rest: who is there can leave.
func (b *builder) inside(e *Edge) bool {
	at := b.g.nodes[e.From].mover
	return at >= 0 && !b.levels[e.Leave].Fits() && b.g.gates[b.g.gateOf[at]].group == b.g.gates[e.Gate].group
}

// assign opens the closed edges of a gate from which one of its triggers can be
// reached without the gate itself, and gives each the nearest, found by
// searching backwards from all triggers at once. It reports whether it opened
// any. Who stands inside an opened door needs no trigger: he leaves as he came.
func (b *builder) assign(gate int32) bool {
	pending := false
	for i := range b.g.edges {
		e := &b.g.edges[i]
		pending = pending || e.Gate == gate && e.cost < 0
	}
	if !pending {
		return false
	}
	g := b.g
	origin := make([]int32, g.Len())
	dist := make([]int32, g.Len())
	for i := range dist {
		dist[i], origin[i] = unreached, -1
	}
	var q queue
	q.reset(b.longest())
	for i, t := range g.gates[gate].Triggers {
		if dist[t.Node] != 0 {
			dist[t.Node], origin[t.Node] = 0, int32(i)
			q.push(0, t.Node)
		}
	}
	for {
		n, d, ok := q.pop()
		if !ok {
			break
		}
		if d > dist[n] {
			continue
		}
		for _, i := range g.into[g.intoAt[n]:g.intoAt[n+1]] {
			e := &g.edges[i]
			if e.cost < 0 || e.Gate >= 0 && g.gates[e.Gate].group == g.gates[gate].group {
				continue
			}
			if far := d + e.cost; far < dist[e.From] {
				dist[e.From], origin[e.From] = far, origin[n]
				q.push(far, e.From)
			}
		}
	}
	opened := false
	for i := range g.edges {
		if e := &g.edges[i]; e.Gate == gate && e.cost < 0 && origin[e.From] >= 0 {
			e.trigger, opened = origin[e.From], true
			e.cost = b.prices[i] + min(2*dist[e.From], 1<<22)
		}
	}
	return opened
}

// longest returns the highest cost of an edge.
func (b *builder) longest() int32 {
	longest := int32(1)
	for i := range b.g.edges {
		longest = max(longest, b.g.edges[i].cost)
	}
	return longest
}

// reverse lists the edges by where they lead.
func (b *builder) reverse() {
	g := b.g
	g.intoAt = make([]int32, len(g.nodes)+1)
	for i := range g.edges {
		g.intoAt[g.edges[i].To+1]++
	}
	for i := range g.nodes {
		g.intoAt[i+1] += g.intoAt[i]
	}
	next := append([]int32(nil), g.intoAt...)
	g.into = make([]int32, len(g.edges))
	for i := range g.edges {
		to := g.edges[i].To
		g.into[next[to]] = int32(i)
		next[to]++
	}
}

// dropUnpriced removes the edges that cannot be gone.
func (b *builder) dropUnpriced() {
	g := b.g
	kept := g.edges[:0]
	for n := range g.Len() {
		first, end := g.nodes[n].first, g.nodes[n+1].first
		g.nodes[n].first = int32(len(kept))
		for _, e := range g.edges[first:end] {
			if e.cost >= 0 {
				kept = append(kept, e)
			}
		}
	}
	g.edges = kept
	g.nodes[g.Len()].first = int32(len(kept))
}
