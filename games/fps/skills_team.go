package fps

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

func regroup(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	if len(p.Allies) == 0 {
		return bt.Failure, h.used
	}
	ally := &p.Contacts[p.Allies[0]]
	if p.distanceTo(ally.X, ally.Y) < 160*fixed.One {
		h.stop()
		return bt.Success, h.used
	}
	if h.walk(ally.X, ally.Y, c.Draw, state) == lost {
		return bt.Failure, h.used
	}
	return bt.Running, h.used
}

// companion returns the contact of an agent that is alive and whose place was
// known, or nil.
func (p *Percept) companion(t games.Target) *Contact {
	if t.ID < 0 || int(t.ID) >= len(p.Contacts) {
		return nil
	}
	c := &p.Contacts[t.ID]
	if c.Alive == 0 || c.Seen == Never {
		return nil
	}
	return c
}

func follow(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	whom := p.companion(c.Args[0].Target)
	if whom == nil {
		return bt.Failure, h.used
	}
	switch far := p.distanceTo(whom.X, whom.Y); {
	case far > 160*fixed.One:
		if h.walk(whom.X, whom.Y, c.Draw, state) == lost {
			return bt.Failure, h.used
		}
	case far < 96*fixed.One:
		h.driveAlong(fixed.Atan2(p.Self.Y-whom.Y, p.Self.X-whom.X))
		h.watch(c.Draw)
	default:
		h.stop()
		h.watch(c.Draw)
	}
	return bt.Running, h.used
}

func escort(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	whom := p.companion(c.Args[0].Target)
	if whom == nil {
		return bt.Failure, h.used
	}
	ahead := whom.Angle
	if i := p.lastSeenEnemy(); i >= 0 && p.Tick-p.Contacts[i].Seen < 175 {
		ahead = fixed.Atan2(p.Contacts[i].Y-whom.Y, p.Contacts[i].X-whom.X)
	} else if whom.VX != 0 || whom.VY != 0 {
		ahead = fixed.Atan2(whom.VY, whom.VX)
	}
	x := whom.X + fixed.Mul(96*fixed.One, ahead.Cos())
	y := whom.Y + fixed.Mul(96*fixed.One, ahead.Sin())
	if p.Level.NodeAt(x, y) < 0 { // a wall: beside the ally then
		x, y = whom.X, whom.Y
	}
	if p.distanceTo(x, y) < 32*fixed.One {
		h.stop()
		h.face(ahead, walkTurn)
		return bt.Running, h.used
	}
	if h.walk(x, y, c.Draw, state) == lost {
		return bt.Failure, h.used
	}
	return bt.Running, h.used
}

func guard(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	x, y, _ := p.where(c.Args[0].Target)
	if p.distanceTo(x, y) > 192*fixed.One {
		anew(state)
		if h.walk(x, y, c.Draw, state) == lost {
			return bt.Failure, h.used
		}
		return bt.Running, h.used
	}
	if len(p.Enemies) > 0 {
		h.stop()
		h.watch(c.Draw)
		return bt.Running, h.used
	}
	// Every three seconds to another spot nearby.
	round := uint64(p.Tick / 105)
	if state[tripWords]>>32 != round&0xffffffff {
		anew(state)
		state[tripWords] = round << 32
	}
	centre := p.Level.NodeAt(x, y)
	went := h.errand(c, state, func() int32 {
		pick, seen := centre, uint64(0)
		p.around(centre, func(n int32) bool {
			nx, ny, _ := p.Level.Nav.Waypoint(int(n))
			if fixed.Hypot(nx-x, ny-y) <= 160*fixed.One {
				if seen++; games.Mix(c.Draw, round, seen)%seen == 0 {
					pick = n
				}
			}
			return true
		})
		return pick
	})
	if went != underWay {
		h.stop()
		h.watch(c.Draw)
	}
	return bt.Running, h.used
}

func capture(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	i := p.wantedObjective()
	if i < 0 {
		if p.atObjective() >= 0 && len(p.Objectives) > 0 && !c.Started {
			return bt.Success, h.used
		}
		return bt.Failure, h.used
	}
	o := &p.Objectives[i]
	if p.distanceTo(o.AtX, o.AtY) < ObjectiveRadius/2 && o.Kind != FlagStand {
		h.stop()
		h.watch(c.Draw)
		if o.Kind == BombSite && h.claim(UseChannel) {
			h.out.Use = true
		}
		return bt.Running, h.used
	}
	if h.walk(o.AtX, o.AtY, c.Draw, state) == lost {
		return bt.Failure, h.used
	}
	return bt.Running, h.used
}
