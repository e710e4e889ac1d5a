package maps

import "dryad/games/fps/fixed"

// UseReach is how far a walker's hands reach.
const UseReach = 64 * fixed.One

// UseLine returns the line that a walker at (x, y), looking in direction a,
// would use: the first within reach that has a use special and shows its
// front, with nothing closed before it.
func (m *Map) UseLine(h *Heights, x, y fixed.Fixed, a fixed.Angle) (line int, ok bool) {
	r := m.Ray(Point{X: x, Y: y}, a, 0, UseReach)
	after, last := int64(-1), int32(-1)
	for {
		t, i, side := m.crossing(&r, after, last)
		if i < 0 {
			return -1, false
		}
		l := &m.Lines[i]
		if m.Specials[i].Trigger == Use && side == 0 {
			return int(i), true
		}
		if l.Back < 0 || l.Front < 0 {
			return -1, false
		}
		if bottom, top, _ := l.Opening(h); bottom >= top {
			return -1, false
		}
		after, last = t, i
	}
}

// crossing returns the next line on a short ray after (t, line), in the order
// of distance, then index; -1 when there is none.
func (m *Map) crossing(r *Ray, after int64, last int32) (t int64, line int32, side int) {
	g := &m.grid
	t, line = int64(1)<<62, -1
	w := g.walk(r.From.X, r.From.Y, r.EndX, r.EndY)
	for w.next() {
		for c := w.from; ; c += w.step {
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				at, from, ok := m.Lines[i].intersect(r.From.X, r.From.Y, r.EndX, r.EndY)
				if !ok || at < after || at == after && i <= last || at > t || at == t && i >= line {
					continue
				}
				t, line, side = at, i, from
			}
			if c == w.to {
				break
			}
		}
	}
	return t, line, side
}
