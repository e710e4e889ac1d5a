package render

import (
	"cmp"
	"image"
	"image/color"
	"image/gif"
	"io"
	"slices"
)

// GIF writes pictures as an animation that repeats for ever, each shown for
// delay hundredths of a second. The 256 colours are chosen for the pictures.
func GIF(to io.Writer, pictures []image.Image, delay int) error {
	count := make([]int, 1<<15)
	for _, p := range pictures {
		eachColour(p, func(_, _ int, key uint16) { count[key]++ })
	}
	colours, nearest := mediansOf(count)
	var g gif.GIF
	for _, p := range pictures {
		frame := image.NewPaletted(image.Rect(0, 0, p.Bounds().Dx(), p.Bounds().Dy()), colours)
		eachColour(p, func(x, y int, key uint16) { frame.Pix[y*frame.Stride+x] = nearest[key] })
		g.Image = append(g.Image, frame)
		g.Delay = append(g.Delay, delay)
	}
	return gif.EncodeAll(to, &g)
}

// eachColour visits the pixels of a picture with the high five bits of red,
// green and blue.
func eachColour(p image.Image, visit func(x, y int, key uint16)) {
	bounds := p.Bounds()
	rgba, plain := p.(*image.RGBA)
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			if plain {
				i := rgba.PixOffset(bounds.Min.X+x, bounds.Min.Y+y)
				r, g, b := rgba.Pix[i], rgba.Pix[i+1], rgba.Pix[i+2]
				visit(x, y, uint16(r>>3)<<10|uint16(g>>3)<<5|uint16(b>>3))
				continue
			}
			r, g, b, _ := p.At(bounds.Min.X+x, bounds.Min.Y+y).RGBA()
			visit(x, y, uint16(r>>11<<10|g>>11<<5|b>>11))
		}
	}
}

// part returns red (0), green or blue of a key.
func part(key uint16, channel int) int { return int(key>>(10-5*channel)) & 31 }

// mediansOf chooses at most 256 colours for counted ones by Heckbert's median
// cut: the box of colours with the most pixels, weighted by its longest side,
// is split at its median again and again. It returns the colours and the box
// of each key.
func mediansOf(count []int) (color.Palette, []uint8) {
	var keys []uint16
	for k, n := range count {
		if n > 0 {
			keys = append(keys, uint16(k))
		}
	}
	boxes := [][]uint16{keys}
	for len(boxes) < 256 {
		split, channel, worth := -1, 0, 0
		for i, box := range boxes {
			side, length := longestSide(box)
			pixels := 0
			for _, k := range box {
				pixels += count[k]
			}
			if w := pixels * length; length > 0 && w > worth {
				split, channel, worth = i, side, w
			}
		}
		if split < 0 {
			break
		}
		low, high := halve(boxes[split], channel, count)
		boxes[split] = low
		boxes = append(boxes, high)
	}
	colours, of := make(color.Palette, len(boxes)), make([]uint8, len(count))
	for i, box := range boxes {
		var sum [3]int
		n := 0
		for _, k := range box {
			of[k] = uint8(i)
			for c := range sum {
				sum[c] += part(k, c) * count[k]
			}
			n += count[k]
		}
		level := func(c int) uint8 { return uint8(sum[c] * 255 / (31 * max(n, 1))) }
		colours[i] = color.RGBA{level(0), level(1), level(2), 255}
	}
	return colours, of
}

// longestSide returns the channel in which a box's colours differ most, and by
// how much.
func longestSide(box []uint16) (channel, length int) {
	for c := range 3 {
		low, high := 31, 0
		for _, k := range box {
			low, high = min(low, part(k, c)), max(high, part(k, c))
		}
		if high-low > length {
			channel, length = c, high-low
		}
	}
	return channel, length
}

// halve splits a box so that both halves have colours, and about as many
// pixels.
func halve(box []uint16, channel int, count []int) (low, high []uint16) {
	slices.SortFunc(box, func(a, b uint16) int {
		return cmp.Or(part(a, channel)-part(b, channel), int(a)-int(b))
	})
	pixels := 0
	for _, k := range box {
		pixels += count[k]
	}
	at, sum := 0, 0
	for at < len(box)-1 && (at == 0 || (sum+count[box[at]])*2 <= pixels) {
		sum += count[box[at]]
		at++
	}
	return box[:at:at], box[at:]
}
