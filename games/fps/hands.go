package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/vocab"
)

// hands writes a skill's commands for one tick, on the channels that are
// still free, and notes which it used.
type hands struct {
	p    *Percept
	out  *Command
	may  vocab.Channels
	used vocab.Channels
}

func handsOf(b *Body, may vocab.Channels) hands {
	return hands{p: &b.Percept, out: &b.pending, may: may}
}

// claim reports whether a channel is free, and takes it.
func (h *hands) claim(c vocab.Channels) bool {
	if h.may&c == 0 {
		return false
	}
	h.used |= c
	return true
}

// Human-like limits of the skills; the rules themselves allow faster turns.
const (
	walkTurn = int32(12) << 16 / 360 // units of Command.Turn a tick while walking
	aimTurn  = int32(8) << 16 / 360  // while aiming
	runSpeed = 16 * fixed.One
)

// face turns towards a direction, at most limit a tick, and levels the view.
func (h *hands) face(angle fixed.Angle, limit int32) {
	if !h.claim(TurnChannel) {
		return
	}
	turn := angle.Sub(h.p.Self.Angle) >> 16
	h.out.Turn = int16(clampTurn(turn-turn/3, limit))
	h.out.Pitch = int16(clampTurn(-h.p.Self.Pitch>>18, limit))
}

func clampTurn(v, limit int32) int32 { return max(-limit, min(limit, v)) }

// faceTo turns towards a place.
func (h *hands) faceTo(x, y fixed.Fixed, limit int32) {
	h.face(fixed.Atan2(y-h.p.Self.Y, x-h.p.Self.X), limit)
}

// stop brakes to a stand.
func (h *hands) stop() { h.drive(0, 0) }

// drive thrusts so that the speed becomes (vx, vy), as far as legs can.
func (h *hands) drive(vx, vy fixed.Fixed) {
	if !h.claim(MoveChannel) {
		return
	}
	s := h.p.Self
	// One unit of thrust is 1/64 of a map unit a tick.
	x, y := (vx-s.VX)>>10, (vy-s.VY)>>10
	if m := max(fixed.Abs(x), fixed.Abs(y)); m > MaxThrust {
		x, y = x*MaxThrust/m, y*MaxThrust/m
	}
	h.out.MoveX, h.out.MoveY = int8(x), int8(y)
}

// driveTo runs straight towards a place, slowing down before it.
func (h *hands) driveTo(x, y fixed.Fixed, slow bool) {
	dx, dy := x-h.p.Self.X, y-h.p.Self.Y
	far := fixed.Hypot(dx, dy)
	if far == 0 {
		h.stop()
		return
	}
	speed := fixed.Fixed(runSpeed)
	if slow {
		speed = min(speed, far/4)
	}
	h.drive(fixed.Fixed(int64(dx)*int64(speed)/int64(far)), fixed.Fixed(int64(dy)*int64(speed)/int64(far)))
}

// dash runs towards a place as fast as can be.
func (h *hands) dash(x, y fixed.Fixed) {
	angle := fixed.Atan2(y-h.p.Self.Y, x-h.p.Self.X)
	h.faceTo(x, y, walkTurn)
	h.drive(fixed.Mul(nav.RunSpeed, angle.Cos()), fixed.Mul(nav.RunSpeed, angle.Sin()))
}

// driveAlong runs in a direction.
func (h *hands) driveAlong(angle fixed.Angle) {
	h.drive(fixed.Mul(runSpeed, angle.Cos()), fixed.Mul(runSpeed, angle.Sin()))
}

// tripWords is how many words of a skill's state a journey takes: where it was
// told to step, and what it remembers of its way.
const tripWords = 1 + plan.TravellerWords

// walked is how a tick of a journey went.
type walked uint8

const (
	underWay walked = iota
	arrived
	lost
)

// walk goes on towards a place, opening what is in the way, and looks where it
// goes if the view is free.
func (h *hands) walk(x, y fixed.Fixed, draw uint64, state []uint64) walked {
	p := h.p
	s := p.Self
	// Where to step is looked up every other tick: the last answer serves the
	// tick between, unless it was to do anything but walk.
	if at := state[0]; at != 0 && p.Tick&1 != p.Actor&1 {
		state[0] = 0
		h.head(fixed.Fixed(int32(at)), fixed.Fixed(int32(at>>32)), draw)
		return underWay
	}
	state[0] = 0
	body := maps.Body{X: s.X, Y: s.Y, Z: s.Z, Radius: maps.Radius, Height: maps.Height}
	var t plan.Traveller
	t.Unpack(state[1:tripWords])
	advice := p.Level.Planner.Steer(p.Heights, p.Movers, &t, &body, nav.Goal{X: x, Y: y})
	t.Pack(state[1:tripWords])
	switch {
	case advice.Arrived:
		h.stop()
		return arrived
	case advice.Lost:
		return lost
	case advice.Use:
		h.stop()
		h.face(advice.Angle, 1<<15)
		if h.claim(UseChannel) {
			h.out.Use = true
		}
		return underWay
	case advice.Jump:
		h.dash(advice.X, advice.Y)
		return underWay
	case advice.Slow:
		h.driveTo(advice.X, advice.Y, true)
		return underWay
	case advice.Shoot:
		h.stop()
		aim := p.aimFor(advice.X, advice.Y, advice.Z, 0, 0)
		h.point(aim)
		if aim.onTarget() {
			h.pull()
		}
		return underWay
	case advice.Wait:
		h.stop()
		return underWay
	}
	state[0] = uint64(uint32(advice.X)) | uint64(uint32(advice.Y))<<32
	h.head(advice.X, advice.Y, draw)
	return underWay
}

// head runs towards a place that can be reached straight.
func (h *hands) head(x, y fixed.Fixed, draw uint64) {
	p, s := h.p, h.p.Self
	if s.Pushing > 8 {
		// Something stands in the way that the map does not know: sidestep.
		side := fixed.North
		if games.Mix(draw, uint64(p.Tick>>4))&1 != 0 {
			side = fixed.South
		}
		h.driveAlong(fixed.Atan2(y-s.Y, x-s.X) + side)
	} else {
		// Who is all but there and no longer running stops on the spot, not
		// to swing to and fro about it.
		const near, slow = 4 * fixed.One, 4 * fixed.One
		h.driveTo(x, y, fixed.Approximate(x-s.X, y-s.Y) < near && fixed.Approximate(s.VX, s.VY) < slow)
	}
	if h.may&TurnChannel != 0 && fixed.Approximate(x-s.X, y-s.Y) > 8*fixed.One {
		h.faceTo(x, y, walkTurn)
	}
}

// watch turns to what matters while the agent stays where it is: an enemy in
// view, where it was hurt from, the last noise, where an enemy was last seen, else
// it looks about.
func (h *hands) watch(draw uint64) {
	p := h.p
	switch {
	case len(p.Enemies) > 0:
		c := p.enemy()
		h.faceTo(c.X, c.Y, walkTurn)
	case p.Tick-p.Self.Hurt < 35:
		h.face(p.Self.HurtAngle, walkTurn)
	case p.Tick-p.Noise.Tick < 70:
		h.faceTo(p.Noise.X, p.Noise.Y, walkTurn)
	default:
		if i := p.lastSeenEnemy(); i >= 0 && p.Tick-p.Contacts[i].Seen < 175 {
			h.faceTo(p.Contacts[i].X, p.Contacts[i].Y, walkTurn)
			return
		}
		h.face(fixed.Angle(uint32(games.Mix(draw, uint64(p.Tick/50)))), walkTurn/2)
	}
}
