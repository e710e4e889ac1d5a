// Package render draws shooters in pure Go: through somebody's eyes, from
// above, as contact sheets and as animations. It needs no display and no
// graphics card.
//
//	p := render.For(m)                             // materials, cached per map
//	scene := &render.Scene{Map: m, Heights: &h, Actors: actors, Items: items}
//	eyes := p.Eyes(scene, 0, render.View{})        // what actor 0 sees
//	above := p.Above(scene, render.Plan{Heat: true})
//	sheet := render.Sheet([]image.Image{eyes, above}, []string{"0:26", "0:26"}, 2)
//	err := render.GIF(file, frames, 4)
//
// Walls, floors and figures come from the WAD file that the map was read from;
// for generated maps, and where a file lacks something, the package draws its
// own materials and figures. A [Scene] is a plain value: whoever runs the match
// fills it in, and the package knows no engine. [Of] makes one of what a
// spectator sees, and [DrawSized] a picture of a running match.
//
// Pictures are for looking at: they are computed with floating-point numbers
// and nothing that decides a match may depend on them.
package render
