package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Goal is where a traveller wants to be.
type Goal struct {
	X, Y fixed.Fixed
	// Reach is how near, along each axis, is near enough: for something to be
	// touched the sum of both radii, see [Touch]. 0 means 16 units.
	Reach fixed.Fixed
}

// Touch is the reach of a walker that wants to pick something up.
const Touch = maps.Radius + 20*fixed.One - fixed.One

func (l *Goal) reach() fixed.Fixed {
	if l.Reach == 0 {
		return arrival
	}
	return l.Reach
}

// Advice is what to do this tick.
type Advice struct {
	// X, Y is where to walk straight to.
	X, Y fixed.Fixed
	// Wait says to stand still: a lift or a door is under way.
	Wait bool
	// Use says to look in direction Angle and use what is there.
	Use   bool
	Angle fixed.Angle
	// Slow says to come to a stand exactly at (X, Y).
	Slow bool
	// Jump says to run to (X, Y) at full speed and to go on flying.
	Jump bool
	// Shoot says to stand still, aim at the point (X, Y, Z) and fire: what is
	// hit there opens the way. It is said until that moves.
	Shoot bool
	Z     fixed.Fixed
	// Arrived says that the body is at the goal; Lost that there is no way.
	Arrived, Lost bool
	// Node is where the body is, To the neighbour that it is heading for.
	Node, To int32
}

const (
	arrival = 16 * fixed.One // this near is there
	foresee = 6              // edges looked ahead to cut corners
)

// Guide tells a walker how to go on towards its goal, under the present
// heights h. t is updated.
func (g *Graph) Guide(h *maps.Heights, t *Traveller, b *maps.Body, goal Goal) Advice {
	here := g.grid.nearest(b.X, b.Y)
	there := g.destination(here, &goal)
	if here < 0 || there < 0 {
		return Advice{Lost: true, X: goal.X, Y: goal.Y, Node: -1, To: -1}
	}
	t.watch(b)
	t.since = min(t.since+1, 1<<14)
	if t.pause > 0 {
		t.pause--
	}
	if t.jump > 0 {
		if advice, busy := g.jump(h, t, b, here); busy {
			return advice
		}
	}
	for range len(t.outer) + 1 {
		if t.gate == 0 {
			break
		}
		if advice, busy := g.open(h, t, b, here); busy {
			return advice
		}
	}
	from, to := g.grid.node[here], g.grid.node[there]
	if from == to {
		a := g.finishLine(b, here, there, goal)
		if a.Arrived {
			t.since = 0
		}
		if t.careful > 0 && !a.Arrived && here != there {
			a.X, a.Y = g.carefully(b, here, there, from)
		}
		return a
	}
	f := g.field(int(to))
	e := g.edge(from, f)
	if e == nil {
		return Advice{Lost: true, X: goal.X, Y: goal.Y, Node: from, To: -1}
	}
	if t.since&7 == 1 || t.to != to {
		if far := f.dist[from]; far < t.nearest-1 || t.nearest == 0 || t.to != to {
			t.to, t.nearest, t.since = to, far+1, 1
		}
	}
	a := Advice{Node: from, To: e.To}
	if e.Kind == Jump {
		return g.runUp(h, t, b, here, e)
	}
	if e.Gate >= 0 || g.nodes[from].mover >= 0 || g.nodes[e.To].mover >= 0 {
		next := e.enter
		if here != e.leave && !g.near(b, e.leave) {
			next = g.firstStep(here, e.leave, from)
		}
		if !g.passable(h, b, next) {
			return g.await(h, t, b, here, e, a)
		}
		t.waited = 0
		if next == e.enter {
			a.X, a.Y = g.beyond(e)
		} else {
			a.X, a.Y = g.carefully(b, here, e.leave, from)
		}
		return a
	}
	if here == e.leave || e.Kind == Teleport && g.near(b, e.leave) {
		a.X, a.Y = g.beyond(e)
	} else {
		a.X, a.Y = g.along(here, e.leave, from)
	}
	if e.Kind == Teleport {
		return a
	}
	if t.careful > 0 {
		if here == e.leave {
			a.X, a.Y = g.exactly(b, here, e.enter)
		} else {
			a.X, a.Y = g.carefully(b, here, e.leave, from)
		}
		return a
	}
	// Cut corners: head for the farthest point of the way that can be
	// reached straight from here.
	for range foresee {
		if !g.grid.clear(here, e.enter) {
			break
		}
		a.X, a.Y = g.grid.position(e.enter)
		n := e.To
		if n == to {
			if g.grid.clear(here, there) {
				a.X, a.Y = g.grid.position(there)
			}
			break
		}
		if e = g.edge(n, f); e == nil || e.Kind >= Teleport || e.Gate >= 0 || g.nodes[e.To].mover >= 0 {
			break
		}
	}
	return a
}

