package reach

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// findBarriers notes the teleporters that nobody gets across from the front:
// who crosses one is elsewhere before the next movement, at whatever height
// above it, and it works again and again. Movement is cut into parts no longer
// than the body's radius, so that the body always touches a line that its
// middle has just crossed; but a spot reports only so many lines that it
// touches, so lines among too many others do not count.
func (s *Search) findBarriers() {
	s.barriers = map[int32][]int32{}
	rest := s.m.Heights()
	for i := range s.m.Specials {
		special := &s.m.Specials[i]
		if special.Action != maps.Teleport || special.Trigger != maps.Walk || special.Once || special.OnlyThem {
			continue
		}
		if _, ok := s.m.TeleportTarget(i); !ok {
			continue
		}
		l := &s.m.Lines[i]
		var near []int32
		crowded := false
		s.box(l.MinX, l.MinY, l.MaxX, l.MaxY, 24*fixed.One, func(p int32) {
			near = append(near, p)
			x, y := s.position(p)
			spot := s.m.Check(&rest, x, y, maps.Radius)
			crowded = crowded || spot.ContactCount == maps.MaxContacts
		})
		if crowded {
			continue
		}
		for _, p := range near {
			s.barriers[p] = append(s.barriers[p], int32(i))
		}
	}
}

// barred reports whether the way from a point to one beside it is cut by a
// teleporter.
func (s *Search) barred(from, to int32) bool {
	lines := s.barriers[from]
	if len(lines) == 0 {
		return false
	}
	x, y := s.position(from)
	tx, ty := s.position(to)
	way := maps.Line{X: x, Y: y, DX: tx - x, DY: ty - y}
	for _, i := range lines {
		l := &s.m.Lines[i]
		if l.Side(x, y) != 0 || l.Side(tx, ty) == 0 {
			continue
		}
		// The line's ends are on both sides of the way, or on it.
		a, b := cross(&way, l.X, l.Y), cross(&way, l.X+l.DX, l.Y+l.DY)
		if a <= 0 && b >= 0 || a >= 0 && b <= 0 {
			return true
		}
	}
	return false
}

// cross is positive behind a line, negative before it.
func cross(l *maps.Line, x, y fixed.Fixed) int64 {
	return int64(l.DX)*(int64(y)-int64(l.Y)) - int64(l.DY)*(int64(x)-int64(l.X))
}
