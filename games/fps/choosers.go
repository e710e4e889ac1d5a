package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// picker binds a chooser to how it picks from a percept.
type picker struct {
	vocab.Chooser
	pick func(p *Percept, draw uint64) (games.Target, bool)
}

// The choosers, in the vocabulary's order.
var choosers = []picker{
	// Enemies in view.
	{vocab.Chooser{Name: "random_enemy_in_view", Kind: vocab.Agent, Random: true, Description: "any one of the enemies in view"},
		func(p *Percept, draw uint64) (games.Target, bool) {
			if len(p.Enemies) == 0 {
				return games.Target{}, false
			}
			return p.agent(p.Enemies[draw%uint64(len(p.Enemies))])
		}},
	{vocab.Chooser{Name: "nearest_enemy_in_view", Kind: vocab.Agent, Description: "the closest enemy in view"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			return p.bestEnemy(func(c *Contact, d fixed.Fixed) int64 { return -int64(d) })
		}},
	{vocab.Chooser{Name: "weakest_enemy_in_view", Kind: vocab.Agent, Description: "the enemy in view that seems to have the least health, the closest of equals"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			return p.bestEnemy(func(c *Contact, d fixed.Fixed) int64 { return -int64(c.Health) })
		}},
	{vocab.Chooser{Name: "strongest_enemy_in_view", Kind: vocab.Agent, Description: "the enemy in view with the best weapon, the closest of equals"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			return p.bestEnemy(func(c *Contact, d fixed.Fixed) int64 { return int64(Weapon(c.Weapon).Facts().Rank) })
		}},
	{vocab.Chooser{Name: "enemy_aiming_at_me", Kind: vocab.Agent, Description: "the closest enemy in view that looks at the agent"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.agent(p.aimer()) }},
	{vocab.Chooser{Name: "easiest_enemy_in_view", Kind: vocab.Agent, Description: "the enemy in view that the least turn brings into the sights"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			return p.bestEnemy(func(c *Contact, d fixed.Fixed) int64 { return -abs(int64(p.bearingTo(c.X, c.Y))) })
		}},
	{vocab.Chooser{Name: "enemy_carrier_in_view", Kind: vocab.Agent, Description: "an enemy in view that carries a flag or the bomb"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			for _, e := range p.Enemies {
				if p.Contacts[e].Carrying != 0 {
					return p.agent(e)
				}
			}
			return games.Target{}, false
		}},
	{vocab.Chooser{Name: "last_seen_enemy", Kind: vocab.Agent, Description: "the living enemy that was seen last, in view or not"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.agent(p.lastSeenEnemy()) }},
	// Where enemies may be.
	{vocab.Chooser{Name: "random_enemy_location", Kind: vocab.Position, Random: true, Description: "where some living enemy was last seen; where none was, a start of the map"},
		randomEnemyLocation},
	{vocab.Chooser{Name: "nearest_enemy_location", Kind: vocab.Position, Description: "the closest of the places where living enemies were last seen"},
		nearestEnemyLocation},
	{vocab.Chooser{Name: "last_enemy_location", Kind: vocab.Position, Description: "the place of the latest sight of an enemy"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			if i := p.lastSeenEnemy(); i >= 0 {
				return p.spot(p.Contacts[i].X, p.Contacts[i].Y, p.Contacts[i].Z)
			}
			return games.Target{}, false
		}},
	{vocab.Chooser{Name: "last_noise", Kind: vocab.Position, Description: "where the last noise of an enemy came from, within ten seconds"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			if p.Tick-p.Noise.Tick > 350 {
				return games.Target{}, false
			}
			return p.spot(p.Noise.X, p.Noise.Y, p.Noise.Z)
		}},
	// Items.
	{vocab.Chooser{Name: "nearest_medkit", Kind: vocab.Item, Effects: []string{"health"}, Description: "the closest health item that helps and is believed to be there"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsHealth) }},
	{vocab.Chooser{Name: "nearest_armour", Kind: vocab.Item, Effects: []string{"armour"}, Description: "the closest armour that helps and is believed to be there"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsArmour) }},
	{vocab.Chooser{Name: "nearest_weapon", Kind: vocab.Item, Description: "the closest weapon that the agent lacks and believes to be there"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsWeapon) }},
	{vocab.Chooser{Name: "best_weapon", Kind: vocab.Item, Description: "the strongest weapon that the agent lacks and believes to be there"},
		bestWeaponItem},
	{vocab.Chooser{Name: "nearest_ammo", Kind: vocab.Item, Effects: []string{"ammo"}, Description: "the closest ammunition for a weapon that the agent owns"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsAmmo) }},
	{vocab.Chooser{Name: "nearest_power", Kind: vocab.Item, Description: "the closest power-up, soulsphere or megasphere believed to be there"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsPower) }},
	{vocab.Chooser{Name: "nearest_item", Kind: vocab.Item, Description: "the closest item of any kind that helps and is believed to be there"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.item(wantsAnything) }},
	// Allies.
	{vocab.Chooser{Name: "nearest_ally", Kind: vocab.Agent, Description: "the closest living ally"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			if len(p.Allies) == 0 {
				return games.Target{}, false
			}
			return p.agent(p.Allies[0])
		}},
	{vocab.Chooser{Name: "random_ally", Kind: vocab.Agent, Random: true, Description: "any living ally"},
		func(p *Percept, draw uint64) (games.Target, bool) {
			if len(p.Allies) == 0 {
				return games.Target{}, false
			}
			return p.agent(p.Allies[draw%uint64(len(p.Allies))])
		}},
	{vocab.Chooser{Name: "weakest_ally", Kind: vocab.Agent, Description: "the living ally with the least health, the closest of equals"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			best := int32(-1)
			for _, a := range p.Allies {
				if best < 0 || p.Contacts[a].Health < p.Contacts[best].Health {
					best = a
				}
			}
			return p.agent(best)
		}},
	{vocab.Chooser{Name: "ally_carrier", Kind: vocab.Agent, Description: "the ally that carries a flag or the bomb"},
		func(p *Percept, _ uint64) (games.Target, bool) {
			for _, a := range p.Allies {
				if p.Contacts[a].Carrying != 0 {
					return p.agent(a)
				}
			}
			return games.Target{}, false
		}},
	// Places.
	{vocab.Chooser{Name: "unexplored_area", Kind: vocab.Position, Random: true, Description: "a near place that the agent has not visited; any place once all are"},
		unexploredArea},
	{vocab.Chooser{Name: "random_area", Kind: vocab.Position, Random: true, Description: "any place that can be walked to"},
		func(p *Percept, draw uint64) (games.Target, bool) { return p.randomNode(draw) }},
	{vocab.Chooser{Name: "cover_position", Kind: vocab.Position, Description: "a near place that the enemy last seen cannot see"},
		coverPosition},
	{vocab.Chooser{Name: "high_ground", Kind: vocab.Position, Description: "the highest of the near places"},
		highGround},
	{vocab.Chooser{Name: "flank_position", Kind: vocab.Position, Description: "a place beside the enemy last seen, out of its view"},
		flankPosition},
	{vocab.Chooser{Name: "safest_area", Kind: vocab.Position, Random: true, Description: "of some places drawn, the one farthest from where enemies were last seen"},
		safestArea},
	{vocab.Chooser{Name: "objective", Kind: vocab.Position, Description: "the nearest of the mode's places that the own team should take"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.objective(p.wantedObjective()) }},
	{vocab.Chooser{Name: "threatened_objective", Kind: vocab.Position, Description: "the nearest place of the own team that another team is taking"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.objective(p.threatened()) }},
	{vocab.Chooser{Name: "own_objective", Kind: vocab.Position, Description: "the nearest of the mode's places that the own team holds"},
		func(p *Percept, _ uint64) (games.Target, bool) { return p.objective(p.heldObjective()) }},
	{vocab.Chooser{Name: "own_start", Kind: vocab.Position, Description: "the nearest start of the map"},
		ownStart},
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// agent returns an actor as a target; none for -1.
func (p *Percept) agent(i int32) (games.Target, bool) {
	if i < 0 {
		return games.Target{}, false
	}
	c := &p.Contacts[i]
	return games.Target{Kind: vocab.Agent, ID: i, X: c.X, Y: c.Y, Z: c.Z}, true
}

