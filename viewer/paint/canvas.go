package paint

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"unicode/utf8"

	scaler "golang.org/x/image/draw"

	"dryad/bt"
)

// Canvas is a picture in the making.
type Canvas struct {
	Image *image.RGBA
	Scale float64
	clip  image.Rectangle
}

// New makes a canvas of so many pixels. A scale of 0 is 1.
func New(width, height int, scale float64) *Canvas {
	if scale <= 0 {
		scale = 1
	}
	c := &Canvas{Image: image.NewRGBA(image.Rect(0, 0, width, height)), Scale: scale}
	c.clip = c.Image.Rect
	return c
}

// Bounds returns the whole picture.
func (c *Canvas) Bounds() image.Rectangle { return c.Image.Rect }

// Px returns a length of the design in pixels.
func (c *Canvas) Px(length int) int { return int(float64(length)*c.Scale + 0.5) }

// Clip lets everything be drawn within a rectangle only, until the function
// that it returns is called.
func (c *Canvas) Clip(r image.Rectangle) (restore func()) {
	before := c.clip
	c.clip = r.Intersect(before)
	return func() { c.clip = before }
}

// Fill fills a rectangle.
func (c *Canvas) Fill(r image.Rectangle, colour color.RGBA) {
	if r = r.Intersect(c.clip); r.Empty() {
		return
	}
	pix := c.Image.Pix
	start := c.Image.PixOffset(r.Min.X, r.Min.Y)
	row := pix[start : start+4*r.Dx()]
	for i := 0; i < len(row); i += 4 {
		row[i], row[i+1], row[i+2], row[i+3] = colour.R, colour.G, colour.B, 255
	}
	for y := 1; y < r.Dy(); y++ {
		copy(pix[start+y*c.Image.Stride:], row)
	}
}

// Blend puts a part, 0 to 255, of a colour over a rectangle.
func (c *Canvas) Blend(r image.Rectangle, colour color.RGBA, part int) {
	r = r.Intersect(c.clip)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c.dot(x, y, colour, part)
		}
	}
}

// dot puts a part of a colour over a pixel.
func (c *Canvas) dot(x, y int, colour color.RGBA, part int) {
	if part <= 0 || x < c.clip.Min.X || y < c.clip.Min.Y || x >= c.clip.Max.X || y >= c.clip.Max.Y {
		return
	}
	p := c.Image.Pix[c.Image.PixOffset(x, y):]
	mix := func(under, over uint8) uint8 { return uint8((int(under)*(255-part) + int(over)*part + 127) / 255) }
	p[0], p[1], p[2], p[3] = mix(p[0], colour.R), mix(p[1], colour.G), mix(p[2], colour.B), 255
}

// Panel fills a rectangle as a panel with an edge and returns what is inside.
func (c *Canvas) Panel(r image.Rectangle) image.Rectangle {
	c.Fill(r, Edge)
	c.Fill(r.Inset(1), Sheet)
	return r.Inset(1)
}

// Frame draws the outline of a rectangle.
func (c *Canvas) Frame(r image.Rectangle, colour color.RGBA) {
	w := max(1, c.Px(1))
	c.Fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), colour)
	c.Fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), colour)
	c.Fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+w, r.Max.Y), colour)
	c.Fill(image.Rect(r.Max.X-w, r.Min.Y, r.Max.X, r.Max.Y), colour)
}

// LineHeight returns the distance between two lines of a style.
func (c *Canvas) LineHeight(style Style) int { return face(style, c.Scale).line }

// Measure returns the width of a text.
func (c *Canvas) Measure(text string, style Style) int {
	t := face(style, c.Scale)
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.measure(visual(text))
}

// Text writes a line with its base line at (x, y), cut so that it is no wider
// than width, and returns how wide it is.
func (c *Canvas) Text(x, y, width int, text string, style Style, colour color.RGBA) int {
	t := face(style, c.Scale)
	t.mu.Lock()
	defer t.mu.Unlock()
	start := x
	for _, r := range t.fit(text, width) {
		g := t.glyph(r)
		c.stamp(x, y, g, colour)
		x += g.advance
	}
	return x - start
}

func (c *Canvas) stamp(x, y int, g *glyph, colour color.RGBA) {
	w := g.rect.Dx()
	for gy := range g.rect.Dy() {
		py := y + g.rect.Min.Y + gy
		if py < c.clip.Min.Y || py >= c.clip.Max.Y {
			continue
		}
		for gx, part := range g.mask[gy*w : gy*w+w] {
			if part > 0 {
				c.dot(x+g.rect.Min.X+gx, py, colour, int(part))
			}
		}
	}
}

// Wrap writes a text in as many lines as it takes, down to bottom at most, and
// returns the base line below the last one.
func (c *Canvas) Wrap(x, y, width, bottom int, text string, style Style, colour color.RGBA) int {
	for _, line := range c.Lines(text, width, style) {
		if y > bottom {
			return y
		}
		c.Text(x, y, width, line, style, colour)
		y += c.LineHeight(style)
	}
	return y
}

