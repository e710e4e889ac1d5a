package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// builder holds what is needed only while a graph is computed.
type builder struct {
	m      *maps.Map
	g      *Graph
	motion motion
	levels []lattice.Level // of samples, at rest
	// marks say which of the maps below hold something of a sample: most hold
	// nothing, and a map is slow to ask.
	marks []mark
	moved map[int32]change // samples on or under something that moves
	// cross holds, for samples in front of a line that acts when crossed, the
	// lines by direction.
	cross  map[lattice.Crossing]int32
	walks  map[int32][]lattice.Crossing // the same by line, in the order of samples
	gated  map[lattice.Crossing]int32   // steps that need a sector to move, and which
	prices []int32                      // of edges, without what opening their gates costs
	jumps  map[lattice.Crossing]int32   // steps into a teleporter, and the sample at its end
	// regions numbers, by node, the parts that are connected both ways.
	regions     []int32
	regionCount int32
}

// mark is a set of what there is of a sample.
type mark uint8

const (
	moving   mark = 1 << iota // something moves at it
	crossing                  // a step from it crosses a line that acts
	waiting                   // a step from it is gated, or leads into a teleporter
)

// change is what moves at a sample.
type change struct {
	levels [stateCount]lattice.Level
	sector int32
}

// sample measures the level of every sample.
func (b *builder) sample() {
	g := &b.g.grid
	n := g.Width * g.Height
	b.levels, b.marks = make([]lattice.Level, n), make([]mark, n)
	rest := &b.motion.heights[atRest]
	for s := range n {
		x, y := g.Position(s)
		b.levels[s] = b.level(rest, x, y)
	}
	b.moved = map[int32]change{}
	for sector, moves := range b.motion.moves {
		if moves {
			b.sampleMoving(int32(sector))
		}
	}
}

func (b *builder) level(h *maps.Heights, x, y fixed.Fixed) lattice.Level {
	s := b.m.Check(h, x, y, maps.Radius)
	if s.Blocked {
		return lattice.Blocked
	}
	return lattice.Level{Floor: int16(s.Floor >> 16), Ceiling: int16(s.Ceiling >> 16)}
}

// sampleMoving measures the samples at a moving sector in all states.
func (b *builder) sampleMoving(sector int32) {
	g := &b.g.grid
	for s := range g.Box(b.bounds(sector)) {
		if b.marks[s]&moving != 0 || b.levels[s] == lattice.Blocked {
			continue
		}
		x, y := g.Position(s)
		under := int32(-1)
		b.m.EachSector(x, y, maps.Radius, func(at int32) bool {
			if b.motion.moves[at] && (under < 0 || at < under) {
				under = at
			}
			return true
		})
		// What is under the middle counts more than what the box brushes.
		if middle := int32(b.m.SectorAt(x, y)); middle >= 0 && b.motion.moves[middle] {
			under = middle
		}
		if under < 0 {
			continue
		}
		c := change{sector: under}
		for state := range c.levels {
			c.levels[state] = b.level(&b.motion.heights[state], x, y)
		}
		b.moved[s] = c
		b.marks[s] |= moving
	}
}

// bounds returns the box of a sector, grown by a walker's radius.
func (b *builder) bounds(sector int32) (x0, y0, x1, y1 fixed.Fixed) {
	x0, y0, x1, y1 = b.m.MaxX, b.m.MaxY, b.m.MinX, b.m.MinY
	for _, i := range b.m.SectorLines(int(sector)) {
		l := &b.m.Lines[i]
		x0, y0, x1, y1 = min(x0, l.MinX), min(y0, l.MinY), max(x1, l.MaxX), max(y1, l.MaxY)
	}
	const grow = maps.Radius + lattice.Spacing*fixed.One
	return x0 - grow, y0 - grow, x1 + grow, y1 + grow
}

// change returns what moves at a sample, if anything does.
func (b *builder) change(s int32) (change, bool) {
	if b.marks[s]&moving == 0 {
		return change{}, false
	}
	return b.moved[s], true
}

// at returns the level of a sample in a state.
func (b *builder) at(s int32, state int) lattice.Level {
	if state == atRest || b.marks[s]&moving == 0 {
		return b.levels[s]
	}
	return b.moved[s].levels[state]
}