// finishLine walks the last few steps inside the goal's node.
func (g *Graph) finishLine(b *maps.Body, here, there int32, goal Goal) Advice {
	n := g.grid.node[here]
	a := Advice{X: goal.X, Y: goal.Y, Node: n, To: n}
	if r := goal.reach(); fixed.Abs(b.X-goal.X) < r && fixed.Abs(b.Y-goal.Y) < r {
		a.Arrived = true
		return a
	}
	if here == there {
		return a
	}
	if !g.grid.clear(here, there) {
		a.X, a.Y = g.along(here, there, n)
	}
	return a
}

// destination returns the sample to go to for a goal: the nearest one, or, if
// there is no way from here to it, the nearest with a way among those within
// the goal's reach. It is -1 when no walker fits anywhere there.
func (g *Graph) destination(here int32, goal *Goal) int32 {
	nearest := g.grid.nearest(goal.X, goal.Y)
	if here < 0 {
		return nearest
	}
	if nearest >= 0 && g.field(int(g.grid.node[nearest])).dist[g.grid.node[here]] != unreached {
		return nearest
	}
	r := goal.reach() - spacing/2*fixed.One
	best, found, tried := int32(1<<30), nearest, noNode
	middle := g.grid.at(goal.X, goal.Y)
	for s := range g.grid.box(goal.X-r, goal.Y-r, goal.X+r, goal.Y+r) {
		n := g.grid.node[s]
		if n < 0 || n == tried {
			continue
		}
		d := g.grid.apart(s, middle)
		if d >= best {
			continue
		}
		if g.field(int(n)).dist[g.grid.node[here]] == unreached {
			tried = n
			continue
		}
		best, found = d, s
	}
	return found
}

// Reaches reports whether there is a way from a place to a goal.
func (g *Graph) Reaches(x, y fixed.Fixed, goal Goal) bool {
	here := g.grid.nearest(x, y)
	there := g.destination(here, &goal)
	return here >= 0 && there >= 0 && g.field(int(g.grid.node[there])).dist[g.grid.node[here]] != unreached
}

// near reports whether the body is at a sample.
func (g *Graph) near(b *maps.Body, sample int32) bool {
	x, y := g.grid.position(sample)
	return fixed.Abs(b.X-x) <= spacing*fixed.One && fixed.Abs(b.Y-y) <= spacing*fixed.One
}

// beyond returns a point a little past an edge's crossing, so that the body's
// middle is carried over it.
func (g *Graph) beyond(e *Edge) (x, y fixed.Fixed) {
	lx, ly := g.grid.position(e.leave)
	x, y = g.grid.position(e.enter)
	if e.Kind == Teleport {
		return x + (x - lx), y + (y - ly)
	}
	return x, y
}

