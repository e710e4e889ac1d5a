package arena

import (
	"testing"

	"dryad/bt"
	"dryad/games/fps"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
)

// rowWorld makes a world on a row of rooms, with the others out of the way in
// the last one.
func rowWorld(t *testing.T, rooms ...maptest.Room) *World {
	t.Helper()
	m, err := maptest.Row(rooms...)
	if err != nil {
		t.Fatal(err)
	}
	g, err := newGround(m, nav.New(m))
	if err != nil {
		t.Fatal(err)
	}
	w := smallOn(t, g, "team_deathmatch")
	x := units(m.MaxX)
	w.set(ally, x-20, 20, 0)
	w.set(enemy, x-20, 108, 0)
	return w
}

// Who walks to a place behind a door that opens when it is shot shoots it.
func TestWalksThroughADoorToBeShot(t *testing.T) {
	const start = 11
	w := rowWorld(t,
		maptest.Room{Width: 256, Ceiling: 256, Thing: start}, maptest.Room{Width: 256, Ceiling: 256, Thing: start, Special: 46, Acts: 6},
		maptest.Room{Width: 32, Tag: 6}, maptest.Room{Width: 512, Ceiling: 256, Thing: start})
	w.set(self, 64, 64, 180)
	task, _ := fps.Vocabulary("arena").Task("move_to")
	r := attempt(w, task, targets{x: 700, y: 64}, 600, nil)
	if r.status != bt.Success || r.fired == 0 || w.from(self, 700, 64) > 32 {
		t.Errorf("status %v after %d ticks and %d shots, %d units away", r.status, r.ticks, r.fired, w.from(self, 700, 64))
	}
}

// Who walks to a place beyond a gap jumps over it, from any start.
func TestWalksOverAGap(t *testing.T) {
	const start = 11
	w := rowWorld(t,
		maptest.Room{Width: 384, Floor: 300, Ceiling: 512, Thing: start}, maptest.Room{Width: 96, Ceiling: 512},
		maptest.Room{Width: 256, Floor: 300, Ceiling: 512, Thing: start}, maptest.Room{Width: 256, Floor: 200, Ceiling: 512, Thing: start})
	task, _ := fps.Vocabulary("arena").Task("move_to")
	for _, from := range [][2]int{{32, 64}, {200, 20}, {350, 100}} {
		w.set(self, from[0], from[1], 180)
		r := attempt(w, task, targets{x: 600, y: 64}, 600, nil)
		if r.status != bt.Success || w.from(self, 600, 64) > 32 || units(w.actors[self].Z) != 300 {
			t.Errorf("from %v: status %v after %d ticks, %d units away, at height %d", from, r.status, r.ticks, w.from(self, 600, 64), units(w.actors[self].Z))
		}
	}
}
