package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// base returns where a team's end of the map is: its flag if the map places
// one, else one of the two most distant places for objectives.
func (g *ground) base(team int) fps.Place {
	if g.hasFlag[team] {
		return g.flags[team]
	}
	if len(g.spots) > 2 {
		return g.spots[team+1]
	}
	return g.spots[team]
}

// findBases gives each of two teams the starts at its own end: those that the
// map marks, else those nearer to its base.
func (w *World) findBases() {
	g := w.ground
	for team := range 2 {
		w.bases[team] = g.teamStarts[team]
	}
	if len(w.bases[0]) > 0 && len(w.bases[1]) > 0 {
		return
	}
	w.bases[0], w.bases[1] = nil, nil
	a, b := g.base(0), g.base(1)
	for _, s := range g.level.Starts {
		da, oka := g.level.Way(s.Node, a.Node)
		db, okb := g.level.Way(s.Node, b.Node)
		switch {
		case oka && (!okb || da < db):
			w.bases[0] = append(w.bases[0], s)
		case okb && (!oka || db < da):
			w.bases[1] = append(w.bases[1], s)
		}
	}
	// A base without a start takes its own middle.
	if len(w.bases[0]) == 0 {
		w.bases[0] = []fps.Place{a}
	}
	if len(w.bases[1]) == 0 {
		w.bases[1] = []fps.Place{b}
	}
}

// objectiveAt makes an objective of a place.
func objectiveAt(kind fps.ObjectiveKind, p fps.Place, owner int32) fps.Objective {
	return fps.Objective{
		Kind: kind, X: p.X, Y: p.Y, Z: p.Z, Node: p.Node, Owner: owner,
		Carrier: -1, AtX: p.X, AtY: p.Y, AtZ: p.Z, AtNode: p.Node, Claimer: -1, Deadline: fps.Never,
	}
}

// at reports whether an actor stands within reach of a place.
func (a *actor) at(x, y, z, reach fixed.Fixed) bool {
	return fixed.Abs(a.X-x) <= reach && fixed.Abs(a.Y-y) <= reach &&
		fixed.Abs(a.Z-z) <= 64*fixed.One && fixed.Hypot(a.X-x, a.Y-y) <= reach
}

// holder returns the only team that stands at an objective, or -1.
func (w *World) holder(o *fps.Objective) int32 {
	team := int32(-1)
	for i := range w.actors {
		a := &w.actors[i]
		if a.Alive == 0 || !a.at(o.X, o.Y, o.Z, fps.ObjectiveRadius) {
			continue
		}
		if team >= 0 && team != a.Team {
			return -1
		}
		team = a.Team
	}
	return team
}

// present reports whether a team has a living member at an objective.
func (w *World) present(o *fps.Objective, team int32) bool {
	for i := range w.actors {
		if a := &w.actors[i]; a.Alive != 0 && a.Team == team && a.at(o.X, o.Y, o.Z, fps.ObjectiveRadius) {
			return true
		}
	}
	return false
}

// award adds to what the living members of a team at an objective did for the
// mode.
func (w *World) award(o *fps.Objective, team int32) {
	for i := range w.actors {
		if a := &w.actors[i]; a.Alive != 0 && a.Team == team && a.at(o.X, o.Y, o.Z, fps.ObjectiveRadius) {
			a.Goals++
		}
	}
}
