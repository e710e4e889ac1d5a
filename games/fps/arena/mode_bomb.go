package arena

import "dryad/games/fps"

const (
	attackers = 0 // teams of bomb defusal
	defenders = 1

	plantTicks  = 2 * 35
	defuseTicks = 3 * 35
	fuseTicks   = 15 * 35
	roundTicks  = 40 * 35
	pauseTicks  = 2 * 35
	bombMark    = 9 // Self.Carrying of who has the bomb
)

var bombDefusal = &mode{
	id: fps.BombDefusal, seats: 4, fewest: 2, teams: 2, bases: true, spots: 3,
	about:    "Rounds without coming back. One attacker carries a bomb; using it for two seconds at one of two sites plants it, and 15 seconds later it explodes. A defender who uses it there for three seconds defuses it. A round is won by explosion, by defusal, by killing the other team, and by the defenders after 40 seconds without a bomb. Most rounds when time is up win.",
	defaults: func(r *fps.Rules) { r.PointLimit = 3 },
	setup: func(w *World) {
		spots := w.ground.spots
		w.objectives = append(w.objectives,
			objectiveAt(fps.BombSite, spots[0], defenders),
			objectiveAt(fps.BombSite, w.ground.base(defenders), defenders))
		w.head.Round = 1
	},
	canEnter: func(w *World, i int) bool { return w.head.Tick == w.head.Starting || w.head.Tick == 0 },
	onEntry: func(w *World, i int) {
		if w.head.Bomb < 0 && w.actors[i].Team == attackers {
			w.giveBomb(i)
		}
	},
	onKill: func(w *World, victim, by int) {
		if w.head.Bomb == int32(victim) {
			w.passBomb(victim)
		}
	},
	onTick: (*World).tickBomb,
	board: func(w *World, s int, b *fps.Board) {
		if w.actors[s].Team == attackers {
			b.Attacking = 1
		}
	},
}

// giveBomb lets an actor carry the bomb.
func (w *World) giveBomb(i int) {
	w.head.Bomb = int32(i)
	w.actors[i].Carrying = bombMark
}

// passBomb gives the bomb of who died to the next living attacker.
func (w *World) passBomb(from int) {
	w.head.Bomb = -1
	for k := range len(w.actors) {
		i := (from + k) % len(w.actors)
		if a := &w.actors[i]; a.Alive != 0 && a.Team == attackers {
			w.giveBomb(i)
			return
		}
	}
}

func (w *World) tickBomb() {
	if w.head.Starting > w.head.Tick { // between rounds
		return
	}
	if w.head.Starting == w.head.Tick {
		w.beginRound()
		return
	}
	planted := false
	for k := range w.objectives {
		o := &w.objectives[k]
		if o.Home != 0 {
			planted = true
			w.defuse(o)
		} else if w.head.Bomb >= 0 {
			w.plant(o)
		}
		if w.head.Starting > w.head.Tick {
			return
		}
	}
	living := [2]int{}
	for i := range w.actors {
		if a := &w.actors[i]; a.Alive != 0 {
			living[a.Team]++
		}
	}
	switch {
	case living[defenders] == 0:
		w.endRound(attackers, "defenders down")
	case living[attackers] == 0 && !planted:
		w.endRound(defenders, "attackers down")
	case !planted && w.head.Tick-max(0, w.head.Starting) >= roundTicks:
		w.endRound(defenders, "no bomb in time")
	}
}

// plant lets the carrier at a site work on it.
func (w *World) plant(o *fps.Objective) {
	i := int(w.head.Bomb)
	a := &w.actors[i]
	if !w.commands[i].Use || !a.at(o.X, o.Y, o.Z, fps.ObjectiveRadius) {
		o.Progress, o.Claimer = 0, -1
		return
	}
	o.Claimer = attackers
	if o.Progress++; o.Progress < plantTicks {
		return
	}
	o.Home, o.Progress, o.Claimer = 1, 0, -1
	o.Deadline = w.head.Tick + fuseTicks
	w.head.Bomb = -1
	a.Carrying = 0
	a.Goals++
	w.event("bomb_planted", i, -1, "", 0, o.X, o.Y, -1)
}

// defuse lets defenders at a ticking bomb work on it, and lets it explode.
func (w *World) defuse(o *fps.Objective) {
	busy := -1
	for i := range w.actors {
		a := &w.actors[i]
		if a.Alive != 0 && a.Team == defenders && w.commands[i].Use && a.at(o.X, o.Y, o.Z, fps.ObjectiveRadius) {
			busy = i
			break
		}
	}
	if busy < 0 {
		o.Progress, o.Claimer = 0, -1
	} else {
		o.Claimer = defenders
		if o.Progress++; o.Progress >= defuseTicks {
			w.actors[busy].Goals++
			w.event("bomb_defused", busy, -1, "", 0, o.X, o.Y, -1)
			w.endRound(defenders, "defused")
			return
		}
	}
	if w.head.Tick >= o.Deadline {
		w.event("bomb_exploded", -1, -1, "", 0, o.X, o.Y, -1)
		for i := range w.actors {
			if a := &w.actors[i]; a.Alive != 0 && a.at(o.X, o.Y, o.Z, 4*fps.ObjectiveRadius) {
				w.hurt(i, -1, 500, o.X, o.Y, "bomb")
			}
		}
		w.endRound(attackers, "exploded")
	}
}

// endRound gives a round to a team and prepares the next.
func (w *World) endRound(team int32, why string) {
	w.points[team]++
	w.event("round_over", -1, -1, why, float64(team), 0, 0, -1)
	w.head.Starting = w.head.Tick + pauseTicks
	w.head.Round++
}

// beginRound brings everybody back to where they begin.
func (w *World) beginRound() {
	for k := range w.objectives {
		o := &w.objectives[k]
		o.Home, o.Progress, o.Claimer, o.Deadline = 0, 0, -1, fps.Never
	}
	w.head.Bomb = -1
	w.missiles = w.missiles[:0]
	for i := range w.actors {
		w.actors[i].Alive = 0
		w.actors[i].Respawn = w.head.Tick
	}
}
