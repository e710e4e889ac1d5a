package plan

import (
	"cmp"
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
)

// findAims notes the places that lines are shot at from: those that gates know
// with the map at rest, and others apart from them, where the line is seen only
// when something has moved, or that one may get to when not to those.
func (t *terrain) findAims(g *Planner, moves []bool) {
	for i := range g.graph.Gates() {
		for _, r := range g.graph.Gates()[i].Triggers {
			if r.Shoot {
				t.aimAt(r)
			}
		}
	}
	for i := range g.m.Specials {
		if s := &g.m.Specials[i]; s.Trigger == maps.Shoot && !s.OnlyThem && nav.Acts(s.Action) {
			t.findMoreAims(g, int32(i), moves)
		}
	}
}

func (t *terrain) aimAt(r nav.Trigger) {
	t.shots[r.Stand] = append(t.shots[r.Stand], int32(len(t.aims)))
	t.aims = append(t.aims, r)
	t.cells[r.Stand].special |= hasShot
}

// findMoreAims notes, apart from each other and from those noted already, the
// nearest places to shoot a line from with all that moves elsewhere out of the
// way.
func (t *terrain) findMoreAims(g *Planner, line int32, moves []bool) {
	const most, apart = 8, 192 * fixed.One
	l := &g.m.Lines[line]
	open := away(g.m, moves, l.Front, l.Back)
	type spot struct {
		far fixed.Fixed
		nav.Trigger
	}
	var spots []spot
	targets := g.graph.Targets(line)
	for n := range g.graph.Len() {
		s := g.graph.Sample(n)
		x, y := g.grid.Position(s)
		far := fixed.Hypot(l.X+l.DX/2-x, l.Y+l.DY/2-y)
		if far > nav.ShotRange {
			continue
		}
		if r, ok := g.graph.AimFrom(&open, line, targets, n, t.at(g.rest, s).Floor); ok {
			spots = append(spots, spot{far, r})
		}
	}
	slices.SortStableFunc(spots, func(a, b spot) int { return cmp.Compare(a.far, b.far) })
	found := 0
	for _, a := range spots {
		near := slices.ContainsFunc(t.aims, func(b nav.Trigger) bool { return b.Line == line && fixed.Hypot(a.X-b.X, a.Y-b.Y) < apart })
		if !near && found < most {
			found++
			t.aimAt(a.Trigger)
		}
	}
}
