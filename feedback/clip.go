package feedback

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"

	scale "golang.org/x/image/draw"

	"dryad/replay"
)

// The measures of a clip: its frames, their size in pixels, and hundredths of a
// second that each is shown.
const (
	clipFrames            = 20
	clipWidth, clipHeight = 160, 120
	clipDelay             = 20
)

// Clip draws a match from above as a small animation in the GIF format, which
// repeats for ever: frames at equal distances over the whole match.
func Clip(camera Camera, r *replay.Replay) ([]byte, error) {
	colours := nearest{known: map[uint16]uint8{}}
	var g gif.GIF
	last := -1
	for k := range clipFrames {
		tick := k * r.Ticks / clipFrames
		if tick == last {
			continue // a match of few turns
		}
		last = tick
		picture, err := camera.Above(tick, image.Point{})
		if err != nil {
			return nil, fmt.Errorf("draw tick %d from above: %w", tick, err)
		}
		canvas := image.NewRGBA(image.Rect(0, 0, clipWidth, clipHeight))
		draw.Draw(canvas, canvas.Bounds(), image.NewUniform(color.Black), image.Point{}, draw.Src)
		scale.ApproxBiLinear.Scale(canvas, fit(picture.Bounds(), canvas.Bounds()), picture, picture.Bounds(), draw.Over, nil)
		g.Image = append(g.Image, colours.frame(canvas))
		g.Delay = append(g.Delay, clipDelay)
	}
	var file bytes.Buffer
	if err := gif.EncodeAll(&file, &g); err != nil {
		return nil, fmt.Errorf("encode a clip: %w", err)
	}
	return file.Bytes(), nil
}

// nearest finds the colours of a fixed palette that are closest to others, which it
// tells apart by the high five bits of each part.
type nearest struct{ known map[uint16]uint8 }

func (n *nearest) frame(from *image.RGBA) *image.Paletted {
	frame := image.NewPaletted(from.Bounds(), palette.Plan9)
	for i := range frame.Pix {
		r, g, b := from.Pix[4*i], from.Pix[4*i+1], from.Pix[4*i+2]
		key := uint16(r>>3)<<10 | uint16(g>>3)<<5 | uint16(b>>3)
		index, have := n.known[key]
		if !have {
			index = uint8(color.Palette(palette.Plan9).Index(color.RGBA{r&^7 | 4, g&^7 | 4, b&^7 | 4, 255}))
			n.known[key] = index
		}
		frame.Pix[i] = index
	}
	return frame
}
