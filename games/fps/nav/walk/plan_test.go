package walk_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/games/fps/nav/walk"
)

// Worlds in which the way has to be planned: the graph of the map at rest
// knows none. 58 raises a floor by 24 when it is crossed, 47 to the next floor
// when it is shot at, 18 when it is used; 88 is a lift called by crossing, 91
// raises a floor to the lowest ceiling.
var planned = map[string][]room{
	"a third height": {
		{Width: 256, Ceiling: 512, Special: 58, Acts: 5}, {Width: 256, Ceiling: 512, Special: 58, Acts: 5}, {Width: 128, Ceiling: 512},
		{Width: 128, Floor: -24, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 48, Ceiling: 512},
	},
	// The lift, 62, is down for fewer ticks than a flood's queue looks ahead.
	"a third height, then a lift": {
		{Width: 256, Ceiling: 512, Special: 58, Acts: 5}, {Width: 256, Ceiling: 512, Special: 58, Acts: 5}, {Width: 128, Ceiling: 512},
		{Width: 128, Floor: -24, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 48, Ceiling: 512, Special: 62, Acts: 6},
		{Width: 128, Floor: 114, Ceiling: 512, Tag: 6}, {Width: 256, Floor: 114, Ceiling: 512},
	},
	"a shot, then a line": {
		{Width: 256, Ceiling: 512, Special: 47, Acts: 5}, {Width: 256, Ceiling: 128, Special: 58, Acts: 5}, {Width: 128, Ceiling: 512},
		{Width: 128, Floor: -24, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 48, Ceiling: 512},
	},
	"a push, then a ride": {
		{Width: 256, Ceiling: 512, Special: 18, Acts: 5}, {Width: 256, Ceiling: 512},
		{Width: 128, Floor: -48, Ceiling: 512, Tag: 5, Special: 58, Acts: 5}, {Width: 128, Floor: 0, Ceiling: 512},
		{Width: 128, Floor: -24, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 48, Ceiling: 512},
	},
	// A door, 1, is opened once, however thick: the lift behind it is down when
	// it has been gone through.
	"a thick door before a lift": {
		{Width: 256, Ceiling: 512, Special: 62, Acts: 6}, {Width: 128, Ceiling: 512, Special: 1}, {Width: 192, Special: 1},
		{Width: 128, Ceiling: 72}, {Width: 128, Ceiling: 72, Tag: 6}, {Width: 256, Floor: -200, Ceiling: -100},
	},
	// 18 raises a floor, once: a pier out into a pit, to jump off.
	"a jump off a raised floor": {
		{Width: 256, Ceiling: 512, Special: 18, Acts: 5}, {Width: 160, Floor: -128, Ceiling: 512, Tag: 5},
		{Width: 64, Floor: -128, Ceiling: 512}, {Width: 256, Ceiling: 512},
	},
}

func row(t *testing.T, rooms []room) (m *maps.Map, x, y fixed.Fixed, goal nav.Goal) {
	t.Helper()
	m, err := maptest.Row(rooms...)
	if err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, r := range rooms {
		end += r.Width
	}
	return m, fixed.FromInt(64), fixed.FromInt(64), nav.Goal{X: fixed.FromInt(end - rooms[len(rooms)-1].Width/2), Y: fixed.FromInt(64)}
}

func TestPlannedWays(t *testing.T) {
	for name, rooms := range planned {
		t.Run(name, func(t *testing.T) {
			m, x, y, goal := row(t, rooms)
			planner := plan.New(nav.New(m))
			if planner.Graph().Reaches(x, y, goal) {
				t.Fatal("needs no plan")
			}
			w := walk.New(planner, x, y)
			if !w.Knows(goal) {
				t.Fatal("no way known")
			}
			arrived, ticks := w.Walk(goal, 60*maps.TicksPerSecond)
			if !arrived {
				t.Fatalf("ended at %d,%d,%d", w.Body.X>>16, w.Body.Y>>16, w.Body.Z>>16)
			}
			// The same again, and with the plan kept in words.
			if again, after := walk.New(planner, x, y).Walk(goal, 60*maps.TicksPerSecond); !again || after != ticks {
				t.Errorf("arrived after %d ticks, then %v after %d", ticks, again, after)
			}
			w, followed := walk.New(planner, x, y), false
			for range 60 * maps.TicksPerSecond {
				if w.Step(goal).Arrived {
					if !followed {
						t.Error("followed no plan")
					}
					return
				}
				followed = w.Repack() || followed
			}
			t.Errorf("packed: ended at %d,%d,%d", w.Body.X>>16, w.Body.Y>>16, w.Body.Z>>16)
		})
	}
}

// Who cannot get there is told so and does not search for ever.
func TestPlanInVain(t *testing.T) {
	m, x, y, goal := row(t, []room{
		{Width: 256, Ceiling: 512, Special: 58, Acts: 5}, {Width: 128, Ceiling: 512},
		{Width: 128, Floor: -24, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 48, Ceiling: 512},
	})
	w := walk.New(plan.New(nav.New(m)), x, y)
	if w.Knows(goal) {
		t.Fatal("a way is known")
	}
	for range 10 * maps.TicksPerSecond {
		if !w.Step(goal).Lost {
			t.Fatal("not lost")
		}
	}
}

// On a map whose floors move once and for good, who was on the way when it
// closed plans another.
func TestWaysThatClose(t *testing.T) {
	m, err := library.Load("freedoom1.wad:E3M8")
	if err != nil {
		t.Fatal(err)
	}
	r := walk.Try(nav.New(m), walk.Params{Pairs: 30, Seed: 1})
	if len(r.Failures) > 0 || r.Arrived < 20 {
		t.Errorf("%+v", r)
	}
}
