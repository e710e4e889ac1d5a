package arena

import "dryad/games/fps"

// claimTicks is how long a team must stand alone at a control point.
const claimTicks = 35

var domination = &mode{
	id: fps.Domination, seats: 4, fewest: 2, teams: 2, anyTeams: true, spots: 3,
	about:    "Teams fight for three control points. A team that stands alone at a point for a second owns it until another does. Every point gives its owner a point of score a second. Most score when time is up wins.",
	defaults: func(r *fps.Rules) { r.PointLimit = 100 },
	setup: func(w *World) {
		for k := range 3 {
			w.objectives = append(w.objectives, objectiveAt(fps.ControlPoint, w.ground.spots[k], -1))
		}
	},
	onTick: func(w *World) {
		for k := range w.objectives {
			o := &w.objectives[k]
			w.claim(o)
			if o.Owner >= 0 && w.head.Tick%35 == 0 {
				w.points[o.Owner]++
			}
		}
	},
}

// claim lets a team that stands alone at a point make progress in taking it.
func (w *World) claim(o *fps.Objective) {
	team := w.holder(o)
	if team < 0 || team == o.Owner {
		o.Progress, o.Claimer = 0, -1
		return
	}
	if o.Claimer != team {
		o.Progress, o.Claimer = 0, team
	}
	if o.Progress++; o.Progress < claimTicks {
		return
	}
	o.Owner, o.Progress, o.Claimer = team, 0, -1
	w.award(o, team)
	w.event("point_taken", -1, -1, "", float64(team), o.X, o.Y, -1)
}

var kingOfTheHill = &mode{
	id: fps.KingOfTheHill, seats: 4, fewest: 2, spots: 1,
	about:    "Everybody for himself, for one hill in the middle of the map. Who comes first holds it until killed or gone, and gets a point for every second. Most points when time is up win.",
	defaults: func(r *fps.Rules) { r.PointLimit = 30 },
	setup: func(w *World) {
		w.objectives = append(w.objectives, objectiveAt(fps.Hill, w.ground.spots[0], -1))
	},
	onTick: func(w *World) {
		o := &w.objectives[0]
		if o.Owner < 0 || !w.present(o, o.Owner) {
			o.Owner, o.Progress = w.holder(o), 0
			return
		}
		if o.Progress++; o.Progress%35 == 0 {
			w.points[o.Owner]++
			w.award(o, o.Owner)
		}
	},
}