// spot returns a place as a target, if it belongs to the navigation graph.
func (p *Percept) spot(x, y, z fixed.Fixed) (games.Target, bool) {
	n := p.Level.NodeAt(x, y)
	return games.Target{Kind: vocab.Position, ID: n, X: x, Y: y, Z: z}, n >= 0
}

// bestEnemy returns the enemy in view with the highest worth; the nearest of
// equals, since they are ordered so.
func (p *Percept) bestEnemy(worth func(*Contact, fixed.Fixed) int64) (games.Target, bool) {
	best, bestWorth := int32(-1), int64(0)
	for _, e := range p.Enemies {
		if w := worth(&p.Contacts[e], p.far[e]); best < 0 || w > bestWorth {
			best, bestWorth = e, w
		}
	}
	return p.agent(best)
}

// remembered reports whether an actor is a living enemy that was seen.
func (p *Percept) remembered(i int) bool {
	c := &p.Contacts[i]
	return int32(i) != p.Actor && c.Team != p.Self.Team && c.Alive != 0 && c.Seen != Never
}

func randomEnemyLocation(p *Percept, draw uint64) (games.Target, bool) {
	known := 0
	for i := range p.Contacts {
		if p.remembered(i) {
			known++
		}
	}
	if known == 0 {
		if len(p.Level.Starts) == 0 {
			return games.Target{}, false
		}
		return p.Level.Starts[draw%uint64(len(p.Level.Starts))].target(), true
	}
	left := int(draw % uint64(known))
	for i := range p.Contacts {
		if p.remembered(i) {
			if left == 0 {
				c := &p.Contacts[i]
				return p.spot(c.X, c.Y, c.Z)
			}
			left--
		}
	}
	return games.Target{}, false
}

