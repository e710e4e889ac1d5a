package maps

import "dryad/games/fps/fixed"

// Mover is one floor or ceiling under way.
type Mover struct {
	Sector    int32
	Line      int32 // the line that set it off
	To, Back  fixed.Fixed
	Speed     fixed.Fixed
	Wait      int16 // ticks to stay at To before going Back
	Left      int16 // ticks of waiting that remain
	Direction int8  // +1 towards To, -1 towards Back, 0 waiting
	Motion    Motion
	Ceiling   bool
	Crush     bool
	Door      bool
	Lift      bool
}

// Movers is what moves in one match, and which lines have been used up. A
// match owns its own; [Movers.CopyFrom] takes a snapshot.
type Movers struct {
	Active []Mover // in the order in which they were set off
	used   []uint64
}

// Movers returns an empty set for a match on the map.
func (m *Map) Movers() Movers {
	return Movers{used: make([]uint64, (len(m.Lines)+63)/64)}
}

// CopyFrom makes v equal to from, allocating only when more moves than ever
// before.
func (v *Movers) CopyFrom(from *Movers) {
	v.Active = append(v.Active[:0], from.Active...)
	copy(v.used, from.used)
}

// Reset stops everything and makes every line usable again.
func (v *Movers) Reset() {
	v.Active = v.Active[:0]
	clear(v.used)
}

// Used reports whether a line that works once has done so.
func (v *Movers) Used(line int) bool { return v.used[line>>6]>>(line&63)&1 != 0 }

// Moving returns the mover of a sector's floor or ceiling, or nil.
func (v *Movers) Moving(sector int, ceiling bool) *Mover {
	for i := range v.Active {
		if a := &v.Active[i]; int(a.Sector) == sector && a.Ceiling == ceiling {
			return a
		}
	}
	return nil
}

// Effect is what setting off a line did.
type Effect struct {
	Action  Action // what happened, NoAction when nothing did
	Started int    // how many floors and ceilings began to move or turned round
	// Teleport's destination.
	X, Y  fixed.Fixed
	Angle fixed.Angle
}

// Activate sets off the special of a line: by crossing it, using it or
// shooting it, from the given side. The caller moves who crossed a teleport
// and ends the level at an exit. Keys are not asked for: in matches of several
// players everyone has all.
func (v *Movers) Activate(m *Map, h *Heights, line int, by Trigger, side int, monster bool) Effect {
	s := &m.Specials[line]
	if s.Trigger != by || by == Never || s.Once && v.Used(line) {
		return Effect{}
	}
	if monster && !s.Monsters || !monster && s.OnlyThem {
		return Effect{}
	}
	// Switches and teleports work from the front alone.
	if side != 0 && (by == Use || s.Action == Teleport) {
		return Effect{}
	}
	effect := Effect{Action: s.Action}
	l := &m.Lines[line]
	switch s.Action {
	case Teleport:
		t, ok := m.TeleportTarget(line)
		if !ok {
			return Effect{}
		}
		effect.X, effect.Y, effect.Angle = t.X, t.Y, t.Angle
	case MovePlane:
		for _, sector := range m.affected(l, s) {
			effect.Started += v.start(m, h, sector, line, s)
		}
	case BuildStairs:
		for _, sector := range m.affected(l, s) {
			effect.Started += v.stairs(m, h, sector, line, s)
		}
	case Donut:
		for _, sector := range m.affected(l, s) {
			effect.Started += v.donut(m, h, sector, line)
		}
	case StopMove:
		for _, sector := range m.affected(l, s) {
			effect.Started += v.stop(sector)
		}
	}
	switch s.Action {
	case MovePlane, BuildStairs, Donut, StopMove:
		if effect.Started == 0 {
			return Effect{}
		}
	case NoAction, Scenery:
		return Effect{}
	}
	if s.Once {
		v.used[line>>6] |= 1 << (line & 63)
	}
	return effect
}

// Affected returns the sectors that a line's special moves.
func (m *Map) Affected(line int) []int32 { return m.affected(&m.Lines[line], &m.Specials[line]) }

func (m *Map) affected(l *Line, s *Special) []int32 {
	if !s.Manual {
		return m.Tagged(l.Tag)
	}
	if l.Back < 0 || l.Front < 0 {
		return nil
	}
	return m.selves[l.Back : l.Back+1]
}

