package arena

import "dryad/games/fps"

const wavePause = 3 * 35

var survival = &mode{
	id: fps.Survival, seats: 2, teams: 2, monsters: true, counted: true,
	about:    "The players together against {waves} waves of monsters, {monsters} in the first and one more in each. Who dies comes back while lives are left, {lives} each. The players win when all waves are beaten or time is up, and lose when all are out.",
	defaults: func(r *fps.Rules) { r.Lives, r.SightRange = 2, 2048 },
	setup: func(w *World) {
		for i := range w.actors {
			w.actors[i].Team = players
			if i >= w.seats {
				w.actors[i].Team = horde
				w.actors[i].Monster = 1
			}
			w.actors[i].Origin = w.actors[i].Team
		}
		w.head.Starting = wavePause
	},
	canEnter: func(w *World, i int) bool { return i < w.seats },
	onKill: func(w *World, victim, by int) {
		if victim >= w.seats {
			w.actors[victim].Respawn = never
			w.points[players]++
			if by >= 0 && by < w.seats {
				w.actors[by].Goals++
			}
			return
		}
		w.points[horde]++
		w.loseLife(victim)
	},
	onTick: (*World).tickWaves,
	timeUp: func(w *World) int32 { return players },
}

const (
	players = 0 // teams of survival
	horde   = 1
)

func (w *World) tickWaves() {
	in := false
	for i := range w.seats {
		in = in || w.actors[i].Alive != 0 || w.actors[i].Respawn != never
	}
	if !in {
		w.end(horde, byDefeat)
		return
	}
	for i := w.seats; i < len(w.actors); i++ {
		if w.actors[i].Alive != 0 {
			return
		}
	}
	if w.head.Starting < 0 {
		if w.head.Wave >= w.level.Rules.Waves {
			w.end(players, byWaves)
			return
		}
		w.head.Starting = w.head.Tick + wavePause
	}
	if w.head.Tick < w.head.Starting {
		return
	}
	w.head.Starting = -1
	w.head.Wave++
	w.event("wave", -1, -1, "", float64(w.head.Wave), 0, 0, -1)
	for k := range int(w.level.Rules.Monsters + w.head.Wave - 1) {
		w.spawnMonster(w.seats+k, k)
	}
}
