package paint

import (
	"image"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Style is a font in a size.
type Style uint8

// The styles.
const (
	Prose Style = iota
	Small
	Title
	Bold
	Mono
	styles
)

var designs = [styles]struct {
	ttf  []byte
	size float64
}{
	Prose: {goregular.TTF, 13}, Small: {goregular.TTF, 11}, Title: {goregular.TTF, 17}, Bold: {gobold.TTF, 13}, Mono: {gomono.TTF, 12},
}

// glyph is a letter, drawn once.
type glyph struct {
	mask    []uint8
	rect    image.Rectangle // relative to the dot
	advance int
}

// typeface is a style in one scale. It remembers the letters that were drawn;
// it may be used by several goroutines.
type typeface struct {
	mu     sync.Mutex
	face   font.Face
	glyphs map[rune]*glyph
	line   int
	ascent int
	size   float64 // in pixels
	bold   bool
}

var typefaces struct {
	sync.Mutex
	of map[[2]int]*typeface // by style and by size in quarter pixels
}

// face returns the typeface of a style.
func face(style Style, scale float64) *typeface {
	quarters := int(designs[style].size*scale*4 + 0.5)
	typefaces.Lock()
	defer typefaces.Unlock()
	id := [2]int{int(style), quarters}
	if t := typefaces.of[id]; t != nil {
		return t
	}
	parsed, err := opentype.Parse(designs[style].ttf)
	if err != nil {
		panic("paint: bug: an embedded font cannot be read: " + err.Error())
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(quarters) / 4, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		panic("paint: bug: an embedded font cannot be used: " + err.Error())
	}
	m := f.Metrics()
	t := &typeface{face: f, glyphs: map[rune]*glyph{}, line: m.Height.Ceil() + 2, ascent: m.Ascent.Ceil(), size: float64(quarters) / 4, bold: style == Bold}
	if typefaces.of == nil {
		typefaces.of = map[[2]int]*typeface{}
	}
	typefaces.of[id] = t
	return t
}

// maxGlyphs bounds what a typeface remembers.
const maxGlyphs = 4096

// missing stands in for letters that no font has.
const missing = '\u25a1'

// glyph returns a letter.
func (t *typeface) glyph(r rune) *glyph {
	if g := t.glyphs[r]; g != nil {
		return g
	}
	g := &glyph{}
	rect, mask, at, advance, ok := t.face.Glyph(fixed.P(0, 0), r)
	switch {
	case ok:
		g.rect, g.advance = rect, advance.Round()
		g.mask = make([]uint8, rect.Dx()*rect.Dy())
		for y := range rect.Dy() {
			for x := range rect.Dx() {
				_, _, _, a := mask.At(at.X+x, at.Y+y).RGBA()
				g.mask[y*rect.Dx()+x] = uint8(a >> 8)
			}
		}
	default:
		if other := fallback().glyph(r, t.size, t.bold); other != nil {
			g = other
		} else if r != missing {
			g = t.glyph(missing)
		}
	}
	if len(t.glyphs) >= maxGlyphs {
		clear(t.glyphs)
	}
	t.glyphs[r] = g
	return g
}

// measure returns the width of a text.
func (t *typeface) measure(text string) int {
	width := 0
	for _, r := range text {
		width += t.glyph(r).advance
	}
	return width
}

// cut returns as much of a text as fits, with an ellipsis where it was cut.
func (t *typeface) cut(text string, width int) string {
	dots := t.glyph('…').advance
	used, fits := 0, 0
	for i, r := range text {
		if used+dots <= width {
			fits = i
		}
		if used += t.glyph(r).advance; used > width {
			if dots > width {
				return ""
			}
			return text[:fits] + "…"
		}
	}
	return text
}

// fit returns as much of a text as fits, in the order in which it is seen. What
// is cut off is the end of the text as it is read.
func (t *typeface) fit(text string, width int) string {
	seen := visual(text)
	if seen == text {
		return t.cut(text, width)
	}
	for letters := []rune(text); t.measure(seen) > width; {
		if len(letters) == 0 {
			return ""
		}
		letters = letters[:len(letters)-1]
		seen = visual(string(letters) + "…")
	}
	return seen
}