// along returns where to walk to from sample a to reach sample b inside node
// n: b itself if the way is clear, else the farthest clear point of the
// shortest way.
func (g *Graph) along(a, b, n int32) (x, y fixed.Fixed) {
	if a == b || g.grid.clear(a, b) {
		return g.grid.position(b)
	}
	toward := g.search(a, b, n)
	best := a
	for s := a; toward.known(g, s) && s != b; {
		s = g.grid.neighbour(s, int(toward[g.slot(s)]))
		if best != a && !g.grid.clear(a, s) {
			break
		}
		best = s
	}
	return g.grid.position(best)
}

// square holds a direction for each sample of a node's square, -1 for none.
type square [1 << (2 * blockBits)]int8

func (q *square) known(g *Graph, s int32) bool { return q[g.slot(s)] >= 0 }

// slot returns the place of a sample in its square.
func (g *Graph) slot(s int32) int32 {
	const mask = 1<<blockBits - 1
	return s/g.grid.width&mask<<blockBits + s%g.grid.width&mask
}

// search finds the shortest way from a to b inside node n: the direction to
// go in from each sample, as far as a.
func (g *Graph) search(a, b, n int32) (toward square) {
	for i := range toward {
		toward[i] = -1
	}
	var ring [len(toward)]int32
	ring[0] = b
	toward[g.slot(b)] = 8
	for head, tail := 0, 1; head < tail && !toward.known(g, a); head++ {
		s := ring[head]
		for d := range 8 {
			p := g.grid.neighbour(s, d)
			if p < 0 || g.grid.node[p] != n || toward.known(g, p) {
				continue
			}
			// From p one steps to s by the opposite direction.
			if g.grid.free[p]>>(d^4)&1 == 0 && g.nodes[n].mover < 0 {
				continue
			}
			toward[g.slot(p)] = int8(d ^ 4)
			ring[tail] = p
			tail++
		}
	}
	return toward
}

// firstStep returns the first sample on the way from a to b inside node n.
func (g *Graph) firstStep(a, b, n int32) int32 {
	toward := g.search(a, b, n)
	if a == b || !toward.known(g, a) {
		return b
	}
	return g.grid.neighbour(a, int(toward[g.slot(a)]))
}

// carefully returns the next sample on the way from here to sample to inside
// node n.
func (g *Graph) carefully(b *maps.Body, here, to, n int32) (x, y fixed.Fixed) {
	return g.exactly(b, here, g.firstStep(here, to, n))
}

// exactly returns where to go for the step from sample here to next: to here
// itself first, while the body is off its line.
func (g *Graph) exactly(b *maps.Body, here, next int32) (x, y fixed.Fixed) {
	hx, hy := g.grid.position(here)
	nx, ny := g.grid.position(next)
	off := int64(b.X-hx)*int64(ny-hy) - int64(b.Y-hy)*int64(nx-hx)
	if off < 0 {
		off = -off
	}
	if off>>16 > int64(spacing*fixed.One)/4 {
		return hx, hy
	}
	return nx, ny
}

// passable reports whether the body could step to a sample now.
func (g *Graph) passable(h *maps.Heights, b *maps.Body, sample int32) bool {
	x, y := g.grid.position(sample)
	s := g.m.Check(h, x, y, b.Radius)
	return s.Fits(b.Z, b.Height)
}

// await decides what to do before a step that cannot be made yet.
func (g *Graph) await(h *maps.Heights, t *Traveller, b *maps.Body, here int32, e *Edge, a Advice) Advice {
	a.X, a.Y = b.X, b.Y
	a.Wait = true
	t.stuck = 0
	gate, trigger := e.Gate, e.trigger
	if trigger < 0 {
		// Leaving a door or lift: whatever moves here.
		for _, n := range [2]int32{e.To, e.From} {
			if s := g.nodes[n].mover; s >= 0 && gate < 0 {
				gate = g.gateOf[s]
			}
		}
		if gate >= 0 {
			trigger = g.nearestTrigger(gate, e.From)
		}
	}
	// What is under way is waited for; what rests, or will not come, is set
	// off.
	t.waited++
	if trigger < 0 || g.stirred(h, gate) && t.waited < patience {
		return a
	}
	t.begin(gate, trigger)
	if advice, busy := g.open(h, t, b, here); busy {
		return advice
	}
	return a
}

