package plan

import (
	"math/bits"

	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// flyAll flies off every ledge reached that has not been flown off since
// something was last set off, and reports whether that gave anything to do.
func (r *relaxation) flyAll() bool {
	for ; r.flown < len(r.all); r.flown++ {
		if s := r.all[r.flown]; r.t.mobile[s] {
			r.fly(s)
		}
	}
	if r.bold && len(r.queue) == 0 {
		r.jumpFar()
	}
	return len(r.queue) > 0
}

// jumpFar reaches where long jumps from the samples reached lead.
func (r *relaxation) jumpFar() {
	for leave, to := range r.t.longJumps.onward(r.g, r.reached) {
		if r.asAtRest(leave) {
			r.reach(to, leave)
		}
	}
}

// asAtRest reports whether who stands on a sample may be as high as with the map
// at rest.
func (r *relaxation) asAtRest(s int32) bool {
	if r.t.moving[s] < 0 {
		return true
	}
	low, high := r.bounds(s)
	rest := r.t.at(r.g.rest, s).Floor
	return low.Floor <= rest && rest <= high
}

// fly reaches where a jump off a sample may land, at full speed from a stand,
// past something that moves.
func (r *relaxation) fly(s int32) {
	_, high := r.bounds(s)
	c := r.t.cells[s]
	ledge := false
	for open := c.always | c.maybe; open != 0 && !ledge; open &= open - 1 {
		beside, _ := r.bounds(s + r.t.offset[bits.TrailingZeros8(open)])
		ledge = beside.Floor < high
	}
	if !ledge {
		return
	}
	for d := range lattice.JumpDirections {
		moves := r.t.moving[s] >= 0
		for length := int32(1); length <= 8 && !moves; length++ {
			leave, ok := r.g.grid.StandBefore(s, lattice.Heading(d), length)
			moves = ok && r.t.moving[leave] >= 0
		}
		c := r.g.grid.Course(s, d, int32(high))
		for c.Next() && r.t.levels[c.At] != lattice.Blocked {
			low, top := r.bounds(c.At)
			if !low.Admits(c.Z) {
				break
			}
			moves = moves || r.t.moving[c.At] >= 0
			if moves && int32(top) >= c.Z-lattice.Spacing {
				r.reach(c.At, s)
			}
			if int32(low.Floor) >= c.Z {
				break
			}
		}
	}
}

// sees reports whether a shot may hit with everything as far open as it may be
// but what the line itself borders on.
func (r *relaxation) sees(a *nav.Trigger) bool {
	l := &r.g.m.Lines[a.Line]
	open := maps.Heights{Floor: r.extent.Low.Floor, Ceiling: r.extent.High.Ceiling}
	for _, s := range [2]int32{l.Front, l.Back} {
		if s >= 0 {
			floor, ceiling := open.Floor[s], open.Ceiling[s]
			open.Floor[s], open.Ceiling[s] = r.first.Floor[s], r.first.Ceiling[s]
			defer func() { open.Floor[s], open.Ceiling[s] = floor, ceiling }()
		}
	}
	low, _ := r.bounds(a.Stand)
	return r.g.graph.Shoots(&open, a, low.Floor)
}
