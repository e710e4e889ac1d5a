// Package render draws matches of first-person shooters, in pure Go and
// without a display: the map from above, and the world through a seat's eyes.
//
//	scene := world.(fps.Spectated).Scene()
//	top := render.Above(&scene, render.AboveParams{Width: 800, Height: 600})
//	eyes := render.Eyes(&scene, 0, render.EyesParams{Width: 640, Height: 400})
//	err := png.Encode(file, eyes)
//
// Walls and floors show the textures of the WAD file that the map was read
// from, and patterns of dryad's own where there is none. Figures, items and
// missiles are drawn by dryad.
//
// Pictures are for people and vision models; nothing in a match depends on
// them. The package keeps the textures of the files it has drawn.
package render
