package view

import "dryad/catalog"

// Painter returns what draws the present state of a match of a game; nil for a
// game that cannot be drawn.
func Painter(game string) catalog.Painter {
	row, err := catalog.Find(game)
	if err != nil {
		return nil
	}
	return row.Paint
}
