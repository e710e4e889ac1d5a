package fps

import (
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// far is the distance that features report for what is not known.
const farAway = 9999

// reading binds a feature to how it is read from a percept.
type reading struct {
	vocab.Feature
	read func(*Percept) float64
}

// units turns a length into map units.
func units(f fixed.Fixed) float64 { return float64(f) / fixed.One }

// degrees turns a signed turn into degrees, in (-180, 180].
func degrees(turn int32) float64 {
	if turn == -1<<31 {
		return 180
	}
	return float64(turn) / (1 << 31) * 180
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// since returns the ticks since a moment, at most a game hour.
func since(p *Percept, moment int32) float64 { return float64(min(p.Tick-moment, 3600*35)) }

const longAgo = 3600 * 35

// The features, in the order of their readings.
var features = []reading{
	{vocab.Feature{Name: "health", Kind: vocab.Int, Unit: "hp", Max: 200, Description: "own health; 100 is the usual full"},
		func(p *Percept) float64 { return float64(p.Self.Health) }},
	{vocab.Feature{Name: "armour", Kind: vocab.Int, Unit: "points", Max: 200, Description: "own armour"},
		func(p *Percept) float64 { return float64(p.Self.Armour) }},
	{vocab.Feature{Name: "weapon", Kind: vocab.Enum, Values: WeaponNames(), Description: "the weapon in hand"},
		func(p *Percept) float64 { return float64(p.Self.Weapon) }},
	{vocab.Feature{Name: "ammo", Kind: vocab.Int, Unit: "shots", Max: 999, Description: "shots left for the weapon in hand; 999 for melee weapons"},
		func(p *Percept) float64 { return float64(min(999, p.shots(Weapon(p.Self.Weapon)))) }},
	{vocab.Feature{Name: "bullets", Kind: vocab.Int, Max: 400, Description: "bullets carried, for pistol and chaingun"},
		func(p *Percept) float64 { return float64(p.Self.Ammo[Bullets]) }},
	{vocab.Feature{Name: "shells", Kind: vocab.Int, Max: 100, Description: "shells carried, for shotguns"},
		func(p *Percept) float64 { return float64(p.Self.Ammo[Shells]) }},
	{vocab.Feature{Name: "rockets", Kind: vocab.Int, Max: 100, Description: "rockets carried"},
		func(p *Percept) float64 { return float64(p.Self.Ammo[Rockets]) }},
	{vocab.Feature{Name: "cells", Kind: vocab.Int, Max: 600, Description: "cells carried, for plasma rifle and bfg"},
		func(p *Percept) float64 { return float64(p.Self.Ammo[Cells]) }},
	{vocab.Feature{Name: "weapons_owned", Kind: vocab.Int, Min: 0, Max: float64(Weapons), Description: "number of weapons carried, the fist included"},
		weaponsOwned},
	{vocab.Feature{Name: "speed", Kind: vocab.Number, Unit: "map units/tick", Max: 64, Description: "how fast the agent moves; running is about 16"},
		func(p *Percept) float64 { return min(64, units(fixed.Hypot(p.Self.VX, p.Self.VY))) }},
	{vocab.Feature{Name: "enemies_in_view", Kind: vocab.Int, Max: 64, Description: "number of enemies seen now"},
		func(p *Percept) float64 { return float64(len(p.Enemies)) }},
	{vocab.Feature{Name: "allies_near", Kind: vocab.Int, Max: 32, Description: "number of living allies within 768 map units"},
		alliesNear},
	{vocab.Feature{Name: "enemy_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance of the nearest enemy in view; 9999 when none is"},
		enemyDistance},
	{vocab.Feature{Name: "enemy_bearing", Kind: vocab.Angle, Unit: "degrees", Min: -180, Max: 180, Description: "turn to the left that would face the nearest enemy in view; 0 when none is"},
		func(p *Percept) float64 {
			if c := p.enemy(); c != nil {
				return degrees(p.bearingTo(c.X, c.Y))
			}
			return 0
		}},
	{vocab.Feature{Name: "enemy_height", Kind: vocab.Number, Unit: "map units", Min: -farAway, Max: farAway, Description: "how much higher the nearest enemy in view stands; 0 when none is"},
		func(p *Percept) float64 {
			if c := p.enemy(); c != nil {
				return max(-farAway, min(farAway, units(c.Z-p.Self.Z)))
			}
			return 0
		}},
	{vocab.Feature{Name: "enemy_health", Kind: vocab.Int, Unit: "hp", Max: 200, Description: "health that the nearest enemy in view seems to have, in quarters of 100; 0 when none is"},
		func(p *Percept) float64 {
			if c := p.enemy(); c != nil {
				return float64(c.Health)
			}
			return 0
		}},
	{vocab.Feature{Name: "enemy_weapon", Kind: vocab.Enum, Values: WeaponNames(), Description: "weapon in the hands of the nearest enemy in view; fist when none is"},
		func(p *Percept) float64 {
			if c := p.enemy(); c != nil {
				return float64(c.Weapon)
			}
			return 0
		}},
	{vocab.Feature{Name: "time_enemy_in_view", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "how long the nearest enemy in view has been in view; 0 when none is"},
		func(p *Percept) float64 {
			if c := p.enemy(); c != nil {
				return since(p, c.Since)
			}
			return 0
		}},
	{vocab.Feature{Name: "time_since_enemy_seen", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks since any living enemy was in view; 0 while one is"},
		func(p *Percept) float64 {
			if i := p.lastSeenEnemy(); i >= 0 {
				return since(p, p.Contacts[i].Seen)
			}
			return longAgo
		}},
	{vocab.Feature{Name: "last_enemy_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to where an enemy was last seen; 9999 when none was"},
		func(p *Percept) float64 {
			if i := p.lastSeenEnemy(); i >= 0 {
				return min(farAway, units(p.distanceTo(p.Contacts[i].X, p.Contacts[i].Y)))
			}
			return farAway
		}},
	{vocab.Feature{Name: "time_since_hurt", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks since the agent was last hurt"},
		func(p *Percept) float64 { return since(p, p.Self.Hurt) }},
	{vocab.Feature{Name: "hurt_bearing", Kind: vocab.Angle, Unit: "degrees", Min: -180, Max: 180, Description: "turn to the left that would face where the last damage came from; 0 when never hurt"},
		func(p *Percept) float64 {
			if p.Self.Hurt == Never {
				return 0
			}
			return degrees(p.Self.HurtAngle.Sub(p.Self.Angle))
		}},
	{vocab.Feature{Name: "time_since_kill", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks since the agent's last kill"},
		func(p *Percept) float64 { return since(p, p.Self.Killed) }},
	{vocab.Feature{Name: "time_alive", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks since the agent entered the match or came back"},
		func(p *Percept) float64 { return since(p, p.Self.Spawned) }},
	{vocab.Feature{Name: "time_since_noise", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks since an enemy was heard"},
		func(p *Percept) float64 { return since(p, p.Noise.Tick) }},
	{vocab.Feature{Name: "noise_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the last noise of an enemy; 9999 when none was heard"},
		func(p *Percept) float64 {
			if p.Noise.Tick == Never {
				return farAway
			}
			return min(farAway, units(p.distanceTo(p.Noise.X, p.Noise.Y)))
		}},
	{vocab.Feature{Name: "medkit_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the nearest health item believed to be there; 9999 when none is"},
		func(p *Percept) float64 { return p.itemDistance(wantsHealth) }},
	{vocab.Feature{Name: "armour_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the nearest armour believed to be there; 9999 when none is"},
		func(p *Percept) float64 { return p.itemDistance(wantsArmour) }},
	{vocab.Feature{Name: "weapon_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the nearest weapon that the agent lacks; 9999 when none is known"},
		func(p *Percept) float64 { return p.itemDistance(wantsWeapon) }},
	{vocab.Feature{Name: "ammo_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the nearest ammunition for a weapon that the agent owns; 9999 when none is known"},
		func(p *Percept) float64 { return p.itemDistance(wantsAmmo) }},
	{vocab.Feature{Name: "explored", Kind: vocab.Number, Unit: "%", Max: 100, Description: "share of the walkable area that the agent has visited"},
		func(p *Percept) float64 {
			return min(100, float64(*p.Explored)*100/float64(max(1, p.Level.Area)))
		}},
	{vocab.Feature{Name: "kills", Kind: vocab.Int, Max: farAway, Description: "own kills so far"},
		func(p *Percept) float64 { return float64(p.Self.Kills) }},
	{vocab.Feature{Name: "deaths", Kind: vocab.Int, Max: farAway, Description: "own deaths so far"},
		func(p *Percept) float64 { return float64(p.Self.Deaths) }},
	{vocab.Feature{Name: "accuracy", Kind: vocab.Number, Unit: "%", Max: 100, Description: "share of the agent's shots that hit"},
		func(p *Percept) float64 {
			return min(100, float64(p.Self.Hits)*100/float64(max(1, p.Self.Shots)))
		}},
	{vocab.Feature{Name: "score_lead", Kind: vocab.Int, Min: -farAway, Max: farAway, Description: "points of the agent's team less those of the best other team"},
		func(p *Percept) float64 { return float64(p.Board.Own - p.Board.Best) }},
	{vocab.Feature{Name: "time_left", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks until the match ends by time"},
		func(p *Percept) float64 { return float64(max(0, min(longAgo, p.Board.End-p.Tick))) }},
	{vocab.Feature{Name: "allies_left", Kind: vocab.Int, Max: 32, Description: "living members of the agent's team, itself included"},
		func(p *Percept) float64 { return float64(p.Board.AlliesLeft) }},
	{vocab.Feature{Name: "enemies_left", Kind: vocab.Int, Max: 64, Description: "living enemies, as announced"},
		func(p *Percept) float64 { return float64(p.Board.EnemiesLeft) }},
	{vocab.Feature{Name: "lives", Kind: vocab.Int, Max: 99, Description: "entries left, in modes that count them; 99 in others"},
		func(p *Percept) float64 { return float64(p.Board.Lives) }},
	{vocab.Feature{Name: "ally_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance of the nearest living ally; 9999 when there is none"},
		func(p *Percept) float64 {
			if len(p.Allies) == 0 {
				return farAway
			}
			return min(farAway, units(p.far[p.Allies[0]]))
		}},
	{vocab.Feature{Name: "objective_distance", Kind: vocab.Number, Unit: "map units", Max: farAway, Description: "distance to the nearest place that the mode counts and the own team does not hold; 9999 when there is none"},
		func(p *Percept) float64 {
			if i := p.wantedObjective(); i >= 0 {
				o := &p.Objectives[i]
				return min(farAway, units(p.distanceTo(o.AtX, o.AtY)))
			}
			return farAway
		}},
	{vocab.Feature{Name: "objectives_held", Kind: vocab.Int, Max: 16, Description: "number of the mode's places that the own team holds"},
		func(p *Percept) float64 { return float64(p.objectivesHeld()) }},
	{vocab.Feature{Name: "wave", Kind: vocab.Int, Max: 99, Description: "wave of monsters, from 1; 0 in other modes"},
		func(p *Percept) float64 { return float64(p.Board.Wave) }},
	{vocab.Feature{Name: "rung", Kind: vocab.Int, Max: 99, Description: "rung of the gun game's ladder that the agent stands on; 0 in other modes"},
		func(p *Percept) float64 { return float64(p.Board.Rung) }},
	// The rules of the match.
	{vocab.Feature{Name: "mode", Kind: vocab.Enum, Values: ModeNames(), Description: "what the match is about"},
		func(p *Percept) float64 { return float64(p.Level.Mode) }},
	{vocab.Feature{Name: "weapon_set", Kind: vocab.Enum, Values: weaponSets, Description: "where weapons come from: found on the map, all at entry, a single one for everybody with endless ammunition, or the ladder of the gun game"},
		func(p *Percept) float64 { return float64(p.Level.weaponSet()) }},
	{vocab.Feature{Name: "respawn_time", Kind: vocab.Duration, Unit: "ticks", Max: longAgo, Description: "ticks from death to the next entry, by the rules; an hour where the dead wait for the next round"},
		func(p *Percept) float64 {
			if p.Level.Mode == BombDefusal {
				return longAgo
			}
			return float64(min(longAgo, p.Level.Rules.Respawn))
		}},
	{vocab.Feature{Name: "sight_range", Kind: vocab.Number, Unit: "map units", Max: 30000, Description: "how far the agent sees others, by the rules"},
		func(p *Percept) float64 { return float64(p.Level.Rules.SightRange) }},
	{vocab.Feature{Name: "field_of_view", Kind: vocab.Number, Unit: "degrees", Max: 360, Description: "width of what the agent sees, by the rules"},
		func(p *Percept) float64 { return float64(p.Level.Rules.FieldOfView) }},
	{vocab.Feature{Name: "place_in_team", Kind: vocab.Int, Max: 32, Description: "number of living allies with a lower seat: 0 for the first of the team; for sharing out roles"},
		placeInTeam},
}

// placeInTeam counts the living allies that come before the agent.
func placeInTeam(p *Percept) float64 {
	n := 0
	for _, a := range p.Allies {
		if a < p.Actor {
			n++
		}
	}
	return float64(n)
}

func weaponsOwned(p *Percept) float64 {
	n := 0
	for w := range Weapons {
		if p.owns(w) {
			n++
		}
	}
	return float64(n)
}

func alliesNear(p *Percept) float64 {
	n := 0
	for _, a := range p.Allies {
		if p.far[a] <= 768*fixed.One {
			n++
		}
	}
	return float64(n)
}

func enemyDistance(p *Percept) float64 {
	if len(p.Enemies) == 0 {
		return farAway
	}
	return min(farAway, units(p.far[p.Enemies[0]]))
}

// objectivesHeld counts the places whose owner is the own team; a flag counts
// while it is at its stand.
func (p *Percept) objectivesHeld() int {
	n := 0
	for i := range p.Objectives {
		o := &p.Objectives[i]
		if o.Owner == p.Self.Team && (o.Kind != FlagStand || o.Home == 1) {
			n++
		}
	}
	return n
}
