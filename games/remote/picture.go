package remote

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"

	"dryad/games"
)

// maxPixels bounds a picture that a peer sends.
const maxPixels = 1 << 24

// Renders reports whether the peer draws its matches.
func (g *Game) Renders() bool { return g.hello.Renders }

// Picture asks the peer for a picture of a match of this game: as a seat sees it, or
// the whole for games.NoSeat.
func (g *Game) Picture(of games.World, seat games.Seat, width, height int) (image.Image, error) {
	w, ok := of.(*world)
	switch {
	case !ok:
		return nil, errors.New("this is no match of the game")
	case w.err != nil:
		return nil, w.err
	case w.link == nil:
		return nil, fmt.Errorf("the match of %s is over and was not drawn", g.vocabulary.Game)
	}
	var answer reply
	if err := w.link.ask(&request{Do: doRender, Seat: int(seat), Width: width, Height: height}, &answer, g.params.Exchange); err != nil {
		w.fail(err)
		return nil, w.err
	}
	if answer.Error != "" {
		return nil, errors.New(clip(answer.Error))
	}
	head, err := png.DecodeConfig(bytes.NewReader(answer.Picture))
	if err == nil && head.Width*head.Height > maxPixels {
		err = fmt.Errorf("%d x %d points", head.Width, head.Height)
	}
	if err != nil {
		return nil, fmt.Errorf("the picture of %s: %w", g.vocabulary.Game, err)
	}
	return png.Decode(bytes.NewReader(answer.Picture))
}
