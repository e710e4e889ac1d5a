package plan

import (
	"math/bits"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// relaxation answers how a plan might go on from where a flood has come to, by
// making it easy: what a line has moved may be anywhere between where it was
// and where it may go, whatever else happens, and lines work again and again.
// A goal out of its reach is out of reach, for navigation; for one within it,
// the lines that the easy way needs are those to set off first. (In planning
// at large that is known as the delete relaxation and the helpful actions.)
type relaxation struct {
	g       *Planner
	t       *terrain
	extent  maps.Extent
	first   *maps.Heights
	queue   []int32
	all     []int32 // samples reached, in order
	flown   int     // how many of all need not be flown off again
	from    []int32 // by sample: where the easy way came from; itself at the beginning
	stamp   []uint32
	epoch   uint32
	reasons []int32 // by sector: the line that first moved it, -1 for none
	at      []int32 // by line: the sample that it is set off from, -1 for none
	marks   []int32 // samples reached where something can be set off
	crossed []passage
	aimed   []int32         // aims from where one got to
	shot    map[int32]int32 // by line that is shot at, the aim
	needed  []bool          // by line
	bold    bool            // makes long jumps
}

// passage is a line that is crossed on the way, from a sample.
type passage struct{ line, sample int32 }

func newRelaxation(g *Planner, t *terrain) *relaxation {
	n := len(t.levels)
	return &relaxation{
		g: g, t: t, extent: g.m.Extent(), from: make([]int32, n), stamp: make([]uint32, n),
		reasons: make([]int32, len(g.m.Sectors)), at: make([]int32, len(g.m.Lines)), needed: make([]bool, len(g.m.Lines)), shot: map[int32]int32{},
	}
}

func (r *relaxation) reached(s int32) bool { return r.stamp[s] == r.epoch }

// run looks for the easy way from all that a flood has reached to the samples
// at a goal. It returns how many lines that way sets off, and notes them in
// needed; ok is false when there is none. With wide it may also use the heights
// that were there before, when the flood began, and what was under way then.
func (r *relaxation) run(f *flood, before *moment, ends []int32, wide bool) (lines int32, ok bool) {
	state := f.state
	r.bold = f.bold
	r.first = &state.heights
	r.extent.Low.CopyFrom(&state.heights)
	r.extent.High.CopyFrom(&state.heights)
	for i := range r.reasons {
		r.reasons[i] = -1
	}
	for i := range r.at {
		r.at[i] = -1
		r.needed[i] = false
	}
	r.moving(state)
	if wide {
		r.moving(before)
		for s := range before.heights.Floor {
			r.widen(int32(s), false, before.heights.Floor[s])
			r.widen(int32(s), true, before.heights.Ceiling[s])
		}
	}
	r.epoch++
	r.queue, r.all, r.marks, r.crossed, r.aimed = r.queue[:0], r.all[:0], r.marks[:0], r.crossed[:0], r.aimed[:0]
	r.flown = 0
	for s := range f.spots {
		if f.spots[s].stamp == f.epoch {
			r.reach(int32(s), int32(s))
		}
	}
	for {
		r.spread()
		if goal := r.goal(ends); goal >= 0 {
			return r.extract(goal), true
		}
		if !r.setOff(state) && !r.flyAll() {
			return 0, false
		}
	}
}

// moving lets what is under way be anywhere on it.
func (r *relaxation) moving(state *moment) {
	for i := range state.movers.Active {
		a := &state.movers.Active[i]
		r.widen(a.Sector, a.Ceiling, a.To)
		if a.Motion != maps.Stay {
			r.widen(a.Sector, a.Ceiling, a.Back)
		}
	}
}

// widen lets a plane be at a height.
func (r *relaxation) widen(sector int32, ceiling bool, to fixed.Fixed) {
	low, high := &r.extent.Low.Floor[sector], &r.extent.High.Floor[sector]
	if ceiling {
		low, high = &r.extent.Low.Ceiling[sector], &r.extent.High.Ceiling[sector]
	}
	*low, *high = min(*low, to), max(*high, to)
}

// goal returns a sample reached at which the goal may be touched, or -1.
func (r *relaxation) goal(ends []int32) int32 {
	for _, s := range ends {
		if r.reached(s) {
			return s
		}
	}
	return -1
}

func (r *relaxation) reach(s, from int32) {
	if r.stamp[s] == r.epoch {
		return
	}
	r.stamp[s], r.from[s] = r.epoch, from
	r.queue, r.all = append(r.queue, s), append(r.all, s)
	if c := r.t.cells[s]; c.special != 0 {
		r.marks = append(r.marks, s)
	}
}

// bounds returns the lowest level that a sample may be at, with the highest
// ceiling, and the highest floor.
func (r *relaxation) bounds(s int32) (low lattice.Level, high int16) {
	low = r.t.levels[s]
	high = low.Floor
	for _, sector := range r.t.sectors(s) {
		low.Floor = max(low.Floor, int16(r.extent.Low.Floor[sector]>>16))
		high = max(high, int16(r.extent.High.Floor[sector]>>16))
		c := r.extent.High.Ceiling[sector]
		if r.t.opens[sector] {
			c = max(c, r.t.door[sector])
		}
		low.Ceiling = min(low.Ceiling, int16(c>>16))
	}
	return low, high
}

// spread reaches what can be stepped, jumped or teleported to.
func (r *relaxation) spread() {
	for head := 0; head < len(r.queue); head++ {
		s := r.queue[head]
		c := r.t.cells[s]
		var low lattice.Level
		var high int16
		if c.maybe != 0 {
			low, high = r.bounds(s)
		}
		for open := c.always | c.maybe; open != 0; open &= open - 1 {
			d := bits.TrailingZeros8(open)
			to := s + r.t.offset[d]
			crossed := c.crossed>>d&1 != 0
			if r.reached(to) && !crossed {
				continue
			}
			if c.maybe>>d&1 != 0 && !r.enters(low.Floor, high, to) {
				continue
			}
			if crossed && !r.crosses(s, uint8(d)) {
				continue
			}
			r.reach(to, s)
		}
		if c.special&hasJump != 0 && r.asAtRest(s) {
			for _, j := range r.t.jumps[s] {
				for _, line := range j.lines {
					r.crossed = append(r.crossed, passage{line, s})
				}
				r.reach(r.g.edges[j.edge].Enter, s)
			}
		}
	}
	r.queue = r.queue[:0]
}

// enters reports whether a walker whose feet may be anywhere from low to high can
// come to a sample.
func (r *relaxation) enters(low, high int16, to int32) bool {
	if r.t.levels[to] == lattice.Blocked {
		return false
	}
	at, _ := r.bounds(to)
	return at.Fits() && int(at.Floor)-int(high) <= maps.MaxStep/fixed.One && int(at.Ceiling)-int(low) >= maps.Height/fixed.One
}

// crosses notes the lines that a step crosses and reports whether it is free of
// teleporters.
func (r *relaxation) crosses(s int32, d uint8) bool {
	free := true
	for _, line := range r.t.lines[lattice.Crossing{Sample: s, Direction: d}] {
		if r.g.m.Specials[line].Action != maps.Teleport {
			if r.at[line] < 0 {
				r.crossed = append(r.crossed, passage{line, s})
			}
			continue
		}
		if land, ok := r.t.carries(r.g, line, s); ok {
			free = false
			if land >= 0 {
				r.reach(land, s)
			}
		}
	}
	return free
}

// setOff sets off the lines that can be and widens the bounds of what they
// move, and queues the samples there and around. It reports whether that gave
// anything to do.
func (r *relaxation) setOff(state *moment) bool {
	m := r.g.m
	note := func(line, s int32) {
		sp := &m.Specials[line]
		if r.at[line] < 0 && !(sp.Once && state.movers.Used(int(line))) {
			r.at[line] = s
		}
	}
	for _, c := range r.crossed {
		note(c.line, c.sample)
	}
	r.crossed = r.crossed[:0]
	for _, s := range r.marks {
		for _, line := range r.t.usable[s] {
			note(line, s)
		}
		r.aimed = append(r.aimed, r.t.shots[s]...)
	}
	r.marks = r.marks[:0]
	for _, at := range r.aimed {
		if a := &r.t.aims[at]; r.at[a.Line] < 0 && r.sees(a) {
			note(a.Line, a.Stand)
			r.shot[a.Line] = at
		}
	}
	grown := map[int32]bool{}
	var order []int32
	for round := 0; ; round++ {
		changed := false
		// What was set off before may go farther now that its neighbours do.
		for line := range int32(len(m.Lines)) {
			if r.at[line] < 0 {
				continue
			}
			if r.extent.Widen(m, int(line), round > 0, func(sector int32) {
				if r.reasons[sector] < 0 {
					r.reasons[sector] = line
				}
				if !grown[sector] {
					grown[sector] = true
					order = append(order, sector)
				}
			}) {
				changed = true
			}
		}
		if !changed {
			break
		}
	}
	if len(order) > 0 {
		r.flown = 0
	}
	for _, sector := range order {
		for _, s := range r.t.samples[sector] {
			if r.reached(s) {
				r.queue = append(r.queue, s)
				continue
			}
			for _, o := range r.t.offset {
				if n := s + o; n >= 0 && int(n) < len(r.stamp) && r.reached(n) {
					r.queue = append(r.queue, n)
				}
			}
		}
	}
	return len(r.queue) > 0
}

// relaxing returns a relaxation to be put back into the pool.
func (g *Planner) relaxing() *relaxation {
	if r, ok := g.relaxations.Get().(*relaxation); ok {
		return r
	}
	return newRelaxation(g, g.terrain())
}
