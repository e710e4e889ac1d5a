package paint

import (
	_ "embed" // the letters
	"image"
	"image/color"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"
	scaler "golang.org/x/image/draw"
)

// packedLetters are the letters of a bitmap font for the scripts that the Go
// fonts do not have, as tools/glyphs writes them.
//
//go:embed data/glyphs.zst
var packedLetters []byte

// The box of a letter: so many rows of 16 pixels, so many of them above the base
// line.
const (
	letterRows = 16
	letterBase = 13
	letterSize = letterRows * 2 // bytes
	plane      = 1 << 16        // code points that there may be letters for
)

// letters are the letters of the bitmap font.
type letters struct {
	widths []byte
	place  []int32 // by code point: where the pixels begin; -1 without
	pixels []byte
}

// fallback unpacks the letters when the first is needed.
var fallback = sync.OnceValue(func() *letters {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		panic("paint: bug: the letters cannot be unpacked: " + err.Error())
	}
	defer d.Close()
	all, err := d.DecodeAll(packedLetters, nil)
	if err != nil {
		panic("paint: bug: the letters cannot be unpacked: " + err.Error())
	}
	l := &letters{widths: all[:plane], pixels: all[plane:], place: make([]int32, plane)}
	at := int32(0)
	for r, width := range l.widths {
		l.place[r] = -1
		if width > 0 {
			l.place[r] = at
			at += letterSize
		}
	}
	return l
})

// glyph returns a letter in a size in pixels, or nil if the font does not have
// it.
func (l *letters) glyph(r rune, size float64, bold bool) *glyph {
	if r < 0 || r >= plane || l.place[r] < 0 {
		return nil
	}
	rows := l.pixels[l.place[r]:][:letterSize]
	box := image.NewAlpha(image.Rect(0, 0, letterRows, letterRows))
	for y := range letterRows {
		row := uint16(rows[2*y])<<8 | uint16(rows[2*y+1])
		if bold {
			row |= row >> 1
		}
		for x := range letterRows {
			if row>>(15-x)&1 != 0 {
				box.SetAlpha(x, y, color.Alpha{A: 255})
			}
		}
	}
	width, base := int(l.widths[r]), letterBase
	// Pixels stay whole where the size is near to that of the font.
	if by := size / letterBase; by > 1.4 {
		larger := image.NewAlpha(image.Rect(0, 0, int(math.Ceil(letterRows*by)), int(math.Ceil(letterRows*by))))
		scaler.ApproxBiLinear.Scale(larger, larger.Rect, box, box.Rect, scaler.Src, nil)
		box, width, base = larger, int(float64(width)*by+0.5), int(letterBase*by+0.5)
	}
	return &glyph{mask: box.Pix, rect: box.Rect.Sub(image.Pt(0, base)), advance: width}
}
