package feedback

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// textSize is the height of letters in pixels. Pictures are at most widest pixels
// wide, which the clients of models do not shrink.
const (
	textSize = 17
	widest   = 1536
)

// letters is the parsed font; a face of it is not safe for concurrent use.
var letters = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })

// canvas is a picture in the making.
type canvas struct {
	*image.RGBA
	face font.Face
}

func newCanvas(width, height int, background color.Color) (*canvas, error) {
	parsed, err := letters()
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: textSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	c := &canvas{image.NewRGBA(image.Rect(0, 0, width, height)), face}
	draw.Draw(c.RGBA, c.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	return c, nil
}

// encode returns the picture as a PNG file.
func (c *canvas) encode() ([]byte, error) {
	var file bytes.Buffer
	if err := png.Encode(&file, c.RGBA); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return file.Bytes(), nil
}

// write puts a text with its base line at y.
func (c *canvas) write(x, y int, text string, ink color.Color) {
	pen := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: c.face, Dot: fixed.P(x, y)}
	pen.DrawString(text)
}

// label is a text with a dark edge, for use on a map.
func (c *canvas) label(x, y int, text string, ink color.Color) {
	for _, off := range [...]image.Point{{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {0, -2}, {0, 2}, {2, 0}, {-2, 0}} {
		c.write(x+off.X, y+off.Y, text, color.RGBA{10, 10, 14, 255})
	}
	c.write(x, y, text, ink)
}

// width is that of a text in pixels.
func (c *canvas) width(text string) int { return font.MeasureString(c.face, text).Ceil() }

// disc fills a circle.
func (c *canvas) disc(x, y, radius float64, ink color.RGBA) {
	for py := int(y - radius); py <= int(y+radius)+1; py++ {
		for px := int(x - radius); px <= int(x+radius)+1; px++ {
			if math.Hypot(float64(px)-x, float64(py)-y) <= radius && image.Pt(px, py).In(c.Rect) {
				c.SetRGBA(px, py, ink)
			}
		}
	}
}

// line draws a line of some width.
func (c *canvas) line(x0, y0, x1, y1, width float64, ink color.RGBA) {
	steps := max(1, int(math.Hypot(x1-x0, y1-y0)))
	for i := range steps + 1 {
		t := float64(i) / float64(steps)
		c.disc(x0+float64((x1-x0)*t), y0+float64((y1-y0)*t), width/2, ink)
	}
}

// box fills a rectangle.
func (c *canvas) box(r image.Rectangle, ink color.RGBA) {
	draw.Draw(c.RGBA, r, image.NewUniform(ink), image.Point{}, draw.Src)
}

// cross marks a place.
func (c *canvas) cross(x, y, size float64, ink color.RGBA) {
	for _, edge := range []struct {
		width float64
		ink   color.RGBA
	}{{6, color.RGBA{10, 10, 14, 255}}, {3, ink}} {
		c.line(x-size, y-size, x+size, y+size, edge.width, edge.ink)
		c.line(x-size, y+size, x+size, y-size, edge.width, edge.ink)
	}
}

// mix is a colour between two, at t from 0 to 1.
func mix(a, b color.RGBA, t float64) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + float64((float64(y)-float64(x))*t))) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

// timeColour is the colour of a time of the match, from 0 to 1: violet, blue,
// green, yellow.
func timeColour(t float64) color.RGBA {
	stops := []color.RGBA{{150, 60, 220, 255}, {60, 120, 255, 255}, {40, 210, 200, 255}, {120, 230, 80, 255}, {255, 235, 60, 255}}
	at := float64(min(max(t, 0), 1) * float64(len(stops)-1))
	i := min(int(at), len(stops)-2)
	return mix(stops[i], stops[i+1], at-float64(i))
}
