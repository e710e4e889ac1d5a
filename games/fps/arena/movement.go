package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// The format's published physics, in 16.16 map units and ticks.
const (
	friction   = 0xE800 // share of the speed kept on the ground
	thrustUnit = 1024   // speed gained a tick for one unit of thrust
	gravity    = fixed.One
	stopSpeed  = 0x1000 // slower than this is standing
	maxFall    = 64 * fixed.One
	maxSpeed   = 30 * fixed.One
	maxPitch   = int32(1 << 29) // 45 degrees
)

// steer turns the actor and gives it thrust.
func (w *World) steer(i int) {
	a, c := &w.actors[i], &w.commands[i]
	limit := w.level.Rules.TurnRate << 16 / 360
	a.Angle += fixed.Angle(int32(clamp(int32(c.Turn), limit)) << 16)
	a.Pitch = clamp(a.Pitch+clamp(int32(c.Pitch), limit)<<16, maxPitch)
	if c.Weapon != 0 {
		w.switchWeapon(i, fps.Weapon(c.Weapon-1))
	}
	if a.Z > a.Floor || c.MoveX == 0 && c.MoveY == 0 {
		return
	}
	x, y := int32(c.MoveX), int32(c.MoveY)
	if square := x*x + y*y; square > fps.MaxThrust*fps.MaxThrust {
		length := int32(fixed.Sqrt(uint64(square) << 8))
		x, y = x*fps.MaxThrust<<4/length, y*fps.MaxThrust<<4/length
	}
	unit := int32(thrustUnit) * w.level.Rules.Speed / 100
	if a.Infected != 0 {
		unit = unit * 6 / 5
	}
	a.VX += x * unit
	a.VY += y * unit
}

func clamp(v, limit int32) int32 { return max(-limit, min(limit, v)) }

// move carries the actor along its speed, past what stands in the way.
func (w *World) move(i int) {
	a := &w.actors[i]
	level := &w.level
	dx, dy := clamp(a.VX, maxSpeed), clamp(a.VY, maxSpeed)
	wanted := dx != 0 || dy != 0
	if wanted || len(w.movers.Active) > 0 {
		dx, dy = w.makeWay(i, dx, dy)
		b := a.box()
		w.mover = i
		slid := level.Map.Slide(&w.heights, &b, dx, dy, w.crossFn)
		if a.Alive == 0 {
			return
		}
		if a.Touching == 0 { // no teleport
			a.X, a.Y, a.Z = b.X, b.Y, b.Z
			a.Floor, a.Sector = slid.Spot.Floor, slid.Spot.Sector
			w.count(a, slid.DX, slid.DY)
			if slid.Hit {
				// What the wall took is lost.
				a.VX, a.VY = clamp(a.VX, fixed.Abs(slid.DX)), clamp(a.VY, fixed.Abs(slid.DY))
			}
			slow := wanted && fixed.Abs(slid.DX)+fixed.Abs(slid.DY) < fixed.One
			if slow && (w.commands[i].MoveX != 0 || w.commands[i].MoveY != 0) {
				a.Pushing++
			} else {
				a.Pushing = 0
			}
		}
		a.Touching = 0
	} else if w.commands[i].MoveX == 0 && w.commands[i].MoveY == 0 {
		a.Pushing = 0
	}
	if a.Z <= a.Floor {
		a.Z, a.VZ = a.Floor, 0
		a.VX, a.VY = fixed.Mul(a.VX, friction), fixed.Mul(a.VY, friction)
		if c := &w.commands[i]; c.MoveX == 0 && c.MoveY == 0 && fixed.Abs(a.VX) < stopSpeed && fixed.Abs(a.VY) < stopSpeed {
			a.VX, a.VY = 0, 0
		}
	} else {
		a.VZ = max(a.VZ-gravity*level.Rules.Gravity/100, -maxFall)
		a.Z += a.VZ
		if a.Z <= a.Floor {
			a.Z, a.VZ = a.Floor, 0
		}
	}
}

// count adds to how far the actor has walked.
func (w *World) count(a *actor, dx, dy fixed.Fixed) {
	a.Walk(fixed.Approximate(dx, dy))
}

