package walk

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
)

// pace is how far the walker goes in a tick; a classic player runs 16 units.
const pace = 14 * fixed.One

// bullet is how far a shot carries.
const bullet = 2048 * fixed.One

// Walker is a body in a map of its own.
type Walker struct {
	nav.Runner
	Heights maps.Heights
	// Lost says that the last advice knew no way.
	Lost bool

	m       *maps.Map
	planner *plan.Planner
	movers  maps.Movers
	trip    plan.Traveller
}

// New puts a walker on the floor at (x, y), with everything else at rest.
func New(planner *plan.Planner, x, y fixed.Fixed) *Walker {
	m := planner.Graph().Map()
	w := &Walker{m: m, planner: planner, Heights: m.Heights(), movers: m.Movers()}
	w.Body = maps.Body{X: x, Y: y, Radius: maps.Radius, Height: maps.Height}
	w.Body.Z = w.floor()
	return w
}

func (w *Walker) floor() fixed.Fixed {
	s := w.m.Check(&w.Heights, w.Body.X, w.Body.Y, w.Body.Radius)
	return s.Floor
}

// Foresee goes to the goal in thought, with copies of all that moves, before a
// step is made. Where that does not arrive within limit ticks it looks for a
// plan from here, and keeps to it if that does. It reports whether a walk would
// arrive, and who would stand where it ends.
func (w *Walker) Foresee(goal nav.Goal, limit int) (end *Walker, arrives bool) {
	end = w.clone()
	if arrived, _ := end.Walk(goal, limit); arrived {
		return end, true
	}
	first := w.trip
	if !first.Planned() && w.planner.Plan(&w.Heights, &w.movers, &w.trip, &w.Body, goal) {
		planned := w.clone()
		if arrived, _ := planned.Walk(goal, limit); arrived {
			return planned, true
		}
	}
	w.trip = first
	return end, false
}

// clone returns a walker of equal state that shares nothing that changes.
func (w *Walker) clone() *Walker {
	c := *w
	c.Heights, c.movers = w.m.Heights(), w.m.Movers()
	c.Heights.CopyFrom(&w.Heights)
	c.movers.CopyFrom(&w.movers)
	return &c
}

// Knows reports whether a way to a goal is known: one over the graph as it is at
// rest, or one that has to be planned. It keeps to the plan that it finds.
func (w *Walker) Knows(goal nav.Goal) bool {
	return w.planner.Graph().Reaches(w.Body.X, w.Body.Y, goal) || w.planner.Plan(&w.Heights, &w.movers, &w.trip, &w.Body, goal)
}

// Step goes on for one tick and returns the advice that it followed.
func (w *Walker) Step(goal nav.Goal) nav.Advice {
	if w.trip.Stalled() {
		w.planner.Plan(&w.Heights, &w.movers, &w.trip, &w.Body, goal)
	}
	a := w.planner.Steer(&w.Heights, &w.movers, &w.trip, &w.Body, goal)
	if a.Lost && w.planner.Plan(&w.Heights, &w.movers, &w.trip, &w.Body, goal) {
		a = w.planner.Steer(&w.Heights, &w.movers, &w.trip, &w.Body, goal)
	}
	if !a.Jump {
		w.VX, w.VY = 0, 0
	}
	w.Lost = a.Lost
	switch {
	case a.Arrived:
		return a
	case a.Use:
		if line, ok := w.m.UseLine(&w.Heights, w.Body.X, w.Body.Y, a.Angle); ok {
			w.movers.Activate(w.m, &w.Heights, line, maps.Use, 0, false)
		}
	case a.Shoot:
		w.shoot(maps.Point{X: a.X, Y: a.Y, Z: a.Z})
	case a.Jump:
		w.Runner.Step(w.m, &w.Heights, a.X, a.Y, w.cross)
	case !a.Wait:
		w.walk(a.X, a.Y)
	}
	w.movers.Step(&w.Heights, func(int, bool) bool {
		s := w.m.Check(&w.Heights, w.Body.X, w.Body.Y, w.Body.Radius)
		return s.Ceiling-s.Floor < w.Body.Height
	})
	if floor := w.floor(); w.Body.Z <= floor {
		w.Body.Z, w.VZ = floor, 0
	} else if !a.Jump {
		w.VZ -= fixed.One
		w.Body.Z = max(w.Body.Z+w.VZ, floor)
	}
	return a
}

// walk goes straight towards a place, at the walker's steady pace.
func (w *Walker) walk(x, y fixed.Fixed) {
	dx, dy := x-w.Body.X, y-w.Body.Y
	if fixed.Hypot(dx, dy) > pace {
		angle := fixed.Atan2(dy, dx)
		dx, dy = fixed.Mul(pace, angle.Cos()), fixed.Mul(pace, angle.Sin())
	}
	slid := w.m.Slide(&w.Heights, &w.Body, dx, dy, w.cross)
	w.VX, w.VY = slid.DX, slid.DY
}

// shoot fires at a point of the map.
func (w *Walker) shoot(at maps.Point) {
	angle, slope := nav.Aim(&w.Body, &at)
	from := maps.Point{X: w.Body.X, Y: w.Body.Y, Z: w.Body.Z + nav.HandsHeight}
	if hit := w.m.Trace(&w.Heights, from, angle, slope, bullet); hit.Kind == maps.HitWall {
		w.movers.Activate(w.m, &w.Heights, int(hit.Line), maps.Shoot, int(hit.Side), false)
	}
}

func (w *Walker) cross(line int32, side int) {
	e := w.movers.Activate(w.m, &w.Heights, int(line), maps.Walk, side, false)
	if e.Action == maps.Teleport {
		w.Body.X, w.Body.Y = e.X, e.Y
		w.Body.Z = w.floor()
	}
}

// Walk goes to the goal and reports whether it got there, and after how many
// ticks; it gives up after limit.
func (w *Walker) Walk(goal nav.Goal, limit int) (arrived bool, ticks int) {
	for i := range limit {
		if w.Step(goal).Arrived {
			return true, i
		}
	}
	return false, limit
}
