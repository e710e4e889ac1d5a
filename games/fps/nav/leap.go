package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// runUp goes to where the run-up of a jump begins, and begins it
// there.
func (g *Graph) runUp(h *maps.Heights, t *Traveller, b *maps.Body, here int32, e *Edge) Advice {
	if here == e.leave || g.near(b, e.leave) {
		return g.takeOff(h, t, b, here, g.indexOf(e)+1, 0)
	}
	from := g.grid.node[here]
	a := Advice{Node: from, To: e.To}
	if t.careful > 0 {
		a.X, a.Y = g.carefully(b, here, e.leave, from)
	} else {
		a.X, a.Y = g.along(here, e.leave, from)
	}
	return a
}

// takeOff begins a jump: along an edge, given by its index plus one, or of a
// flight.
func (g *Graph) takeOff(h *maps.Heights, t *Traveller, b *maps.Body, here, edge int32, flight uint64) Advice {
	t.jump, t.flight, t.flown, t.running, t.waited, t.pause = edge, flight, false, false, 0, 4
	a, _ := g.jump(h, t, b, here)
	return a
}

// indexOf returns the index of an edge of the graph.
func (g *Graph) indexOf(e *Edge) int32 {
	for i := g.nodes[e.From].first; ; i++ {
		if &g.edges[i] == e {
			return i
		}
	}
}

// jump goes on with a jump: to the place where the run-up begins, to stand
// there, and on from a standstill; busy is false when it is over, on the other
// side or not.
func (g *Graph) jump(h *maps.Heights, t *Traveller, b *maps.Body, here int32) (a Advice, busy bool) {
	const longest, still, exact = 8 * maps.TicksPerSecond, 4, 3 * fixed.One
	leave, enter := int32(uint32(t.flight)), int32(t.flight>>32)
	if t.flight == 0 {
		e := &g.edges[t.jump-1]
		leave, enter = e.leave, e.enter
	}
	x, y := g.grid.position(enter)
	spot := g.m.Check(h, b.X, b.Y, b.Radius)
	t.waited++
	fallen := t.flown && b.Z < g.m.Check(h, x, y, b.Radius).Floor-maps.MaxStep
	if b.Z <= spot.Floor && (t.running && g.near(b, enter) || fallen) || t.waited > longest || t.running && t.stuck > 8 {
		t.jump, t.flight, t.flown, t.running, t.waited = 0, 0, false, false, 0
		return Advice{}, false
	}
	a = Advice{Node: g.grid.node[here], To: g.grid.node[enter]}
	if !t.running {
		a.X, a.Y = g.grid.position(leave)
		if fixed.Abs(b.X-a.X) > exact || fixed.Abs(b.Y-a.Y) > exact {
			t.pause = still
		}
		if t.pause > 0 || !g.ready(h, t, leave, enter) {
			a.Slow = true
			return a, true
		}
		t.running = true
	}
	t.flown = t.flown || b.Z > spot.Floor+fixed.One
	a.Jump = true
	a.X, a.Y = x, y
	return a, true
}

// ready reports whether the traveller can begin to run now: a flight is tried in
// thought, for any other jump see [Graph.asTried].
func (g *Graph) ready(h *maps.Heights, t *Traveller, leave, enter int32) bool {
	if t.flight > 0 {
		return g.flies(h, leave, enter, g.setsOff)
	}
	return g.asTried(h, leave, enter)
}

// asTried reports whether the floors under a jump are where they are at rest, as
// they were when it was tried, and the ceilings out of the way.
func (g *Graph) asTried(h *maps.Heights, leave, enter int32) bool {
	x, y := g.grid.position(leave)
	tx, ty := g.grid.position(enter)
	steps := int64(fixed.Hypot(tx-x, ty-y)/(spacing*fixed.One)) + 1
	head := g.m.Check(&g.rest, x, y, maps.Radius).Floor + maps.Height
	for i := range steps + 1 {
		px, py := x+fixed.Fixed(int64(tx-x)*i/steps), y+fixed.Fixed(int64(ty-y)*i/steps)
		now, then := g.m.Check(h, px, py, maps.Radius), g.m.Check(&g.rest, px, py, maps.Radius)
		if now.Floor != then.Floor || now.Ceiling < min(then.Ceiling, head) {
			return false
		}
	}
	return true
}
