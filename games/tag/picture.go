package tag

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"dryad/games"
)

// Sizes of pictures: pixels a cell, and cells to each side of a seat that sees.
const (
	cellPixels = 16
	sight      = 5
)

var (
	wallColour   = color.RGBA{70, 70, 80, 255}
	floorColour  = color.RGBA{225, 220, 205, 255}
	itColour     = color.RGBA{200, 40, 40, 255}
	playerColour = color.RGBA{40, 90, 190, 255}
	frozenColour = color.RGBA{150, 190, 230, 255}
)

// Draw draws the board with all players; it is red, frozen players are pale.
// For a seat it draws only the cells around it. The error is that the world is
// none of this game.
func Draw(match games.World, seat games.Seat) (image.Image, error) {
	w, ok := match.(*world)
	if !ok {
		return nil, fmt.Errorf("draw a board of tag: the match is of another game")
	}
	picture := image.NewRGBA(image.Rect(0, 0, width*cellPixels, height*cellPixels))
	for at := range cell(cells) {
		shade := wallColour
		if w.board.free[at] {
			shade = floorColour
		}
		fill(picture, square(at), shade)
	}
	order := make([]int, 0, len(w.players)) // it stands above whom it was tagged by
	for s := range w.players {
		if games.Seat(s) != w.it {
			order = append(order, s)
		}
	}
	if w.it >= 0 {
		order = append(order, int(w.it))
	}
	for _, s := range order {
		p, shade := w.players[s], playerColour
		switch {
		case games.Seat(s) == w.it:
			shade = itColour
		case p.frozen > 0:
			shade = frozenColour
		}
		fill(picture, square(p.at).Inset(2), shade)
		if games.Seat(s) == seat {
			fill(picture, square(p.at).Inset(6), color.RGBA{255, 255, 255, 255})
		}
	}
	if seat == games.NoSeat {
		return picture, nil
	}
	around := square(w.players[seat].at).Inset(-sight * cellPixels)
	view := image.NewRGBA(image.Rectangle{Max: around.Size()})
	fill(view, view.Bounds(), wallColour)
	draw.Draw(view, view.Bounds(), picture, around.Min, draw.Over)
	return view, nil
}

// square is the place of a cell in the picture.
func square(at cell) image.Rectangle {
	x, y := int(at)%width, int(at)/width
	return image.Rect(x*cellPixels, y*cellPixels, (x+1)*cellPixels, (y+1)*cellPixels)
}

func fill(picture draw.Image, place image.Rectangle, shade color.Color) {
	draw.Draw(picture, place, image.NewUniform(shade), image.Point{}, draw.Src)
}
