package plan

import (
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// findSteps notes the steps that cross a line. As when walkers move, a line is
// crossed where the box cuts it and the middle changes sides.
func (t *terrain) findSteps(g *Planner, line int32) {
	l := &g.m.Lines[line]
	const grow = maps.Radius + lattice.Spacing*fixed.One
	for to := range g.grid.Box(l.MinX-grow, l.MinY-grow, l.MaxX+grow, l.MaxY+grow) {
		if t.levels[to] == lattice.Blocked {
			continue
		}
		x, y := g.grid.Position(to)
		spot := g.m.Check(g.rest, x, y, maps.Radius)
		if !slices.Contains(spot.Contacts[:spot.ContactCount], line) {
			continue
		}
		for d := range 8 {
			s := g.grid.Neighbour(to, d^4)
			if s < 0 || t.levels[s] == lattice.Blocked {
				continue
			}
			fx, fy := g.grid.Position(s)
			if l.Side(fx, fy) == l.Side(x, y) {
				continue
			}
			t.cells[s].crossed |= 1 << d
			at := lattice.Crossing{Sample: s, Direction: uint8(d)}
			t.lines[at] = append(t.lines[at], line)
		}
	}
}

// findHands notes the samples from which a line is used when everything is
// open.
func (t *terrain) findHands(g *Planner, line int32, open *maps.Heights) {
	l := &g.m.Lines[line]
	const reach = 60 * fixed.One
	for s := range g.grid.Box(l.MinX-reach, l.MinY-reach, l.MaxX+reach, l.MaxY+reach) {
		if t.levels[s] == lattice.Blocked {
			continue
		}
		x, y := g.grid.Position(s)
		if l.Side(x, y) != 0 || l.Off(x, y) > reach {
			continue
		}
		if _, ok := g.handsOn(open, line, x, y); ok {
			t.usable[s] = append(t.usable[s], line)
			t.cells[s].special |= hasHands
		}
	}
}

// handsOn returns the direction in which who stands at (x, y) uses a line
// under the heights h.
func (g *Planner) handsOn(h *maps.Heights, line int32, x, y fixed.Fixed) (angle fixed.Angle, ok bool) {
	l := &g.m.Lines[line]
	for _, part := range [...]int64{8, 4, 12, 2, 14, 6, 10, 1, 15} {
		px, py := l.X+fixed.Fixed(int64(l.DX)*part/16), l.Y+fixed.Fixed(int64(l.DY)*part/16)
		if fixed.Hypot(px-x, py-y) > 60*fixed.One {
			continue
		}
		angle = fixed.Atan2(py-y, px-x)
		if used, hit := g.m.UseLine(h, x, y, angle); hit && used == int(line) {
			return angle, true
		}
	}
	return 0, false
}

// carries reports whether a line teleports who steps over it from a sample, and
// returns the sample to appear at; -1 where nobody can stand there.
func (t *terrain) carries(g *Planner, line, s int32) (land int32, ok bool) {
	if g.m.Specials[line].Action != maps.Teleport || g.m.Lines[line].Side(g.grid.Position(s)) != 0 {
		return -1, false
	}
	p, ok := g.m.TeleportTarget(int(line))
	if !ok {
		return -1, false
	}
	return t.standing(g, p.X, p.Y), true
}
