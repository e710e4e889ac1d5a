//go:build acceptance

package acceptance_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/games/fps/nav/walk"
)

// Ways that took a skill of their own to find or to walk.
func TestHardWays(t *testing.T) {
	for name, c := range map[string]struct {
		on           string
		x, y, gx, gy int
	}{
		// The graph believes in a way over floors that its lines do not move
		// together, so it looks for no jump; the way there is leads off a ledge.
		"a jump past a way that is none": {"freedoom1.wad:E3M6", -2080, 800, 128, -128},
		// A window is opened, a line behind it shot, and a slit run over that is
		// as wide as the walker.
		"a shot through a window": {"freedoom1.wad:E2M9", 448, 1624, 1632, 3744},
		// The run-up leads through a door that is opened by hand first.
		"a jump out of a door": {"freedoom1.wad:E3M7", -256, -768, -1856, -32},
		// A jump crosses a line on which the rest of the way depends.
		"a jump that sets something off": {"freedoom2.wad:MAP13", 96, 2336, 128, 1800},
		// The nearest place to shoot from is outside of a ring of teleporters.
		"a shot from within teleporters": {"freedoom2.wad:MAP32", 720, 176, 1056, 1056},
		// Each line set off leads on to others; a few of them are needed.
		"many lines": {"freedoom1.wad:E4M8", 1056, -1344, 3240, -1896},
		// A corridor between teleporters that lead back.
		"a maze of teleporters": {"freedoom1.wad:E2M9", -1120, 2080, -3872, 2112},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := library.Load(c.on)
			if err != nil {
				t.Fatal(err)
			}
			w := walk.New(plan.New(nav.New(m)), fixed.FromInt(c.x), fixed.FromInt(c.y))
			goal := nav.Goal{X: fixed.FromInt(c.gx), Y: fixed.FromInt(c.gy)}
			const limit = 150 * maps.TicksPerSecond
			if _, arrives := w.Foresee(goal, limit); !arrives {
				t.Fatal("would not arrive")
			}
			if arrived, _ := w.Walk(goal, limit); !arrived {
				t.Errorf("ended at %d,%d,%d", w.Body.X>>16, w.Body.Y>>16, w.Body.Z>>16)
			}
		})
	}
}
