package reach_test

import (
	"math/rand/v2"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/games/fps/nav/reach"
	"dryad/games/fps/nav/walk"
)

type room = maptest.Room

func TestSmallWorlds(t *testing.T) {
	hall := func(width, floor int) room { return room{Width: width, Floor: floor, Ceiling: 512} }
	for name, c := range map[string]struct {
		rooms []room
		want  bool // that the middle of the last room is reached from the first's
	}{
		"level floor":               {[]room{hall(256, 0), hall(256, 0)}, true},
		"a step of 24":              {[]room{hall(256, 0), hall(256, 24)}, true},
		"a step of 25":              {[]room{hall(256, 0), hall(256, 25)}, false},
		"a drop":                    {[]room{hall(256, 200), hall(256, 0)}, true},
		"a gap of 64 units":         {[]room{hall(256, 200), hall(64, 0), hall(256, 200)}, true},
		"a gap of 256 units":        {[]room{hall(256, 200), hall(256, 0), hall(256, 200)}, false},
		"a wide gap, landing lower": {[]room{hall(256, 400), hall(192, 0), hall(256, 240)}, true},
		"a low lintel":              {[]room{hall(256, 0), {Width: 64, Ceiling: 55}, hall(256, 0)}, false},
		"a high lintel":             {[]room{hall(256, 0), {Width: 64, Ceiling: 56}, hall(256, 0)}, true},
		// 62 is a lift to be used, tagged; 46 a door to be shot at; 1 a door.
		"a lift set off from below":     {[]room{{Width: 256, Ceiling: 512, Special: 62, Acts: 5}, {Width: 128, Floor: 128, Ceiling: 512, Tag: 5}, hall(256, 128)}, true},
		"a lift that nobody sets off":   {[]room{{Width: 256, Ceiling: 512}, {Width: 128, Floor: 128, Ceiling: 512, Tag: 5}, hall(256, 128)}, false},
		"a door that has to be shot":    {[]room{{Width: 256, Ceiling: 512, Special: 46, Acts: 6}, {Width: 32, Tag: 6}, {Width: 256, Ceiling: 512}}, true},
		"a door that nothing can open":  {[]room{{Width: 256, Ceiling: 512}, {Width: 32, Tag: 6}, {Width: 256, Ceiling: 512}}, false},
		"a floor raised out of a shaft": {[]room{{Width: 256, Ceiling: 512, Special: 91, Acts: 7}, {Width: 128, Floor: -8, Ceiling: 128, Tag: 7}, {Width: 256, Floor: 40, Ceiling: 512}}, true},
		// 97 teleports as often as it is crossed, 39 once; 14 is where to.
		"a teleporter across the way":    {[]room{{Width: 256, Ceiling: 512, Special: 97, Acts: 8, Tag: 8, Thing: 14}, hall(256, 0)}, false},
		"a jump over a teleporter":       {[]room{{Width: 256, Floor: 400, Ceiling: 512, Special: 97, Acts: 8, Tag: 8, Thing: 14}, hall(256, 0)}, false},
		"a teleporter that works once":   {[]room{{Width: 256, Ceiling: 512, Special: 39, Acts: 8, Tag: 8, Thing: 14}, hall(256, 0)}, true},
		"a teleporter to the far side":   {[]room{{Width: 256, Ceiling: 512, Special: 97, Acts: 8}, {Width: 256, Ceiling: 512, Tag: 8, Thing: 14}}, true},
		"a teleporter that leads no way": {[]room{{Width: 256, Ceiling: 512, Special: 97, Acts: 8}, hall(256, 0)}, true},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := maptest.Row(c.rooms...)
			if err != nil {
				t.Fatal(err)
			}
			middle := fixed.FromInt(64)
			end := 0
			for _, r := range c.rooms {
				end += r.Width
			}
			end -= c.rooms[len(c.rooms)-1].Width / 2
			got := reach.New(m).From(fixed.FromInt(c.rooms[0].Width/2), middle).Touches(fixed.FromInt(end), middle, maps.Radius)
			if got != c.want {
				t.Errorf("reached %v, want %v", got, c.want)
			}
		})
	}
}

// Wherever navigation walks, the search gets to as well.
func TestReachesWhatIsWalkedTo(t *testing.T) {
	for _, name := range []string{"freedm.wad:MAP01", "freedoom1.wad:E1M2", "freedoom2.wad:MAP01"} {
		m, err := library.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		g, s := plan.New(nav.New(m)), reach.New(m)
		starts, goals := walk.Places(m)
		rng := rand.New(rand.NewPCG(9, 9))
		for range 3 {
			from := starts[rng.IntN(len(starts))]
			r := s.From(from.X, from.Y)
			for range 12 {
				to := goals[rng.IntN(len(goals))]
				goal := nav.Goal{X: to.X, Y: to.Y, Reach: nav.Touch}
				w := walk.New(g, from.X, from.Y)
				if !g.Graph().Reaches(from.X, from.Y, goal) {
					continue
				}
				if arrived, _ := w.Walk(goal, 150*35); arrived && !r.Touches(to.X, to.Y, nav.Touch) {
					t.Errorf("%s: walked from %d,%d to %d,%d, which the search does not reach", name, from.X>>16, from.Y>>16, to.X>>16, to.Y>>16)
				}
			}
		}
	}
}
