package generate

import (
	"math/rand/v2"
)

// unitsPerCell is the side of a cell that generators draw with.
const unitsPerCell = 64

// cellKind is what a generator puts into a cell.
type cellKind uint8

const (
	solid cellKind = iota
	open
	door   // a door across a corridor
	lift   // rests at its floor; goes down to the lowest neighbour
	slime  // hurts
	pad    // a teleporter that leads to the plan's exit of the same tag
	pillar // open, with a decoration that blocks
)

type cell struct {
	kind           cellKind
	floor, ceiling int16
	light          uint8
	theme          uint8
	tag            uint16
}

// plan is a map as generators draw it: a lattice of cells.
type plan struct {
	rng    *rand.Rand
	width  int
	height int
	cells  []cell
	things []planned
	// jitter is by how many units corners are moved off the lattice.
	jitter int
	// turned plans are symmetric under half a turn.
	turned bool
	sky    bool
	bases  [2]spot2 // where the teams' flags stand, if the family sets them
	based  bool
	exits  []exit
	// drawn and kept count the cells before and after settling.
	drawn, kept int
}

type spot2 struct{ x, y int }

// planned is a thing in the middle of a cell.
type planned struct {
	x, y  int
	kind  int32
	angle int
}

// exit is where a teleporter leads.
type exit struct {
	at    spot2
	tag   uint16
	angle int
}

func (p *plan) size(w, h int) {
	p.width, p.height = w, h
	p.cells = make([]cell, w*h)
}

func (p *plan) at(x, y int) *cell { return &p.cells[y*p.width+x] }

func (p *plan) inside(x, y int) bool { return x >= 0 && y >= 0 && x < p.width && y < p.height }

// between returns a number from low to high, both included.
func (p *plan) between(low, high int) int { return low + p.rng.IntN(high-low+1) }

func (p *plan) chance(percent int) bool { return p.rng.IntN(100) < percent }

// fill makes a rectangle of cells equal to c, inside the plan's border.
func (p *plan) fill(x, y, w, h int, c cell) {
	for cy := max(y, 1); cy < min(y+h, p.height-1); cy++ {
		for cx := max(x, 1); cx < min(x+w, p.width-1); cx++ {
			*p.at(cx, cy) = c
		}
	}
}

var fourWays = [4]spot2{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// passable reports whether a walker can go both ways between two neighbouring
// cells. A lift joins whatever is beside its two levels.
func (p *plan) passable(a, b *cell) bool {
	if a.kind == solid || b.kind == solid {
		return false
	}
	if a.kind == lift || b.kind == lift {
		return true
	}
	rise := int(a.floor) - int(b.floor)
	room := int(min(a.ceiling, b.ceiling)) - int(max(a.floor, b.floor))
	if a.kind == door || b.kind == door {
		room = 72
	}
	return rise <= 24 && rise >= -24 && room >= 64
}

// settle keeps the largest part of the plan that is connected both ways and
// fills in the rest.
func (p *plan) settle() {
	part := make([]int, len(p.cells))
	best, bestSize := 0, 0
	var stack []spot2
	for i := range p.cells {
		if part[i] != 0 || p.cells[i].kind == solid {
			continue
		}
		id, size := i+1, 0
		part[i] = id
		stack = append(stack[:0], spot2{i % p.width, i / p.width})
		for len(stack) > 0 {
			s := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			size++
			for _, d := range fourWays {
				x, y := s.x+d.x, s.y+d.y
				if !p.inside(x, y) || part[y*p.width+x] != 0 || !p.passable(p.at(s.x, s.y), p.at(x, y)) {
					continue
				}
				part[y*p.width+x] = id
				stack = append(stack, spot2{x, y})
			}
		}
		if size > bestSize {
			best, bestSize = id, size
		}
	}
	for i := range p.cells {
		if p.cells[i].kind != solid {
			p.drawn++
		}
		if part[i] != best {
			p.cells[i] = cell{}
		}
	}
	p.kept = bestSize
	p.dropUseless()
}

// good reports whether enough of what was drawn is connected to play on.
func (p *plan) good() bool {
	if p.based {
		for _, b := range p.bases {
			if p.at(b.x, b.y).kind != open {
				return false
			}
		}
	}
	return p.kept >= 200 && p.kept*10 >= p.drawn*8
}

// dropUseless turns doors that stand in the open, lifts that lead nowhere and
// teleporters without an exit into plain floor.
func (p *plan) dropUseless() {
	for y := range p.height {
		for x := range p.width {
			c := p.at(x, y)
			switch c.kind {
			case door:
				// A door has wall or door on two opposite sides and floor on
				// the others.
				shut := func(d spot2) bool { k := p.at(x+d.x, y+d.y).kind; return k == solid || k == door }
				across := shut(fourWays[0]) && shut(fourWays[2]) && !shut(fourWays[1]) && !shut(fourWays[3])
				along := shut(fourWays[1]) && shut(fourWays[3]) && !shut(fourWays[0]) && !shut(fourWays[2])
				if !across && !along {
					c.kind = open
				}
			case pad:
				found := false
				for _, e := range p.exits {
					found = found || e.tag == c.tag && p.at(e.at.x, e.at.y).kind == open
				}
				if !found {
					c.kind = open
				}
			}
		}
	}
}
