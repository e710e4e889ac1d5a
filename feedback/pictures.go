package feedback

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	scale "golang.org/x/image/draw"

	"dryad/games"
	"dryad/replay"
)

// A Camera draws moments of one match.
type Camera interface {
	// Eyes draws what a seat sees at a tick.
	Eyes(tick int, seat games.Seat) (image.Image, error)
	// Above draws the map with all seats at a tick.
	Above(tick int) (image.Image, error)
}

// Pictures are PNG files of one match.
type Pictures struct {
	// Sheet is a contact sheet of what the seat saw.
	Sheet []byte
	// Strip is a row of views of the map from above, at the same moments.
	Strip []byte
}

// Sizes of the pictures, in pixels. A sheet is 4 by 2 frames, small enough for
// a vision model to take it whole.
const (
	frameWidth, frameHeight = 256, 192
	captionHeight           = 16
	sheetColumns, sheetRows = 4, 2
)

// Draw makes the pictures of a match as a seat has played it. The ticks a
// second are for the captions.
func Draw(camera Camera, r *replay.Replay, seat games.Seat, ticksPerSecond int) (Pictures, error) {
	moments := Moments(r, seat, sheetColumns*sheetRows)
	var eyes, above []image.Image
	var captions []string
	for _, tick := range moments {
		eye, err := camera.Eyes(tick, seat)
		if err != nil {
			return Pictures{}, fmt.Errorf("draw tick %d through the eyes of seat %d: %w", tick, seat, err)
		}
		top, err := camera.Above(tick)
		if err != nil {
			return Pictures{}, fmt.Errorf("draw tick %d from above: %w", tick, err)
		}
		eyes, above = append(eyes, eye), append(above, top)
		captions = append(captions, clock(tick, ticksPerSecond))
	}
	sheet, err := compose(eyes, captions, sheetColumns)
	if err != nil {
		return Pictures{}, err
	}
	strip, err := compose(above, captions, max(1, len(above)))
	if err != nil {
		return Pictures{}, err
	}
	return Pictures{Sheet: sheet, Strip: strip}, nil
}

// clock is a tick as minutes and seconds, or as itself in a game of turns.
func clock(tick, ticksPerSecond int) string {
	if ticksPerSecond == 0 {
		return fmt.Sprintf("turn %d", tick)
	}
	seconds := tick / ticksPerSecond
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// compose lays frames out in rows, each with its caption below, and encodes the
// whole.
func compose(frames []image.Image, captions []string, columns int) ([]byte, error) {
	rows := (len(frames) + columns - 1) / columns
	canvas := image.NewRGBA(image.Rect(0, 0, columns*frameWidth, max(1, rows)*(frameHeight+captionHeight)))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(color.Black), image.Point{}, draw.Src)
	for i, frame := range frames {
		corner := image.Pt(i%columns*frameWidth, i/columns*(frameHeight+captionHeight))
		place := fit(frame.Bounds(), image.Rect(0, 0, frameWidth, frameHeight)).Add(corner)
		scale.ApproxBiLinear.Scale(canvas, place, frame, frame.Bounds(), draw.Over, nil)
		pen := font.Drawer{
			Dst: canvas, Src: image.White, Face: basicfont.Face7x13,
			Dot: fixed.P(corner.X+4, corner.Y+frameHeight+captionHeight-4),
		}
		pen.DrawString(captions[i])
	}
	var file bytes.Buffer
	if err := png.Encode(&file, canvas); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return file.Bytes(), nil
}

// fit is the largest rectangle of the picture's proportions in the middle of
// room.
func fit(picture, room image.Rectangle) image.Rectangle {
	if picture.Empty() {
		return image.Rectangle{}
	}
	width, height := room.Dx(), picture.Dy()*room.Dx()/picture.Dx()
	if height > room.Dy() {
		width, height = picture.Dx()*room.Dy()/picture.Dy(), room.Dy()
	}
	corner := room.Min.Add(image.Pt((room.Dx()-width)/2, (room.Dy()-height)/2))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width, height))}
}
