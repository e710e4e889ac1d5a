package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// hurt takes health from an actor. by is who did it, or -1 for the world; x
// and y say where it came from; what names it.
func (w *World) hurt(victim, by int, damage int32, x, y fixed.Fixed, what string) {
	v := &w.actors[victim]
	if v.Alive == 0 || w.head.Tick < v.Invulnerable {
		return
	}
	rules := &w.level.Rules
	if by >= 0 {
		if by != victim && !w.enemies(by, victim) && !rules.FriendlyFire {
			return
		}
		damage = damage * rules.Damage / 100
		if w.actors[by].Monster != 0 {
			damage /= 2
		}
	}
	if damage <= 0 {
		return
	}
	if x != v.X || y != v.Y {
		angle := fixed.Atan2(v.Y-y, v.X-x)
		push := min(damage, 100) * knockback
		v.VX += fixed.Mul(push, angle.Cos())
		v.VY += fixed.Mul(push, angle.Sin())
		v.HurtAngle = angle + fixed.West
	}
	if v.Absorb > 0 {
		saved := min(damage/v.Absorb, v.Armour)
		v.Armour -= saved
		damage -= saved
		if v.Armour == 0 {
			v.Absorb = 0
		}
	}
	dealt := min(damage, v.Health)
	v.Health -= dealt
	v.Hurt, v.HurtBy = w.head.Tick, damage
	v.DamageTaken += dealt
	if by >= 0 && w.enemies(by, victim) {
		w.actors[by].DamageDealt += dealt
	}
	w.event("damage", by, victim, what, float64(dealt), v.X, v.Y, w.witnesses(victim, by))
	if v.Health <= 0 {
		w.kill(victim, by, what)
	}
}

// kill ends an actor's life. Kills are announced to everybody.
func (w *World) kill(victim, by int, what string) {
	v := &w.actors[victim]
	v.Alive, v.Health = 0, 0
	v.VX, v.VY, v.VZ = 0, 0, 0
	v.Deaths++
	v.Respawn = w.head.Tick + w.level.Rules.Respawn
	if by < 0 || by == victim {
		v.Suicides++
	} else if w.enemies(by, victim) {
		k := &w.actors[by]
		k.Kills++
		if k.Killed != fps.Never {
			k.GapSum += w.head.Tick - k.Killed
			k.Gaps++
		}
		k.Killed = w.head.Tick
	}
	w.event("kill", by, victim, what, 0, v.X, v.Y, -1)
	for s := range w.seats {
		c := w.contact(s, victim)
		c.Alive, c.Visible, c.Seen = 0, 0, fps.Never
	}
	w.mode.killed(w, victim, by)
	v.Carrying = 0
}

// suffer lets the floor do its harm and looks after who is where nobody can
// be.
func (w *World) suffer(i int) {
	a := &w.actors[i]
	a.Burning = 0
	if a.Sector >= 0 && a.Z <= a.Floor {
		if d := &w.level.Map.Sectors[a.Sector].Damage; d.Amount > 0 && w.heights.Floor[a.Sector] == a.Floor {
			if w.head.Tick >= a.Shielded {
				a.Burning = 1
				if d.Every <= 1 || w.head.Tick%int32(d.Every) == 0 {
					w.hurt(i, -1, int32(d.Amount), a.X, a.Y, "floor")
				}
			}
		}
	}
	if a.Alive != 0 && (w.head.Tick+int32(i))%35 == 0 {
		w.rescue(i)
	}
}

// rescue takes an actor out of a place where nobody fits, or out of the void,
// after it was found there twice, and counts it.
func (w *World) rescue(i int) {
	a := &w.actors[i]
	spot := w.level.Map.Check(&w.heights, a.X, a.Y, 16*fixed.One)
	if !spot.Blocked && spot.Sector >= 0 && a.Z > spot.Low-4096*fixed.One {
		a.Doubtful = 0
		return
	}
	if a.Doubtful++; a.Doubtful < 2 {
		return
	}
	a.Doubtful = 0
	a.Rescued++
	s := w.startFor(i)
	w.put(i, s.X, s.Y, s.Angle)
	w.event("rescue", i, -1, "", 0, a.X, a.Y, w.witnesses(i, -1))
}
