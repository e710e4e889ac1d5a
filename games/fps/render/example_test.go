package render_test

import (
	"fmt"

	"dryad/games/fps/maps/library"
	"dryad/games/fps/render"
)

func Example() {
	m, err := library.Load("generated:rooms:1")
	if err != nil {
		panic(err)
	}
	start := m.DeathmatchStarts()[0]
	scene := &render.Scene{Map: m, Actors: []render.Actor{{X: start.X, Y: start.Y, Angle: start.Angle, Health: 100, Weapon: "pistol", Ammo: 50}}}
	eyes := render.For(m).Eyes(scene, 0, render.View{Width: 320, Height: 200})
	above := render.For(m).Above(scene, render.Plan{Width: 320, Height: 240})
	fmt.Println(eyes.Bounds().Dx(), eyes.Bounds().Dy(), above.Bounds().Dy())
	// Output: 320 200 240
}
