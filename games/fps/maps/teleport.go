package maps

import "dryad/games/fps/fixed"

// Place is a position and the direction to look in.
type Place struct {
	X, Y  fixed.Fixed
	Angle fixed.Angle
}

// TeleportTarget returns where the teleport of a line leads to: the first
// teleport target in the first tagged sector that holds one, or the middle of
// the line of the same tag for teleports to lines.
func (m *Map) TeleportTarget(line int) (Place, bool) {
	t := m.teleports[int32(line)]
	return t.place, t.ok
}

type teleport struct {
	place Place
	ok    bool
}

// findTeleports resolves the destinations of all teleports.
func (m *Map) findTeleports() {
	m.teleports = map[int32]teleport{}
	bySector := map[int][]*Thing{}
	for i := range m.Things {
		if t := &m.Things[i]; t.Type == TypeTeleportTarget {
			if s := m.SectorAt(t.X, t.Y); s >= 0 {
				bySector[s] = append(bySector[s], t)
			}
		}
	}
	// The first two lines of each tag: one of them is not the line itself.
	arrivals := map[int32][]int{}
	for i := range m.Lines {
		l := &m.Lines[i]
		if l.Tag != 0 && l.Back >= 0 && len(arrivals[l.Tag]) < 2 {
			arrivals[l.Tag] = append(arrivals[l.Tag], i)
		}
	}
	for i := range m.Lines {
		s := &m.Specials[i]
		if s.Action != Teleport {
			continue
		}
		if s.ToLine {
			m.teleportToLine(i, arrivals[m.Lines[i].Tag])
			continue
		}
		for _, sector := range m.Tagged(m.Lines[i].Tag) {
			if targets := bySector[int(sector)]; len(targets) > 0 {
				t := targets[0]
				m.teleports[int32(i)] = teleport{Place{t.X, t.Y, t.Angle}, true}
				break
			}
		}
	}
}

// teleportToLine finds the other line of the same tag. Who arrives stands just
// behind its middle, looking away from its front.
func (m *Map) teleportToLine(i int, arrivals []int) {
	for _, j := range arrivals {
		to := &m.Lines[j]
		if j == i {
			continue
		}
		angle := fixed.Atan2(to.DX, -to.DY) // a quarter turn left of the line: its back
		x := to.X + to.DX/2 + fixed.Mul(fixed.One, angle.Cos())
		y := to.Y + to.DY/2 + fixed.Mul(fixed.One, angle.Sin())
		m.teleports[int32(i)] = teleport{Place{x, y, angle}, true}
		return
	}
}
