package plan_test

import (
	"fmt"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
)

// Crossing the line behind the first room opens the door before the last.
func Example() {
	m, err := maptest.Row(
		maptest.Room{Width: 256, Ceiling: 512, Special: 90, Acts: 6}, maptest.Room{Width: 256, Ceiling: 512},
		maptest.Room{Width: 32, Tag: 6}, maptest.Room{Width: 256, Ceiling: 512})
	if err != nil {
		panic(err)
	}
	p := plan.New(nav.New(m))
	heights, movers := m.Heights(), m.Movers()
	body := maps.Body{X: fixed.FromInt(64), Y: fixed.FromInt(64), Radius: maps.Radius, Height: maps.Height}
	goal := nav.Goal{X: fixed.FromInt(700), Y: fixed.FromInt(64)}
	var t plan.Traveller
	fmt.Println(p.Plan(&heights, &movers, &t, &body, goal), t.Planned())
	a := p.Steer(&heights, &movers, &t, &body, goal)
	fmt.Println(a.Lost, a.X > body.X)
	// Output:
	// true true
	// false true
}
