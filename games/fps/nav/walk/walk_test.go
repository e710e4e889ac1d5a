package walk_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/games/fps/nav/walk"
)

const (
	start  = maps.TypeDeathmatchStart
	medkit = 2012
)

type room = maptest.Room

// A walk between the first room and the last, and what becomes of it.
func TestSmallWorlds(t *testing.T) {
	for name, c := range map[string]struct {
		rooms             []room
		arrives, ruledOut bool
	}{
		"level floor":  {[]room{{Width: 256, Ceiling: 512}, {Width: 256, Ceiling: 512}}, true, false},
		"down a ledge": {[]room{{Width: 256, Floor: 200, Ceiling: 512}, {Width: 256, Ceiling: 512}}, true, false},
		"up a ledge":   {[]room{{Width: 256, Ceiling: 512}, {Width: 256, Floor: 48, Ceiling: 512}}, false, true},
		"up a lift called by crossing a line": {[]room{
			{Width: 256, Ceiling: 512, Special: 88, Acts: 5}, {Width: 128, Ceiling: 512}, {Width: 128, Floor: 128, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 128, Ceiling: 512},
		}, true, false},
		"up a lift called by using its own edge": {[]room{
			{Width: 256, Ceiling: 512, Special: 62, Acts: 5}, {Width: 128, Floor: 128, Ceiling: 512, Tag: 5}, {Width: 256, Floor: 128, Ceiling: 512},
		}, true, false},
		"through a door to be used": {[]room{
			{Width: 256, Ceiling: 512, Special: 1}, {Width: 32}, {Width: 256, Ceiling: 512},
		}, true, false},
		"through a door opened from afar": {[]room{
			{Width: 256, Ceiling: 512, Special: 90, Acts: 6}, {Width: 256, Ceiling: 512}, {Width: 32, Tag: 6}, {Width: 256, Ceiling: 512},
		}, true, false},
		"through a door to be shot at": {[]room{
			{Width: 256, Ceiling: 512, Special: 46, Acts: 6}, {Width: 32, Tag: 6}, {Width: 256, Ceiling: 512},
		}, true, false},
		"through a wall that is a door to nobody": {[]room{
			{Width: 256, Ceiling: 512}, {Width: 32, Tag: 6}, {Width: 256, Ceiling: 512},
		}, false, true},
		"over a gap": {[]room{
			{Width: 256, Floor: 200, Ceiling: 512}, {Width: 64, Ceiling: 512}, {Width: 256, Floor: 200, Ceiling: 512},
		}, true, false},
		"over a wide gap to a lower floor": {[]room{
			{Width: 512, Floor: 300, Ceiling: 512}, {Width: 160, Ceiling: 512}, {Width: 256, Floor: 200, Ceiling: 512},
		}, true, false},
		// A start right behind the wall of a short room leaves no run-up: what
		// could be jumped at full speed is not ruled out.
		"over a gap without a run-up": {[]room{
			{Width: 64, Floor: 200, Ceiling: 512}, {Width: 112, Ceiling: 512}, {Width: 256, Floor: 200, Ceiling: 512},
		}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.rooms[0].Thing = start
			c.rooms[len(c.rooms)-1].Thing = medkit
			m, err := maptest.Row(c.rooms...)
			if err != nil {
				t.Fatal(err)
			}
			r := walk.Try(nav.New(m), walk.Params{Pairs: 12, Seed: 1})
			// Some walks end where they begin.
			if r.Pairs != 12 || r.Arrived == 0 || r.Arrived+len(r.Failures)+r.NoWay != 12 || r.Impossible+len(r.Unknown) != r.NoWay {
				t.Errorf("does not add up: %+v", r)
			}
			if got := r.Arrived == 12; got != c.arrives {
				t.Errorf("arrived %v, want %v: %+v", got, c.arrives, r)
			}
			if got := r.Impossible > 0; got != c.ruledOut || c.ruledOut && len(r.Unknown) > 0 {
				t.Errorf("ruled out %v, want %v: %+v", got, c.ruledOut, r)
			}
			if want := 12 - r.Impossible; r.Possible() != want {
				t.Errorf("%d pairs are possible, want %d", r.Possible(), want)
			}
		})
	}
}

// The walker rides: it goes down to a lift's lower floor and comes up on it.
func TestWalkerRidesALift(t *testing.T) {
	m, err := maptest.Row(
		room{Width: 256, Ceiling: 512, Special: 88, Acts: 5, Thing: start}, room{Width: 128, Ceiling: 512},
		room{Width: 128, Floor: 128, Ceiling: 512, Tag: 5}, room{Width: 256, Floor: 128, Ceiling: 512},
	)
	if err != nil {
		t.Fatal(err)
	}
	w := walk.New(plan.New(nav.New(m)), fixed.FromInt(128), fixed.FromInt(64))
	goal := nav.Goal{X: fixed.FromInt(640), Y: fixed.FromInt(64)}
	low, on := false, fixed.Fixed(0)
	for range 30 * maps.TicksPerSecond {
		a := w.Step(goal)
		if lift := m.SectorAt(w.Body.X, w.Body.Y); lift == 2 {
			low = low || w.Body.Z < 8*fixed.One
			on = max(on, w.Body.Z)
		}
		if a.Arrived {
			if !low || on < 100*fixed.One {
				t.Errorf("on the lift: low %v, highest %d", low, on>>16)
			}
			return
		}
	}
	t.Errorf("ended at %d,%d,%d", w.Body.X>>16, w.Body.Y>>16, w.Body.Z>>16)
}
