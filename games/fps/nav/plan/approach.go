package plan

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// approach walks to a sample as far as it can be walked to now.
func (g *Planner) approach(h *maps.Heights, v *maps.Movers, t *Traveller, b *maps.Body, here, to int32, a nav.Advice) nav.Advice {
	if t.corner && (t.StuckFor > 2 || fixed.Abs(b.X-t.cornerX) < 2*fixed.One && fixed.Abs(b.Y-t.cornerY) < 2*fixed.One) {
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
		a.X, a.Y = g.grid.Position(to)
		return a
	}
	var w walkable
	if t.thorough {
		f := g.flooding()
		defer g.floods.Put(f)
		w = g.reach(f, h, v, b, here, to, true)
		if w.far >= 0 && here != to {
			if a, busy := g.openForJump(f, v, t, b, f.path(to), a); busy {
				return a
			}
		}
	} else {
		w = g.walkable(h, v, b, here, to)
	}
	if w.far < 0 {
		if len(v.Active) == 0 && t.Pause == 0 && t.idle > 4 {
			t.idle = maxIdle // nothing will change by itself
		}
		t.blocked = 4
		a.Wait = true
		return a
	}
	if here == to {
		a.X, a.Y = g.grid.Position(to)
		return a
	}
	terrain := g.terrain()
	next := w.next
	if closed, _, _ := terrain.shut(g, h, here, next); closed && !g.graph.Passable(h, b, next) {
		// A door: open it.
		a.Wait = true
		if t.Pause > 0 {
			return a
		}
		for _, line := range terrain.usable[here] {
			if !byHand(&g.m.Specials[line]) || !terrain.touches(next, g.m.Affected(int(line))[0]) || v.Moving(int(g.m.Affected(int(line))[0]), true) != nil {
				continue
			}
			if angle, ok := g.handsOn(h, line, b.X, b.Y); ok {
				a.Wait, a.Use, a.Angle = false, true, angle
				t.Pause = 8
				return a
			}
		}
		return a
	}
	for _, j := range terrain.jumps[here] {
		if e := &g.edges[j.edge]; e.Enter == next {
			return g.graph.RunUp(h, &t.Traveller, b, here, e)
		}
	}
	if g.direction(here, next) < 0 {
		d := g.teleporter(here, next)
		if d < 0 {
			return g.graph.TakeOff(h, &t.Traveller, b, here, 0, uint64(here)|uint64(next)<<32)
		}
		// Over the teleporter's line.
		hx, hy := g.grid.Position(here)
		nx, ny := g.grid.Position(g.grid.Neighbour(here, d))
		a.X, a.Y = 2*nx-hx, 2*ny-hy
		return a
	}
	if t.Careful > 0 || t.StuckFor > 2 {
		a.X, a.Y = g.graph.StepTo(b, here, next)
		return a
	}
	a.X, a.Y = g.grid.Position(w.far)
	t.corner, t.cornerX, t.cornerY = true, a.X, a.Y
	if w.far == next {
		a.X, a.Y = g.graph.StepTo(b, here, next)
		t.corner = false
	}
	return a
}

// teleporter returns the direction of a step off one sample that a teleporter
// takes to another, or -1.
func (g *Planner) teleporter(s, to int32) int {
	t := g.terrain()
	for d := range 8 {
		for _, line := range t.lines[lattice.Crossing{Sample: s, Direction: uint8(d)}] {
			if land, ok := t.carries(g, line, s); ok && land == to {
				return d
			}
		}
	}
	return -1
}

// direction returns the direction of a step, or -1 where it is none.
func (g *Planner) direction(s, t int32) int {
	for d := range 8 {
		if g.grid.Neighbour(s, d) == t {
			return d
		}
	}
	return -1
}

// longestStraight is how many samples a walker is sent straight on.
const longestStraight = 24

// straight reports whether a walker can go straight from a sample to another
// under the flood's heights, setting nothing off and opening no door.
func (f *flood) straight(a, b int32) bool {
	grid := f.g.grid
	ax, ay, bx, by := a%grid.Width, a/grid.Width, b%grid.Width, b/grid.Width
	dx, dy := bx-ax, by-ay
	steps := max(lattice.Abs(dx), lattice.Abs(dy))
	if steps > longestStraight {
		return false
	}
	x, y := ax, ay
	for i := int32(1); i <= steps; i++ {
		nx := ax + (2*dx*i+steps*lattice.Sign(dx))/(2*steps)
		ny := ay + (2*dy*i+steps*lattice.Sign(dy))/(2*steps)
		d := lattice.DirectionOf(nx-x, ny-y)
		s, t := y*grid.Width+x, ny*grid.Width+nx
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

// under returns the sample that a body stands on: the one of its place, or,
// where the body would not fit under the ceiling there as high as it stands or
// is held up by a ledge that the sample is not on, the nearest beside it where
// that is otherwise.
func (t *terrain) under(g *Planner, h *maps.Heights, b *maps.Body) int32 {
	s := t.standing(g, b.X, b.Y)
	if s < 0 {
		return s
	}
	floor := g.m.Check(h, b.X, b.Y, b.Radius).Floor
	held := b.Z <= floor
	holds := func(s int32) bool {
		l := t.at(h, s)
		return int(l.Ceiling)-max(int(l.Floor), int(b.Z>>16)) >= maps.Height/fixed.One &&
			(!held || int(l.Floor) >= int(floor>>16)-maps.MaxStep/fixed.One)
	}
	if holds(s) {
		return s
	}
	best, found := fixed.Fixed(1<<30), s
	for d := range 8 {
		n := g.grid.Neighbour(s, d)
		if n < 0 || t.levels[n] == lattice.Blocked || !holds(n) || int(t.at(h, n).Floor) > int(b.Z>>16)+maps.MaxStep/fixed.One {
			continue
		}
		x, y := g.grid.Position(n)
		if far := fixed.Hypot(x-b.X, y-b.Y); far < best {
			best, found = far, n
		}
	}
	return found
}
