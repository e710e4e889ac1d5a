package render

import (
	"image"
	"math"
)

func (b *board) set(x, y int, c rgb) { b.image.SetRGBA(x, y, c.rgba()) }

// blend puts strength/256 of a colour over a pixel.
func (b *board) blend(x, y int, c rgb, strength int) {
	if !image.Pt(x, y).In(b.image.Rect) {
		return
	}
	under := b.image.RGBAAt(x, y)
	b.set(x, y, rgb{under.R, under.G, under.B}.mix(c, min(strength, 256)))
}

// line draws a line whose edge pixels are blended by how much it covers.
func (b *board) line(x0, y0, x1, y1 float64, c rgb, strength int) {
	if math.Abs(y1-y0) > math.Abs(x1-x0) {
		b.stroke(y0, x0, y1, x1, func(x, y, part int) { b.blend(y, x, c, strength*part>>8) })
		return
	}
	b.stroke(x0, y0, x1, y1, func(x, y, part int) { b.blend(x, y, c, strength*part>>8) })
}

// stroke visits the pixels along a line that is longer in x than in y.
func (b *board) stroke(x0, y0, x1, y1 float64, visit func(x, y, part int)) {
	if x0 > x1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	slope := 0.0
	if x1 > x0 {
		slope = (y1 - y0) / (x1 - x0)
	}
	limit := float64(max(b.image.Rect.Dx(), b.image.Rect.Dy()))
	for x := math.Max(math.Round(x0), -1); x <= math.Min(math.Round(x1), limit); x++ {
		y := y0 + slope*(x-x0)
		below := math.Floor(y)
		part := int((y - below) * 256)
		visit(int(x), int(below), 256-part)
		visit(int(x), int(below)+1, part)
	}
}

// spot fills a disc.
func (b *board) spot(x, y, radius float64, c rgb) {
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			d := math.Hypot(float64(px)+0.5-x, float64(py)+0.5-y)
			if part := math.Min(radius+0.5-d, 1); part > 0 {
				b.blend(px, py, c, int(part*256))
			}
		}
	}
}

// diamond fills a square that stands on a corner.
func (b *board) diamond(x, y, radius float64, c rgb) {
	for py := int(y - radius - 1); py <= int(y+radius+1); py++ {
		for px := int(x - radius - 1); px <= int(x+radius+1); px++ {
			d := math.Abs(float64(px)+0.5-x) + math.Abs(float64(py)+0.5-y)
			if part := math.Min(radius+0.5-d, 1); part > 0 {
				b.blend(px, py, c, int(part*256))
			}
		}
	}
}

// ring draws a circle.
func (b *board) ring(x, y, radius float64, c rgb) {
	for py := int(y - radius - 2); py <= int(y+radius+2); py++ {
		for px := int(x - radius - 2); px <= int(x+radius+2); px++ {
			d := math.Abs(math.Hypot(float64(px)+0.5-x, float64(py)+0.5-y) - radius)
			if part := math.Min(1.2-d, 1); part > 0 {
				b.blend(px, py, c, int(part*256))
			}
		}
	}
}