func (v *Movers) start(m *Map, h *Heights, sector int32, line int, s *Special) int {
	if a := v.Moving(int(sector), s.Move.Ceiling); a != nil {
		// A door under way turns round when it is used again by hand.
		if !a.Door || !s.Manual || a.Motion != Return {
			return 0
		}
		if a.Direction == 1 || a.Direction == 0 {
			a.Direction = -1
		} else {
			a.Direction = 1
		}
		return 1
	}
	to, back := m.Destination(h, int(sector), &s.Move)
	own := h.Floor[sector]
	if s.Move.Ceiling {
		own = h.Ceiling[sector]
	}
	if s.Move.Motion == Stay && to == own {
		return 0
	}
	v.Active = append(v.Active, Mover{
		Sector: sector, Line: int32(line), To: to, Back: back, Speed: s.Move.Speed,
		Wait: s.Move.Wait, Direction: 1, Motion: s.Move.Motion,
		Ceiling: s.Move.Ceiling, Crush: s.Move.Crush, Door: s.Move.Door, Lift: s.Move.Lift,
	})
	return 1
}

// stairs raises the sector, then the next one behind it with the same floor
// flat, and so on, each one step higher.
func (v *Movers) stairs(m *Map, h *Heights, sector int32, line int, s *Special) int {
	height, started := h.Floor[sector], 0
	for v.Moving(int(sector), false) == nil {
		height += s.Move.Offset
		v.Active = append(v.Active, Mover{
			Sector: sector, Line: int32(line), To: height, Back: h.Floor[sector],
			Speed: s.Move.Speed, Direction: 1,
		})
		started++
		next := int32(-1)
		for _, i := range m.bySector[sector] {
			l := &m.Lines[i]
			if l.Front == sector && l.Back >= 0 && l.Back != sector &&
				m.Sectors[l.Back].FloorFlat == m.Sectors[sector].FloorFlat && v.Moving(int(l.Back), false) == nil {
				next = l.Back
				break
			}
		}
		if next < 0 {
			break
		}
		sector = next
	}
	return started
}

// donut lowers a pillar and raises the ring around it to the floor outside.
func (v *Movers) donut(m *Map, h *Heights, pillar int32, line int) int {
	if v.Moving(int(pillar), false) != nil || len(m.neighbours[pillar]) == 0 {
		return 0
	}
	ring := m.neighbours[pillar][0]
	for _, outside := range m.neighbours[ring] {
		if outside == pillar {
			continue
		}
		to := h.Floor[outside]
		started := 0
		for _, sector := range []int32{ring, pillar} {
			if v.Moving(int(sector), false) == nil && h.Floor[sector] != to {
				v.Active = append(v.Active, Mover{Sector: sector, Line: int32(line), To: to, Back: h.Floor[sector], Speed: fixed.One / 2, Direction: 1})
				started++
			}
		}
		return started
	}
	return 0
}

func (v *Movers) stop(sector int32) int {
	kept, stopped := v.Active[:0], 0
	for _, a := range v.Active {
		if a.Sector == sector && a.Motion == Cycle {
			stopped++
			continue
		}
		kept = append(kept, a)
	}
	v.Active = kept
	return stopped
}

// Step moves everything by one tick. After each movement blocked is asked
// whether someone in the sector no longer fits; then the movement is taken
// back and a door or lift turns round, while a crusher stays and the caller
// hurts who is in it (crush is true). A nil blocked means that nobody is.
func (v *Movers) Step(h *Heights, blocked func(sector int, crush bool) bool) {
	kept := v.Active[:0]
	for _, a := range v.Active {
		if a.step(h, blocked) {
			kept = append(kept, a)
		}
	}
	v.Active = kept
}

// step moves one plane and reports whether it goes on.
func (a *Mover) step(h *Heights, blocked func(int, bool) bool) bool {
	if a.Direction == 0 {
		if a.Left--; a.Left <= 0 {
			a.Direction = -1
		}
		return true
	}
	plane := &h.Floor[a.Sector]
	if a.Ceiling {
		plane = &h.Ceiling[a.Sector]
	}
	goal, before := a.To, *plane
	if a.Direction < 0 {
		goal = a.Back
	}
	if *plane < goal {
		*plane = min(*plane+a.Speed, goal)
	} else {
		*plane = max(*plane-a.Speed, goal)
	}
	// Floors never pass ceilings.
	if a.Ceiling {
		*plane = max(*plane, h.Floor[a.Sector])
	} else {
		*plane = min(*plane, max(h.Ceiling[a.Sector], before))
	}
	tightens := a.Ceiling == (*plane < before) && *plane != before
	if tightens && blocked != nil && blocked(int(a.Sector), a.Crush) {
		*plane = before
		if !a.Crush && a.Motion != Stay {
			a.Direction = -a.Direction
		}
		return true
	}
	if *plane != goal && *plane != before {
		return true
	}
	switch {
	case a.Motion == Stay:
		return false
	case a.Motion == Cycle:
		if a.Lift && a.Direction > 0 {
			a.Direction, a.Left = 0, a.Wait
		} else {
			a.Direction = -a.Direction
		}
	case a.Direction > 0:
		a.Direction, a.Left = 0, a.Wait
	default:
		return false
	}
	return true
}
