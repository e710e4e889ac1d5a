package plan

import (
	"dryad/games/fps/maps"
)

// findDoors finds the doors that can be opened by hand again and again.
func (t *terrain) findDoors(m *maps.Map) {
	rest := m.Heights()
	for i := range m.Specials {
		if s := &m.Specials[i]; byHand(s) {
			for _, sector := range m.Affected(i) {
				to, _ := m.Destination(&rest, int(sector), &s.Move)
				t.opens[sector], t.door[sector] = true, to
			}
		}
	}
}

// byHand reports whether a special is a door to be used, as often as wanted.
func byHand(s *maps.Special) bool {
	return s.Trigger == maps.Use && s.Manual && !s.Once && !s.OnlyThem && s.Action == maps.MovePlane &&
		s.Move.Door && s.Move.Ceiling && s.Move.Motion == maps.Return && s.Move.Target != maps.ToOwnFloor
}

// closed reports whether a sector is a door that anybody opens by hand and nobody
// fits under now.
func (t *terrain) closed(h *maps.Heights, sector int32) bool {
	return t.opens[sector] && h.Ceiling[sector]-h.Floor[sector] < maps.Height
}

// handle returns a line by which the hands of who stands on a sample open a
// door, or -1.
func (t *terrain) handle(g *Planner, s, sector int32) int32 {
	for _, line := range t.usable[s] {
		if byHand(&g.m.Specials[line]) && g.m.Affected(int(line))[0] == sector {
			return line
		}
	}
	return -1
}

// shut reports whether the step from s to a sample leads into a door that has to
// be opened first, whether that can be done from s, and whether s is outside of
// that door.
func (t *terrain) shut(g *Planner, h *maps.Heights, s, to int32) (closed, opens, enters bool) {
	for _, sector := range t.sectors(to) {
		if !t.closed(h, sector) {
			continue
		}
		if t.touches(s, sector) {
			closed = true // it is in the door, which opens when it closes on somebody
			continue
		}
		if t.handle(g, s, sector) < 0 {
			return true, false, true
		}
		closed, enters = true, true
	}
	return closed, true, enters
}
