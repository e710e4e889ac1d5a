package nav_test

import (
	"testing"

	"dryad/games/fps/maps/generate"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/walk"
)

// On deathmatch maps every goal to which there is a way is reached.
func TestWalksOnFreeDM(t *testing.T) {
	w, err := library.File("freedm.wad")
	if err != nil {
		t.Fatal(err)
	}
	pairs, arrived := 0, 0
	for _, name := range w.Maps() {
		if name == "MAP19" || name == "MAP24" {
			continue // large: the measurement in docs/maps.md has them
		}
		r := walk.Try(graph(t, "freedm.wad:"+name), walk.Params{Pairs: 10, Seed: 1})
		pairs, arrived = pairs+r.Pairs-r.NoWay, arrived+r.Arrived
		for _, f := range r.Failures {
			t.Logf("%s: %s", r.Map, f)
		}
	}
	if arrived*100 < pairs*98 {
		t.Errorf("%d of %d walks arrived", arrived, pairs)
	}
}

// Generated maps are connected: every walk arrives.
func TestWalksOnGeneratedMaps(t *testing.T) {
	for _, family := range generate.Families() {
		for seed := range uint64(4) {
			m, err := generate.Map(family, seed)
			if err != nil {
				t.Fatal(err)
			}
			r := walk.Try(nav.New(m), walk.Params{Pairs: 10, Seed: seed})
			if r.Arrived != r.Pairs || r.Pairs != 10 {
				t.Errorf("%s: %d of %d arrived: %v", r.Map, r.Arrived, r.Pairs, r.Failures)
			}
		}
	}
}
