package nav_test

import (
	"fmt"

	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
)

func Example() {
	m, err := library.Load("generated:teams:1")
	if err != nil {
		panic(err)
	}
	g := nav.For(m)
	blue, red := m.TeamStarts(0)[0], m.TeamStarts(1)[0]
	from, to := g.Node(blue.X, blue.Y), g.Node(red.X, red.Y)
	steps := 0
	for at := from; at != to; steps++ {
		at, _ = g.Next(at, to)
	}
	far, ok := g.Distance(from, to)
	fmt.Println(ok, steps > 10, far > 1000)
	// Output: true true true
}
