package arena

import "dryad/games/fps"

var lastOneStanding = &mode{
	id: fps.LastOneStanding, seats: 4, fewest: 2, counted: true,
	about:  "Everybody for himself, with {lives} lives each. Who has lost them all is out; the last one in wins. When time is up the most lives left win.",
	setup:  func(w *World) { w.countLives() },
	onKill: func(w *World, victim, by int) { w.loseLife(victim) },
	onTick: func(w *World) {
		if left, in := w.countLives(); in <= 1 {
			w.end(left, byLast)
		}
	},
}

// loseLife takes a life from an actor, the last one for good.
func (w *World) loseLife(i int) {
	a := &w.actors[i]
	if a.Lives--; a.Lives <= 0 {
		a.Lives, a.Respawn = 0, never
		w.event("out", i, -1, "", 0, a.X, a.Y, -1)
	}
}

// countLives makes the lives left the score, and returns the last team that
// has any, or -1, and how many teams have.
func (w *World) countLives() (last int32, in int) {
	clear(w.points)
	for i := range w.seats {
		w.points[w.actors[i].Team] += w.actors[i].Lives
	}
	last = -1
	for t, p := range w.points {
		if p > 0 {
			last = int32(t)
			in++
		}
	}
	return last, in
}

// ladder is the order of weapons in gun game.
var ladder = [...]fps.Weapon{
	fps.Pistol, fps.Shotgun, fps.Chaingun, fps.SuperShotgun, fps.PlasmaRifle, fps.RocketLauncher, fps.Chainsaw,
}

var gunGame = &mode{
	id: fps.GunGame, seats: 4, fewest: 2, endless: true,
	about:    "Everybody for himself. A kill leads to the next weapon of the ladder: pistol, shotgun, chaingun, super shotgun, plasma rifle, rocket launcher, chainsaw. Killing oneself leads one down. Who kills with the last one wins; when time is up the highest rung does. Ammunition is endless.",
	defaults: func(r *fps.Rules) { r.PointLimit = int32(len(ladder)) },
	onKill: func(w *World, victim, by int) {
		switch v := &w.actors[victim]; {
		case by < 0 || by == victim:
			v.Rung = max(0, v.Rung-1)
			w.points[v.Team] = v.Rung
		case w.enemies(by, victim):
			k := &w.actors[by]
			k.Rung++
			w.points[k.Team] = max(w.points[k.Team], k.Rung)
			if k.Alive != 0 && int(k.Rung) < len(ladder) {
				w.equip(by)
			}
		}
	},
	onEntry: func(w *World, i int) { w.equip(i) },
	board: func(w *World, s int, b *fps.Board) {
		b.Rung = w.actors[s].Rung
	},
}

// equip gives an actor of gun game the weapon of its rung and no other.
func (w *World) equip(i int) {
	a := &w.actors[i]
	weapon := ladder[min(int(a.Rung), len(ladder)-1)]
	a.Owned = 1 << weapon
	if f := weapon.Facts(); f.Ammo != fps.NoAmmo {
		a.Ammo[f.Ammo] = f.Ammo.Capacity()
	}
	a.takeUp(weapon, w.head.Tick)
}
