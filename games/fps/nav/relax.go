package nav

import (
	"math/bits"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// relaxation answers how a plan might go on from where a flood has come to, by
// making it easy: what a line has moved may be anywhere between where it was
// and where it may go, whatever else happens, and lines work again and again.
// A goal out of its reach is out of reach, for navigation; for one within it,
// the lines that the easy way needs are those to set off first. (In planning
// at large that is known as the delete relaxation and the helpful actions.)
type relaxation struct {
	g       *Graph
	t       *terrain
	extent  maps.Extent
	first   *maps.Heights
	queue   []int32
	all     []int32 // samples reached, in order
	from    []int32 // by sample: where the easy way came from; itself at the beginning
	stamp   []uint32
	epoch   uint32
	reasons []int32 // by sector: the line that first moved it, -1 for none
	at      []int32 // by line: the sample that it is set off from, -1 for none
	marks   []int32 // samples reached where something can be set off
	crossed []passage
	needed  []bool // by line
}

// passage is a line that is crossed on the way, from a sample.
type passage struct{ line, sample int32 }

func newRelaxation(g *Graph, t *terrain) *relaxation {
	n := len(t.levels)
	return &relaxation{
		g: g, t: t, extent: g.m.Extent(), from: make([]int32, n), stamp: make([]uint32, n),
		reasons: make([]int32, len(g.m.Sectors)), at: make([]int32, len(g.m.Lines)), needed: make([]bool, len(g.m.Lines)),
	}
}

func (r *relaxation) reached(s int32) bool { return r.stamp[s] == r.epoch }

// run looks for the easy way from all that a flood has reached to the samples
// at a goal. It returns how many lines that way sets off, and notes them in
// needed; ok is false when there is none.
func (r *relaxation) run(f *flood, before *moment, ends []int32, wide bool) (lines int32, ok bool) {
	state := f.state
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
	r.queue, r.all, r.marks, r.crossed = r.queue[:0], r.all[:0], r.marks[:0], r.crossed[:0]
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

// bounds returns where the floor at a sample may be and the highest ceiling.
func (r *relaxation) bounds(s int32) (low, high, top int16) {
	l := r.t.levels[s]
	low, high, top = l.floor, l.floor, l.ceiling
	i := r.t.moving[s]
	if i < 0 {
		return
	}
	for _, sector := range r.t.over[r.t.overAt[i]:r.t.overAt[i+1]] {
		low = max(low, int16(r.extent.Low.Floor[sector]>>16))
		high = max(high, int16(r.extent.High.Floor[sector]>>16))
		c := r.extent.High.Ceiling[sector]
		if r.t.opens[sector] {
			c = max(c, r.t.door[sector])
		}
		top = min(top, int16(c>>16))
	}
	return
}

// spread reaches what can be stepped, jumped or teleported to.
func (r *relaxation) spread() {
	for head := 0; head < len(r.queue); head++ {
		s := r.queue[head]
		c := r.t.cells[s]
		var low, high int16
		if c.maybe != 0 {
			low, high, _ = r.bounds(s)
		}
		for open := c.always | c.maybe; open != 0; open &= open - 1 {
			d := bits.TrailingZeros8(open)
			to := s + r.t.offset[d]
			crossed := c.crossed>>d&1 != 0
			if r.reached(to) && !crossed {
				continue
			}
			if c.maybe>>d&1 != 0 && !r.enters(low, high, to) {
				continue
			}
			if crossed && !r.crosses(s, uint8(d)) {
				continue
			}
			r.reach(to, s)
		}
		if c.special&hasJump != 0 {
			for _, i := range r.t.jumps[s] {
				r.reach(r.g.edges[i].enter, s)
			}
		}
	}
	r.queue = r.queue[:0]
}

// flyAll flies off every ledge reached and reports whether that gave anything
// to do.
func (r *relaxation) flyAll() bool {
	for i := 0; i < len(r.all); i++ {
		if s := r.all[i]; r.t.mobile[s] {
			r.fly(s)
		}
	}
	return len(r.queue) > 0
}

// fly reaches where a jump off a sample may land, at full speed from a stand,
// past something that moves.
func (r *relaxation) fly(s int32) {
	const speed = RunSpeed / fixed.One
	grid, m := &r.g.grid, r.g.m
	_, high, _ := r.bounds(s)
	c := r.t.cells[s]
	ledge := false
	for open := c.always | c.maybe; open != 0 && !ledge; open &= open - 1 {
		low, _, _ := r.bounds(s + r.t.offset[bits.TrailingZeros8(open)])
		ledge = low < high
	}
	if !ledge {
		return
	}
	x, y := grid.position(s)
	for d := range jumpDirections {
		angle := fixed.Angle(uint32(d) << 27)
		cos, sin := angle.Cos(), angle.Sin()
		moves := r.t.moving[s] >= 0
		for far := int32(spacing); far < 640; far += spacing {
			fx, fy := x+fixed.Fixed(far)*cos, y+fixed.Fixed(far)*sin
			if fx < m.MinX || fy < m.MinY || fx > m.MaxX || fy > m.MaxY {
				break
			}
			to := grid.at(fx, fy)
			if r.t.levels[to] == blocked {
				break
			}
			low, top := int32(0), int32(0)
			l, h, c := r.bounds(to)
			low, top = int32(l), int32(c)
			ticks := far / speed
			z := int32(high) - ticks*(ticks-1)/2
			if low-z > maps.MaxStep/fixed.One || top-max(z, low) < maps.Height/fixed.One {
				break
			}
			moves = moves || r.t.moving[to] >= 0
			if moves && int32(h) >= z-spacing {
				r.reach(to, s)
			}
			if low >= z {
				break
			}
		}
	}
}

// enters says whether a walker whose feet may be anywhere from low to high can
// come to a sample.
func (r *relaxation) enters(low, high int16, to int32) bool {
	if r.t.levels[to] == blocked {
		return false
	}
	floor, _, top := r.bounds(to)
	return int(floor)-int(high) <= maps.MaxStep/fixed.One &&
		int(top)-int(floor) >= maps.Height/fixed.One && int(top)-int(low) >= maps.Height/fixed.One
}

// crosses notes the lines that a step crosses and says whether it is free of
// teleporters.
func (r *relaxation) crosses(s int32, d uint8) bool {
	x, y := r.g.grid.position(s)
	free := true
	for _, line := range r.t.lines[crossing{s, d}] {
		if r.g.m.Specials[line].Action != maps.Teleport {
			if r.at[line] < 0 {
				r.crossed = append(r.crossed, passage{line, s})
			}
			continue
		}
		if p, ok := r.g.m.TeleportTarget(int(line)); ok && r.g.m.Lines[line].Side(x, y) == 0 {
			free = false
			if land := r.t.standing(r.g, p.X, p.Y); land >= 0 {
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
	var fresh []int32
	note := func(line, s int32) {
		sp := &m.Specials[line]
		if r.at[line] < 0 && !(sp.Once && state.movers.Used(int(line))) {
			r.at[line] = s
			fresh = append(fresh, line)
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
		for _, at := range r.t.shots[s] {
			note(r.g.gates[at.gate].Triggers[at.trigger].Line, s)
		}
	}
	r.marks = r.marks[:0]
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

// extract follows the easy way back from a goal and marks the lines that it
// needs; it returns how many.
func (r *relaxation) extract(goal int32) int32 {
	count := int32(0)
	seen := map[int32]bool{}
	todo := []int32{goal}
	need := func(sector int32) {
		line := r.reasons[sector]
		if line < 0 || r.needed[line] {
			return
		}
		r.needed[line] = true
		count++
		todo = append(todo, r.at[line])
	}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for !seen[s] && r.from[s] != s {
			seen[s] = true
			from := r.from[s]
			if !r.atFirst(from, s) {
				r.between(from, s, need)
			}
			s = from
		}
	}
	return count
}

// between visits the moving sectors at two samples and, where they are apart,
// straight between them.
func (r *relaxation) between(a, b int32, visit func(sector int32)) {
	w := r.g.grid.width
	dx, dy := b%w-a%w, b/w-a/w
	steps := max(abs(dx), abs(dy))
	r.over(a, visit)
	for i := int32(1); steps < 640/spacing && i < steps; i++ {
		r.over((a/w+dy*i/steps)*w+a%w+dx*i/steps, visit)
	}
	r.over(b, visit)
}

// over visits the moving sectors at a sample.
func (r *relaxation) over(s int32, visit func(sector int32)) {
	if i := r.t.moving[s]; i >= 0 {
		for _, sector := range r.t.over[r.t.overAt[i]:r.t.overAt[i+1]] {
			visit(sector)
		}
	}
}

// atFirst says whether a step can be made under the heights that the
// relaxation began with.
func (r *relaxation) atFirst(from, to int32) bool {
	return r.t.at(r.first, from).steps(r.t.at(r.first, to))
}

// relaxing returns a relaxation to be put back into the pool.
func (g *Graph) relaxing() *relaxation {
	if r, ok := g.land.relaxations.Get().(*relaxation); ok {
		return r
	}
	return newRelaxation(g, g.terrain())
}
