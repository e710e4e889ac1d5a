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
// one. It searches far longer than Lead does on its own: a second or two where
// there is a way, up to a minute where there is none and the map is large. A
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
			e := &g.edges[legWith(l)]
			if t.tries > 0 && g.near(b, s) {
				t.next()
				continue
			}
			if here != e.leave && !g.near(b, e.leave) {
				return g.approach(h, v, t, b, here, e.leave, a)
			}
			t.tries++
			return g.takeOff(h, t, b, here, legWith(l)+1, 0)
		case legUse:
			if t.tries > 0 {
				if t.pause > 0 {
					a.Wait = true
					return a
				}
				// What moves by hand turns round when it is used again.
				now := moment{*h, *v}
				if t.tries > 2 || g.m.Specials[legWith(l)].Manual || now.inert(g.m, legWith(l)) {
					t.next()
					continue
				}
			}
			if angle, ok := g.handsOn(h, legWith(l), b.X, b.Y); ok {
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
			trigger := &g.terrain().aims[legWith(l)]
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
			line := &g.m.Lines[legWith(l)]
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

// Planned reports whether the traveller follows a plan.
func (t *Traveller) Planned() bool { return t.planned }
