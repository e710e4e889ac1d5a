package plan

import (
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// terrain is what planning knows of a map besides its graph: the level of
// every sample as a function of the heights of what moves, and what a step
// or a hand sets off. It is computed when a plan is first asked for.
type terrain struct {
	levels []lattice.Level // of samples, from the sectors that never move
	// The sectors that may move and that a walker at sample s touches are
	// over[overAt[i]:overAt[i+1]], with i = moving[s]; -1 for none.
	moving  []int32
	mobile  []bool // samples from which moving jumps are looked for, see [terrain.findMobile]
	overAt  []int32
	over    []int32
	samples [][]int32 // by sector: the samples that it is listed for
	// door is the height of the ceiling of a door that anybody opens by hand
	// as often as needed, by sector; 0 with opens false for all others.
	opens  []bool
	door   []fixed.Fixed
	cells  []cell
	offset [8]int32 // of the neighbours
	// lines lists, for steps that cross lines that act, which.
	lines map[lattice.Crossing][]int32
	// usable lists, by sample, the lines that hands reach from there.
	usable    map[int32][]int32
	aims      []nav.Trigger       // lines that are shot at from somewhere
	shots     map[int32][]int32   // by sample, which of them from there
	jumps     map[int32][]jumpOff // by sample, the jumps off it
	longJumps longJumps
}

// jumpOff is an edge that jumps, by its index, and the lines that act and are
// crossed in it.
type jumpOff struct {
	edge  int32
	lines []int32
}

// cell is what is known of the steps from a sample, with a bit for each
// direction.
type cell struct {
	always  uint8 // can be made whatever moves
	maybe   uint8 // depends on what moves
	crossed uint8 // crosses lines that act
	special uint8 // what else can be done there
}

// What can be done at a sample.
const (
	hasHands = 1 << iota // use a line
	hasShot              // shoot a line
	hasJump              // jump
)

// newTerrain computes the terrain of a graph.
func newTerrain(g *Planner) *terrain {
	m := g.m
	n := g.grid.Width * g.grid.Height
	t := &terrain{
		levels: make([]lattice.Level, n), moving: make([]int32, n), overAt: []int32{0},
		samples: make([][]int32, len(m.Sectors)), opens: make([]bool, len(m.Sectors)), door: make([]fixed.Fixed, len(m.Sectors)),
		cells: make([]cell, n), lines: map[lattice.Crossing][]int32{}, usable: map[int32][]int32{},
		shots: map[int32][]int32{}, jumps: map[int32][]jumpOff{},
	}
	moves := movable(m)
	t.findDoors(m)
	still := away(m, moves) // what never moves is left
	var touched []int32
	for s := range n {
		x, y := g.grid.Position(s)
		spot := m.Check(&still, x, y, maps.Radius)
		t.moving[s] = -1
		if spot.Blocked {
			t.levels[s] = lattice.Blocked
			continue
		}
		t.levels[s] = lattice.Level{Floor: int16(spot.Floor >> 16), Ceiling: int16(spot.Ceiling >> 16)}
		touched = touched[:0]
		m.EachSector(x, y, maps.Radius, func(sector int32) bool {
			if moves[sector] && !slices.Contains(touched, sector) {
				touched = append(touched, sector)
			}
			return true
		})
		if len(touched) > 0 {
			t.moving[s] = int32(len(t.overAt) - 1)
			t.over = append(t.over, touched...)
			t.overAt = append(t.overAt, int32(len(t.over)))
			for _, sector := range touched {
				t.samples[sector] = append(t.samples[sector], s)
			}
		}
	}
	t.findMobile(g)
	for i := range m.Specials {
		s := &m.Specials[i]
		switch {
		case s.OnlyThem || !nav.Acts(s.Action):
		case s.Trigger == maps.Walk:
			t.findSteps(g, int32(i))
		case s.Trigger == maps.Use:
			t.findHands(g, int32(i), &still)
		}
	}
	t.connect(g)
	t.findAims(g, moves)
	for i := range g.edges {
		if e := &g.edges[i]; e.Kind == nav.Jump {
			t.jumps[e.Leave] = append(t.jumps[e.Leave], jumpOff{int32(i), g.graph.CrossedBy(e)})
			t.cells[e.Leave].special |= hasJump
		}
	}
	return t
}

// away returns the heights at rest with all that moves out of the way, but for
// some sectors.
func away(m *maps.Map, moves []bool, but ...int32) maps.Heights {
	h := m.Heights()
	for s, may := range moves {
		if may && !slices.Contains(but, int32(s)) {
			h.Floor[s], h.Ceiling[s] = -1<<30, 1<<30
		}
	}
	return h
}

// connect works out which steps can be made always and which now and then.
func (t *terrain) connect(g *Planner) {
	for d, to := range lattice.Directions {
		t.offset[d] = to.Y*g.grid.Width + to.X
	}
	for s := range int32(len(t.levels)) {
		if t.levels[s] == lattice.Blocked {
			continue
		}
		for d := range 8 {
			to := g.grid.Neighbour(s, d)
			if to < 0 || t.levels[to] == lattice.Blocked {
				continue
			}
			around := []int32{s, to}
			if d&1 == 1 {
				left, right := g.grid.Neighbour(s, (d+7)&7), g.grid.Neighbour(s, (d+1)&7)
				if t.levels[left] == lattice.Blocked || t.levels[right] == lattice.Blocked {
					continue
				}
				around = append(around, left, right)
			}
			moves, free := false, t.levels[s].Fits()
			for _, a := range around {
				moves = moves || t.moving[a] >= 0
				free = free && (a == s || t.levels[s].Steps(t.levels[a])) && (a == to || a == s || t.levels[a].Steps(t.levels[to]))
			}
			switch {
			case moves:
				t.cells[s].maybe |= 1 << d
			case free:
				t.cells[s].always |= 1 << d
			}
		}
	}
}

// movable finds the sectors that some line may move.
func movable(m *maps.Map) []bool {
	moves := make([]bool, len(m.Sectors))
	rest, v := m.Heights(), m.Movers()
	for i := range m.Specials {
		s := &m.Specials[i]
		if s.Action == maps.Teleport || !nav.Acts(s.Action) {
			continue
		}
		v.Reset()
		v.Activate(m, &rest, i, s.Trigger, 0, s.OnlyThem)
		for _, a := range v.Active {
			moves[a.Sector] = true
		}
		for _, sector := range m.Affected(i) {
			moves[sector] = true
			if around := m.Neighbours(int(sector)); s.Action == maps.Donut && len(around) > 0 {
				moves[around[0]] = true
			}
		}
	}
	return moves
}

// sectors returns the sectors that may move and that a walker at a sample
// touches.
func (t *terrain) sectors(s int32) []int32 {
	i := t.moving[s]
	if i < 0 {
		return nil
	}
	return t.over[t.overAt[i]:t.overAt[i+1]]
}

// differs reports whether a sector at a sample is elsewhere under the heights a
// than under b.
func (t *terrain) differs(s int32, a, b *maps.Heights) bool {
	for _, sector := range t.sectors(s) {
		if a.Floor[sector] != b.Floor[sector] || a.Ceiling[sector] != b.Ceiling[sector] {
			return true
		}
	}
	return false
}

// at returns the level of a sample under the heights h, with the doors that
// anybody opens open.
func (t *terrain) at(h *maps.Heights, s int32) lattice.Level {
	l := t.levels[s]
	for _, sector := range t.sectors(s) {
		l.Floor = max(l.Floor, int16(h.Floor[sector]>>16))
		c := h.Ceiling[sector]
		if t.opens[sector] {
			c = max(c, t.door[sector])
		}
		l.Ceiling = min(l.Ceiling, int16(c>>16))
	}
	return l
}

// touches reports whether a walker at a sample touches a sector that moves.
func (t *terrain) touches(s, sector int32) bool {
	return slices.Contains(t.sectors(s), sector)
}
