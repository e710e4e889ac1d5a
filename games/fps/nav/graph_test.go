package nav_test

import (
	"math/rand/v2"
	"testing"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
)

func graph(t testing.TB, name string) *nav.Graph {
	t.Helper()
	m, err := library.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return nav.For(m)
}

// Following Next from anywhere ends at the destination, every step brings it
// nearer, and every step is an edge.
func TestNextLeadsToTheDestination(t *testing.T) {
	for _, name := range []string{"freedm.wad:MAP01", "freedm.wad:MAP20", "freedoom1.wad:E1M1"} {
		g := graph(t, name)
		r := rand.New(rand.NewPCG(1, 2))
		ways := 0
		for range 500 {
			from, to := r.IntN(g.Len()), r.IntN(g.Len())
			left, ok := g.Distance(from, to)
			if !ok {
				if _, ok := g.Next(from, to); ok && from != to {
					t.Fatalf("%s: a step from %d to %d, but no distance", name, from, to)
				}
				continue
			}
			ways++
			for at := from; at != to; {
				next, ok := g.Next(at, to)
				if !ok {
					t.Fatalf("%s: the way from %d to %d ends at %d", name, from, to, at)
				}
				edge := false
				for _, e := range g.Edges(at) {
					edge = edge || int(e.To) == next
				}
				d, _ := g.Distance(next, to)
				if !edge || d >= left {
					t.Fatalf("%s: from %d to %d: step %d to %d, edge %v, %d left of %d", name, from, to, at, next, edge, d, left)
				}
				at, left = next, d
			}
		}
		if ways < 200 {
			t.Errorf("%s: only %d of 500 pairs are connected", name, ways)
		}
	}
}

// Leads and Nearest answer what the distances one by one say, and distances do not
// depend on what was asked before.
func TestNearest(t *testing.T) {
	for _, name := range []string{"freedm.wad:MAP04", "freedoom1.wad:E1M1"} {
		g := graph(t, name)
		m, err := library.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		fresh := nav.New(m)
		r := rand.New(rand.NewPCG(3, 4))
		for range 100 {
			from := r.IntN(g.Len())
			among := make([]int32, r.IntN(20))
			want, least := -1, 0
			for i := range among {
				n := r.IntN(g.Len())
				among[i] = int32(n)
				far, ok := g.Distance(from, n)
				if ok != g.Leads(from, n) {
					t.Fatalf("%s: from %d to %d: a distance %v, but leads %v", name, from, n, ok, !ok)
				}
				if ok && (want < 0 || far < least) {
					want, least = i, far
				}
				if i%4 == 0 {
					if other, _ := fresh.Distance(from, n); other != far {
						t.Fatalf("%s: from %d to %d: %d, and %d by another graph", name, from, n, far, other)
					}
				}
			}
			if got := g.Nearest(from, among); got != want {
				t.Fatalf("%s: from %d the nearest of %d is %d, got %d", name, from, among, want, got)
			}
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	g := graph(b, "freedm.wad:MAP20")
	r := rand.New(rand.NewPCG(1, 2))
	among := make([]int32, 32)
	for b.Loop() {
		for i := range among {
			among[i] = int32(r.IntN(g.Len()))
		}
		g.Nearest(r.IntN(g.Len()), among)
	}
}

func TestWaypointsAreInTheirNodes(t *testing.T) {
	g := graph(t, "freedm.wad:MAP01")
	area := 0
	for n := range g.Len() {
		x, y, _ := g.Waypoint(n)
		if got := g.Node(x, y); got != n {
			t.Errorf("the waypoint of node %d is in node %d", n, got)
		}
		area += g.Area(n)
	}
	if area < 1_000_000 {
		t.Errorf("walkable area of %d square units", area)
	}
}

// Two graphs of one map are the same.
func TestBuildIsDeterministic(t *testing.T) {
	m, err := library.Load("freedoom1.wad:E2M2")
	if err != nil {
		t.Fatal(err)
	}
	a, b := nav.New(m), nav.New(m)
	if a.Len() != b.Len() {
		t.Fatalf("%d and %d nodes", a.Len(), b.Len())
	}
	for n := range a.Len() {
		ea, eb := a.Edges(n), b.Edges(n)
		if len(ea) != len(eb) {
			t.Fatalf("node %d: %d and %d edges", n, len(ea), len(eb))
		}
		for i := range ea {
			if ea[i] != eb[i] {
				t.Fatalf("node %d edge %d: %+v and %+v", n, i, ea[i], eb[i])
			}
		}
	}
}

func BenchmarkNext(b *testing.B) {
	g := graph(b, "freedm.wad:MAP01")
	r := rand.New(rand.NewPCG(1, 2))
	to := make([]int, 64)
	for i := range to {
		to[i] = r.IntN(g.Len())
		g.Next(0, to[i])
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		g.Next(i%g.Len(), to[i&63])
	}
}

func BenchmarkSteer(b *testing.B) {
	g := graph(b, "freedm.wad:MAP01")
	m := g.Map()
	h := m.Heights()
	starts := m.DeathmatchStarts()
	goal := nav.Goal{X: starts[1].X, Y: starts[1].Y}
	body := maps.Body{Radius: maps.Radius, Height: maps.Height}
	var t nav.Traveller
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		x, y, z := g.Waypoint(i % g.Len())
		body.X, body.Y, body.Z = x, y, z
		g.Steer(&h, &t, &body, goal)
	}
}
