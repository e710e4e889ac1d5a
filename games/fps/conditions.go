package fps

import (
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// test binds a condition to how it is read from a percept.
type test struct {
	vocab.Condition
	holds func(*Percept) bool
}

// The conditions, in the order of their readings.
var conditions = []test{
	{vocab.Condition{Name: "has_enemy_in_view", Description: "an enemy is in view"},
		func(p *Percept) bool { return len(p.Enemies) > 0 }},
	{vocab.Condition{Name: "has_ally", Description: "a living ally is in the match"},
		func(p *Percept) bool { return len(p.Allies) > 0 }},
	{vocab.Condition{Name: "knows_enemy_location", Description: "a living enemy was seen within the last ten seconds"},
		func(p *Percept) bool {
			i := p.lastSeenEnemy()
			return i >= 0 && p.Tick-p.Contacts[i].Seen <= 350
		}},
	{vocab.Condition{Name: "enemy_is_close", Description: "an enemy in view is within 256 map units"},
		func(p *Percept) bool { return len(p.Enemies) > 0 && p.far[p.Enemies[0]] <= 256*fixed.One }},
	{vocab.Condition{Name: "enemy_in_range", Description: "an enemy in view is near enough for the weapon in hand"},
		func(p *Percept) bool {
			return len(p.Enemies) > 0 && p.far[p.Enemies[0]] <= Weapon(p.Self.Weapon).Facts().Useful*fixed.One
		}},
	{vocab.Condition{Name: "enemy_aims_at_me", Description: "an enemy in view looks at the agent"},
		func(p *Percept) bool { return p.aimer() >= 0 }},
	{vocab.Condition{Name: "enemy_is_weaker", Description: "the nearest enemy in view seems to have less health than the agent"},
		func(p *Percept) bool { c := p.enemy(); return c != nil && c.Health < p.Self.Health }},
	{vocab.Condition{Name: "enemy_is_above", Description: "the nearest enemy in view stands more than 24 map units higher"},
		func(p *Percept) bool { c := p.enemy(); return c != nil && c.Z-p.Self.Z > 24*fixed.One }},
	{vocab.Condition{Name: "is_outnumbered", Description: "more enemies are in view than allies are near, the agent included"},
		func(p *Percept) bool { return float64(len(p.Enemies)) > alliesNear(p)+1 }},
	{vocab.Condition{Name: "is_hurt", Description: "own health is below 50"},
		func(p *Percept) bool { return p.Self.Health < 50 }},
	{vocab.Condition{Name: "was_hit_recently", Description: "the agent was hurt within the last second"},
		func(p *Percept) bool { return p.Tick-p.Self.Hurt <= 35 }},
	{vocab.Condition{Name: "hears_enemy", Description: "an enemy was heard within the last two seconds"},
		func(p *Percept) bool { return p.Tick-p.Noise.Tick <= 70 }},
	{vocab.Condition{Name: "has_ammo", Description: "the weapon in hand can be fired"},
		func(p *Percept) bool { return p.shots(Weapon(p.Self.Weapon)) > 0 }},
	{vocab.Condition{Name: "is_low_on_ammo", Description: "fewer than eight shots are left in all weapons but the melee ones"},
		func(p *Percept) bool { return p.allShots() < 8 }},
	{vocab.Condition{Name: "weapon_ready", Description: "the weapon in hand can be fired in this tick"},
		func(p *Percept) bool { return p.Tick >= p.Self.Ready && p.shots(Weapon(p.Self.Weapon)) > 0 }},
	{vocab.Condition{Name: "has_better_weapon", Description: "the agent carries a loaded weapon that is better than the one in hand"},
		func(p *Percept) bool { return p.bestWeapon(-1) != Weapon(p.Self.Weapon) }},
	{vocab.Condition{Name: "has_strong_weapon", Description: "the agent carries a loaded weapon better than the pistol"},
		func(p *Percept) bool { return p.bestWeapon(-1) > Pistol }},
	{vocab.Condition{Name: "knows_medkit", Description: "a health item that helps is believed to be somewhere"},
		func(p *Percept) bool { return p.knows(wantsHealth) }},
	{vocab.Condition{Name: "knows_armour", Description: "an armour that helps is believed to be somewhere"},
		func(p *Percept) bool { return p.knows(wantsArmour) }},
	{vocab.Condition{Name: "knows_weapon", Description: "a weapon that the agent lacks is believed to be somewhere"},
		func(p *Percept) bool { return p.knows(wantsWeapon) }},
	{vocab.Condition{Name: "knows_ammo", Description: "ammunition for an own weapon is believed to be somewhere"},
		func(p *Percept) bool { return p.knows(wantsAmmo) }},
	{vocab.Condition{Name: "item_is_near", Description: "an item that helps is believed to be within 384 map units"},
		func(p *Percept) bool { return p.itemDistance(wantsAnything) < 384 }},
	{vocab.Condition{Name: "missile_incoming", Description: "a missile in view flies towards the agent"},
		func(p *Percept) bool { return p.threat() >= 0 }},
	{vocab.Condition{Name: "floor_burns", Description: "the floor underfoot does harm"},
		func(p *Percept) bool { return p.Self.Burning != 0 }},
	{vocab.Condition{Name: "is_stuck", Description: "something has stopped the agent's way for half a second"},
		func(p *Percept) bool { return p.Self.Pushing >= 17 }},
	{vocab.Condition{Name: "is_winning", Description: "the own team leads"},
		func(p *Percept) bool { return p.Board.Own > p.Board.Best }},
	{vocab.Condition{Name: "is_losing", Description: "another team leads"},
		func(p *Percept) bool { return p.Board.Own < p.Board.Best }},
	{vocab.Condition{Name: "has_objective", Description: "the mode has a place that the own team should take"},
		func(p *Percept) bool { return p.wantedObjective() >= 0 }},
	{vocab.Condition{Name: "at_objective", Description: "the agent stands at one of the mode's places"},
		func(p *Percept) bool { return p.atObjective() >= 0 }},
	{vocab.Condition{Name: "objective_threatened", Description: "another team is taking a place that the own team holds, or has its flag"},
		func(p *Percept) bool { return p.threatened() >= 0 }},
	{vocab.Condition{Name: "carries_flag", Description: "the agent carries a flag or the bomb"},
		func(p *Percept) bool { return p.Self.Carrying != 0 }},
	{vocab.Condition{Name: "bomb_is_planted", Description: "a bomb is ticking"},
		func(p *Percept) bool { return p.ticking() >= 0 }},
	{vocab.Condition{Name: "is_infected", Description: "the agent is one of the infected"},
		func(p *Percept) bool { return p.Board.Infected != 0 }},
	{vocab.Condition{Name: "is_attacking", Description: "the own team is the one that plants bombs"},
		func(p *Percept) bool { return p.Board.Attacking != 0 }},
	{vocab.Condition{Name: "is_invulnerable", Description: "nothing can hurt the agent now"},
		func(p *Percept) bool { return p.Self.Invulnerable > p.Tick }},
	{vocab.Condition{Name: "friendly_fire", Description: "members of a team can hurt each other, by the rules"},
		func(p *Percept) bool { return p.Level.Rules.FriendlyFire }},
}

// aimer returns the nearest enemy in view that looks at the agent within six
// degrees, or -1.
func (p *Percept) aimer() int32 {
	for _, e := range p.Enemies {
		c := &p.Contacts[e]
		if fixed.Atan2(p.Self.Y-c.Y, p.Self.X-c.X).Within(c.Angle, fixed.Degrees(12)) {
			return e
		}
	}
	return -1
}

// allShots counts the shots left in all weapons but melee ones.
func (p *Percept) allShots() int32 {
	n := int32(0)
	for w := Pistol; w < Weapons; w++ {
		if p.owns(w) {
			n += p.shots(w)
		}
	}
	return n
}

// keeping is by how many ranks a weapon is preferred in a fight because it is in hand.
const keeping = 2

// bestWeapon returns the loaded weapon to use at a distance in map units, or
// at any when it is negative.
func (p *Percept) bestWeapon(distance int32) Weapon {
	best, rank := Fist, int32(-100)
	if p.Self.Berserk != 0 && distance >= 0 && distance <= 80 {
		return Fist
	}
	for w := range Weapons {
		f := w.Facts()
		if !p.owns(w) || p.shots(w) == 0 {
			continue
		}
		r := f.Rank
		if distance >= 0 {
			switch {
			case distance > f.Useful:
				r -= 20
			case f.Splash > 0 && distance < f.Splash:
				r -= 5
			}
			// A change costs a second, so that the weapon in hand has to be worse
			// by more than a little.
			if w == Weapon(p.Self.Weapon) {
				r += keeping
			}
		}
		if r > rank {
			best, rank = w, r
		}
	}
	return best
}

// threat returns a missile that will pass within 64 map units, or -1.
func (p *Percept) threat() int {
	for i := range p.Missiles {
		m := &p.Missiles[i]
		dx, dy := int64(p.Self.X-m.X)>>8, int64(p.Self.Y-m.Y)>>8
		vx, vy := int64(m.VX)>>8, int64(m.VY)>>8
		if dx*vx+dy*vy <= 0 {
			continue
		}
		speed := int64(fixed.Sqrt(uint64(vx*vx + vy*vy)))
		across := dx*vy - dy*vx
		if across < 0 {
			across = -across
		}
		if across < speed*64<<8 {
			return i
		}
	}
	return -1
}
