package nav

import (
	"math/bits"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Flights are jumps that only a plan knows: those off, onto or past what has
// moved. Each is a run from a stand on one sample straight to another, proved
// by running and flying it under the heights of the moment.

const (
	// flightRange is how many samples from what moves flights are looked for.
	flightRange = 48
	// flightTries bounds how many are flown at the end of a flood.
	flightTries = 512
)

// findMobile marks the samples from which a flight may meet something that
// moves.
func (t *terrain) findMobile(g *Graph) {
	w, h := g.grid.width, g.grid.height
	// A box around each moving sample, along one axis and then the other.
	near := make([]bool, len(t.moving))
	t.mobile = make([]bool, len(t.moving))
	spread := func(n, stride int32, at func(i int32) bool, set func(i int32)) {
		last := int32(-1 << 20)
		for i := range n {
			if at(i * stride) {
				for j := max(last+1, i-flightRange, 0); j <= i; j++ {
					set(j * stride)
				}
				last = i
			} else if i-last <= flightRange {
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

// displaced says whether a sector at a sample is elsewhere than with the map
// at rest.
func (t *terrain) displaced(g *Graph, h *maps.Heights, s int32) bool {
	i := t.moving[s]
	if i < 0 {
		return false
	}
	for _, sector := range t.over[t.overAt[i]:t.overAt[i+1]] {
		if h.Floor[sector] != g.rest.Floor[sector] || h.Ceiling[sector] != g.rest.Ceiling[sector] {
			return true
		}
	}
	return false
}

// fly looks for flights from the samples reached to others, and reports
// whether it reached any.
func (f *flood) fly() bool {
	h := &f.state.heights
	if !f.differs(h) {
		return false
	}
	found, tries := false, 0
	for i := 0; i < len(f.all) && tries < flightTries; i++ {
		s := f.all[i]
		if !f.t.mobile[s] || !f.ledge(s) {
			continue
		}
		for d := range jumpDirections {
			angle := fixed.Angle(uint32(d) << 27)
			to := f.glide(s, angle)
			if to < 0 || f.reached(to) {
				continue
			}
			for _, length := range runUps {
				leave := f.runUp(s, angle, length)
				if leave < 0 || tries >= flightTries {
					break
				}
				tries++
				if f.g.flies(h, leave, to) {
					f.reach(to, leave, max(f.spots[leave].time, 3*f.tick)+jumpTime)
					found = true
					break
				}
			}
		}
	}
	return found
}

// differs says whether anything is elsewhere than with the map at rest.
func (f *flood) differs(h *maps.Heights) bool {
	for s := range h.Floor {
		if h.Floor[s] != f.g.rest.Floor[s] || h.Ceiling[s] != f.g.rest.Ceiling[s] {
			return true
		}
	}
	return false
}

// ledge says whether one may fall off a sample to one that is not reached by
// stepping, or over one.
func (f *flood) ledge(s int32) bool {
	h := &f.state.heights
	at := f.t.at(h, s)
	if !at.fits() {
		return false
	}
	c := f.t.cells[s]
	for open := c.always | c.maybe; open != 0; open &= open - 1 {
		if l := f.t.at(h, s+f.t.offset[bits.TrailingZeros8(open)]); l.fits() && l.floor < at.floor {
			return true
		}
	}
	return false
}

// glide flies roughly off a ledge and returns the sample to run on to, or -1:
// where there is no landing, or nothing on the way has moved.
func (f *flood) glide(s int32, angle fixed.Angle) int32 {
	const speed = RunSpeed / fixed.One
	grid, h, m := &f.g.grid, &f.state.heights, f.g.m
	start := int32(f.t.at(h, s).floor)
	x, y := grid.position(s)
	cos, sin := angle.Cos(), angle.Sin()
	moved := f.t.displaced(f.g, h, s)
	for far := int32(spacing); far < 640; far += spacing {
		fx, fy := x+fixed.Fixed(far)*cos, y+fixed.Fixed(far)*sin
		if fx < m.MinX || fy < m.MinY || fx > m.MaxX || fy > m.MaxY {
			return -1
		}
		to := grid.at(fx, fy)
		if f.t.levels[to] == blocked {
			return -1
		}
		l := f.t.at(h, to)
		ticks := far / speed
		z := start - ticks*(ticks-1)/2
		if int32(l.floor)-z > maps.MaxStep/fixed.One || int32(l.ceiling)-max(z, int32(l.floor)) < maps.Height/fixed.One {
			return -1
		}
		if far == spacing && int32(l.floor) >= start {
			return -1
		}
		moved = moved || f.t.displaced(f.g, h, to)
		if int32(l.floor) >= z {
			if !moved {
				return -1
			}
			return f.inward(to, x, y, far, cos, sin, l.floor)
		}
	}
	return -1
}

// inward returns the sample to run on to for a landing: a little off the edge,
// where there is room.
func (f *flood) inward(to int32, x, y fixed.Fixed, far int32, cos, sin fixed.Fixed, floor int16) int32 {
	for in := int32(3 * spacing); in > 0; in -= spacing {
		s := f.g.grid.at(x+fixed.Fixed(far+in)*cos, y+fixed.Fixed(far+in)*sin)
		if f.t.levels[s] != blocked && f.t.at(&f.state.heights, s) == (level{floor, f.t.at(&f.state.heights, s).ceiling}) && f.straight(to, s) {
			return s
		}
	}
	return to
}

// runUp returns the sample that a run-up of some samples to a ledge begins on,
// or -1 where there is no way straight from there.
func (f *flood) runUp(s int32, angle fixed.Angle, length int32) int32 {
	grid := &f.g.grid
	x, y := grid.position(s)
	fx, fy := x-fixed.Fixed(length*spacing)*angle.Cos(), y-fixed.Fixed(length*spacing)*angle.Sin()
	if fx < f.g.m.MinX || fy < f.g.m.MinY || fx > f.g.m.MaxX || fy > f.g.m.MaxY {
		return -1
	}
	leave := grid.at(fx, fy)
	if f.t.levels[leave] == blocked || !f.reached(leave) || !f.fitting(leave) {
		return -1
	}
	// A long way straight is one of several short ones.
	for from := leave; ; {
		dx, dy := s%grid.width-from%grid.width, s/grid.width-from/grid.width
		steps := max(abs(dx), abs(dy))
		if steps <= longestStraight {
			if !f.straight(from, s) {
				return -1
			}
			return leave
		}
		next := from + dy*longestStraight/steps*grid.width + dx*longestStraight/steps
		if !f.straight(from, next) {
			return -1
		}
		from = next
	}
}

// flies says whether a run and jump under the heights h from a stand on sample
// leave, and from beside it, always leads to sample to.
func (g *Graph) flies(h *maps.Heights, leave, to int32) bool {
	x, y := g.grid.position(leave)
	const beside = 4 * fixed.One
	for _, off := range [...][2]fixed.Fixed{{0, 0}, {beside, beside}, {beside, -beside}, {-beside, beside}, {-beside, -beside}} {
		r := Runner{Body: maps.Body{X: x + off[0], Y: y + off[1], Radius: maps.Radius, Height: maps.Height}}
		if !g.fly(h, &r, to) {
			return false
		}
	}
	return true
}

// fly runs towards a sample until it has flown, landed, and is there, setting
// nothing off on the way.
func (g *Graph) fly(h *maps.Heights, r *Runner, to int32) bool {
	spot := g.m.Check(h, r.Body.X, r.Body.Y, r.Body.Radius)
	if spot.Blocked {
		return false
	}
	r.Body.Z = spot.Floor
	x, y := g.grid.position(to)
	lowest := g.m.Check(h, x, y, maps.Radius).Floor - maps.MaxStep
	off := false
	cross := func(line int32, _ int) {
		s := &g.m.Specials[line]
		off = off || s.Trigger == maps.Walk && !s.OnlyThem && acts(s.Action)
	}
	flown, landed := false, false
	for range 4 * maps.TicksPerSecond {
		slid := r.Step(g.m, h, x, y, cross)
		if slid.Hit && !landed || off || r.Body.Z < lowest {
			return false
		}
		if r.Body.Z > slid.Spot.Floor {
			flown = true
		} else if landed = flown; g.near(&r.Body, to) {
			return true // a slit as wide as the body is run over without a flight
		}
	}
	return false
}
