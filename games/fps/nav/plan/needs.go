package plan

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// extract follows the easy way back from a goal and marks the lines that it
// needs; it returns how many.
func (r *relaxation) extract(goal int32) int32 {
	count := int32(0)
	seen := map[int32]bool{}
	todo := []int32{goal}
	var need func(sector int32)
	need = func(sector int32) {
		line := r.reasons[sector]
		if line < 0 || r.needed[line] {
			return
		}
		r.needed[line] = true
		count++
		todo = append(todo, r.at[line])
		if r.g.m.Specials[line].Trigger == maps.Shoot {
			r.past(&r.t.aims[r.shot[line]], need)
		}
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
	pieces := r.g.grid.Steps(a, b)
	if pieces >= lattice.LongestCourse/lattice.Spacing {
		pieces = 1 // a teleporter lies between
	}
	for i := range pieces + 1 {
		for _, sector := range r.t.sectors(r.g.grid.OnWay(a, b, i, pieces)) {
			visit(sector)
		}
	}
}

// past visits the sectors that a shot passes which has to wait for something.
func (r *relaxation) past(a *nav.Trigger, visit func(sector int32)) {
	if r.g.graph.Shoots(r.first, a, r.t.at(r.first, a.Stand).Floor) {
		return
	}
	pieces := int64(fixed.Hypot(a.At.X-a.X, a.At.Y-a.Y)/(lattice.Spacing*fixed.One)) + 1
	for i := range pieces {
		x, y := a.X+fixed.Fixed(int64(a.At.X-a.X)*i/pieces), a.Y+fixed.Fixed(int64(a.At.Y-a.Y)*i/pieces)
		if s := r.g.m.SectorAt(x, y); s >= 0 {
			visit(int32(s))
		}
	}
}

// atFirst reports whether a step can be made under the heights that the
// relaxation began with.
func (r *relaxation) atFirst(from, to int32) bool {
	return r.t.at(r.first, from).Steps(r.t.at(r.first, to))
}