// Lines breaks a text between words, and between letters of scripts that write
// without spaces, so that no line is wider than width.
func (c *Canvas) Lines(text string, width int, style Style) []string {
	t := face(style, c.Scale)
	t.mu.Lock()
	defer t.mu.Unlock()
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		space := " "
		for _, part := range parts(word) {
			longer := strings.TrimSpace(line + space + part)
			if line != "" && t.measure(visual(longer)) > width {
				lines = append(lines, line)
				longer = part
			}
			line, space = longer, ""
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// parts divides a word where it may be broken: around each letter of the scripts
// of China, Japan and Korea.
func parts(word string) []string {
	var list []string
	from := 0
	for i, r := range word {
		if r < 0x2e80 || r >= 0xfb00 && r < 0xff00 {
			continue
		}
		if i > from {
			list = append(list, word[from:i])
		}
		from = i + utf8.RuneLen(r)
		list = append(list, word[i:from])
	}
	if from < len(word) || len(list) == 0 {
		list = append(list, word[from:])
	}
	return list
}

// Line draws a line of a thickness in pixels, with soft edges.
func (c *Canvas) Line(x0, y0, x1, y1, thick float64, colour color.RGBA) {
	length := math.Hypot(x1-x0, y1-y0)
	if length == 0 {
		return
	}
	dx, dy := (x1-x0)/length, (y1-y0)/length
	c.shape(math.Min(x0, x1)-thick, math.Min(y0, y1)-thick, math.Max(x0, x1)+thick, math.Max(y0, y1)+thick, colour, func(x, y float64) float64 {
		along := math.Max(0, math.Min(length, (x-x0)*dx+(y-y0)*dy))
		return thick/2 - math.Hypot(x-x0-along*dx, y-y0-along*dy)
	})
}

// Disc fills a circle.
func (c *Canvas) Disc(x, y, radius float64, colour color.RGBA) {
	c.shape(x-radius, y-radius, x+radius, y+radius, colour, func(px, py float64) float64 { return radius - math.Hypot(px-x, py-y) })
}

// Ring draws a circle of a thickness.
func (c *Canvas) Ring(x, y, radius, thick float64, colour color.RGBA) {
	c.shape(x-radius-thick, y-radius-thick, x+radius+thick, y+radius+thick, colour, func(px, py float64) float64 {
		return thick/2 - math.Abs(math.Hypot(px-x, py-y)-radius)
	})
}

// shape blends a colour where depth, the distance in pixels inside a shape's
// edge, is above zero; the edge itself is half covered.
func (c *Canvas) shape(x0, y0, x1, y1 float64, colour color.RGBA, depth func(x, y float64) float64) {
	for y := max(int(y0)-1, c.clip.Min.Y); y <= min(int(y1)+1, c.clip.Max.Y-1); y++ {
		for x := max(int(x0)-1, c.clip.Min.X); x <= min(int(x1)+1, c.clip.Max.X-1); x++ {
			if part := depth(float64(x)+0.5, float64(y)+0.5) + 0.5; part > 0 {
				c.dot(x, y, colour, int(math.Min(part, 1)*255))
			}
		}
	}
}

// Status draws the mark of a status around a place: running a triangle,
// success a disc, failure a cross, idle a small ring.
func (c *Canvas) Status(x, y, radius float64, status bt.Status) {
	colour := Of(status)
	switch status {
	case bt.Running:
		c.shape(x-radius, y-radius, x+radius, y+radius, colour, func(px, py float64) float64 {
			// A triangle that points to the right.
			return math.Min(px-(x-radius*0.8), (radius-(px-x)*0.62-math.Abs(py-y)*1.15)*0.6)
		})
	case bt.Success:
		c.Disc(x, y, radius*0.85, colour)
	case bt.Failure:
		d := radius * 0.7
		c.Line(x-d, y-d, x+d, y+d, radius*0.5, colour)
		c.Line(x-d, y+d, x+d, y-d, radius*0.5, colour)
	default:
		c.Ring(x, y, radius*0.5, math.Max(1, radius*0.2), Mix(Edge, Faint, 0.5))
	}
}

// Spark draws values as a line that fills a rectangle, the last at its right.
func (c *Canvas) Spark(r image.Rectangle, values []float64, colour color.RGBA) {
	if len(values) < 2 || r.Empty() {
		return
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = math.Min(low, v), math.Max(high, v)
	}
	if high == low {
		high, low = high+1, low-1
	}
	at := func(i int) (x, y float64) {
		return float64(r.Max.X-1) - float64(len(values)-1-i)*float64(r.Dx()-1)/float64(max(1, len(values)-1)),
			float64(r.Max.Y-1) - (values[i]-low)/(high-low)*float64(r.Dy()-2)
	}
	x0, y0 := at(0)
	for i := 1; i < len(values); i++ {
		x1, y1 := at(i)
		c.Line(x0, y0, x1, y1, 1.2, colour)
		x0, y0 = x1, y1
	}
}

// Bar draws a share from 0 to 1 as a filled bar.
func (c *Canvas) Bar(r image.Rectangle, share float64, colour color.RGBA) {
	c.Fill(r, Mix(Sheet, Paper, 0.6))
	share = math.Max(0, math.Min(1, share))
	c.Fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+int(share*float64(r.Dx())+0.5), r.Max.Y), colour)
}

// Picture puts a picture into the middle of a rectangle, as large as it fits.
func (c *Canvas) Picture(r image.Rectangle, picture image.Image) {
	b := picture.Bounds()
	if b.Empty() || r.Empty() {
		return
	}
	if b.Dx() == r.Dx() && b.Dy() == r.Dy() {
		visible := r.Intersect(c.clip)
		draw.Draw(c.Image, visible, picture, b.Min.Add(visible.Min.Sub(r.Min)), draw.Src)
		return
	}
	width, height := r.Dx(), b.Dy()*r.Dx()/b.Dx()
	if height > r.Dy() {
		width, height = b.Dx()*r.Dy()/b.Dy(), r.Dy()
	}
	corner := image.Pt(r.Min.X+(r.Dx()-width)/2, r.Min.Y+(r.Dy()-height)/2)
	to := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width, height))}
	inside, ok := c.Image.SubImage(c.clip).(*image.RGBA)
	if !ok {
		panic("paint: bug: a part of an RGBA picture is none")
	}
	scaler.NearestNeighbor.Scale(inside, to, picture, b, draw.Src, nil)
}
