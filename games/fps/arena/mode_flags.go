package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// flagReturn is how long a dropped flag lies before it goes home.
const flagReturn = 20 * 35

var captureTheFlag = &mode{
	id: fps.CaptureTheFlag, seats: 4, fewest: 2, teams: 2, bases: true, spots: 2,
	about:    "Two teams with a flag each. Touch the other team's flag to take it, and bring it to the own stand while the own flag is there: a point. A killed carrier drops the flag; touched by its own team, or after 20 seconds, it goes home. Most points when time is up win.",
	defaults: func(r *fps.Rules) { r.PointLimit = 3 },
	setup: func(w *World) {
		for team := range int32(2) {
			o := objectiveAt(fps.FlagStand, w.ground.base(int(team)), team)
			o.Home = 1
			w.objectives = append(w.objectives, o)
		}
	},
	onKill: func(w *World, victim, by int) {
		for k := range w.objectives {
			if w.objectives[k].Carrier == int32(victim) {
				w.dropFlag(k)
			}
		}
	},
	onTick: (*World).tickFlags,
}

// dropFlag lets a flag fall where its carrier is.
func (w *World) dropFlag(k int) {
	o := &w.objectives[k]
	who := int(o.Carrier)
	a := &w.actors[who]
	o.Carrier, o.Progress = -1, 0
	o.AtX, o.AtY, o.AtZ, o.AtNode = a.X, a.Y, a.Floor, a.Node
	w.event("flag_dropped", who, -1, "", float64(o.Owner), a.X, a.Y, -1)
}

// flagHome puts a flag back on its stand.
func (w *World) flagHome(k int) {
	o := &w.objectives[k]
	o.Home, o.Carrier, o.Progress = 1, -1, 0
	o.AtX, o.AtY, o.AtZ, o.AtNode = o.X, o.Y, o.Z, o.Node
}

func (w *World) tickFlags() {
	for k := range w.objectives {
		o := &w.objectives[k]
		if o.Carrier >= 0 { // it moves with its carrier; where, is announced
			a := &w.actors[o.Carrier]
			o.AtX, o.AtY, o.AtZ, o.AtNode = a.X, a.Y, a.Z, a.Node
			continue
		}
		if o.Home == 0 {
			if o.Progress++; o.Progress >= flagReturn {
				w.flagHome(k)
				w.event("flag_returned", -1, -1, "", float64(o.Owner), o.X, o.Y, -1)
			}
		}
		for i := range w.actors {
			a := &w.actors[i]
			if a.Alive == 0 || a.Carrying != 0 && a.Team != o.Owner || !a.at(o.AtX, o.AtY, o.AtZ, fps.FlagRadius) {
				continue
			}
			if a.Team == o.Owner {
				if o.Home == 0 {
					w.flagHome(k)
					a.Goals++
					w.event("flag_returned", i, -1, "", float64(o.Owner), o.X, o.Y, -1)
				}
				continue
			}
			o.Home, o.Carrier = 0, int32(i)
			a.Carrying = o.Owner + 1
			w.event("flag_taken", i, -1, "", float64(o.Owner), a.X, a.Y, -1)
			break
		}
	}
	for i := range w.actors {
		a := &w.actors[i]
		if a.Carrying == 0 || a.Alive == 0 {
			continue
		}
		own := &w.objectives[a.Team]
		if own.Home == 1 && a.at(own.X, own.Y, own.Z, fps.FlagRadius+16*fixed.One) {
			w.flagHome(int(a.Carrying - 1))
			a.Carrying = 0
			a.Goals++
			w.points[a.Team]++
			w.event("flag_captured", i, -1, "", float64(w.points[a.Team]), a.X, a.Y, -1)
		}
	}
}
