package maps

import (
	"math/bits"

	"dryad/games/fps/fixed"
)

// SectorAt returns the sector at (x, y), or [NoSector] outside of the map. A
// point on a line belongs to the line's front.
func (m *Map) SectorAt(x, y fixed.Fixed) int {
	g := &m.grid
	c := g.cell(x, y)
	if c < 0 {
		return NoSector
	}
	lines := g.lines[g.start[c]:g.start[c+1]]
	if len(lines) == 0 {
		return int(g.sector[c])
	}
	rx, ry := g.reference(c)
	if s, crossed := m.facing(x, y, rx, ry, lines); crossed {
		return int(s)
	}
	return int(g.sector[c])
}

// reference returns the point of a cell whose sector is known. It is off the
// cell's middle by an odd fraction, so that it hardly ever lies in line with
// two corners of a map.
func (g *grid) reference(c int32) (x, y fixed.Fixed) {
	cx, cy := c%g.width, c/g.width
	half := int64(1) << (g.shift - 1)
	return fixed.Fixed(int64(g.minX) + int64(cx)<<g.shift + half + 0x5a93),
		fixed.Fixed(int64(g.minY) + int64(cy)<<g.shift + half + 0x36d7)
}

// facing returns the sector that the first line on the way from (x, y) to
// (tx, ty) turns towards (x, y).
func (m *Map) facing(x, y, tx, ty fixed.Fixed, lines []int32) (sector int32, crossed bool) {
	best := int64(1) << 62
	for _, i := range lines {
		l := &m.Lines[i]
		t, side, ok := l.intersect(x, y, tx, ty)
		if ok && t < best {
			best, sector, crossed = t, l.Sector(side), true
		}
	}
	return sector, crossed
}

// fractionBits is the precision of positions along a traced way.
const fractionBits = 30

// intersect finds where the way from (x, y) to (tx, ty) crosses the line: as
// a fraction of the way with fractionBits bits, and the side it comes from. An
// end on the line counts as in front of it.
func (l *Line) intersect(x, y, tx, ty fixed.Fixed) (t int64, side int, ok bool) {
	a, b := l.cross(x, y), l.cross(tx, ty)
	if (a > 0) == (b > 0) {
		return 0, 0, false
	}
	dx, dy := int64(tx)-int64(x), int64(ty)-int64(y)
	px, py := int64(l.X)-int64(x), int64(l.Y)-int64(y)
	// The line's ends, seen from the way.
	first := dx*py - dy*px
	second := dx*(py+int64(l.DY)) - dy*(px+int64(l.DX))
	if (first > 0) == (second > 0) {
		return 0, 0, false
	}
	if a > 0 {
		side = 1
	} else {
		a, b = -a, -b
	}
	return fraction(uint64(a), uint64(a)+uint64(-b)), side, true
}

// fraction returns num/den with fractionBits bits, for num <= den != 0.
func fraction(num, den uint64) int64 {
	q, _ := bits.Div64(num>>(64-fractionBits), num<<fractionBits, den)
	return int64(q)
}

// locateReferences finds the sector of every cell's reference point: walking
// along each row from the void west of it, the last line crossed tells.
func (m *Map) locateReferences() {
	g := &m.grid
	g.sector = make([]int32, g.width*g.height)
	var near []int32
	for cy := range g.height {
		before := int32(NoSector)
		for cx := range g.width {
			c := cy*g.width + cx
			x, y := g.reference(c)
			px := fixed.Fixed(int64(x) - int64(1)<<g.shift)
			near = append(near[:0], g.lines[g.start[c]:g.start[c+1]]...)
			if cx > 0 {
				near = append(near, g.lines[g.start[c-1]:g.start[c]]...)
			}
			if s, crossed := m.facing(x, y, px, y, near); crossed {
				before = s
			}
			g.sector[c] = before
		}
	}
}
