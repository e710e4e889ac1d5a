package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// pursuit is what a traveller remembers of a plan that it follows.
type pursuit struct {
	legs     []leg // those left, the present one first; never written to
	planned  bool  // the present journey is planned
	thorough bool  // its plans may take long
	plans    int16 // made on this journey
	blocked  int16 // ticks to wait before looking for a way again
	idle     int16 // ticks without getting on with the present leg
	tries    int16 // at the present leg's line
	corner   bool  // cornerX, cornerY is where it walks straight to
	cornerX  fixed.Fixed
	cornerY  fixed.Fixed
}

const (
	stalled  = 20 * maps.TicksPerSecond // without coming nearer, before a plan is made
	maxPlans = 24                       // of one journey
	hopeless = 12                       // how many plans a search in vain counts for
	mostLegs = 8                        // to go on to in a tick
	maxIdle  = 25 * maps.TicksPerSecond // for one leg
)

// Lead is [Graph.Guide] for who knows, besides the heights, what moves and
// which lines are used up: where Guide gets nowhere for a while it plans a way
// over what moves and leads along it. Who is told that it is lost may ask for
// a plan, see [Graph.Plan].
func (g *Graph) Lead(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal Goal) Advice {
	if !t.planned {
		a := g.Guide(h, t, b, goal)
		if a.Arrived || a.Lost || t.running || t.since < stalled {
			return a
		}
		if !g.planFor(h, v, t, b, goal) {
			return a
		}
	}
	return g.pursue(h, v, t, b, goal)
}

// Plan makes a plan for a traveller to follow and reports whether there is
// one. It searches far longer than Lead does on its own, up to a second; a
// journey has a limited number of plans.
func (g *Graph) Plan(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal Goal) bool {
	t.thorough = true
	return g.planFor(h, v, t, b, goal)
}

func (g *Graph) planFor(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal Goal) bool {
	t.since = 0
	if t.plans >= maxPlans {
		return false
	}
	limit := quick
	if t.thorough {
		limit = thorough
	}
	legs := g.plan(h, v, b, goal, limit)
	if len(legs) == 0 {
		t.plans += hopeless
		return false
	}
	*t = Traveller{to: g.end(goal), pursuit: pursuit{legs: legs, planned: true, thorough: t.thorough, plans: t.plans + 1}}
	return true
}

// Stalled says that the traveller has not come nearer for long; whoever it
// travels for may ask for a plan.
func (t *Traveller) Stalled() bool { return !t.planned && t.since >= stalled-1 && !t.running }

// end returns the node of a goal, or -1.
func (g *Graph) end(goal Goal) int32 { return int32(g.Node(goal.X, goal.Y)) }

// next goes on to the next leg.
func (t *Traveller) next() {
	t.legs = t.legs[1:]
	t.idle, t.tries, t.corner, t.stuck, t.careful = 0, 0, false, 0, 0
}

