package viewer

import (
	"image"
	"image/color"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// typeface is one font in one size. Drawing with it is serialised, since a
// face keeps scratch memory.
type typeface struct {
	mu   sync.Mutex
	face font.Face
	line int // height of a line in pixels
}

var (
	prose = load(goregular.TTF, 13)
	title = load(goregular.TTF, 17)
	mono  = load(gomono.TTF, 12)
)

func load(ttf []byte, size float64) *typeface {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		panic("viewer: bug: an embedded font cannot be read: " + err.Error())
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic("viewer: bug: an embedded font cannot be used: " + err.Error())
	}
	return &typeface{face: face, line: face.Metrics().Height.Ceil() + 2}
}

// draw writes text with its baseline at (x, y), cut so that it is no wider
// than width, and returns how wide it is.
func (t *typeface) draw(img *image.RGBA, x, y, width int, text string, c color.RGBA) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if font.MeasureString(t.face, text).Ceil() > width {
		runes := []rune(text)
		for len(runes) > 0 && font.MeasureString(t.face, string(runes)+"…").Ceil() > width {
			runes = runes[:len(runes)-1]
		}
		text = string(runes) + "…"
	}
	d := font.Drawer{Dst: img, Src: image.NewUniform(c), Face: t.face, Dot: fixed.P(x, y)}
	d.DrawString(text)
	return d.Dot.X.Ceil() - x
}

// measure returns the width of a text.
func (t *typeface) measure(text string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return font.MeasureString(t.face, text).Ceil()
}
