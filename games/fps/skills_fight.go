package fps

import (
	"dryad/bt"
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

const (
	lag       = 3  // ticks that the eye is behind a moving target
	reaction  = 7  // ticks from the sight of an enemy to the first shot
	forgotten = 35 // ticks out of view after which shooting is given up
	handsUp   = 36 * fixed.One
)

// aimed is where to point a weapon.
type aimed struct {
	turn, pitch int32       // signed angles still to go
	far         fixed.Fixed // to the target
}

// aimFor returns the turn and pitch that point the weapon in hand at a place
// that moves, leading it by the flight of a missile.
func (p *Percept) aimFor(x, y, z, vx, vy fixed.Fixed) aimed {
	s := p.Self
	f := Weapon(s.Weapon).Facts()
	far := fixed.Hypot(x-s.X, y-s.Y)
	if f.Missile() {
		flight := far / (f.Speed * fixed.One) // ticks
		x += vx * flight
		y += vy * flight
	}
	rise := z - (s.Z + handsUp)
	return aimed{
		turn:  fixed.Atan2(y-s.Y, x-s.X).Sub(s.Angle),
		pitch: fixed.Atan2(rise, max(far, fixed.One)).Sub(fixed.Angle(s.Pitch)),
		far:   far,
	}
}

// tremble returns an error of aim, a signed angle of up to limit on both axes,
// that changes every few ticks.
func tremble(draw uint64, tick int32, limit int32) (turn, pitch int32) {
	r := games.Mix(draw, uint64(tick/9))
	turn = int32(int64(int32(r)) * int64(limit) >> 31)
	pitch = int32(int64(int32(r>>32)) * int64(limit) >> 32)
	return turn, pitch
}

const degree = int32(1 << 32 / 360)

// point turns the view by a share of what is left, as a hand on a mouse does.
func (h *hands) point(a aimed) {
	if !h.claim(TurnChannel) {
		return
	}
	h.out.Turn = int16(clampTurn(a.turn>>16*5/12, aimTurn))
	h.out.Pitch = int16(clampTurn(a.pitch>>16*5/12, aimTurn))
}

// onTarget reports whether a shot now would pass within about a body of the aim.
func (a aimed) onTarget() bool {
	width := int32(fixed.Atan2(14*fixed.One, max(a.far, fixed.One)))
	return abs32(a.turn) < width+degree/2 && abs32(a.pitch) < width+2*degree
}

func abs32(v int32) int32 { return int32(abs(int64(v))) }

// choose takes the weapon for a distance in hand.
func (h *hands) choose(far fixed.Fixed) {
	best := h.p.bestWeapon(far >> 16)
	if best != Weapon(h.p.Self.Weapon) && h.claim(WeaponChannel) {
		h.out.Weapon = uint8(best) + 1
	}
}

// pull fires if the weapon is ready and the aim is good.
func (h *hands) pull() {
	if h.claim(FireChannel) {
		h.out.Fire = true
	}
}

func shoot(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	target := int32(-1)
	if c.Args[0].Given {
		target = c.Args[0].Target.ID
	} else if len(p.Enemies) > 0 {
		target = p.Enemies[0]
	} else {
		target = int32(uint32(state[0])) - 1
	}
	if target < 0 || int(target) >= len(p.Contacts) {
		return bt.Failure, h.used
	}
	state[0] = uint64(uint32(target + 1))
	e := &p.Contacts[target]
	if e.Alive == 0 {
		return bt.Success, h.used
	}
	if e.Seen == Never || p.Tick-e.Seen > forgotten {
		return bt.Failure, h.used
	}
	f := Weapon(p.Self.Weapon).Facts()
	height := fixed.Fixed(30 * fixed.One)
	if f.Splash > 0 {
		height = 8 * fixed.One // at the feet
	}
	a := p.aimFor(e.X-lag*e.VX, e.Y-lag*e.VY, e.Z+height, e.VX, e.VY)
	h.choose(a.far)
	if e.Visible == 0 {
		h.point(a)
		return bt.Running, h.used
	}
	// The hand is unsteady at first and calms down.
	seen := p.Tick - e.Since
	turn, pitch := tremble(c.Draw, p.Tick, degree*3/2+degree*6*8/(8+seen))
	a.turn += turn
	a.pitch += pitch
	h.point(a)
	safe := f.Splash == 0 || a.far > f.Splash*fixed.One*2/3
	if seen >= reaction && safe && a.onTarget() && a.far < f.Reach*fixed.One+f.Speed*(1<<22) {
		h.pull()
	}
	return bt.Running, h.used
}

func suppress(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	x, y, z := p.where(c.Args[0].Target)
	a := p.aimFor(x, y, z+30*fixed.One, 0, 0)
	h.choose(a.far)
	if p.shots(Weapon(p.Self.Weapon)) == 0 && p.bestWeapon(a.far>>16) <= Chainsaw {
		return bt.Failure, h.used
	}
	turn, pitch := tremble(c.Draw, p.Tick, 2*degree)
	a.turn += turn
	a.pitch += pitch
	h.point(a)
	if abs32(a.turn) < 6*degree {
		h.pull()
		if state[0]++; state[0] >= 70 {
			return bt.Success, h.used
		}
	}
	return bt.Running, h.used
}

// openAhead reports whether a step in a direction leads to ground that is no drop
// and not into a wall.
func (p *Percept) openAhead(angle fixed.Angle, far fixed.Fixed) bool {
	x := p.Self.X + fixed.Mul(far, angle.Cos())
	y := p.Self.Y + fixed.Mul(far, angle.Sin())
	s := p.Level.Map.Check(p.Heights, x, y, 16*fixed.One)
	return s.Fits(p.Self.Z, 56*fixed.One) && p.Self.Z-s.Floor <= 48*fixed.One
}

func strafe(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	across := p.Self.Angle
	if e := p.enemy(); e != nil {
		across = fixed.Atan2(e.Y-p.Self.Y, e.X-p.Self.X)
	}
	// Half a second to a second in one direction, then perhaps the other.
	left := state[0]&1 != 0
	if until := int32(uint32(state[0] >> 1)); c.Started || p.Tick >= until {
		r := games.Mix(c.Draw, uint64(p.Tick))
		left = r&1 != 0
		state[0] = uint64(uint32(p.Tick+12+int32(r>>8%20)))<<1 | r&1
	}
	side := across - fixed.North
	if left {
		side = across + fixed.North
	}
	if !p.openAhead(side, 32*fixed.One) {
		side += fixed.West
		state[0] ^= 1
		if !p.openAhead(side, 32*fixed.One) {
			h.stop()
			return bt.Running, h.used
		}
	}
	h.driveAlong(side)
	return bt.Running, h.used
}

func dodge(b *Body, c games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	i := p.threat()
	if i < 0 {
		return bt.Success, h.used
	}
	m := &p.Missiles[i]
	way := fixed.Atan2(m.VY, m.VX)
	// Off the line, to the side that the agent is on already.
	side := way + fixed.North
	dx, dy := int64(p.Self.X-m.X)>>8, int64(p.Self.Y-m.Y)>>8
	if dx*int64(m.VY>>8)-dy*int64(m.VX>>8) > 0 {
		side = way - fixed.North
	}
	if !p.openAhead(side, 32*fixed.One) {
		side += fixed.West
	}
	h.driveAlong(side)
	return bt.Running, h.used
}

func keepDistance(b *Body, c games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	e := p.enemy()
	if e == nil {
		h.stop()
		return bt.Running, h.used
	}
	want := fixed.Fixed(384)
	if c.Args[0].Given {
		want = fixed.Fixed(max(32, min(4096, c.Args[0].Number)))
	}
	far := p.far[p.Enemies[0]] >> 16
	towards := fixed.Atan2(e.Y-p.Self.Y, e.X-p.Self.X)
	switch {
	case far < want-32:
		h.flee(towards + fixed.West)
	case far > want+32:
		if p.openAhead(towards, 32*fixed.One) {
			h.driveAlong(towards)
		}
	default:
		h.stop()
	}
	return bt.Running, h.used
}

// flee runs in a direction, or beside it where that is blocked.
func (h *hands) flee(angle fixed.Angle) {
	for _, off := range [...]int{0, 45, -45, 80, -80} {
		if a := angle + fixed.Degrees(off); h.p.openAhead(a, 32*fixed.One) {
			h.driveAlong(a)
			return
		}
	}
	h.stop()
}

func switchWeapon(b *Body, c games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	h := handsOf(b, c.May)
	p := h.p
	want := Weapons
	if c.Args[0].Given {
		want = Weapon(max(0, min(float64(Weapons), c.Args[0].Number)))
	}
	if want == Weapons {
		want = p.bestWeapon(-1)
	}
	switch {
	case !p.owns(want):
		return bt.Failure, h.used
	case Weapon(p.Self.Weapon) == want:
		return bt.Success, h.used
	}
	if h.claim(WeaponChannel) {
		h.out.Weapon = uint8(want) + 1
	}
	return bt.Running, h.used
}
