package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
)

// nearestObjective returns the nearest objective that passes a test, or -1.
func (p *Percept) nearestObjective(test func(*Objective) bool) int {
	best, way := -1, int64(0)
	for i := range p.Objectives {
		o := &p.Objectives[i]
		if !test(o) {
			continue
		}
		if d := p.squared(o.AtX, o.AtY); best < 0 || d < way {
			best, way = i, d
		}
	}
	return best
}

// wantedObjective returns the place that the own team should go for, or -1:
// another team's flag, or the own stand when carrying one; a point or hill
// that the team does not own; a bomb site to plant at or to defuse.
func (p *Percept) wantedObjective() int {
	team := p.Self.Team
	if t := p.ticking(); t >= 0 {
		if p.Board.Attacking != 0 {
			return -1
		}
		return t
	}
	return p.nearestObjective(func(o *Objective) bool {
		switch o.Kind {
		case FlagStand:
			if p.Self.Carrying != 0 {
				return o.Owner == team
			}
			return o.Owner != team && o.Carrier < 0 || o.Owner == team && o.Home == 0 && o.Carrier < 0
		case BombSite:
			return p.Board.Attacking != 0
		}
		return o.Owner != team
	})
}

// heldObjective returns the nearest place that the own team holds, or -1.
func (p *Percept) heldObjective() int {
	return p.nearestObjective(func(o *Objective) bool { return o.Owner == p.Self.Team })
}

// threatened returns the nearest own place that another team is taking, or -1.
func (p *Percept) threatened() int {
	return p.nearestObjective(func(o *Objective) bool {
		if o.Owner != p.Self.Team {
			return false
		}
		return o.Kind == FlagStand && o.Home == 0 || o.Kind != FlagStand && o.Progress > 0 && o.Claimer >= 0 && o.Claimer != p.Self.Team
	})
}

// ticking returns the bomb site with the ticking bomb, or -1.
func (p *Percept) ticking() int {
	for i := range p.Objectives {
		if o := &p.Objectives[i]; o.Kind == BombSite && o.Home != 0 {
			return i
		}
	}
	return -1
}

// ObjectiveRadius is how near a player must be to an objective to count.
const ObjectiveRadius = 96 * fixed.One

// FlagRadius is how near a player must be to a flag to touch it.
const FlagRadius = 40 * fixed.One

// atObjective returns the objective that the agent stands at, or -1.
func (p *Percept) atObjective() int {
	for i := range p.Objectives {
		o := &p.Objectives[i]
		reach := ObjectiveRadius
		if o.Kind == FlagStand {
			reach = FlagRadius
		}
		if fixed.Abs(o.Z-p.Self.Z) <= 64*fixed.One && p.distanceTo(o.X, o.Y) <= fixed.Fixed(reach) {
			return i
		}
	}
	return -1
}

// objective returns where an objective is now as a target; none for -1.
func (p *Percept) objective(i int) (games.Target, bool) {
	if i < 0 {
		return games.Target{}, false
	}
	o := &p.Objectives[i]
	t := Place{X: o.AtX, Y: o.AtY, Z: o.AtZ, Node: o.AtNode}
	return t.target(), true
}
