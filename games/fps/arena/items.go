package arena

import (
	"math"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// never is the tick of an item that the rules took out of the match.
const never = math.MaxInt32

const itemReach = 20*fixed.One + maps.Radius

// touchItems lets an actor pick up what it stands at.
func (w *World) touchItems(i int) {
	a := &w.actors[i]
	if a.Monster != 0 || a.Infected != 0 {
		return
	}
	g := w.ground
	for cy := g.itemCell(a.Y-itemReach, g.y0); cy <= g.itemCell(a.Y+itemReach, g.y0); cy++ {
		for cx := g.itemCell(a.X-itemReach, g.x0); cx <= g.itemCell(a.X+itemReach, g.x0); cx++ {
			for _, k := range g.itemsIn(cx, cy) {
				if w.absent[k] > w.head.Tick {
					continue
				}
				item := &w.level.Items[k]
				if fixed.Abs(item.X-a.X) > itemReach || fixed.Abs(item.Y-a.Y) > itemReach {
					continue
				}
				if z := w.itemHeight(int(k)); z-a.Z > maps.Height || a.Z-z > 8*fixed.One {
					continue
				}
				w.pickUp(i, int(k))
			}
		}
	}
}

// itemHeight returns the height at which an item lies now.
func (w *World) itemHeight(k int) fixed.Fixed {
	return w.heights.Floor[w.ground.itemSectors[k]]
}

// pickUp gives an item to an actor, if it is of use.
func (w *World) pickUp(i, k int) {
	a := &w.actors[i]
	f := w.level.Facts(int32(k))
	if !w.gain(a, f) {
		return
	}
	wait := int32(int64(f.Respawn) * int64(w.level.Rules.ItemRespawn) / 100)
	w.absent[k] = w.head.Tick + wait
	if i < w.seats {
		w.gone[i*len(w.level.Items)+k] = w.head.Tick + wait
	}
	a.Picked[f.Class]++
	w.noise(i, pickUpNoise)
	w.event("pick_up", i, -1, f.Name, 0, a.X, a.Y, w.witnesses(i, -1))
}

// gain lets an actor have what an item gives, and reports whether there was
// any use in it.
func (w *World) gain(a *actor, f *fps.ItemFacts) bool {
	used := false
	switch f.Class {
	case fps.HealthItem:
		used = raise(&a.Health, f.Amount, f.Limit)
		if f.Absorb > 0 && a.Armour < f.Limit {
			a.Armour, a.Absorb, used = f.Limit, f.Absorb, true
		}
	case fps.ArmourItem:
		if f.Amount == 1 {
			used = raise(&a.Armour, 1, f.Limit)
			if used && a.Absorb == 0 {
				a.Absorb = f.Absorb
			}
		} else if a.Armour < f.Amount {
			a.Armour, a.Absorb, used = f.Amount, f.Absorb, true
		}
	case fps.AmmoItem:
		if f.Power == fps.Backpack && a.Backpack == 0 {
			a.Backpack, used = 1, true
		}
		if f.Power == fps.Backpack {
			for t := range fps.Ammos {
				used = raise(&a.Ammo[t], t.Capacity()/20, t.Capacity()<<a.Backpack) || used
			}
		} else {
			used = raise(&a.Ammo[f.Ammo], f.Amount, f.Ammo.Capacity()<<a.Backpack) || used
		}
	case fps.WeaponItem:
		if a.Owned>>f.Weapon&1 == 0 {
			a.Owned |= 1 << f.Weapon
			used = true
		}
		if f.Ammo != fps.NoAmmo {
			used = raise(&a.Ammo[f.Ammo], f.Amount, f.Ammo.Capacity()<<a.Backpack) || used
		}
	case fps.PowerItem:
		used = true
		switch f.Power {
		case fps.Berserk:
			a.Berserk = 1
			a.Health = max(a.Health, f.Amount)
		case fps.Invulnerable:
			a.Invulnerable = w.head.Tick + f.Ticks
		case fps.Shielded:
			a.Shielded = w.head.Tick + f.Ticks
		}
	}
	return used
}

// raise adds to a count, up to a limit, and reports whether it rose.
func raise(count *int32, by, limit int32) bool {
	if *count >= limit {
		return false
	}
	*count = min(*count+by, limit)
	return true
}
