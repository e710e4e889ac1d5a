package nav

import (
	"cmp"
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// Running jumps: a run off a ledge, at full speed, over what lies below. They
// are looked for only where there is no other way, flown roughly over the
// samples first, and then run and flown as players do.

const (
	// jumpCost makes a jump the last resort.
	jumpCost = 1 << 22
	// jumpTries is how many jumps from one region to another are flown, and
	// jumpChoice how many of those that succeed are kept.
	jumpTries, jumpChoice = 256, 6
	// jumpFlights bounds the work of one round.
	jumpFlights = 1 << 13
	// jumpRounds is how often jumps are looked for: what one of them leads to
	// may open the way to the next.
	jumpRounds = 16
)

// addJumps adds the jumps that lead where no open edge does, and reports
// whether there are any.
func (b *builder) addJumps() bool {
	b.findRegions()
	j := jumper{builder: b, beyond: b.beyondRegions(), tries: map[[2]int32]int{}, kept: map[[2]int32]int{}}
	j.setOut()
	for s := range int32(len(b.levels)) {
		if n := b.g.grid.Node[s]; n >= 0 && b.levels[s].Fits() && j.peopled[n] && !j.everywhere(n) {
			j.lookFrom(s)
		}
	}
	// Among those of equal hardness neighbours lie apart: they fail alike.
	slices.SortStableFunc(j.candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.hard>>4, b.hard>>4), cmp.Compare(scatter(a.off), scatter(b.off)))
	})
	for i := range j.candidates {
		if j.flights >= jumpFlights {
			break
		}
		j.try(&j.candidates[i])
	}
	if len(j.found) == 0 {
		return false
	}
	b.insert(j.found)
	return true
}

// scatter puts numbers that follow each other far apart.
func scatter(n int32) uint32 { return uint32(n) * 2654435769 }

// jumper looks for jumps.
type jumper struct {
	*builder
	beyond      [][]uint64
	peopled     []bool // nodes that one may get to from where players enter
	candidates  []candidate
	flights     int
	tries, kept map[[2]int32]int // by regions from and to
	found       []Edge
}

// candidate is a jump off a sample that looks as if it could be made.
type candidate struct {
	off, to int32 // samples
	angle   fixed.Angle
	hard    int32 // the lower the likelier
}

// setOut finds the nodes that players may get to, whatever has to move for it;
// all, where they enter nowhere.
func (j *jumper) setOut() {
	g := j.g
	j.peopled = make([]bool, g.Len())
	var stack []int32
	visit := func(n int32) {
		if n >= 0 && !j.peopled[n] {
			j.peopled[n] = true
			stack = append(stack, n)
		}
	}
	for _, c := range []maps.Category{maps.PlayerStart, maps.DeathmatchStart, maps.TeamStart} {
		for _, t := range j.m.Of(c) {
			visit(int32(g.Node(t.X, t.Y)))
		}
	}
	if len(stack) == 0 {
		for n := range g.Len() {
			visit(int32(n))
		}
	}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for i := g.nodes[n].first; i < g.nodes[n+1].first; i++ {
			visit(g.edges[i].To)
		}
	}
}

// leads reports whether open edges lead from one node to another.
func (j *jumper) leads(from, to int32) bool {
	r := j.regions[to]
	return j.beyond[j.regions[from]][r>>6]>>(r&63)&1 != 0
}

// everywhere reports whether all nodes are reached from one.
func (j *jumper) everywhere(n int32) bool {
	row := j.beyond[j.regions[n]]
	return row[len(row)-1] != 0
}

