package maps

import "dryad/games/fps/fixed"

// Heights is the part of the geometry that a match changes: floor and ceiling
// of every sector, by index. A match owns its own and copies it to take a
// snapshot.
type Heights struct {
	Floor, Ceiling []fixed.Fixed
}

// Heights returns a fresh set with the heights that the map begins with.
func (m *Map) Heights() Heights {
	both := make([]fixed.Fixed, 2*len(m.Sectors))
	h := Heights{Floor: both[:len(m.Sectors):len(m.Sectors)], Ceiling: both[len(m.Sectors):]}
	m.Reset(&h)
	return h
}

// Reset puts h back to the heights that the map begins with. h must come from
// the same map.
func (m *Map) Reset(h *Heights) {
	for i := range m.Sectors {
		h.Floor[i], h.Ceiling[i] = m.Sectors[i].Floor, m.Sectors[i].Ceiling
	}
}

// CopyFrom makes h equal to from without allocating; both must be of the same
// map.
func (h *Heights) CopyFrom(from *Heights) {
	copy(h.Floor, from.Floor)
	copy(h.Ceiling, from.Ceiling)
}

// Opening is the gap that a two-sided line leaves under the given heights.
// Bottom is the higher floor, Low the lower one.
func (l *Line) Opening(h *Heights) (bottom, top, low fixed.Fixed) {
	bottom, low = h.Floor[l.Front], h.Floor[l.Back]
	if bottom < low {
		bottom, low = low, bottom
	}
	return bottom, min(h.Ceiling[l.Front], h.Ceiling[l.Back]), low
}