// patience is for how many ticks a moving floor is waited for.
const patience = 8 * maps.TicksPerSecond

// stirred reports whether a gate's sector is elsewhere than at rest: it is under
// way, or has moved for good.
func (g *Graph) stirred(h *maps.Heights, gate int32) bool {
	s := g.gates[gate].Sector
	return h.Floor[s] != g.rest.Floor[s] || h.Ceiling[s] != g.rest.Ceiling[s]
}

func (g *Graph) nearestTrigger(gate, from int32) int32 {
	best, at := unreached, int32(-1)
	for i, t := range g.gates[gate].Triggers {
		if d := g.field(int(t.Node)).dist[from]; d < best {
			best, at = d, int32(i)
		}
	}
	return at
}

// open works on the traveller's gate; busy is false when there is nothing
// left to do for it.
func (g *Graph) open(h *maps.Heights, t *Traveller, b *maps.Body, here int32) (a Advice, busy bool) {
	gate := &g.gates[t.gate-1]
	trigger := &gate.Triggers[t.trigger]
	from := g.grid.node[here]
	a = Advice{X: b.X, Y: b.Y, Node: from, To: from}
	if t.attempts > 0 {
		// Set off: go back to the way once it moves, and let the walk up to
		// it wait there.
		if g.stirred(h, int32(t.gate-1)) {
			t.done()
			return a, false
		}
		if t.pause > 0 {
			a.Wait = true
			return a, true
		}
		if t.attempts >= 4 && !trigger.Shoot || t.attempts >= shooting {
			t.done()
			return a, false
		}
	}
	if t.crossing || here == trigger.stand || g.near(b, trigger.stand) && (trigger.Use || trigger.Shoot) {
		if trigger.Shoot {
			t.attempts++
			a.Shoot, a.X, a.Y, a.Z = true, trigger.aim.X, trigger.aim.Y, trigger.aim.Z
			return a, true
		}
		if trigger.Use {
			t.attempts++
			t.pause = 10
			// Look from where the body really is.
			a.Use, a.Angle = true, fixed.Atan2(trigger.aim.Y-b.Y, trigger.aim.X-b.X)
			return a, true
		}
		// Walk over the line.
		l := &g.m.Lines[trigger.Line]
		sx, sy := g.grid.position(trigger.stand)
		if !t.crossing {
			t.crossing = true
			t.waited = 0
		}
		if t.waited++; l.Side(b.X, b.Y) != l.Side(sx, sy) || t.waited > 70 {
			t.crossing, t.waited = false, 0
			t.attempts++
			t.pause = 4
			return a, true
		}
		a.X, a.Y = 2*trigger.X-sx, 2*trigger.Y-sy
		return a, true
	}
	if from == trigger.Node {
		a.X, a.Y = g.along(here, trigger.stand, from)
		return a, true
	}
	e := g.edge(from, g.field(int(trigger.Node)))
	if e == nil || e.Gate >= 0 && g.gates[e.Gate].group == gate.group && g.near(b, e.leave) {
		t.done()
		return a, false
	}
	if e.Kind == Jump {
		return g.runUp(h, t, b, here, e), true
	}
	a.To = e.To
	if here == e.leave || g.near(b, e.leave) {
		a.X, a.Y = g.beyond(e)
	} else {
		a.X, a.Y = g.along(here, e.leave, from)
	}
	if (e.Gate >= 0 || g.nodes[e.To].mover >= 0 || g.nodes[from].mover >= 0) && g.near(b, e.leave) && !g.passable(h, b, e.enter) {
		// Another gate on the way to this one.
		if e.Gate >= 0 && e.trigger >= 0 && !g.stirred(h, e.Gate) {
			t.begin(e.Gate, e.trigger)
		}
		a.Wait = true
		return a, true
	}
	return a, true
}
