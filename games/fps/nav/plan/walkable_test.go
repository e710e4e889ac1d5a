package plan

import (
	"math/rand/v2"
	"testing"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
)

// A way that is kept is the one that a new flood finds, with everything at rest and
// with something moved.
func TestWaysThatAreKept(t *testing.T) {
	m, err := library.Load("freedm.wad:MAP04")
	if err != nil {
		t.Fatal(err)
	}
	g := New(nav.For(m))
	h, v := m.Heights(), m.Movers()
	r := rand.New(rand.NewPCG(1, 2))
	var standable []int32
	for s, n := range g.grid.Node {
		if n >= 0 {
			standable = append(standable, int32(s))
		}
	}
	found := 0
	for round := range 2 {
		for range 20 {
			from, to := standable[r.IntN(len(standable))], standable[r.IntN(len(standable))]
			b := maps.Body{Radius: maps.Radius, Height: maps.Height}
			b.X, b.Y = g.grid.Position(from)
			b.Z = m.Check(&h, b.X, b.Y, b.Radius).Floor
			f := newFlood(g, g.terrain())
			want := g.reach(f, &h, &v, &b, from, to, false)
			for range 2 {
				if got := g.walkable(&h, &v, &b, from, to); got != want {
					t.Fatalf("round %d: from %d to %d: %+v, not %+v", round, from, to, got, want)
				}
			}
			if want.far >= 0 {
				found++
			}
		}
		for s := range h.Ceiling { // nobody fits anywhere
			h.Ceiling[s] = h.Floor[s]
		}
	}
	if found == 0 || found > 30 {
		t.Errorf("%d ways of 40 were found", found)
	}
}
