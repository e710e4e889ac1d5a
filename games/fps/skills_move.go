package fps

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// status turns how a walk went into a task's status.
func (w walked) status() bt.Status {
	switch w {
	case arrived:
		return bt.Success
	case lost:
		return bt.Failure
	}
	return bt.Running
}

// where returns the place of a target as last perceived.
func (p *Percept) where(t games.Target) (x, y, z fixed.Fixed) {
	if t.Kind == vocab.Agent && t.ID >= 0 && int(t.ID) < len(p.Contacts) {
		if c := &p.Contacts[t.ID]; c.Seen != Never {
			return c.X, c.Y, c.Z
		}
	}
	return t.X, t.Y, t.Z
}

func moveTo(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	t := c.Args[0].Target
	x, y, _ := h.p.where(t)
	if t.Kind == vocab.Agent && h.p.distanceTo(x, y) < 64*fixed.One {
		h.stop()
		return bt.Success, h.used
	}
	return h.walk(x, y, c.Draw, state).status(), h.used
}

func pickUp(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	item := c.Args[0].Target.ID
	p := h.p
	place := &p.Level.Items[item]
	near := p.distanceTo(place.X, place.Y) < 64*fixed.One
	if !p.believed(item) {
		// Gone: taken by the agent if it stands there.
		if near {
			return bt.Success, h.used
		}
		return bt.Failure, h.used
	}
	if h.walk(place.X, place.Y, c.Draw, state) == lost {
		return bt.Failure, h.used
	}
	if near && !anythingHelps(p, p.Level.Facts(item)) {
		return bt.Failure, h.used // of no use, it stays where it is
	}
	return bt.Running, h.used
}

// errand walks to a place kept in the state, which next chooses when there is
// none or it was reached.
func (h *hands) errand(c games.Call, state []uint64, next func() int32) walked {
	goal := int32(uint32(state[tripWords])) - 1
	if goal < 0 {
		goal = next()
		if goal < 0 {
			return lost
		}
		state[tripWords] = state[tripWords]&^0xffffffff | uint64(uint32(goal+1))
	}
	x, y, _ := h.p.Level.Nav.Waypoint(int(goal))
	return h.walk(x, y, c.Draw, state)
}

// anew forgets the errand's goal.
func anew(state []uint64) {
	clear(state[:tripWords])
	state[tripWords] &^= 0xffffffff
}

// turns of an errand, so that each draws another place.
func again(c games.Call, p *Percept) uint64 { return games.Mix(c.Draw, uint64(p.Tick)) }

func explore(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	if goal := int32(uint32(state[tripWords])) - 1; goal >= 0 && h.p.Self.Node == goal {
		anew(state)
	}
	went := h.errand(c, state, func() int32 {
		t, ok := unexploredArea(h.p, again(c, h.p))
		if !ok {
			return -1
		}
		return t.ID
	})
	if went == lost && int32(uint32(state[tripWords])) == 0 {
		return bt.Failure, h.used
	}
	if went != underWay || h.p.Self.Pushing > 60 {
		anew(state)
	}
	return bt.Running, h.used
}

func hold(b *Body, c games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	h.stop()
	h.watch(c.Draw)
	return bt.Running, h.used
}

// unseenFor reports whether no enemy has been in view for some ticks.
func (p *Percept) unseenFor(ticks int32) bool {
	if len(p.Enemies) > 0 {
		return false
	}
	i := p.lastSeenEnemy()
	return i < 0 || p.Tick-p.Contacts[i].Seen >= ticks
}

func retreat(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	if p.lastSeenEnemy() < 0 {
		return bt.Failure, h.used
	}
	if !c.Started && p.unseenFor(105) {
		h.stop()
		return bt.Success, h.used
	}
	went := h.errand(c, state, func() int32 {
		t, ok := safestArea(p, again(c, p))
		if !ok {
			return -1
		}
		return t.ID
	})
	if went == arrived {
		anew(state)
	}
	if went == lost {
		return bt.Failure, h.used
	}
	return bt.Running, h.used
}

func escape(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	if p.unseenFor(175) {
		return bt.Success, h.used
	}
	// In view again, or there: on to the next hidden place.
	went := h.errand(c, state, func() int32 {
		enemy := p.enemyNode()
		if enemy < 0 {
			return -1
		}
		draw := again(c, p)
		best, worth := int32(-1), int64(-1)
		for k := range uint64(draws) {
			n := p.drawn(draw, k)
			if p.Level.Nav.Visible(int(enemy), int(n)) || !p.reachable(n) {
				continue
			}
			x, y, _ := p.Level.Nav.Waypoint(int(n))
			if w := p.danger(x, y) - int64(p.distanceTo(x, y)>>17); w > worth || best < 0 {
				best, worth = n, w
			}
		}
		return best
	})
	if went == lost {
		return bt.Failure, h.used
	}
	if went == arrived {
		anew(state)
	}
	return bt.Running, h.used
}

func takeCover(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	went := h.errand(c, state, func() int32 {
		t, ok := coverPosition(h.p, c.Draw)
		if !ok {
			return -1
		}
		return t.ID
	})
	if went == arrived {
		h.watch(c.Draw)
	}
	return went.status(), h.used
}

func flank(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	went := h.errand(c, state, func() int32 {
		enemy := h.p.lastSeenEnemy()
		if c.Args[0].Given {
			enemy = c.Args[0].Target.ID
		}
		if enemy < 0 || h.p.Contacts[enemy].Seen == Never {
			return -1
		}
		return h.p.flankOf(&h.p.Contacts[enemy])
	})
	return went.status(), h.used
}

func charge(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	enemy := p.lastSeenEnemy()
	if c.Args[0].Given {
		enemy = c.Args[0].Target.ID
	}
	if enemy < 0 || p.Contacts[enemy].Seen == Never || p.Contacts[enemy].Alive == 0 {
		return bt.Failure, h.used
	}
	e := &p.Contacts[enemy]
	if e.Visible != 0 && p.distanceTo(e.X, e.Y) < 64*fixed.One {
		return bt.Success, h.used
	}
	if e.Visible == 0 && p.distanceTo(e.X, e.Y) < 64*fixed.One {
		return bt.Failure, h.used // it is no longer there
	}
	if h.walk(e.X, e.Y, c.Draw, state) == lost {
		return bt.Failure, h.used
	}
	return bt.Running, h.used
}
