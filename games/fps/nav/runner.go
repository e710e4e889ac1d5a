package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// RunSpeed is what a player who jumps would like to run, in units a tick: a
// little more than thrust and friction allow.
const RunSpeed = lattice.RunSpeed

// Runner is a body with the legs of a player: it gains and loses speed by the
// format's published thrust and friction, and flies on where the floor ends.
type Runner struct {
	Body       maps.Body
	VX, VY, VZ fixed.Fixed
}

const (
	thrust   = fixed.One * 100 / 64 // the most speed that legs give in a tick
	friction = 0xE800               // share of the speed kept on the ground
	gravity  = fixed.One
)

// Step runs on towards (x, y) for a tick.
func (r *Runner) Step(m *maps.Map, h *maps.Heights, x, y fixed.Fixed, cross func(line int32, side int)) maps.Slid {
	b := &r.Body
	if spot := m.Check(h, b.X, b.Y, b.Radius); b.Z <= spot.Floor {
		r.push(x-b.X, y-b.Y)
	}
	slid := m.Slide(h, b, r.VX, r.VY, cross)
	if slid.Hit {
		r.VX, r.VY = slid.DX, slid.DY
	}
	if b.Z <= slid.Spot.Floor {
		b.Z, r.VZ = slid.Spot.Floor, 0
		r.VX, r.VY = fixed.Mul(r.VX, friction), fixed.Mul(r.VY, friction)
	} else {
		r.VZ -= gravity
		b.Z = max(b.Z+r.VZ, slid.Spot.Floor)
		if b.Z == slid.Spot.Floor {
			r.VZ = 0
		}
	}
	return slid
}

// push gives thrust towards full speed in the direction of (dx, dy).
func (r *Runner) push(dx, dy fixed.Fixed) {
	far := max(fixed.Hypot(dx, dy), 1)
	ax := fixed.Fixed(int64(dx)*RunSpeed/int64(far)) - r.VX
	ay := fixed.Fixed(int64(dy)*RunSpeed/int64(far)) - r.VY
	if most := max(fixed.Abs(ax), fixed.Abs(ay)); most > thrust {
		ax, ay = fixed.Fixed(int64(ax)*thrust/int64(most)), fixed.Fixed(int64(ay)*thrust/int64(most))
	}
	if length := fixed.Hypot(ax, ay); length > thrust {
		ax, ay = fixed.Fixed(int64(ax)*thrust/int64(length)), fixed.Fixed(int64(ay)*thrust/int64(length))
	}
	r.VX, r.VY = r.VX+ax, r.VY+ay
}
