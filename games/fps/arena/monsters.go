package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
)

// monsterKind is what a monster is like.
type monsterKind struct {
	weapon fps.Weapon
	health int32
	thrust int32 // of MaxThrust
	pause  int32 // ticks between bursts
}

// monsterKinds are the monsters of survival, by actor.Monster minus 1.
var monsterKinds = [fps.Monsters - 1]monsterKind{
	fps.Trooper - 1: {weapon: fps.Pistol, health: 30, thrust: 40, pause: 30},
	fps.Gunner - 1:  {weapon: fps.Shotgun, health: 50, thrust: 40, pause: 50},
	fps.Brute - 1:   {weapon: fps.Chainsaw, health: 120, thrust: 85, pause: 4},
	fps.Caster - 1:  {weapon: fps.PlasmaRifle, health: 70, thrust: 50, pause: 60},
}

// spawnMonster lets a monster enter.
func (w *World) spawnMonster(i, number int) {
	kind := (number + int(w.head.Wave)) % len(monsterKinds)
	k := &monsterKinds[kind]
	w.spawn(i)
	a := &w.actors[i]
	a.Monster, a.Health = int32(kind)+1, k.health
	a.Owned, a.Weapon = 1<<k.weapon, int32(k.weapon)
	a.Aim, a.AimUntil = -1, 0
}

// commandMonsters decides what the monsters do: hunt the nearest player in
// sight, else walk to where the nearest is.
func (w *World) commandMonsters() {
	for i := w.seats; i < len(w.actors); i++ {
		w.commands[i] = fps.Command{}
		if w.actors[i].Alive != 0 {
			w.commandMonster(i)
		}
	}
}

func (w *World) commandMonster(i int) {
	a, c := &w.actors[i], &w.commands[i]
	prey, far, seen := -1, fixed.Fixed(0), false
	for s := range w.seats {
		o := &w.actors[s]
		if o.Alive == 0 {
			continue
		}
		sight := w.inSight(s, i)
		d := fixed.Hypot(o.X-a.X, o.Y-a.Y)
		if prey < 0 || sight && !seen || sight == seen && d < far {
			prey, far, seen = s, d, sight
		}
	}
	if prey < 0 {
		return
	}
	o := &w.actors[prey]
	k := &monsterKinds[a.Monster-1]
	f := k.weapon.Facts()
	x, y := o.X, o.Y
	if !seen || far > 48*fixed.One {
		var t nav.Traveller
		b := a.box()
		advice := w.level.Nav.Steer(&w.heights, &t, &b, nav.Goal{X: o.X, Y: o.Y})
		c.Use = advice.Use
		near := seen && k.weapon != fps.Chainsaw && far < 256*fixed.One
		if !advice.Lost && !advice.Wait && !near {
			angle := fixed.Atan2(advice.Y-a.Y, advice.X-a.X)
			if a.Pushing > 8 {
				angle += fixed.Angle(w.die(3)-1) * fixed.North
			}
			c.MoveX = int8(angle.Cos() * k.thrust >> 16)
			c.MoveY = int8(angle.Sin() * k.thrust >> 16)
			if !seen {
				x, y = advice.X, advice.Y
			}
		}
		if advice.Use {
			x, y = a.X+advice.Angle.Cos(), a.Y+advice.Angle.Sin()
		}
	}
	turn := fixed.Atan2(y-a.Y, x-a.X).Sub(a.Angle)
	c.Turn = int16(clamp(turn>>16, 10<<16/360))
	if !seen {
		return
	}
	pitch := fixed.Atan2(o.Z-a.Z, max(far, fixed.One)).Sub(fixed.Angle(a.Pitch))
	c.Pitch = int16(clamp(pitch>>16, 10<<16/360))
	reach := max(f.Reach, f.Useful) * fixed.One
	if k.weapon == fps.Chainsaw {
		reach = maps.Radius * 4
	}
	if fixed.Abs(turn) < int32(fixed.Degrees(8)) && far < reach && w.head.Tick >= a.AimUntil {
		c.Fire = true
		a.AimUntil = w.head.Tick + k.pause + w.die(k.pause)
	}
}
