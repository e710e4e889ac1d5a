package plan

import (
	"math/bits"
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/nav/internal/lattice"
)

// Moving jumps are those that only a plan knows: off, onto or past what has
// moved. Each is a run from a stand on one sample straight to another, proved
// by running and flying it under the heights of the moment.

const (
	// movingRange is how many samples from what moves moving jumps are looked for.
	movingRange = 48
	// movingTries bounds how many are flown at the end of a flood.
	movingTries = 512
)

// findMobile marks the samples from which a moving jump may meet something that
// moves.
func (t *terrain) findMobile(g *Planner) {
	w, h := g.grid.Width, g.grid.Height
	// A box around each moving sample, along one axis and then the other.
	near := make([]bool, len(t.moving))
	t.mobile = make([]bool, len(t.moving))
	spread := func(n, stride int32, at func(i int32) bool, set func(i int32)) {
		last := int32(-1 << 20)
		for i := range n {
			if at(i * stride) {
				for j := max(last+1, i-movingRange, 0); j <= i; j++ {
					set(j * stride)
				}
				last = i
			} else if i-last <= movingRange {
				set(i * stride)
			}
		}
	}
	for y := range h {
		row := y * w
		spread(w, 1, func(i int32) bool { return t.moving[row+i] >= 0 }, func(i int32) { near[row+i] = true })
	}
	for x := range w {
		spread(h, w, func(i int32) bool { return near[x+i] }, func(i int32) { t.mobile[x+i] = true })
	}
}

// fly looks for moving jumps from the samples reached to others, and reports
// whether it reached any.
func (f *flood) fly() bool {
	h, rest := &f.state.heights, f.g.rest
	found, tries := f.bold && f.jumpFar(), 0
	if slices.Equal(h.Floor, rest.Floor) && slices.Equal(h.Ceiling, rest.Ceiling) {
		return found
	}
	for i := 0; i < len(f.all) && tries < movingTries; i++ {
		s := f.all[i]
		if !f.t.mobile[s] || !f.ledge(s) {
			continue
		}
		for d := range lattice.JumpDirections {
			to, moved := f.glide(s, d)
			if to < 0 || f.reached(to) {
				continue
			}
			for _, length := range lattice.RunUps {
				leave := f.runUp(s, lattice.Heading(d), length)
				if leave < 0 || tries >= movingTries {
					break
				}
				if moved = moved || f.movedBetween(leave, s); !moved {
					continue
				}
				tries++
				if f.g.graph.Flies(h, leave, to, f.g.graph.SetsOff) {
					f.reach(to, leave, max(f.spots[leave].time, 3*f.tick)+jumpTime)
					found = true
					break
				}
			}
		}
	}
	return found
}

// ledge reports whether there is a lower sample beside one.
func (f *flood) ledge(s int32) bool {
	h := &f.state.heights
	at := f.t.at(h, s)
	if !at.Fits() {
		return false
	}
	c := f.t.cells[s]
	for open := c.always | c.maybe; open != 0; open &= open - 1 {
		if l := f.t.at(h, s+f.t.offset[bits.TrailingZeros8(open)]); l.Fits() && l.Floor < at.Floor {
			return true
		}
	}
	return false
}

// glide flies roughly off a ledge and returns the sample to run on to, or -1
// where there is no landing, and whether anything on the way has moved.
func (f *flood) glide(s int32, d int) (to int32, moved bool) {
	h, rest := &f.state.heights, f.g.rest
	start := int32(f.t.at(h, s).Floor)
	moved = f.t.differs(s, h, rest)
	c := f.g.grid.Course(s, d, start)
	for c.Next() && f.t.levels[c.At] != lattice.Blocked {
		l := f.t.at(h, c.At)
		if !l.Admits(c.Z) || c.Far == lattice.Spacing && int32(l.Floor) >= start {
			return -1, false
		}
		moved = moved || f.t.differs(c.At, h, rest)
		if int32(l.Floor) >= c.Z {
			x, y := f.g.grid.Position(s)
			x, y = lattice.Towards(x, y, lattice.Heading(d), c.Far)
			return f.g.grid.Inward(c.At, x, y, lattice.Heading(d), func(in int32) bool {
				return f.t.levels[in] != lattice.Blocked && f.t.at(h, in).Floor == l.Floor && f.straight(c.At, in)
			}), moved
		}
	}
	return -1, false
}

// movedBetween reports whether anything straight between two samples has moved.
func (f *flood) movedBetween(a, b int32) bool {
	steps := max(f.g.grid.Steps(a, b), 1)
	for i := range steps {
		if f.t.differs(f.g.grid.OnWay(a, b, i, steps), &f.state.heights, f.g.rest) {
			return true
		}
	}
	return false
}

// runUp returns the sample that a run-up of some samples to a ledge begins on,
// or -1 where there is no way straight from there.
func (f *flood) runUp(s int32, angle fixed.Angle, length int32) int32 {
	leave, ok := f.g.grid.StandBefore(s, angle, length)
	if !ok || !f.reached(leave) || !f.stood(leave) || !f.leadsStraight(leave, s) {
		return -1
	}
	return leave
}

// stood reports whether a walker fits on a sample.
func (f *flood) stood(s int32) bool { return f.t.levels[s] != lattice.Blocked && f.fitting(s) }

// leadsStraight reports whether a walker can go straight from a sample to another,
// however far: a long way straight is one of several short ones.
func (f *flood) leadsStraight(from, to int32) bool {
	for {
		steps := f.g.grid.Steps(from, to)
		if steps <= longestStraight {
			return f.straight(from, to)
		}
		next := f.g.grid.OnWay(from, to, longestStraight, steps)
		if !f.straight(from, next) {
			return false
		}
		from = next
	}
}