// pursue leads along the traveller's plan.
func (g *Graph) pursue(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal Goal) Advice {
	if g.end(goal) != t.to {
		// It wants to go elsewhere now.
		*t = Traveller{}
		return g.Guide(h, t, b, goal)
	}
	here := g.terrain().under(g, h, b)
	a := Advice{X: b.X, Y: b.Y, Node: -1, To: -1}
	if here >= 0 {
		a.Node = g.grid.node[here]
	}
	if r := goal.reach(); fixed.Abs(b.X-goal.X) < r && fixed.Abs(b.Y-goal.Y) < r {
		a.Arrived = true
		return a
	}
	jumped := t.lastX != 0 && fixed.Approximate(b.X-t.lastX, b.Y-t.lastY) > 64*fixed.One
	t.watch(b)
	if jumped {
		t.corner = false
	}
	t.idle++
	if t.pause > 0 {
		t.pause--
	}
	if (t.jump > 0 || t.flight > 0) && here >= 0 {
		if advice, busy := g.jump(h, t, b, here); busy {
			return advice
		}
	}
	for range mostLegs {
		if len(t.legs) == 0 || t.idle > maxIdle {
			// Done, or not to be done: plan again from here.
			if !g.planFor(h, v, t, b, goal) {
				*t = Traveller{pursuit: pursuit{plans: t.plans, thorough: t.thorough}}
				a.Wait = true
				return a
			}
		}
		l := t.legs[0]
		s := legSample(l)
		sx, sy := g.grid.position(s)
		switch legKind(l) {
		case legWalk, legGoal:
			close := fixed.Fixed(4 * fixed.One)
			if len(t.legs) > 1 && legKind(t.legs[1]) == legCross && t.stuck <= 2 {
				close = fixed.One // so that the line is crossed where it was found to be
			}
			if legKind(l) == legWalk && fixed.Abs(b.X-sx) <= close && fixed.Abs(b.Y-sy) <= close {
				t.next()
				continue
			}
			if here == s {
				a.X, a.Y = sx, sy
				return a
			}
			return g.approach(h, v, t, b, here, s, a)
		case legJump:
			e := &g.edges[legLine(l)]
			if t.tries > 0 && g.near(b, s) {
				t.next()
				continue
			}
			if here != e.leave && !g.near(b, e.leave) {
				return g.approach(h, v, t, b, here, e.leave, a)
			}
			t.tries++
			return g.takeOff(h, t, b, here, legLine(l)+1, 0)
		case legUse:
			if t.tries > 0 {
				if t.pause > 0 {
					a.Wait = true
					return a
				}
				// What moves by hand turns round when it is used again.
				now := moment{*h, *v}
				if t.tries > 2 || g.m.Specials[legLine(l)].Manual || now.inert(g.m, legLine(l)) {
					t.next()
					continue
				}
			}
			if angle, ok := g.handsOn(h, legLine(l), b.X, b.Y); ok {
				t.tries++
				t.pause = 3
				a.Use, a.Angle = true, angle
				return a
			}
			if here == s {
				a.X, a.Y = sx, sy
				return a
			}
			return g.approach(h, v, t, b, here, s, a)
		case legShoot:
			trigger := &g.terrain().aims[legLine(l)]
			now := moment{*h, *v}
			if t.tries > shooting || t.tries > 0 && now.inert(g.m, trigger.Line) {
				t.next()
				continue
			}
			t.tries++
			a.Shoot, a.X, a.Y, a.Z = true, trigger.aim.X, trigger.aim.Y, trigger.aim.Z
			return a
		case legCross:
			// From the sample of the leg before, over the line, to this one.
			line := &g.m.Lines[legLine(l)]
			if line.Side(b.X, b.Y) == line.Side(sx, sy) {
				t.next()
				continue
			}
			a.X, a.Y = sx, sy
			if t.stuck > 20 {
				a.X, a.Y = 2*sx-b.X, 2*sy-b.Y
			}
			return a
		}
	}
	a.Wait = true
	return a
}