// makeWay shortens a step that would lead into somebody else.
func (w *World) makeWay(i int, dx, dy fixed.Fixed) (fixed.Fixed, fixed.Fixed) {
	if !w.bumps(i, dx, dy) {
		return dx, dy
	}
	if fixed.Abs(dx) < fixed.Abs(dy) {
		if !w.bumps(i, 0, dy) {
			return 0, dy
		}
		if !w.bumps(i, dx, 0) {
			return dx, 0
		}
	} else {
		if !w.bumps(i, dx, 0) {
			return dx, 0
		}
		if !w.bumps(i, 0, dy) {
			return 0, dy
		}
	}
	return 0, 0
}

// bumps reports whether a step leads into somebody. Those who already overlap
// may part.
func (w *World) bumps(i int, dx, dy fixed.Fixed) bool {
	const reach = 2 * maps.Radius
	a := &w.actors[i]
	x, y := a.X+dx, a.Y+dy
	for j := range w.actors {
		o := &w.actors[j]
		if fixed.Abs(o.X-x) >= reach || fixed.Abs(o.Y-y) >= reach || fixed.Abs(o.Z-a.Z) >= maps.Height || j == i || o.Alive == 0 {
			continue
		}
		before := max(fixed.Abs(o.X-a.X), fixed.Abs(o.Y-a.Y))
		if max(fixed.Abs(o.X-x), fixed.Abs(o.Y-y)) < before || before >= reach {
			return true
		}
	}
	return false
}

// crossed is told each special line that the moving actor crosses.
func (w *World) crossed(line int32, side int) {
	w.trigger(w.mover, line, maps.Walk, side)
}

// trigger sets off a line for an actor.
func (w *World) trigger(i int, line int32, by maps.Trigger, side int) bool {
	a := &w.actors[i]
	effect := w.movers.Activate(w.level.Map, &w.heights, int(line), by, side, a.Monster != 0)
	switch effect.Action {
	case maps.NoAction:
		return false
	case maps.Teleport:
		a.Touching = 1
		w.put(i, effect.X, effect.Y, effect.Angle)
		w.event("teleport", i, -1, "", 0, a.X, a.Y, w.witnesses(i, -1))
	case maps.MovePlane, maps.BuildStairs, maps.Donut:
		what := "floor"
		switch m := &w.level.Map.Specials[line].Move; {
		case m.Door:
			what = "door"
		case m.Lift:
			what = "lift"
		}
		l := &w.level.Map.Lines[line]
		w.event(what, i, -1, "", float64(effect.Started), l.X, l.Y, w.witnesses(i, -1))
	}
	return true
}

// put sets the actor down at a place, at rest.
func (w *World) put(i int, x, y fixed.Fixed, angle fixed.Angle) {
	a := &w.actors[i]
	spot := w.level.Map.Check(&w.heights, x, y, maps.Radius)
	a.X, a.Y, a.Z = x, y, spot.Floor
	a.VX, a.VY, a.VZ = 0, 0, 0
	a.Angle, a.Pitch = angle, 0
	a.Floor, a.Sector = spot.Floor, spot.Sector
	a.Pushing = 0
	if n := w.level.NodeAt(a.X, a.Y); n >= 0 {
		a.Node = n
	}
}

// blocked reports whether somebody no longer fits into a sector that moves, and
// lets crushers hurt.
func (w *World) blocked(sector int, crush bool) bool {
	found := false
	for i := range w.actors {
		a := &w.actors[i]
		if a.Alive == 0 || !w.reaches(a, int32(sector)) {
			continue
		}
		spot := w.level.Map.Check(&w.heights, a.X, a.Y, maps.Radius)
		if spot.Blocked || spot.Ceiling-max(spot.Floor, a.Z) >= maps.Height {
			continue
		}
		found = true
		if crush && w.head.Tick%4 == 0 {
			w.hurt(i, -1, 10, a.X, a.Y, "crusher")
		}
	}
	return found
}

// reaches reports whether the actor's box may touch a sector: it stands in it or
// in a neighbour.
func (w *World) reaches(a *actor, sector int32) bool {
	if a.Sector == sector {
		return true
	}
	for _, n := range w.level.Map.Neighbours(int(sector)) {
		if n == a.Sector {
			return true
		}
	}
	return false
}
