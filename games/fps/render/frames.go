package render

import (
	"image"
	"image/color"
	"image/gif"
	"io"
)

// Animation collects pictures for an animated GIF, one after another, so that
// they need not all be kept. Of each picture only what differs from the one
// before is stored.
type Animation struct {
	delay   int
	colours color.Palette
	nearest []uint8
	known   []bool // of the 32768 keys
	last    *image.Paletted
	file    gif.GIF
}

// NewAnimation chooses 256 colours by some of the pictures. Each picture is
// shown for delay hundredths of a second.
func NewAnimation(samples []image.Image, delay int) *Animation {
	a := &Animation{delay: delay, known: make([]bool, 1<<15)}
	count := make([]int, 1<<15)
	for _, p := range samples {
		eachColour(p, func(_, _ int, key uint16) { count[key]++; a.known[key] = true })
	}
	a.colours, a.nearest = mediansOf(count)
	return a
}

// colour returns the index of the colour that is nearest to a key's.
func (a *Animation) colour(key uint16) uint8 {
	if !a.known[key] {
		level := func(channel int) uint8 { return uint8(part(key, channel) * 255 / 31) }
		a.nearest[key] = uint8(a.colours.Index(color.RGBA{level(0), level(1), level(2), 255}))
		a.known[key] = true
	}
	return a.nearest[key]
}

// Add appends a picture. All must be of one size.
func (a *Animation) Add(p image.Image) {
	frame := image.NewPaletted(image.Rect(0, 0, p.Bounds().Dx(), p.Bounds().Dy()), a.colours)
	eachColour(p, func(x, y int, key uint16) { frame.Pix[y*frame.Stride+x] = a.colour(key) })
	changed := frame.Rect
	if a.last != nil {
		changed = differs(a.last, frame)
	}
	a.last = frame
	if changed.Empty() && len(a.file.Delay) > 0 {
		a.file.Delay[len(a.file.Delay)-1] += a.delay
		return
	}
	crop := image.NewPaletted(changed, a.colours)
	for y := changed.Min.Y; y < changed.Max.Y; y++ {
		copy(crop.Pix[crop.PixOffset(changed.Min.X, y):], frame.Pix[frame.PixOffset(changed.Min.X, y):frame.PixOffset(changed.Max.X, y)])
	}
	a.file.Image = append(a.file.Image, crop)
	a.file.Delay = append(a.file.Delay, a.delay)
	a.file.Disposal = append(a.file.Disposal, gif.DisposalNone)
}

// differs returns the smallest rectangle outside of which two pictures of one
// size are the same.
func differs(a, b *image.Paletted) image.Rectangle {
	r := image.Rectangle{Min: a.Rect.Max, Max: a.Rect.Min}
	for y := a.Rect.Min.Y; y < a.Rect.Max.Y; y++ {
		for x := a.Rect.Min.X; x < a.Rect.Max.X; x++ {
			if i := a.PixOffset(x, y); a.Pix[i] != b.Pix[i] {
				r.Min.X, r.Min.Y = min(r.Min.X, x), min(r.Min.Y, y)
				r.Max.X, r.Max.Y = max(r.Max.X, x+1), max(r.Max.Y, y+1)
			}
		}
	}
	if r.Min.X >= r.Max.X {
		return image.Rectangle{}
	}
	return r
}

// Write writes the animation, which repeats for ever.
func (a *Animation) Write(to io.Writer) error {
	if a.last != nil {
		a.file.Config = image.Config{ColorModel: a.colours, Width: a.last.Rect.Dx(), Height: a.last.Rect.Dy()}
	}
	return gif.EncodeAll(to, &a.file)
}