func nearestEnemyLocation(p *Percept, _ uint64) (games.Target, bool) {
	best, bestFar := -1, fixed.Fixed(0)
	for i := range p.Contacts {
		if p.remembered(i) {
			if d := p.distanceTo(p.Contacts[i].X, p.Contacts[i].Y); best < 0 || d < bestFar {
				best, bestFar = i, d
			}
		}
	}
	if best < 0 {
		return games.Target{}, false
	}
	c := &p.Contacts[best]
	return p.spot(c.X, c.Y, c.Z)
}

func bestWeaponItem(p *Percept, _ uint64) (games.Target, bool) {
	best, rank, way := int32(-1), int32(-1), int64(0)
	for _, i := range p.Level.ByClass[WeaponItem] {
		if !p.believed(i) || !weaponHelps(p, p.Level.Facts(i)) {
			continue
		}
		r := p.Level.Facts(i).Weapon.Facts().Rank
		d := p.squared(p.Level.Items[i].X, p.Level.Items[i].Y)
		if r > rank || r == rank && d < way {
			best, rank, way = i, r, d
		}
	}
	return p.itemTarget(best)
}

func ownStart(p *Percept, _ uint64) (games.Target, bool) {
	best, way := -1, int64(0)
	for i := range p.Level.Starts {
		s := &p.Level.Starts[i]
		if d := p.squared(s.X, s.Y); best < 0 || d < way {
			best, way = i, d
		}
	}
	if best < 0 {
		return games.Target{}, false
	}
	return p.Level.Starts[best].target(), true
}

// target returns the place as a target.
func (s *Place) target() games.Target {
	return games.Target{Kind: vocab.Position, ID: s.Node, X: s.X, Y: s.Y, Z: s.Z}
}
