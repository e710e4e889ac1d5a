package maps

import "dryad/games/fps/fixed"

// Body is the upright box of a walker. Z is the height of its feet.
type Body struct {
	X, Y, Z        fixed.Fixed
	Radius, Height fixed.Fixed
}

// Eye returns the point that a walker sees and shoots from.
func (b *Body) Eye() Point { return Point{b.X, b.Y, b.Z + ViewHeight} }

// Point is a place in the world.
type Point struct{ X, Y, Z fixed.Fixed }

// MaxContacts is how many lines a [Spot] can report.
const MaxContacts = 12

// Spot is what a box at some place stands on and touches.
type Spot struct {
	Floor   fixed.Fixed // highest floor under the box
	Ceiling fixed.Fixed // lowest ceiling over the box
	Low     fixed.Fixed // lowest floor under the box: what it could fall to
	Sector  int32       // sector at the middle; NoSector in the void
	// Blocked says that no box fits here at any height: a wall, a blocking
	// line or a solid decoration is inside it, or it is outside of the map.
	Blocked bool
	// Wall is a line that blocks, or the line whose opening set Floor or
	// Ceiling; -1 for none.
	Wall int32
	// Contacts lists the first lines with a special that the box cuts.
	Contacts     [MaxContacts]int32
	ContactCount int32
}

// Check reports what a box of the given radius at (x, y) stands on under the
// heights h.
func (m *Map) Check(h *Heights, x, y, radius fixed.Fixed) Spot {
	var s Spot
	m.check(h, x, y, radius, &s)
	return s
}

func (m *Map) check(h *Heights, x, y, radius fixed.Fixed, s *Spot) {
	*s = Spot{Wall: -1}
	s.Sector = int32(m.SectorAt(x, y))
	if s.Sector < 0 {
		s.Blocked = true
		s.Floor, s.Ceiling, s.Low = 0, 0, 0
		return
	}
	s.Floor, s.Ceiling = h.Floor[s.Sector], h.Ceiling[s.Sector]
	s.Low = s.Floor
	g := &m.grid
	x0, x1 := g.cellX(x-radius), g.cellX(x+radius)
	y0, y1 := g.cellY(y-radius), g.cellY(y+radius)
	for cy := y0; cy <= y1; cy++ {
		for cx := x0; cx <= x1; cx++ {
			c := cy*g.width + cx
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				l := &m.Lines[i]
				if !l.crossesBox(x, y, radius) {
					continue
				}
				if l.Back < 0 || l.Front < 0 || l.Flags&(FlagBlocking|FlagBlockPlayers) != 0 {
					s.Blocked, s.Wall = true, i
					return
				}
				bottom, top, low := l.Opening(h)
				if bottom > s.Floor {
					s.Floor, s.Wall = bottom, i
				}
				if top < s.Ceiling {
					s.Ceiling, s.Wall = top, i
				}
				s.Low = min(s.Low, low)
				if l.Number != 0 {
					s.touch(i)
				}
			}
			for _, i := range g.solids[g.solidStart[c]:g.solidStart[c+1]] {
				p := &m.Solids[i]
				reach := p.Radius + radius
				if fixed.Abs(p.X-x) < reach && fixed.Abs(p.Y-y) < reach {
					s.Blocked = true
					return
				}
			}
		}
	}
}

// touch records a line with a special once.
func (s *Spot) touch(line int32) {
	for _, c := range s.Contacts[:s.ContactCount] {
		if c == line {
			return
		}
	}
	if s.ContactCount < MaxContacts {
		s.Contacts[s.ContactCount] = line
		s.ContactCount++
	}
}

// Fits reports whether a box of the given height, with its feet now at z, may
// stand at s: no wall inside, room overhead, and no step above [MaxStep].
func (s *Spot) Fits(z, height fixed.Fixed) bool {
	return !s.Blocked &&
		s.Ceiling-s.Floor >= height &&
		s.Ceiling-z >= height &&
		s.Floor-z <= MaxStep
}

// TryMove moves the body to (x, y) if it fits there, leaving Z alone: a body
// that is below the new floor is the caller's to lift. It reports the spot
// either way. The way must be shorter than the body is wide, or thin walls are
// jumped; [Map.Slide] takes care of that.
func (m *Map) TryMove(h *Heights, b *Body, x, y fixed.Fixed, s *Spot) bool {
	m.check(h, x, y, b.Radius, s)
	if !s.Fits(b.Z, b.Height) {
		return false
	}
	b.X, b.Y = x, y
	return true
}

// EachSector visits the sectors that the box around (x, y) stands on: the one
// at its middle first, then those across the lines that it cuts. A sector may
// come more than once. It stops when visit returns false.
func (m *Map) EachSector(x, y, radius fixed.Fixed, visit func(sector int32) bool) {
	if s := m.SectorAt(x, y); s < 0 || !visit(int32(s)) {
		return
	}
	g := &m.grid
	x0, x1 := g.cellX(x-radius), g.cellX(x+radius)
	y0, y1 := g.cellY(y-radius), g.cellY(y+radius)
	for cy := y0; cy <= y1; cy++ {
		for cx := x0; cx <= x1; cx++ {
			c := cy*g.width + cx
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				l := &m.Lines[i]
				if !l.crossesBox(x, y, radius) {
					continue
				}
				if l.Front >= 0 && !visit(l.Front) || l.Back >= 0 && !visit(l.Back) {
					return
				}
			}
		}
	}
}
