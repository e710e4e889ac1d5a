package arena

import "dryad/games/fps"

const (
	healthy  = 0 // teams of infection
	infected = 1
)

var infection = &mode{
	id: fps.Infection, seats: 6, fewest: 2, teams: 2,
	about: "One in four begins infected: faster, twice as healthy, and with nothing but fists and a chainsaw. A healthy player who dies is infected from then on. The first infected win when nobody is healthy; who is still healthy when time is up wins.",
	setup: func(w *World) {
		for i := range w.seats {
			w.actors[i].Team, w.actors[i].Origin = healthy, healthy
		}
		for range max(1, w.seats/4) {
			i := int(w.draw() % uint64(w.seats))
			for w.actors[i].Infected != 0 {
				i = (i + 1) % w.seats
			}
			w.infect(i)
			w.actors[i].Origin = infected
		}
		w.countHealthy()
	},
	onKill: func(w *World, victim, by int) {
		if w.actors[victim].Infected == 0 {
			w.infect(victim)
			w.event("infected", victim, by, "", 0, w.actors[victim].X, w.actors[victim].Y, -1)
			if by >= 0 {
				w.actors[by].Goals++
			}
		}
	},
	onEntry: func(w *World, i int) {
		if a := &w.actors[i]; a.Infected != 0 {
			a.Owned = 1<<fps.Fist | 1<<fps.Chainsaw
			a.Weapon = int32(fps.Chainsaw)
			a.Ammo = [fps.Ammos]int32{}
			a.Health *= 2
		}
	},
	onTick: func(w *World) {
		if w.countHealthy() == 0 {
			w.end(infected, byInfection)
		}
	},
	timeUp: func(w *World) int32 { return healthy },
	share: func(w *World, s int) float64 {
		a := &w.actors[s]
		if w.head.Winner == infected && a.Origin == infected || w.head.Winner == healthy && a.Infected == 0 {
			return 1
		}
		return 0
	},
}

// infect moves an actor to the infected.
func (w *World) infect(i int) {
	w.actors[i].Infected, w.actors[i].Team = 1, infected
}

// countHealthy makes the sizes of both sides the score and returns how many
// are healthy.
func (w *World) countHealthy() int32 {
	clear(w.points)
	for i := range w.seats {
		w.points[w.actors[i].Team]++
	}
	return w.points[healthy]
}
