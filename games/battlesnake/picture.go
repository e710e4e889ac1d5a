package battlesnake

import (
	"errors"
	"image"
	"image/color"
	"image/draw"

	"dryad/games"
)

// cellPixels is the size of a cell in a picture, with the gap to the next.
const (
	cellPixels = 24
	gap        = 2
)

var (
	backColour = color.RGBA{245, 245, 245, 255}
	cellColour = color.RGBA{225, 225, 230, 255}
	foodColour = color.RGBA{230, 80, 70, 255}
	eyeColour  = color.RGBA{255, 255, 255, 255}
	snakeShade = [MaxSnakes]color.RGBA{
		{40, 90, 190, 255}, {220, 130, 30, 255}, {40, 150, 80, 255}, {140, 70, 170, 255},
		{30, 160, 170, 255}, {160, 110, 60, 255}, {200, 60, 130, 255}, {90, 90, 100, 255},
	}
)

// Draw draws the board; every seat sees all of it. The error is that the world is
// none of this game.
func Draw(match games.World, _ games.Seat) (image.Image, error) {
	w, ok := match.(*world)
	if !ok {
		return nil, errors.New("draw a board of battlesnake: the match is of another game")
	}
	b := w.board
	picture := image.NewRGBA(image.Rect(0, 0, b.Width*cellPixels, b.Height*cellPixels))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(picture, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	square := func(p Point) image.Rectangle {
		x, y := p.X*cellPixels, (b.Height-1-p.Y)*cellPixels
		return image.Rect(x, y, x+cellPixels, y+cellPixels)
	}
	fill(picture.Bounds(), backColour)
	for c := range b.Width * b.Height {
		fill(square(b.point(c)).Inset(gap/2), cellColour)
	}
	for _, f := range b.Food {
		fill(square(f).Inset(cellPixels/3), foodColour)
	}
	for i := range b.Snakes {
		s := &b.Snakes[i]
		if s.Cause != Alive {
			continue
		}
		for k := len(s.Body) - 1; k >= 0; k-- {
			fill(square(s.Body[k]).Inset(gap), snakeShade[i])
			if k > 0 { // joins the next
				fill(square(s.Body[k]).Union(square(s.Body[k-1])).Inset(gap), snakeShade[i])
			}
		}
		fill(square(s.Body[0]).Inset(cellPixels*2/5), eyeColour)
	}
	return picture, nil
}
