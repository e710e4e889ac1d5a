package tag_test

import (
	"image"
	"testing"

	"dryad/games"
	"dryad/games/tag"
)

func TestDraw(t *testing.T) {
	world, err := tag.New().New(games.Config{Seats: 3}, 7)
	if err != nil {
		t.Fatal(err)
	}
	board, err := tag.Draw(world, games.NoSeat)
	if err != nil {
		t.Fatal(err)
	}
	view, err := tag.Draw(world, 1)
	if err != nil {
		t.Fatal(err)
	}
	// A seat stands in the middle of what it sees, marked white.
	middle := view.Bounds().Max.Div(2)
	if r, g, b, _ := view.At(middle.X, middle.Y).RGBA(); r != 0xffff || g != 0xffff || b != 0xffff {
		t.Errorf("the middle of the view is %v", view.At(middle.X, middle.Y))
	}
	colours := map[[4]uint32]bool{}
	for y := range board.Bounds().Dy() {
		for x := range board.Bounds().Dx() {
			r, g, b, a := board.At(x, y).RGBA()
			colours[[4]uint32{r, g, b, a}] = true
		}
	}
	// Walls, floor, it, others.
	if len(colours) != 4 || board.Bounds().Min != (image.Point{}) {
		t.Errorf("%d colours on the board of %v", len(colours), board.Bounds())
	}
	if _, err := tag.Draw(nil, 0); err == nil {
		t.Error("no world was drawn")
	}
}
