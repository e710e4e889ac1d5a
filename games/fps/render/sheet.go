package render

import (
	"image"
	"image/color"
	plan9 "image/color/palette"
	"image/draw"
	"image/gif"
	"io"
)

// captionHeight is the room under each picture of a sheet.
const captionHeight = 18

// Sheet puts pictures of one size side by side, with a caption under each, in
// rows of the given number of columns.
func Sheet(pictures []image.Image, captions []string, columns int) *image.RGBA {
	if len(pictures) == 0 {
		return image.NewRGBA(image.Rect(0, 0, 1, 1))
	}
	columns = min(max(columns, 1), len(pictures))
	rows := (len(pictures) + columns - 1) / columns
	size := pictures[0].Bounds().Size()
	const gap = 4
	w, h := size.X+gap, size.Y+captionHeight+gap
	sheet := image.NewRGBA(image.Rect(0, 0, columns*w+gap, rows*h+gap))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.RGBA{16, 16, 20, 255}), image.Point{}, draw.Src)
	for i, p := range pictures {
		x, y := i%columns*w+gap, i/columns*h+gap
		draw.Draw(sheet, image.Rect(x, y, x+size.X, y+size.Y), p, p.Bounds().Min, draw.Src)
		if i < len(captions) {
			write(sheet, x+4, y+size.Y+13, captions[i], rgb{220, 220, 220})
		}
	}
	return sheet
}

// GIF writes pictures as an animation that repeats for ever, each shown for
// delay hundredths of a second.
func GIF(to io.Writer, pictures []image.Image, delay int) error {
	var g gif.GIF
	colours := plan9.Plan9
	// The palette's nearest colour, looked up by the high five bits of each
	// part; at most 32768 searches for any number of frames.
	var nearest [1 << 15]uint8
	var known [1 << 15]bool
	for _, p := range pictures {
		bounds := p.Bounds()
		frame := image.NewPaletted(image.Rect(0, 0, bounds.Dx(), bounds.Dy()), colours)
		for y := range bounds.Dy() {
			for x := range bounds.Dx() {
				r, gr, b, _ := p.At(bounds.Min.X+x, bounds.Min.Y+y).RGBA()
				key := r>>11<<10 | gr>>11<<5 | b>>11
				if !known[key] {
					known[key] = true
					nearest[key] = uint8(frame.Palette.Index(color.RGBA64{uint16(r), uint16(gr), uint16(b), 0xffff}))
				}
				frame.Pix[y*frame.Stride+x] = nearest[key]
			}
		}
		g.Image = append(g.Image, frame)
		g.Delay = append(g.Delay, delay)
	}
	return gif.EncodeAll(to, &g)
}
