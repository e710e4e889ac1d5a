package nav

import (
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// acts reports whether what a line does matters to who walks.
func acts(a maps.Action) bool {
	switch a {
	case maps.MovePlane, maps.BuildStairs, maps.Donut, maps.StopMove, maps.Teleport:
		return true
	}
	return false
}

// findSteps notes the steps that cross a line. As when walkers move, a line is
// crossed where the box cuts it and the middle changes sides.
func (t *terrain) findSteps(g *Graph, line int32) {
	l := &g.m.Lines[line]
	const grow = maps.Radius + spacing*fixed.One
	for to := range g.grid.box(l.MinX-grow, l.MinY-grow, l.MaxX+grow, l.MaxY+grow) {
		if t.levels[to] == blocked {
			continue
		}
		x, y := g.grid.position(to)
		spot := g.m.Check(&g.rest, x, y, maps.Radius)
		if !slices.Contains(spot.Contacts[:spot.ContactCount], line) {
			continue
		}
		for d := range 8 {
			s := g.grid.neighbour(to, d^4)
			if s < 0 || t.levels[s] == blocked {
				continue
			}
			fx, fy := g.grid.position(s)
			if l.Side(fx, fy) == l.Side(x, y) {
				continue
			}
			t.cells[s].crossed |= 1 << d
			at := crossing{s, uint8(d)}
			t.lines[at] = append(t.lines[at], line)
		}
	}
}

// findHands notes the samples from which a line is used when everything is
// open.
func (t *terrain) findHands(g *Graph, line int32, open *maps.Heights) {
	l := &g.m.Lines[line]
	const reach = 60 * fixed.One
	for s := range g.grid.box(l.MinX-reach, l.MinY-reach, l.MaxX+reach, l.MaxY+reach) {
		if t.levels[s] == blocked {
			continue
		}
		x, y := g.grid.position(s)
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
func (g *Graph) handsOn(h *maps.Heights, line int32, x, y fixed.Fixed) (angle fixed.Angle, ok bool) {
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
func (t *terrain) carries(g *Graph, line, s int32) (land int32, ok bool) {
	if g.m.Specials[line].Action != maps.Teleport || g.m.Lines[line].Side(g.grid.position(s)) != 0 {
		return -1, false
	}
	p, ok := g.m.TeleportTarget(int(line))
	if !ok {
		return -1, false
	}
	return t.standing(g, p.X, p.Y), true
}
