package maps

import "dryad/games/fps/fixed"

// Slid reports how a slide went.
type Slid struct {
	// DX and DY are how far the body went.
	DX, DY fixed.Fixed
	// Hit says that something stood in the way, Wall which line, or -1 where
	// it was no line.
	Hit  bool
	Wall int32
	// Spot is where the body stands now.
	Spot Spot
}

// Slide moves the body by (dx, dy) as far as it can go, stepping up to
// [MaxStep] and gliding along walls, and sets Z to the floor wherever the body
// is pushed above its feet. It does not fall: the caller lowers Z towards
// Spot.Floor by its gravity. Crossed lines with a special are passed to cross,
// when that is not nil, in the order in which they were crossed, with the side
// that the body came from.
func (m *Map) Slide(h *Heights, b *Body, dx, dy fixed.Fixed, cross func(line int32, side int)) Slid {
	result := Slid{Wall: -1}
	startX, startY := b.X, b.Y
	// Parts no longer than the radius cannot jump a wall.
	parts := fixed.Fixed(1)
	longest := max(fixed.Abs(dx), fixed.Abs(dy))
	if longest > b.Radius && b.Radius > 0 {
		parts = min((longest+b.Radius-1)/b.Radius, 64)
	}
	for part := range parts {
		px := fixed.Fixed(int64(dx)*int64(part+1)/int64(parts) - int64(dx)*int64(part)/int64(parts))
		py := fixed.Fixed(int64(dy)*int64(part+1)/int64(parts) - int64(dy)*int64(part)/int64(parts))
		if m.try(h, b, px, py, &result.Spot, cross) {
			continue
		}
		result.Hit, result.Wall = true, result.Spot.Wall
		if !m.glide(h, b, px, py, &result.Spot, cross) {
			break
		}
	}
	result.DX, result.DY = b.X-startX, b.Y-startY
	if result.Hit || longest == 0 {
		m.check(h, b.X, b.Y, b.Radius, &result.Spot)
	}
	return result
}

// try makes one short move and everything that goes with it.
func (m *Map) try(h *Heights, b *Body, dx, dy fixed.Fixed, s *Spot, cross func(int32, int)) bool {
	oldX, oldY := b.X, b.Y
	if !m.TryMove(h, b, b.X+dx, b.Y+dy, s) {
		return false
	}
	b.Z = max(b.Z, s.Floor)
	if cross != nil {
		for _, i := range s.Contacts[:s.ContactCount] {
			l := &m.Lines[i]
			if from := l.Side(oldX, oldY); from != l.Side(b.X, b.Y) {
				cross(i, from)
			}
		}
	}
	return true
}

// glide handles a part of the way that is blocked: go on to the wall, then
// along it, else along one axis.
func (m *Map) glide(h *Heights, b *Body, dx, dy fixed.Fixed, s *Spot, cross func(int32, int)) bool {
	wall := s.Wall
	moved := false
	// Close the gap by halves.
	for hx, hy := dx/2, dy/2; absolute(int64(hx))+absolute(int64(hy)) >= int64(fixed.One); hx, hy = hx/2, hy/2 {
		if m.try(h, b, hx, hy, s, cross) {
			dx, dy, moved = dx-hx, dy-hy, true
		} else if s.Wall >= 0 {
			wall = s.Wall
		}
	}
	if wall >= 0 {
		l := &m.Lines[wall]
		if along, ok := project(dx, dy, l.DX, l.DY); ok {
			if m.try(h, b, along.X, along.Y, s, cross) {
				return true
			}
			// Rounding may have put a corner of the box into the wall.
			away := l.away(b.X, b.Y)
			if m.try(h, b, along.X+away.X, along.Y+away.Y, s, cross) {
				return true
			}
		}
	}
	if wall >= 0 && m.edge(h, b, &m.Lines[wall], dx, dy, s, cross) {
		return true
	}
	if fixed.Abs(dx) >= fixed.Abs(dy) {
		return dx != 0 && m.try(h, b, dx, 0, s, cross) || dy != 0 && m.try(h, b, 0, dy, s, cross) || moved
	}
	return dy != 0 && m.try(h, b, 0, dy, s, cross) || dx != 0 && m.try(h, b, dx, 0, s, cross) || moved
}

// edge helps a body past the corner of a wall that it hits by less than
// edgeReach: passages exactly as wide as the body could not be entered
// otherwise. The body moves so that it just touches the corner.
func (m *Map) edge(h *Heights, b *Body, l *Line, dx, dy fixed.Fixed, s *Spot, cross func(int32, int)) bool {
	const edgeReach = 2 * fixed.One
	for _, corner := range [2]Vertex{{l.X, l.Y}, {l.X + l.DX, l.Y + l.DY}} {
		if fixed.Abs(dx) >= fixed.Abs(dy) {
			for _, y := range [2]fixed.Fixed{corner.Y - b.Radius, corner.Y + b.Radius} {
				if off := y - b.Y; off != 0 && fixed.Abs(off) <= edgeReach && m.try(h, b, dx, off, s, cross) {
					return true
				}
			}
			continue
		}
		for _, x := range [2]fixed.Fixed{corner.X - b.Radius, corner.X + b.Radius} {
			if off := x - b.X; off != 0 && fixed.Abs(off) <= edgeReach && m.try(h, b, off, dy, s, cross) {
				return true
			}
		}
	}
	return false
}

// project returns the part of (dx, dy) along the direction (lx, ly).
func project(dx, dy, lx, ly fixed.Fixed) (v Vertex, ok bool) {
	// 8 bits less precision in the direction keep the products in 64 bits.
	ux, uy := int64(lx)>>8, int64(ly)>>8
	square := ux*ux + uy*uy
	if square == 0 {
		return Vertex{}, false
	}
	dot := int64(dx)*ux + int64(dy)*uy
	// dot/square is below 2^31; multiply before dividing, in 128 bits by parts.
	x, y := ratio(dot, ux, square), ratio(dot, uy, square)
	return Vertex{x, y}, x != 0 || y != 0
}

// ratio returns dot*u/square, rounded towards zero, |u| <= sqrt(square).
func ratio(dot, u, square int64) fixed.Fixed {
	negative := (dot < 0) != (u < 0)
	q := mulDiv128(uint64(absolute(dot)), uint64(absolute(u)), uint64(square))
	if negative {
		return fixed.Fixed(-int64(q))
	}
	return fixed.Fixed(q)
}

// away returns a push of 1/32 unit off the line, towards the side of (x, y).
func (l *Line) away(x, y fixed.Fixed) Vertex {
	const push = fixed.One / 32
	v := Vertex{sign(-l.DY) * push, sign(l.DX) * push} // towards the back
	if l.Side(x, y) == 0 {
		v.X, v.Y = -v.X, -v.Y
	}
	return v
}

func sign(f fixed.Fixed) fixed.Fixed {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}