// exists reports whether a walker fits at a sample in some state.
func (b *builder) exists(s int32) bool {
	if b.levels[s].Fits() {
		return true
	}
	c, ok := b.change(s)
	return ok && (c.levels[ceilingsMoved].Fits() || c.levels[allMoved].Fits())
}

// step reports whether a walker can go from s to its neighbour t in a state.
func (b *builder) step(s, t int32, state int) bool {
	from := b.at(s, state)
	return from.Fits() && from.Steps(b.at(t, state))
}

// steps says in which way the step from s in direction d can be made: at rest,
// only after a sector has moved, or not at all.
func (b *builder) steps(s int32, d int) (free, gated bool) {
	g := &b.g.grid
	t := g.Neighbour(s, d)
	if t < 0 || b.levels[t] == lattice.Blocked || b.levels[s] == lattice.Blocked {
		return false, false
	}
	states := stateCount
	if (b.marks[s]|b.marks[t])&moving == 0 {
		states = atRest + 1
	}
	for state := range states {
		if !b.step(s, t, state) {
			continue
		}
		if d&1 == 1 {
			// Both ways around the corner must be open too.
			left, right := g.Neighbour(s, (d+7)&7), g.Neighbour(s, (d+1)&7)
			if !b.step(s, left, state) || !b.step(left, t, state) || !b.step(s, right, state) || !b.step(right, t, state) {
				continue
			}
		}
		return state == atRest, state != atRest
	}
	return false, false
}

// connect works out the steps from every sample.
func (b *builder) connect() {
	g := &b.g.grid
	g.Free = make([]uint8, len(b.levels))
	b.gated = map[lattice.Crossing]int32{}
	b.findCrossings()
	for s := range int32(len(b.levels)) {
		if b.levels[s] == lattice.Blocked || !b.exists(s) {
			continue
		}
		for d := range 8 {
			free, gated := b.steps(s, d)
			if !free && !gated {
				continue
			}
			at := lattice.Crossing{Sample: s, Direction: uint8(d)}
			if line, ok := b.crossed(at); ok && b.m.Specials[line].Action == maps.Teleport {
				if p, ok := b.m.TeleportTarget(int(line)); ok {
					if land := g.At(p.X, p.Y); b.exists(land) {
						b.jumps[at] = land
						b.marks[s] |= waiting
					}
				}
				continue
			}
			if free {
				g.Free[s] |= 1 << d
				continue
			}
			c, ok := b.change(g.Neighbour(s, d))
			if !ok || !b.motion.differs(&b.motion.heights[allMoved], c.sector) {
				if from, moves := b.change(s); moves {
					c = from
				}
			}
			b.gated[at] = c.sector
			b.marks[s] |= waiting
		}
	}
}

// crossed returns the line that acts when a step crosses it.
func (b *builder) crossed(at lattice.Crossing) (line int32, ok bool) {
	if b.marks[at.Sample]&crossing == 0 {
		return 0, false
	}
	line, ok = b.cross[at]
	return line, ok
}

// findCrossings notes which steps cross a line that acts when crossed.
func (b *builder) findCrossings() {
	g := &b.g.grid
	b.cross, b.jumps, b.walks = map[lattice.Crossing]int32{}, map[lattice.Crossing]int32{}, map[int32][]lattice.Crossing{}
	for i := range b.m.Lines {
		l, s := &b.m.Lines[i], &b.m.Specials[i]
		if s.Trigger != maps.Walk || s.OnlyThem {
			continue
		}
		const grow = lattice.Spacing * fixed.One
		for s := range g.Box(l.MinX-grow, l.MinY-grow, l.MaxX+grow, l.MaxY+grow) {
			x, y := g.Position(s)
			side := l.Side(x, y)
			if side != 0 && b.m.Specials[i].Action == maps.Teleport {
				continue
			}
			for d := range 8 {
				t := g.Neighbour(s, d)
				if t < 0 {
					continue
				}
				tx, ty := g.Position(t)
				if l.Side(tx, ty) == side {
					continue
				}
				// The ends of the line on either side of the step.
				step := maps.Line{X: x, Y: y, DX: tx - x, DY: ty - y}
				if step.Side(l.X, l.Y) != step.Side(l.X+l.DX, l.Y+l.DY) {
					at := lattice.Crossing{Sample: s, Direction: uint8(d)}
					b.cross[at] = int32(i)
					b.marks[s] |= crossing
					b.walks[int32(i)] = append(b.walks[int32(i)], at)
				}
			}
		}
	}
}
