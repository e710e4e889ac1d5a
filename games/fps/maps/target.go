package maps

import "dryad/games/fps/fixed"

// Destination returns the height that a movement of sector s would go to,
// under the heights h, and the one that it comes back to.
func (m *Map) Destination(h *Heights, s int, move *Move) (to, back fixed.Fixed) {
	floor, ceiling := h.Floor[s], h.Ceiling[s]
	own := floor
	if move.Ceiling {
		own = ceiling
	}
	back = own
	switch move.Target {
	case ToLowestFloor:
		to = floor
		for _, n := range m.neighbours[s] {
			to = min(to, h.Floor[n])
		}
	case ToHighestFloor, ToHighestFloorOfOthers:
		to = -500 * fixed.One // the classic answer for no neighbour
		for _, n := range m.neighbours[s] {
			to = max(to, h.Floor[n])
		}
		if len(m.neighbours[s]) == 0 {
			to = floor
		}
		if move.Target == ToHighestFloorOfOthers && to == floor {
			return to, back // an offset applies only to a real move
		}
	case ToNextHigherFloor:
		to = floor
		for _, n := range m.neighbours[s] {
			if f := h.Floor[n]; f > floor && (to == floor || f < to) {
				to = f
			}
		}
	case ToNextLowerFloor:
		to = floor
		for _, n := range m.neighbours[s] {
			if f := h.Floor[n]; f < floor && (to == floor || f > to) {
				to = f
			}
		}
	case ToLowestCeiling, ToLowestCeilingOrOwn:
		to = 32000 * fixed.One
		for _, n := range m.neighbours[s] {
			to = min(to, h.Ceiling[n])
		}
		if move.Target == ToLowestCeilingOrOwn || len(m.neighbours[s]) == 0 {
			to = min(to, ceiling)
		}
	case ToHighestCeiling:
		to = ceiling
		for i, n := range m.neighbours[s] {
			if c := h.Ceiling[n]; i == 0 || c > to {
				to = c
			}
		}
	case ToOwnFloor:
		to = floor
	case ToOwnCeiling:
		to = ceiling
	case ToOffset:
		to = own
	case ToShortestTexture:
		to = own + m.shortestBottom(s)
	case ToLowestAndHighest:
		to, back = floor, floor
		for _, n := range m.neighbours[s] {
			to, back = min(to, h.Floor[n]), max(back, h.Floor[n])
		}
	default:
		to = own
	}
	to += move.Offset
	if move.Door {
		open := to
		if move.Target == ToOwnFloor {
			move := Move{Ceiling: true, Target: ToLowestCeiling, Offset: -4 * fixed.One}
			open, _ = m.Destination(h, s, &move)
			back = max(open, floor)
		} else {
			to, back = max(open, floor), floor
		}
	}
	return to, back
}

// shortestBottom returns the height of the shortest bottom texture around a
// sector; where the textures are not known, 64 units.
func (m *Map) shortestBottom(s int) fixed.Fixed {
	shortest := 0
	if m.Source != nil {
		for _, i := range m.bySector[s] {
			l := &m.Lines[i]
			if l.Front < 0 || l.Back < 0 {
				continue
			}
			for _, side := range []int32{l.FrontSide, l.BackSide} {
				if high, ok := m.Source.TextureHeight(m.Sides[side].Bottom); ok && (shortest == 0 || high < shortest) {
					shortest = high
				}
			}
		}
	}
	if shortest == 0 {
		shortest = 64
	}
	return fixed.FromInt(min(shortest, 1024))
}
