package reach

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// setOff finds the lines that can be set off from the points visited, widens
// the bounds of what they move and visits where they teleport to. It reports
// whether that gave the search something to do.
func (r *Reached) setOff() bool {
	m := r.s.m
	for i := range m.Specials {
		if s := &m.Specials[i]; !r.set[i] && s.Active() && !s.OnlyThem && r.can(i) {
			r.set[i] = true
			if s.Action == maps.Teleport {
				if t, ok := m.TeleportTarget(i); ok {
					r.land(t.X, t.Y)
				}
			}
		}
	}
	// Bounds depend on each other: widen them until nothing changes.
	wider := make([]bool, len(m.Sectors))
	for round, changed := 0, true; changed; round++ {
		changed = false
		for i := range m.Specials {
			if r.set[i] && r.extent.Widen(m, i, round > 0, func(sector int32) { wider[sector] = true }) {
				changed = true
			}
		}
	}
	for sector, w := range wider {
		if w {
			r.again(sector)
		}
	}
	return len(r.queue) > 0
}

// can reports whether a line can be set off from a visited point.
func (r *Reached) can(line int) bool {
	m := r.s.m
	l, s := &m.Lines[line], &m.Specials[line]
	found := false
	switch s.Trigger {
	case maps.Walk:
		r.s.box(l.MinX, l.MinY, l.MaxX, l.MaxY, 20*fixed.One, func(p int32) {
			if found || r.points[p].state&visited == 0 {
				return
			}
			x, y := r.s.position(p)
			if s.Action == maps.Teleport && l.Side(x, y) != 0 {
				return
			}
			// Near the line itself, not its infinite extension.
			along := int64(x-l.X)*int64(l.DX) + int64(y-l.Y)*int64(l.DY)
			length := l.Length()
			if length == 0 {
				return
			}
			across := cross(l, x, y) / int64(length)
			along /= int64(length)
			near := 12 * int64(fixed.One)
			if len(r.s.barriers[p]) > 0 {
				near = 20 * int64(fixed.One) // crossed together with a teleporter
			}
			found = across < near && across > -near && along > -near && along < int64(length)+near
		})
	case maps.Use:
		r.s.box(l.MinX, l.MinY, l.MaxX, l.MaxY, useful, func(p int32) {
			if found || r.points[p].state&visited == 0 {
				return
			}
			x, y := r.s.position(p)
			found = l.Side(x, y) == 0 && r.uses(line, x, y)
		})
	case maps.Shoot:
		x, y := l.X+l.DX/2, l.Y+l.DY/2
		r.s.box(x, y, x, y, aimed, func(p int32) {
			if found || r.points[p].state&visited == 0 {
				return
			}
			px, py := r.s.position(p)
			found = r.shoots(line, px, py, fixed.Fixed(r.points[p].high)<<16)
		})
	}
	return found
}

// uses reports whether the hands of who stands at (x, y) reach a line.
func (r *Reached) uses(line int, x, y fixed.Fixed) bool {
	l := &r.s.m.Lines[line]
	open := maps.Heights{Floor: r.extent.Low.Floor, Ceiling: r.extent.High.Ceiling}
	for part := range int64(17) {
		mx, my := l.X+fixed.Fixed(int64(l.DX)*part/16), l.Y+fixed.Fixed(int64(l.DY)*part/16)
		if used, ok := r.s.m.UseLine(&open, x, y, fixed.Atan2(my-y, mx-x)); ok && used == line {
			return true
		}
	}
	return false
}

// shoots reports whether a shot from (x, y) may hit a line.
func (r *Reached) shoots(line int, x, y, z fixed.Fixed) bool {
	l := &r.s.m.Lines[line]
	open := maps.Heights{Floor: r.extent.Low.Floor, Ceiling: r.extent.High.Ceiling}
	for part := range int64(5) {
		mx, my := l.X+fixed.Fixed(int64(l.DX)*(part+2)/8), l.Y+fixed.Fixed(int64(l.DY)*(part+2)/8)
		far := fixed.Hypot(mx-x, my-y)
		if far == 0 || far > aimed {
			continue
		}
		// A little before the line, or it would be in its own way.
		mx -= fixed.Fixed(int64(mx-x) * 2 * fixed.One / int64(far))
		my -= fixed.Fixed(int64(my-y) * 2 * fixed.One / int64(far))
		sector := r.s.m.SectorAt(mx, my)
		if sector < 0 {
			continue
		}
		if r.s.m.Sees(&open, maps.Point{X: x, Y: y, Z: z + 36*fixed.One}, mx, my, r.extent.Low.Floor[sector], r.extent.High.Ceiling[sector]) {
			return true
		}
	}
	return false
}

// again measures what a sector of wider bounds touches once more and goes on
// from there.
func (r *Reached) again(sector int) {
	m := r.s.m
	x0, y0, x1, y1 := m.MaxX, m.MaxY, m.MinX, m.MinY
	for _, i := range m.SectorLines(sector) {
		l := &m.Lines[i]
		x0, y0, x1, y1 = min(x0, l.MinX), min(y0, l.MinY), max(x1, l.MaxX), max(y1, l.MaxY)
	}
	r.s.box(x0, y0, x1, y1, 32*fixed.One, func(p int32) { r.points[p].state &^= measured | solid })
	r.s.box(x0, y0, x1, y1, 192*fixed.One, func(p int32) {
		if r.points[p].state&visited != 0 {
			r.queue = append(r.queue, p)
		}
	})
}
