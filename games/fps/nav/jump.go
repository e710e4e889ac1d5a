package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// RunUp goes to where the run-up of a jump begins, and begins it
// there.
func (g *Graph) RunUp(h *maps.Heights, t *Traveller, b *maps.Body, here int32, e *Edge) Advice {
	if here == e.Leave || g.AtSample(b, e.Leave) {
		return g.TakeOff(h, t, b, here, g.indexOf(e)+1, 0)
	}
	from := g.grid.Node[here]
	a := Advice{Node: from, To: e.To}
	if t.Careful > 0 {
		a.X, a.Y = g.carefully(b, here, e.Leave, from)
	} else {
		a.X, a.Y = g.along(here, e.Leave, from)
	}
	return a
}

// TakeOff begins a jump: along an edge, given by its index plus one, or of a
// plan, given by its two samples, the second in the high half.
func (g *Graph) TakeOff(h *maps.Heights, t *Traveller, b *maps.Body, here, edge int32, planJump uint64) Advice {
	t.Jump, t.PlanJump, t.Flown, t.Running, t.Waited, t.Pause = edge, planJump, false, false, 0, 4
	a, _ := g.GoOnJumping(h, t, b, here)
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

// GoOnJumping goes on with a jump: to the place where the run-up begins, to stand
// there, and on from a standstill; busy is false when it is over, on the other
// side or not.
func (g *Graph) GoOnJumping(h *maps.Heights, t *Traveller, b *maps.Body, here int32) (a Advice, busy bool) {
	const longest, still, exact = 8 * maps.TicksPerSecond, 4, 3 * fixed.One
	leave, enter := int32(uint32(t.PlanJump)), int32(t.PlanJump>>32)
	if t.PlanJump == 0 {
		e := &g.edges[t.Jump-1]
		leave, enter = e.Leave, e.Enter
	}
	x, y := g.grid.Position(enter)
	spot := g.m.Check(h, b.X, b.Y, b.Radius)
	t.Waited++
	fallen := t.Flown && b.Z < g.m.Check(h, x, y, b.Radius).Floor-maps.MaxStep
	if b.Z <= spot.Floor && (t.Running && g.AtSample(b, enter) || fallen) || t.Waited > longest || t.Running && t.StuckFor > 8 {
		t.Jump, t.PlanJump, t.Flown, t.Running, t.Waited = 0, 0, false, false, 0
		return Advice{}, false
	}
	a = Advice{Node: g.grid.Node[here], To: g.grid.Node[enter]}
	if !t.Running {
		a.X, a.Y = g.grid.Position(leave)
		if fixed.Abs(b.X-a.X) > exact || fixed.Abs(b.Y-a.Y) > exact {
			t.Pause = still
		}
		if t.Pause > 0 || !g.ready(h, t, leave, enter) {
			a.Slow = true
			return a, true
		}
		t.Running = true
	}
	t.Flown = t.Flown || b.Z > spot.Floor+fixed.One
	a.Jump = true
	a.X, a.Y = x, y
	return a, true
}

// ready reports whether the traveller can begin to run now: a jump of a plan is tried in
// thought, for any other jump see [Graph.asTried].
func (g *Graph) ready(h *maps.Heights, t *Traveller, leave, enter int32) bool {
	if t.PlanJump > 0 {
		return g.Flies(h, leave, enter, g.SetsOff)
	}
	return g.AsTried(h, leave, enter)
}

// AsTried reports whether the floors under a jump are where they are at rest, as
// they were when it was tried, and the ceilings out of the way.
func (g *Graph) AsTried(h *maps.Heights, leave, enter int32) bool {
	x, y := g.grid.Position(leave)
	tx, ty := g.grid.Position(enter)
	steps := int64(fixed.Hypot(tx-x, ty-y)/(lattice.Spacing*fixed.One)) + 1
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
