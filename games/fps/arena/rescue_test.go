package arena

import (
	"testing"

	"dryad/games/fps/fixed"
)

// Who is where nobody can be is found out, counted, and put at a start.
func TestRescue(t *testing.T) {
	for _, c := range []struct {
		name    string
		lose    func(a *actor)
		rescued int32
	}{
		{"at rest", func(a *actor) {}, 0},
		{"out of the world", func(a *actor) { a.X, a.Y = fixed.FromInt(-5000), fixed.FromInt(9000) }, 1},
		{"in a wall", func(a *actor) { a.X, a.Y = fixed.FromInt(768), fixed.FromInt(500) }, 1},
		{"halfway in a wall", func(a *actor) { a.X, a.Y = fixed.FromInt(734), fixed.FromInt(500) }, 1},
		{"falling, with a floor below", func(a *actor) { a.Z, a.VZ = fixed.FromInt(900), -20*fixed.One }, 0},
		{"falling for ever", func(a *actor) { a.Z, a.Floor = fixed.FromInt(-6000), fixed.FromInt(-30000) }, 1},
	} {
		w := small(t, "team_deathmatch")
		a := &w.actors[self]
		c.lose(a)
		events := 0
		for range 110 {
			w.Step()
			for _, e := range w.Events() {
				if e.Kind == "rescue" && e.Seat == self {
					events++
				}
			}
		}
		if a.Rescued != c.rescued || events != int(c.rescued) {
			t.Errorf("%s: rescued %d times, told %d times, want %d", c.name, a.Rescued, events, c.rescued)
		}
		if spot := w.level.Map.Check(&w.heights, a.X, a.Y, 16*fixed.One); spot.Blocked || a.Z != spot.Floor || a.Alive == 0 {
			t.Errorf("%s: at %d, %d, %d in the end", c.name, a.X>>16, a.Y>>16, a.Z>>16)
		}
	}
}
