package plan_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
)

// TestPlansStayInWords: a traveller that is packed and unpacked each tick is
// told the same as one that is kept, with a plan and without.
func TestPlansStayInWords(t *testing.T) {
	m, err := maptest.Row(
		maptest.Room{Width: 256, Ceiling: 512, Special: 90, Acts: 6}, maptest.Room{Width: 256, Ceiling: 512},
		maptest.Room{Width: 32, Tag: 6}, maptest.Room{Width: 256, Ceiling: 512})
	if err != nil {
		t.Fatal(err)
	}
	p := plan.New(nav.New(m))
	goal := nav.Goal{X: fixed.FromInt(700), Y: fixed.FromInt(64)}
	for _, planned := range []bool{false, true} {
		heights, movers := m.Heights(), m.Movers()
		body := maps.Body{X: fixed.FromInt(64), Y: fixed.FromInt(64), Radius: maps.Radius, Height: maps.Height}
		var kept, packed plan.Traveller
		if planned && (!p.Plan(&heights, &movers, &kept, &body, goal) || !p.Plan(&heights, &movers, &packed, &body, goal)) {
			t.Fatal("no plan")
		}
		var words [plan.TravellerWords]uint64
		for tick := range 400 {
			packed.Pack(words[:])
			packed = plan.Traveller{}
			packed.Unpack(append([]uint64(nil), words[:]...))
			a := p.Steer(&heights, &movers, &kept, &body, goal)
			if b := p.Steer(&heights, &movers, &packed, &body, goal); a != b || packed.Planned() != kept.Planned() {
				t.Fatalf("planned %v, tick %d: %+v when kept, %+v when packed", planned, tick, a, b)
			}
			if a.Arrived {
				break
			}
			slid := m.Slide(&heights, &body, max(min(a.X-body.X, 10*fixed.One), -10*fixed.One), max(min(a.Y-body.Y, 10*fixed.One), -10*fixed.One),
				func(line int32, side int) { movers.Activate(m, &heights, int(line), maps.Walk, side, false) })
			body.Z = slid.Spot.Floor
			movers.Step(&heights, nil)
		}
	}
}
