package fps

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

func lookAt(b *Body, c games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	x, y, _ := h.p.where(c.Args[0].Target)
	h.faceTo(x, y, walkTurn)
	if abs32(h.p.bearingTo(x, y)) < 4*degree {
		return bt.Success, h.used
	}
	return bt.Running, h.used
}

func lookAround(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	const step = 9 // degrees a tick
	if state[0] >= 360/step {
		return bt.Success, h.used
	}
	if h.claim(TurnChannel) {
		state[0]++
		h.out.Turn = int16(step << 16 / 360)
	}
	return bt.Running, h.used
}

// outlook returns the direction in which most of what a place overlooks lies.
func (p *Percept) outlook(node int32) fixed.Angle {
	return fixed.Angle(kept(&p.Level.posts[node].outlook, func() int64 { return int64(p.look(node)) }))
}

func (p *Percept) look(node int32) fixed.Angle {
	x, y, _ := p.Level.Nav.Waypoint(int(node))
	var seen [8]int
	for n := range int32(p.Level.Nodes()) {
		if n != node && p.Level.Nav.Visible(int(node), int(n)) {
			nx, ny, _ := p.Level.Nav.Waypoint(int(n))
			seen[fixed.Atan2(ny-y, nx-x)>>29]++
		}
	}
	best := 0
	for i, s := range seen {
		if s > seen[best] {
			best = i
		}
	}
	return fixed.Angle(best)<<29 + 1<<28
}

// post returns what a place is worth to somebody who camps: how much of the map
// it sees, less for every way that leads to it.
func (p *Percept) post(node int32) int {
	return int(kept(&p.Level.posts[node].worth, func() int64 {
		sees := 0
		for k := range uint64(48) {
			if p.Level.Nav.Visible(int(node), int(p.drawn(7, k))) {
				sees++
			}
		}
		return int64(sees*4 - 3*len(p.Level.Nav.Edges(int(node))))
	}))
}

func camp(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	went := h.errand(c, state, func() int32 {
		// A place at the end of a view: it sees far, but is near a wall.
		best, worth := p.Self.Node, -1
		p.around(p.Self.Node, func(n int32) bool {
			if w := p.post(n); w > worth || worth < 0 {
				best, worth = n, w
			}
			return true
		})
		state[tripWords] = uint64(uint32(p.outlook(best))) << 32
		return best
	})
	switch went {
	case lost:
		return bt.Failure, h.used
	case arrived:
		if len(p.Enemies) > 0 || p.Tick-p.Self.Hurt < 35 {
			h.watch(c.Draw)
		} else {
			h.face(fixed.Angle(uint32(state[tripWords]>>32)), walkTurn)
		}
	}
	return bt.Running, h.used
}

// peek's state: where it began, and since when it has been out or back.
const (
	peekOut = iota
	peekBack
)

func peek(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	if c.Started {
		state[tripWords] = uint64(uint32(p.Self.Node))<<32 | uint64(uint32(p.Tick))<<1&0xffffffff
	}
	home := int32(state[tripWords] >> 32)
	began := int32(uint32(state[tripWords]) >> 1)
	if state[tripWords]&1 == peekOut {
		enemy := p.lastSeenEnemy()
		if enemy < 0 && p.Noise.Tick == Never {
			return bt.Failure, h.used
		}
		if len(p.Enemies) > 0 || p.Tick-began > 70 {
			clear(state[:tripWords])
			state[tripWords] |= peekBack
		} else {
			x, y := p.Noise.X, p.Noise.Y
			if enemy >= 0 {
				x, y = p.Contacts[enemy].X, p.Contacts[enemy].Y
			}
			if h.walk(x, y, c.Draw, state) != underWay {
				state[tripWords] |= peekBack
			}
			return bt.Running, h.used
		}
	}
	x, y, _ := p.Level.Nav.Waypoint(int(home))
	if e := p.enemy(); e != nil { // back off with the eyes on the enemy
		h.faceTo(e.X, e.Y, walkTurn)
		h.may &^= TurnChannel
	}
	return h.walk(x, y, c.Draw, state).status(), h.used
}
