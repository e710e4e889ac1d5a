package maps

import "dryad/games/fps/fixed"

// Extent bounds the heights that moving sectors can ever have.
type Extent struct {
	Low, High Heights
}

// farthest bounds what lines that can be set off again and again may do.
const farthest = 31000 * fixed.One

// plane returns the height of a floor or ceiling.
func (h *Heights) plane(sector int32, ceiling bool) *fixed.Fixed {
	if ceiling {
		return &h.Ceiling[sector]
	}
	return &h.Floor[sector]
}

// Extent returns the heights that the map begins with, for [Extent.Widen].
func (m *Map) Extent() Extent { return Extent{m.Heights(), m.Heights()} }

// Widen adds the heights that setting off a line once more, with everything
// anywhere between its bounds, may give to what it moves, and reports whether
// the bounds grew; each grown sector is passed to grown, when that is not nil.
// Repeat it for all lines until nothing grows. A line that moves something by
// so much, and only once, does it when again is false alone.
func (e *Extent) Widen(m *Map, line int, again bool, grown func(sector int32)) bool {
	s := &m.Specials[line]
	switch s.Action {
	case MovePlane, BuildStairs, Donut:
	default:
		return false
	}
	if again && s.Once && s.Action == MovePlane && s.Move.Target == ToOffset {
		return false
	}
	changed := false
	join := func(sector int32, ceiling bool, to fixed.Fixed) {
		to = max(min(to, farthest), -farthest)
		low, high := e.Low.plane(sector, ceiling), e.High.plane(sector, ceiling)
		if ceiling {
			to = max(to, e.Low.Floor[sector])
		} else {
			to = min(to, e.High.Ceiling[sector])
		}
		if to >= *low && to <= *high {
			return
		}
		*low, *high, changed = min(*low, to), max(*high, to), true
		if grown != nil {
			grown(sector)
		}
	}
	for _, h := range [4]Heights{
		e.Low, e.High, {Floor: e.Low.Floor, Ceiling: e.High.Ceiling}, {Floor: e.High.Floor, Ceiling: e.Low.Ceiling},
	} {
		v := m.Movers()
		v.Activate(m, &h, line, s.Trigger, 0, false)
		for i := range v.Active {
			a := &v.Active[i]
			join(a.Sector, a.Ceiling, a.To)
			if a.Motion != Stay {
				join(a.Sector, a.Ceiling, a.Back)
			}
		}
	}
	if s.Action != MovePlane {
		return changed
	}
	for _, sector := range m.Affected(line) {
		for _, n := range m.Neighbours(int(sector)) {
			switch s.Move.Target {
			case ToNextHigherFloor:
				if e.High.Floor[n] > e.Low.Floor[sector] {
					join(sector, false, e.High.Floor[n])
				}
			case ToNextLowerFloor:
				if e.Low.Floor[n] < e.High.Floor[sector] {
					join(sector, false, e.Low.Floor[n])
				}
			}
		}
	}
	return changed
}