// approach walks to a sample as far as it can be walked to now.
func (g *Graph) approach(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, here, to int32, a Advice) Advice {
	if t.corner && (t.stuck > 2 || fixed.Abs(b.X-t.cornerX) < 2*fixed.One && fixed.Abs(b.Y-t.cornerY) < 2*fixed.One) {
		t.corner = false
	}
	if t.corner {
		a.X, a.Y = t.cornerX, t.cornerY
		return a
	}
	if t.blocked > 0 {
		t.blocked--
		a.Wait = true
		return a
	}
	if here < 0 {
		a.X, a.Y = g.grid.position(to)
		return a
	}
	f := g.flooding()
	defer g.land.floods.Put(f)
	f.frozen, f.bold = true, t.thorough
	state := newMoment(g.m)
	state.copyFrom(h, v)
	f.goals[to] = true
	defer func() { f.goals[to] = false }()
	f.begin(state, here, func(*flood, int32) bool { return true })
	f.feet = int16(b.Z >> 16)
	f.run()
	if f.found < 0 {
		if len(v.Active) == 0 && t.pause == 0 && t.idle > 4 {
			t.idle = maxIdle // nothing will change by itself
		}
		t.blocked = 4
		a.Wait = true
		return a
	}
	way := f.path(to)
	if len(way) < 2 {
		a.X, a.Y = g.grid.position(to)
		return a
	}
	if f.bold {
		if a, busy := g.openForHop(f, v, t, b, way, a); busy {
			return a
		}
	}
	next := way[1]
	if closed, _, _ := f.t.shut(g, h, here, next); closed && !g.passable(h, b, next) {
		// A door: open it.
		a.Wait = true
		if t.pause > 0 {
			return a
		}
		for _, line := range f.t.usable[here] {
			if !byHand(&g.m.Specials[line]) || !f.t.touches(next, g.m.Affected(int(line))[0]) || v.Moving(int(g.m.Affected(int(line))[0]), true) != nil {
				continue
			}
			if angle, ok := g.handsOn(h, line, b.X, b.Y); ok {
				a.Wait, a.Use, a.Angle = false, true, angle
				t.pause = 8
				return a
			}
		}
		return a
	}
	for _, j := range f.t.jumps[here] {
		if e := &g.edges[j.edge]; e.enter == next {
			return g.runUp(h, t, b, here, e)
		}
	}
	if f.direction(here, next) < 0 {
		d := f.teleporter(here, next)
		if d < 0 {
			return g.takeOff(h, t, b, here, 0, uint64(here)|uint64(next)<<32)
		}
		// Over the teleporter's line.
		hx, hy := g.grid.position(here)
		nx, ny := g.grid.position(g.grid.neighbour(here, d))
		a.X, a.Y = 2*nx-hx, 2*ny-hy
		return a
	}
	if t.careful > 0 || t.stuck > 2 {
		a.X, a.Y = g.exactly(b, here, next)
		return a
	}
	far := 1
	for far+1 < len(way) && f.straight(here, way[far+1]) {
		far++
	}
	a.X, a.Y = g.grid.position(way[far])
	t.corner, t.cornerX, t.cornerY = true, a.X, a.Y
	if far == 1 {
		a.X, a.Y = g.exactly(b, here, next)
		t.corner = false
	}
	return a
}

// openForHop opens a door by hand that the next hop of a way leads through:
// that is done first, from before the door, and the run-up begins when it is
// under way. busy is false where there is nothing to be opened.
func (g *Graph) openForHop(f *flood, v *maps.Movers, t *Traveller, b *maps.Body, way []int32, a Advice) (advice Advice, busy bool) {
	for i := range len(way) - 1 {
		leave, to := way[i], way[i+1]
		if f.direction(leave, to) >= 0 || f.teleporter(leave, to) >= 0 {
			continue
		}
		line, from := f.shutBefore(v, leave, to)
		if line < 0 {
			return a, false
		}
		if angle, ok := g.handsOn(&f.state.heights, line, b.X, b.Y); ok {
			a.Wait = t.pause > 0
			if !a.Wait {
				a.Use, a.Angle = true, angle
				t.pause = 8
			}
			return a, true
		}
		if i > 0 {
			return a, false // it goes to the stand first
		}
		a.X, a.Y = g.grid.position(from)
		t.corner, t.cornerX, t.cornerY = true, a.X, a.Y
		return a, true
	}
	return a, false
}

// shutBefore finds the first door at rest and shut on a hop, and returns a line
// that opens it by hand and the sample on the way to do so from; -1 for none.
func (f *flood) shutBefore(v *maps.Movers, leave, to int32) (line, from int32) {
	w, h := f.g.grid.width, &f.state.heights
	dx, dy := to%w-leave%w, to/w-leave/w
	steps := max(abs(dx), abs(dy), 1)
	last := leave
	for i := range steps {
		s := (leave/w+dy*i/steps)*w + leave%w + dx*i/steps
		for _, sector := range f.t.sectors(s) {
			if !f.t.opens[sector] || h.Ceiling[sector]-h.Floor[sector] >= maps.Height || v.Moving(int(sector), true) != nil {
				continue
			}
			for _, line := range f.t.usable[last] {
				if byHand(&f.g.m.Specials[line]) && f.g.m.Affected(int(line))[0] == sector {
					return line, last
				}
			}
			return -1, last
		}
		last = s
	}
	return -1, leave
}

