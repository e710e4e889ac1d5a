package render

import (
	"image"
	"image/color"
	"image/draw"
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
