package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
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

// Margin returns how near along each axis is near enough: Reach, or 16 units
// where that is 0.
func (l *Goal) Margin() fixed.Fixed {
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

// Steer tells a walker how to go on towards its goal, under the present
// heights h. t is updated.
func (g *Graph) Steer(h *maps.Heights, t *Traveller, b *maps.Body, goal Goal) Advice {
	here := g.grid.Nearest(b.X, b.Y)
	there := g.destination(here, &goal)
	if here < 0 || there < 0 {
		return Advice{Lost: true, X: goal.X, Y: goal.Y, Node: -1, To: -1}
	}
	t.Watch(b)
	t.Since = min(t.Since+1, 1<<14)
	if t.Pause > 0 {
		t.Pause--
	}
	if t.Jump > 0 {
		if advice, busy := g.GoOnJumping(h, t, b, here); busy {
			return advice
		}
	}
	for range len(t.outer) + 1 {
		if t.Gate == 0 {
			break
		}
		if advice, busy := g.open(h, t, b, here); busy {
			return advice
		}
	}
	from, to := g.grid.Node[here], g.grid.Node[there]
	if from == to {
		a := g.finishLine(b, here, there, goal)
		if a.Arrived {
			t.Since = 0
		}
		if t.Careful > 0 && !a.Arrived && here != there {
			a.X, a.Y = g.carefully(b, here, there, from)
		}
		return a
	}
	if !g.leads(from, to) {
		return Advice{Lost: true, X: goal.X, Y: goal.Y, Node: from, To: -1}
	}
	f := g.field(to, from)
	e := g.edge(from, f)
	if t.Since&7 == 1 || t.To != to {
		if far := f.dist[from]; far < t.Nearest-1 || t.Nearest == 0 || t.To != to {
			t.To, t.Nearest, t.Since = to, far+1, 1
		}
	}
	a := Advice{Node: from, To: e.To}
	if e.Kind == Jump {
		return g.RunUp(h, t, b, here, e)
	}
	if e.Gate >= 0 || g.nodes[from].mover >= 0 || g.nodes[e.To].mover >= 0 {
		next := e.Enter
		if here != e.Leave && !g.AtSample(b, e.Leave) {
			next = g.firstStep(here, e.Leave, from)
		}
		if !g.Passable(h, b, next) {
			return g.await(h, t, b, here, e, a)
		}
		t.Waited = 0
		if next == e.Enter {
			a.X, a.Y = g.beyond(e)
		} else {
			a.X, a.Y = g.carefully(b, here, e.Leave, from)
		}
		return a
	}
	if here == e.Leave || e.Kind == Teleport && g.AtSample(b, e.Leave) {
		a.X, a.Y = g.beyond(e)
	} else {
		a.X, a.Y = g.along(here, e.Leave, from)
	}
	if e.Kind == Teleport {
		return a
	}
	if t.Careful > 0 {
		if here == e.Leave {
			a.X, a.Y = g.StepTo(b, here, e.Enter)
		} else {
			a.X, a.Y = g.carefully(b, here, e.Leave, from)
		}
		return a
	}
	// Cut corners: head for the farthest point of the way that can be
	// reached straight from here.
	for range foresee {
		if !g.grid.Clear(here, e.Enter) {
			break
		}
		a.X, a.Y = g.grid.Position(e.Enter)
		n := e.To
		if n == to {
			if g.grid.Clear(here, there) {
				a.X, a.Y = g.grid.Position(there)
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
	n := g.grid.Node[here]
	a := Advice{X: goal.X, Y: goal.Y, Node: n, To: n}
	if r := goal.Margin(); fixed.Abs(b.X-goal.X) < r && fixed.Abs(b.Y-goal.Y) < r {
		a.Arrived = true
		return a
	}
	if here == there {
		return a
	}
	if !g.grid.Clear(here, there) {
		a.X, a.Y = g.along(here, there, n)
	}
	return a
}

// destination returns the sample to go to for a goal: the nearest one, or, if
// there is no way from here to it, the nearest with a way among those within
// the goal's reach. It is -1 when no walker fits anywhere there.
func (g *Graph) destination(here int32, goal *Goal) int32 {
	nearest := g.grid.Nearest(goal.X, goal.Y)
	if here < 0 {
		return nearest
	}
	if nearest >= 0 && g.leads(g.grid.Node[here], g.grid.Node[nearest]) {
		return nearest
	}
	r := goal.Margin() - lattice.Spacing/2*fixed.One
	best, found, tried := int32(1<<30), nearest, lattice.NoNode
	middle := g.grid.At(goal.X, goal.Y)
	for s := range g.grid.Box(goal.X-r, goal.Y-r, goal.X+r, goal.Y+r) {
		n := g.grid.Node[s]
		if n < 0 || n == tried {
			continue
		}
		d := g.grid.Apart(s, middle)
		if d >= best {
			continue
		}
		if !g.leads(g.grid.Node[here], n) {
			tried = n
			continue
		}
		best, found = d, s
	}
	return found
}

// Reaches reports whether there is a way from a place to a goal.
func (g *Graph) Reaches(x, y fixed.Fixed, goal Goal) bool {
	here := g.grid.Nearest(x, y)
	there := g.destination(here, &goal)
	return here >= 0 && there >= 0 && g.leads(g.grid.Node[here], g.grid.Node[there])
}

// AtSample reports whether the body is at a sample.
func (g *Graph) AtSample(b *maps.Body, sample int32) bool {
	x, y := g.grid.Position(sample)
	return fixed.Abs(b.X-x) <= lattice.Spacing*fixed.One && fixed.Abs(b.Y-y) <= lattice.Spacing*fixed.One
}

// beyond returns a point a little past an edge's crossing, so that the body's
// middle is carried over it.
func (g *Graph) beyond(e *Edge) (x, y fixed.Fixed) {
	lx, ly := g.grid.Position(e.Leave)
	x, y = g.grid.Position(e.Enter)
	if e.Kind == Teleport {
		return x + (x - lx), y + (y - ly)
	}
	return x, y
}

// along returns where to walk to from sample a to reach sample b inside node
// n: b itself if the way is clear, else the farthest clear point of the
// shortest way.
func (g *Graph) along(a, b, n int32) (x, y fixed.Fixed) {
	if a == b || g.grid.Clear(a, b) {
		return g.grid.Position(b)
	}
	toward := g.search(a, b, n)
	best := a
	for s := a; toward.known(g, s) && s != b; {
		s = g.grid.Neighbour(s, int(toward[g.slot(s)]))
		if best != a && !g.grid.Clear(a, s) {
			break
		}
		best = s
	}
	return g.grid.Position(best)
}

// square holds a direction for each sample of a node's square, -1 for none.
type square [1 << (2 * lattice.BlockBits)]int8

func (q *square) known(g *Graph, s int32) bool { return q[g.slot(s)] >= 0 }

// slot returns the place of a sample in its square.
func (g *Graph) slot(s int32) int32 {
	const mask = 1<<lattice.BlockBits - 1
	return s/g.grid.Width&mask<<lattice.BlockBits + s%g.grid.Width&mask
}

// search finds the shortest way from a to b inside node n: the direction to
// go in from each sample, as far as a.
func (g *Graph) search(a, b, n int32) (toward square) {
	for i := range toward {
		toward[i] = -1
	}
	// All within the square, by column and row.
	const side = int32(1) << lattice.BlockBits
	width := g.grid.Width
	left, bottom := b%width&^(side-1), b/width&^(side-1)
	columns, rows := min(side, width-left), min(side, g.grid.Height-bottom)
	corner := bottom*width + left
	goal := g.slot(a)
	var ring [len(toward)]uint8
	ring[0] = uint8(g.slot(b))
	toward[ring[0]] = 8
	for head, tail := 0, 1; head < tail && toward[goal] < 0; head++ {
		x, y := int32(ring[head])%side, int32(ring[head])/side
		for d, to := range lattice.Directions {
			px, py := x+to.X, y+to.Y
			if px < 0 || py < 0 || px >= columns || py >= rows {
				continue
			}
			at, p := py*side+px, corner+py*width+px
			if toward[at] >= 0 || g.grid.Node[p] != n {
				continue
			}
			// From p one steps to s by the opposite direction.
			if g.grid.Free[p]>>(d^4)&1 == 0 && g.nodes[n].mover < 0 {
				continue
			}
			toward[at] = int8(d ^ 4)
			ring[tail] = uint8(at)
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
	return g.grid.Neighbour(a, int(toward[g.slot(a)]))
}

// carefully returns the next sample on the way from here to sample to inside
// node n.
func (g *Graph) carefully(b *maps.Body, here, to, n int32) (x, y fixed.Fixed) {
	return g.StepTo(b, here, g.firstStep(here, to, n))
}

// StepTo returns where to go for the step from sample here to next: to here
// itself first, while the body is off its line.
func (g *Graph) StepTo(b *maps.Body, here, next int32) (x, y fixed.Fixed) {
	hx, hy := g.grid.Position(here)
	nx, ny := g.grid.Position(next)
	off := int64(b.X-hx)*int64(ny-hy) - int64(b.Y-hy)*int64(nx-hx)
	if off < 0 {
		off = -off
	}
	if off>>16 > int64(lattice.Spacing*fixed.One)/4 {
		return hx, hy
	}
	return nx, ny
}

// Passable reports whether the body could step to a sample now.
func (g *Graph) Passable(h *maps.Heights, b *maps.Body, sample int32) bool {
	x, y := g.grid.Position(sample)
	s := g.m.Check(h, x, y, b.Radius)
	return s.Fits(b.Z, b.Height)
}

// await decides what to do before a step that cannot be made yet.
func (g *Graph) await(h *maps.Heights, t *Traveller, b *maps.Body, here int32, e *Edge, a Advice) Advice {
	a.X, a.Y = b.X, b.Y
	a.Wait = true
	t.StuckFor = 0
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
	t.Waited++
	if trigger < 0 || g.stirred(h, gate) && t.Waited < patience {
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
		if !g.leads(from, t.Node) {
			continue
		}
		if d := g.field(t.Node, from).dist[from]; d < best {
			best, at = d, int32(i)
		}
	}
	return at
}

// open works on the traveller's gate; busy is false when there is nothing
// left to do for it.
func (g *Graph) open(h *maps.Heights, t *Traveller, b *maps.Body, here int32) (a Advice, busy bool) {
	gate := &g.gates[t.Gate-1]
	trigger := &gate.Triggers[t.Trigger]
	from := g.grid.Node[here]
	a = Advice{X: b.X, Y: b.Y, Node: from, To: from}
	if t.Attempts > 0 {
		// Set off: go back to the way once it moves, and let the walk up to
		// it wait there.
		if g.stirred(h, int32(t.Gate-1)) {
			t.done()
			return a, false
		}
		if t.Pause > 0 {
			a.Wait = true
			return a, true
		}
		if t.Attempts >= 4 && !trigger.Shoot || t.Attempts >= ShootingTime {
			t.done()
			return a, false
		}
	}
	if t.Crossing || here == trigger.Stand || g.AtSample(b, trigger.Stand) && (trigger.Use || trigger.Shoot) {
		if trigger.Shoot {
			t.Attempts++
			a.Shoot, a.X, a.Y, a.Z = true, trigger.At.X, trigger.At.Y, trigger.At.Z
			return a, true
		}
		if trigger.Use {
			t.Attempts++
			t.Pause = 10
			// Look from where the body really is.
			a.Use, a.Angle = true, fixed.Atan2(trigger.At.Y-b.Y, trigger.At.X-b.X)
			return a, true
		}
		// Walk over the line.
		l := &g.m.Lines[trigger.Line]
		sx, sy := g.grid.Position(trigger.Stand)
		if !t.Crossing {
			t.Crossing = true
			t.Waited = 0
		}
		if t.Waited++; l.Side(b.X, b.Y) != l.Side(sx, sy) || t.Waited > 70 {
			t.Crossing, t.Waited = false, 0
			t.Attempts++
			t.Pause = 4
			return a, true
		}
		a.X, a.Y = 2*trigger.X-sx, 2*trigger.Y-sy
		return a, true
	}
	if from == trigger.Node {
		a.X, a.Y = g.along(here, trigger.Stand, from)
		return a, true
	}
	if !g.leads(from, trigger.Node) {
		t.done()
		return a, false
	}
	e := g.edge(from, g.field(trigger.Node, from))
	if e == nil || e.Gate >= 0 && g.gates[e.Gate].group == gate.group && g.AtSample(b, e.Leave) {
		t.done()
		return a, false
	}
	if e.Kind == Jump {
		return g.RunUp(h, t, b, here, e), true
	}
	a.To = e.To
	if here == e.Leave || g.AtSample(b, e.Leave) {
		a.X, a.Y = g.beyond(e)
	} else {
		a.X, a.Y = g.along(here, e.Leave, from)
	}
	if (e.Gate >= 0 || g.nodes[e.To].mover >= 0 || g.nodes[from].mover >= 0) && g.AtSample(b, e.Leave) && !g.Passable(h, b, e.Enter) {
		// Another gate on the way to this one.
		if e.Gate >= 0 && e.trigger >= 0 && !g.stirred(h, e.Gate) {
			t.begin(e.Gate, e.trigger)
		}
		a.Wait = true
		return a, true
	}
	return a, true
}
