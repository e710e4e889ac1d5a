package plan

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
)

// Traveller is what an agent remembers of its way between ticks, and of the plan
// that it follows where there is one. The zero value is ready. Start a new
// journey with a new one.
type Traveller struct {
	nav.Traveller
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

// Steer is [nav.Graph.Steer] for callers that know, besides the heights, what
// moves and which lines are used up. When the traveller has not come nearer for
// 20 seconds, Steer plans a way over what moves and follows it. After an advice
// that is Lost, the caller may ask for a plan with [Planner.Plan].
func (g *Planner) Steer(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal nav.Goal) nav.Advice {
	if !t.planned {
		a := g.graph.Steer(h, &t.Traveller, b, goal)
		if a.Arrived || a.Lost || t.Running || t.Since < stalled {
			return a
		}
		if !g.planFor(h, v, t, b, goal) {
			return a
		}
	}
	return g.pursue(h, v, t, b, goal)
}

// Plan makes a plan for a traveller to follow and reports whether there is
// one. It searches far longer than Steer does on its own: a second or two where
// there is a way, up to a minute where there is none and the map is large. A
// journey has a limited number of plans.
func (g *Planner) Plan(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal nav.Goal) bool {
	t.thorough = true
	return g.planFor(h, v, t, b, goal)
}

func (g *Planner) planFor(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal nav.Goal) bool {
	t.Since = 0
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
	*t = Traveller{
		Traveller: nav.Traveller{To: g.end(goal)}, legs: legs, planned: true, thorough: t.thorough, plans: t.plans + 1,
	}
	return true
}

// Stalled says that the traveller has not come nearer for long; whoever it
// travels for may ask for a plan.
func (t *Traveller) Stalled() bool { return !t.planned && t.Since >= stalled-1 && !t.Running }

// end returns the node of a goal, or -1.
func (g *Planner) end(goal nav.Goal) int32 { return int32(g.graph.Node(goal.X, goal.Y)) }

// next goes on to the next leg.
func (t *Traveller) next() {
	t.legs = t.legs[1:]
	t.idle, t.tries, t.corner, t.StuckFor, t.Careful = 0, 0, false, 0, 0
}

// pursue leads along the traveller's plan.
func (g *Planner) pursue(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, goal nav.Goal) nav.Advice {
	if g.end(goal) != t.To {
		// It wants to go elsewhere now.
		*t = Traveller{}
		return g.graph.Steer(h, &t.Traveller, b, goal)
	}
	here := g.terrain().under(g, h, b)
	a := nav.Advice{X: b.X, Y: b.Y, Node: -1, To: -1}
	if here >= 0 {
		a.Node = g.grid.Node[here]
	}
	if r := goal.Margin(); fixed.Abs(b.X-goal.X) < r && fixed.Abs(b.Y-goal.Y) < r {
		a.Arrived = true
		return a
	}
	jumped := t.LastX != 0 && fixed.Approximate(b.X-t.LastX, b.Y-t.LastY) > 64*fixed.One
	t.Watch(b)
	if jumped {
		t.corner = false
	}
	t.idle++
	if t.Pause > 0 {
		t.Pause--
	}
	if (t.Jump > 0 || t.PlanJump > 0) && here >= 0 {
		if advice, busy := g.graph.GoOnJumping(h, &t.Traveller, b, here); busy {
			return advice
		}
	}
	for range mostLegs {
		if len(t.legs) == 0 || t.idle > maxIdle {
			// Done, or not to be done: plan again from here.
			if !g.planFor(h, v, t, b, goal) {
				*t = Traveller{plans: t.plans, thorough: t.thorough}
				a.Wait = true
				return a
			}
		}
		l := t.legs[0]
		s := legSample(l)
		sx, sy := g.grid.Position(s)
		switch legKind(l) {
		case legWalk, legGoal:
			close := fixed.Fixed(4 * fixed.One)
			if len(t.legs) > 1 && legKind(t.legs[1]) == legCross && t.StuckFor <= 2 {
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
			if t.tries > 0 && g.graph.AtSample(b, s) {
				t.next()
				continue
			}
			if here != e.Leave && !g.graph.AtSample(b, e.Leave) {
				return g.approach(h, v, t, b, here, e.Leave, a)
			}
			t.tries++
			return g.graph.TakeOff(h, &t.Traveller, b, here, legWith(l)+1, 0)
		case legUse:
			if t.tries > 0 {
				if t.Pause > 0 {
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
				t.Pause = 3
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
			if t.tries > nav.ShootingTime || t.tries > 0 && now.inert(g.m, trigger.Line) {
				t.next()
				continue
			}
			t.tries++
			a.Shoot, a.X, a.Y, a.Z = true, trigger.At.X, trigger.At.Y, trigger.At.Z
			return a
		case legCross:
			// From the sample of the leg before, over the line, to this one.
			line := &g.m.Lines[legWith(l)]
			if line.Side(b.X, b.Y) == line.Side(sx, sy) {
				t.next()
				continue
			}
			a.X, a.Y = sx, sy
			if t.StuckFor > 20 {
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
