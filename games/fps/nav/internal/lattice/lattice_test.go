package lattice_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/generate"
	"dryad/games/fps/nav/internal/lattice"
)

func grid(t *testing.T) lattice.Grid {
	t.Helper()
	m, err := generate.Map("rooms", 1)
	if err != nil {
		t.Fatal(err)
	}
	return lattice.New(m)
}

// TestSamplesAndPlaces: a sample is the nearest to its own place, its
// neighbours are 8 units away, and opposite steps lead back.
func TestSamplesAndPlaces(t *testing.T) {
	g := grid(t)
	for s := int32(0); s < g.Width*g.Height; s += 7 {
		x, y := g.Position(s)
		if g.At(x, y) != s || g.At(x+3*fixed.One, y-3*fixed.One) != s {
			t.Fatalf("sample %d at %d,%d is not the nearest to its place", s, x>>16, y>>16)
		}
		for d := range 8 {
			n := g.Neighbour(s, d)
			if n < 0 {
				continue
			}
			nx, ny := g.Position(n)
			if max(fixed.Abs(nx-x), fixed.Abs(ny-y)) != lattice.Spacing*fixed.One || g.Neighbour(n, d^4) != s {
				t.Fatalf("neighbour %d of sample %d is at %d,%d", d, s, nx>>16, ny>>16)
			}
			if steps := g.Steps(s, n); steps != 1 || g.OnWay(s, n, 1, 1) != n {
				t.Fatalf("%d steps to the neighbour", steps)
			}
		}
	}
}

// TestCourseFalls: a jump goes straight on and falls by the format's gravity,
// one unit a tick more each tick.
func TestCourseFalls(t *testing.T) {
	g := grid(t)
	x, y := g.Position(g.At(0, 0))
	c := g.Course(g.At(x, y), 0, 128)
	last := int32(128)
	for c.Next() {
		cx, cy := g.Position(c.At)
		if cy != y || (cx-x)>>16 != c.Far {
			t.Fatalf("%d units on: at %d,%d", c.Far, cx>>16, cy>>16)
		}
		if ticks := c.Far / 17; c.Z != 128-ticks*(ticks-1)/2 || c.Z > last {
			t.Fatalf("%d units on: at height %d after %d", c.Far, c.Z, last)
		}
		last = c.Z
	}
	if last == 128 {
		t.Error("the jump does not fall")
	}
}

// TestLevels: the rules by which a body steps and flies.
func TestLevels(t *testing.T) {
	low, step, wall := lattice.Level{Ceiling: 128}, lattice.Level{Floor: maps.MaxStep / fixed.One, Ceiling: 128}, lattice.Level{Floor: 25, Ceiling: 128}
	if !low.Steps(step) || low.Steps(wall) || !wall.Steps(low) || low.Steps(lattice.Blocked) || lattice.Blocked.Fits() {
		t.Error("steps")
	}
	if !wall.Admits(1) || wall.Admits(0) || (lattice.Level{Ceiling: 128}).Admits(73) || !(lattice.Level{Ceiling: 128}).Admits(72) {
		t.Error("flights")
	}
}
