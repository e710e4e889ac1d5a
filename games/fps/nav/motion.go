package nav

import (
	"dryad/games/fps/maps"
)

// states are the heights that a map can be in, as far as ways depend on them:
// at rest, with every ceiling moved by its doors, and with everything moved.
// A step that can be made in one of them is a step.
const (
	atRest = iota
	ceilingsMoved
	allMoved
	stateCount
)

// motion is what can move on a map.
type motion struct {
	heights [stateCount]maps.Heights
	moves   []bool    // by sector
	lines   [][]int32 // by sector: the lines that move it
}

// findMotion sets off every line once, from rest, and notes where the sectors
// would go.
func findMotion(m *maps.Map) motion {
	mo := motion{moves: make([]bool, len(m.Sectors)), lines: make([][]int32, len(m.Sectors))}
	for i := range mo.heights {
		mo.heights[i] = m.Heights()
	}
	rest := m.Heights()
	v := m.Movers()
	for i := range m.Specials {
		s := &m.Specials[i]
		if s.OnlyThem {
			continue
		}
		v.Reset()
		v.Activate(m, &rest, i, s.Trigger, 0, false)
		for _, a := range v.Active {
			mo.note(&rest, &a)
			if !a.Ceiling && (a.To != rest.Floor[a.Sector] || a.Motion != maps.Stay && a.Back != rest.Floor[a.Sector]) {
				mo.lines[a.Sector] = append(mo.lines[a.Sector], int32(i))
			}
		}
		// What raises a ceiling opens a way, even where it is open at rest and
		// something else closes it.
		if s.Action == maps.MovePlane && s.Move.Ceiling && opens(&s.Move) {
			for _, sector := range m.Affected(i) {
				mo.lines[sector] = append(mo.lines[sector], int32(i))
			}
		}
	}
	return mo
}

// opens reports whether a movement of a ceiling raises it.
func opens(m *maps.Move) bool {
	switch m.Target {
	case maps.ToLowestCeiling, maps.ToHighestCeiling:
		return true
	case maps.ToOffset:
		return m.Offset > 0
	}
	return false
}

func (mo *motion) note(rest *maps.Heights, a *maps.Mover) {
	s := a.Sector
	mo.moves[s] = true
	to := a.To
	if a.Motion == maps.Cycle && !a.Ceiling && to == rest.Floor[s] {
		to = a.Back
	}
	if a.Ceiling {
		to = max(to, rest.Floor[s])
		// What is open at rest, or what some line opens, counts as open,
		// whatever closes it.
		for _, state := range []int{ceilingsMoved, allMoved} {
			c := &mo.heights[state].Ceiling[s]
			*c = max(*c, to)
		}
		return
	}
	f := &mo.heights[allMoved].Floor[s]
	if *f == rest.Floor[s] || a.Lift || to < *f {
		*f = to
	}
}

// differs reports whether sector s is elsewhere than at rest under h.
func (mo *motion) differs(h *maps.Heights, s int32) bool {
	return h.Floor[s] != mo.heights[atRest].Floor[s] || h.Ceiling[s] != mo.heights[atRest].Ceiling[s]
}