// teleporter returns the direction of a step off one sample that a teleporter
// takes to another, or -1.
func (f *flood) teleporter(s, to int32) int {
	for d := range 8 {
		for _, line := range f.t.lines[crossing{s, uint8(d)}] {
			if land, ok := f.t.carries(f.g, line, s); ok && land == to {
				return d
			}
		}
	}
	return -1
}

// direction returns the direction of a step, or -1 where it is none.
func (f *flood) direction(s, t int32) int {
	for d := range 8 {
		if f.g.grid.neighbour(s, d) == t {
			return d
		}
	}
	return -1
}

// longestStraight is how many samples a walker is sent straight on.
const longestStraight = 24

// straight says whether a walker can go straight from a sample to another
// under the flood's heights, setting nothing off and opening no door.
func (f *flood) straight(a, b int32) bool {
	grid := &f.g.grid
	ax, ay, bx, by := a%grid.width, a/grid.width, b%grid.width, b/grid.width
	dx, dy := bx-ax, by-ay
	steps := max(abs(dx), abs(dy))
	if steps > longestStraight {
		return false
	}
	x, y := ax, ay
	for i := int32(1); i <= steps; i++ {
		nx := ax + (2*dx*i+steps*sign(dx))/(2*steps)
		ny := ay + (2*dy*i+steps*sign(dy))/(2*steps)
		d := directionOf(nx-x, ny-y)
		s, t := y*grid.width+x, ny*grid.width+nx
		c := f.t.cells[s]
		near := uint8(1) << d
		if d&1 == 1 {
			near |= 1<<((d+7)&7) | 1<<((d+1)&7)
		}
		// Who goes straight passes up to half a sample beside this one.
		for _, beside := range [3]int32{s, s + f.t.offset[(d+2)&7], s + f.t.offset[(d+6)&7]} {
			if f.t.cells[beside].crossed&near != 0 {
				return false
			}
		}
		if c.always>>d&1 == 0 {
			if c.maybe>>d&1 == 0 || !f.steps(f.t.at(&f.state.heights, s), s, t, d) {
				return false
			}
			if closed, _, _ := f.t.shut(f.g, &f.state.heights, s, t); closed {
				return false
			}
		}
		x, y = nx, ny
	}
	return true
}

// Planned says whether the traveller follows a plan.
func (t *Traveller) Planned() bool { return t.planned }

// under returns the sample that a body stands on: the one of its place, or,
// where the body would not fit under the ceiling there as high as it stands or
// is held up by a ledge that the sample is not on, the nearest beside it where
// that is otherwise.
func (t *terrain) under(g *Graph, h *maps.Heights, b *maps.Body) int32 {
	s := t.standing(g, b.X, b.Y)
	if s < 0 {
		return s
	}
	floor := g.m.Check(h, b.X, b.Y, b.Radius).Floor
	held := b.Z <= floor
	holds := func(s int32) bool {
		l := t.at(h, s)
		return int(l.ceiling)-max(int(l.floor), int(b.Z>>16)) >= maps.Height/fixed.One &&
			(!held || int(l.floor) >= int(floor>>16)-maps.MaxStep/fixed.One)
	}
	if holds(s) {
		return s
	}
	best, found := fixed.Fixed(1<<30), s
	for d := range 8 {
		n := g.grid.neighbour(s, d)
		if n < 0 || t.levels[n] == blocked || !holds(n) || int(t.at(h, n).floor) > int(b.Z>>16)+maps.MaxStep/fixed.One {
			continue
		}
		x, y := g.grid.position(n)
		if far := fixed.Hypot(x-b.X, y-b.Y); far < best {
			best, found = far, n
		}
	}
	return found
}
