package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// How far it is heard that somebody enters, picks up or walks, in map units.
const (
	entryNoise  = 2048
	pickUpNoise = 512
	stepNoise   = 768
)

// enter brings back who has waited long enough.
func (w *World) enter() {
	for i := range w.actors {
		if a := &w.actors[i]; a.Alive == 0 && a.Respawn != never && w.head.Tick >= a.Respawn && w.mode.mayEnter(w, i) {
			w.spawn(i)
		}
	}
}

// spawn lets an actor enter at a start, equipped as the rules say.
func (w *World) spawn(i int) {
	a := &w.actors[i]
	s := w.startFor(i)
	a.Alive = 1
	rules := &w.level.Rules
	a.Health, a.Armour, a.Absorb = rules.Health, rules.Armour, 0
	if a.Armour > 0 {
		a.Absorb = 3
	}
	a.Owned = 1 << fps.Fist
	a.Ammo = [fps.Ammos]int32{}
	weapon, _ := fps.ParseWeapon(rules.Weapon)
	w.arm(a, weapon)
	if rules.AllWeapons {
		for t := range fps.Ammos {
			a.Ammo[t] = t.Capacity()
		}
		a.Owned = 1<<fps.Weapons - 1
	}
	a.takeUp(weapon, w.head.Tick-unseen)
	a.Fires = fps.Never
	a.Backpack, a.Berserk, a.Invulnerable, a.Shielded, a.Carrying = 0, 0, 0, 0, 0
	a.Spawned, a.Hurt, a.HurtBy, a.Burning = w.head.Tick, fps.Never, 0, 0
	a.Doubtful = 0
	w.put(i, s.X, s.Y, s.Angle)
	for seat := range w.seats {
		c := w.contact(seat, i)
		c.Alive, c.Team = 1, a.Team
	}
	if i < w.seats {
		for j := range w.actors {
			c := w.contact(i, j)
			c.Visible, c.Seen = 0, fps.Never
			c.Alive, c.Team = w.actors[j].Alive, w.actors[j].Team
		}
		w.noises[i].Tick = fps.Never
	}
	w.mode.entered(w, i)
	w.noise(i, entryNoise)
	w.event("spawn", i, -1, "", 0, a.X, a.Y, w.witnesses(i, -1))
}

// arm gives a weapon and ammunition for a while.
func (w *World) arm(a *actor, weapon fps.Weapon) {
	a.Owned |= 1 << weapon
	if f := weapon.Facts(); f.Ammo != fps.NoAmmo {
		a.Ammo[f.Ammo] = max(a.Ammo[f.Ammo], f.Ammo.Capacity()/4)
	}
}

// startFor picks where an actor enters: of four of its starts drawn, the one
// farthest from living enemies, none that is occupied if there is a choice.
func (w *World) startFor(i int) *fps.Place {
	starts := w.ground.startsOf(w, int(w.actors[i].Team))
	best, bestFar := -1, fixed.Fixed(-1)
	for range min(4, len(starts)) {
		k := int(w.draw() % uint64(len(starts)))
		if far := w.clearance(i, &starts[k]); far > bestFar {
			best, bestFar = k, far
		}
	}
	if bestFar == 0 { // all drawn are occupied
		for k := range starts {
			if w.clearance(i, &starts[k]) > 0 {
				best = k
				break
			}
		}
	}
	return &starts[best]
}

// clearance returns how far the nearest living enemy is from a start; 0 when
// somebody stands there.
func (w *World) clearance(i int, s *fps.Place) fixed.Fixed {
	far := fixed.Fixed(never)
	for j := range w.actors {
		o := &w.actors[j]
		if j == i || o.Alive == 0 {
			continue
		}
		d := fixed.Approximate(o.X-s.X, o.Y-s.Y)
		if d < 2*maps.Radius {
			return 0
		}
		if w.enemies(i, j) {
			far = min(far, d)
		}
	}
	return far
}