// lookFrom notes the candidates off one sample.
func (j *jumper) lookFrom(s int32) {
	g := &j.g.grid
	ledge := false
	for d := range 8 {
		t := g.Neighbour(s, d)
		ledge = ledge || t >= 0 && j.levels[t] != lattice.Blocked && j.levels[t].Floor < j.levels[s].Floor
	}
	if !ledge {
		return
	}
	for d := range lattice.JumpDirections {
		if to, far := j.glide(s, d); to >= 0 && !j.leads(g.Node[s], g.Node[to]) {
			j.candidates = append(j.candidates, candidate{off: s, to: to, angle: lattice.Heading(d), hard: far - lattice.Spacing*(j.room(s)+j.room(to))})
		}
	}
}

// room counts the samples around one that are level with it.
func (j *jumper) room(s int32) int32 {
	count := int32(0)
	for d := range 8 {
		if t := j.g.grid.Neighbour(s, d); t >= 0 && j.levels[t].Floor == j.levels[s].Floor && j.levels[t].Fits() {
			count++
		}
	}
	return count
}

// glide flies roughly from sample s in a direction and returns the sample to
// land on, or -1, and how far it is.
func (j *jumper) glide(s int32, d int) (to, far int32) {
	g := &j.g.grid
	start := int32(j.levels[s].Floor)
	c := j.g.grid.Course(s, d, start)
	for c.Next() {
		l := j.levels[c.At]
		if l == lattice.Blocked || !l.Admits(c.Z) || c.Far == lattice.Spacing && int32(l.Floor) >= start {
			return -1, 0 // a wall, or no ledge this way
		}
		if int32(l.Floor) >= c.Z {
			if g.Node[c.At] < 0 {
				return -1, 0
			}
			x, y := g.Position(c.At)
			return j.g.grid.Inward(c.At, x, y, lattice.Heading(d), func(in int32) bool {
				return g.Node[in] >= 0 && j.levels[in].Floor == l.Floor && g.Clear(c.At, in)
			}), c.Far
		}
	}
	return -1, 0
}

// try makes a candidate after run-ups of several lengths.
func (j *jumper) try(l *candidate) {
	g := &j.g.grid
	for _, length := range lattice.RunUps {
		leave, ok := j.g.grid.StandBefore(l.off, l.angle, length)
		if !ok {
			return
		}
		n := g.Node[leave]
		if n < 0 || !j.levels[leave].Fits() || !g.Clear(leave, l.off) {
			return
		}
		key := [2]int32{j.regions[n], j.regions[g.Node[l.to]]}
		if j.tries[key] >= jumpTries || j.kept[key] >= jumpChoice {
			return
		}
		j.tries[key]++
		j.flights++
		if j.leads(n, g.Node[l.to]) || !j.g.Flies(&j.motion.heights[atRest], leave, l.to, j.g.teleports) {
			continue
		}
		e := Edge{From: n, To: g.Node[l.to], Kind: Jump, Gate: -1, trigger: -1, Leave: leave, Enter: l.to}
		e.cost = jumpCost + (g.Distance(leave, l.to)+g.Distance(j.g.nodes[n].sample, leave))*16
		j.found = append(j.found, e)
		j.kept[key]++
		return
	}
}

// teleports reports whether a line carries off who crosses it.
func (g *Graph) teleports(line int32) bool { return g.m.Specials[line].Action == maps.Teleport }

// insert adds edges.
func (b *builder) insert(more []Edge) {
	g := b.g
	slices.SortStableFunc(more, func(a, b Edge) int { return cmp.Compare(a.From, b.From) })
	edges := make([]Edge, 0, len(g.edges)+len(more))
	prices := make([]int32, 0, cap(edges))
	for n := range g.Len() {
		first, end := g.nodes[n].first, g.nodes[n+1].first
		g.nodes[n].first = int32(len(edges))
		edges, prices = append(edges, g.edges[first:end]...), append(prices, b.prices[first:end]...)
		for len(more) > 0 && more[0].From == int32(n) {
			edges, prices = append(edges, more[0]), append(prices, more[0].cost)
			more = more[1:]
		}
	}
	g.nodes[g.Len()].first = int32(len(edges))
	g.edges, b.prices = edges, prices
	b.reverse()
}
