package render

import (
	"fmt"
	"image"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/maps"
)

// Chart is the map of a match from above, without actors and items, for others to
// draw on.
type Chart struct {
	Image *image.RGBA
	// Scale is pixels a map unit; Left and Upper are the map coordinates of the
	// picture's corner.
	Scale, Left, Upper float64
	// Low and High are the heights of the lowest and the highest floor: the darkest
	// and the lightest.
	Low, High float64
	Items     []ChartItem
}

// ChartItem is an item that lies, or comes back, at a place.
type ChartItem struct {
	X, Y float64 // map units
	// Kind is weapon, ammunition, health, armour or power.
	Kind string
	Name string
}

// At returns the pixel of a place in map units.
func (c *Chart) At(x, y float64) (px, py float64) {
	return (x - c.Left) * c.Scale, (c.Upper - y) * c.Scale
}

// chartKinds are the kinds of items that a chart has.
var chartKinds = map[maps.Category]string{
	maps.Weapon: "weapon", maps.Ammo: "ammunition", maps.Health: "health", maps.Armour: "armour", maps.Powerup: "power",
}

// ChartOf draws the map of a match as it stands.
func ChartOf(world games.World, width, height int) (*Chart, error) {
	w, ok := world.(fps.Spectated)
	if !ok {
		return nil, fmt.Errorf("draw a match: %T is no shooter", world)
	}
	spectated := w.Scene()
	scene := Of(&spectated)
	c := &Chart{}
	for i := range scene.Items {
		k, _ := maps.KindOf(scene.Items[i].Type)
		if kind := chartKinds[k.Category]; kind != "" {
			c.Items = append(c.Items, ChartItem{X: unfix(scene.Items[i].X), Y: unfix(scene.Items[i].Y), Kind: kind, Name: k.Name})
		}
	}
	scene.Actors, scene.Items, scene.Missiles = nil, nil, nil
	b := For(scene.Map).above(scene, Plan{Width: width, Height: height, Bare: true})
	c.Image, c.Scale, c.Left, c.Upper, c.Low, c.High = b.image, b.scale, b.left, b.upper, b.lowest, b.lowest+b.span
	return c, nil
}
