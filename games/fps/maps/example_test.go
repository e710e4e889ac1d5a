package maps_test

import (
	"fmt"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
)

func Example() {
	m, err := library.Load("generated:rooms:1")
	if err != nil {
		panic(err)
	}
	h := m.Heights()
	start := m.DeathmatchStarts()[0]
	spot := m.Check(&h, start.X, start.Y, maps.Radius)
	b := maps.Body{X: start.X, Y: start.Y, Z: spot.Floor, Radius: maps.Radius, Height: maps.Height}
	hit := m.Trace(&h, b.Eye(), start.Angle, 0, 4096*fixed.One)
	fmt.Println(hit.Kind == maps.HitWall, m.Sees(&h, b.Eye(), hit.X, hit.Y, spot.Floor, spot.Ceiling))
	// Output: true true
}
