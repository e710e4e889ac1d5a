package report

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Curve shows values over the iterations.
type Curve struct {
	Caption string
	Lines   []Line
}

// Line is one value over the iterations, from the first on.
type Line struct {
	Name   string
	Points []Point
}

// Point is a value with its interval; Low and High are equal where there is
// none.
type Point struct{ Y, Low, High float64 }

// The drawing's measures, in pixels.
const (
	width  = 720
	height = 260
	margin = 44
)

// leastRange is the least height of a drawing, in what it shows: less would make
// much of what is next to nothing.
const leastRange = 0.1

// colours of lines, which also differ by their marks' titles.
var colours = []string{"#2a6fdb", "#c8452d", "#2a9d5c", "#9a5fc0", "#b58900", "#5b7f8f"}

// draw returns the curve as SVG.
func (c Curve) draw() string {
	low, high, last := math.Inf(1), math.Inf(-1), 1
	for _, l := range c.Lines {
		last = max(last, len(l.Points))
		for _, p := range l.Points {
			low, high = min(low, p.Y, p.Low), max(high, p.Y, p.High)
		}
	}
	if !(low < high) {
		low, high = low-0.5, high+0.5
	}
	if math.IsInf(low, 0) || math.IsNaN(low) {
		low, high = 0, 1
	}
	if short := leastRange - (high - low); short > 0 {
		low, high = low-short/2, high+short/2
	}
	x := func(i int) float64 {
		return margin + (float64(i)+0.5)*float64(width-2*margin)/float64(last)
	}
	y := func(v float64) float64 {
		return float64(height-margin) - (v-low)/(high-low)*float64(height-2*margin)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="%s">`, width, height, html.EscapeString(c.Caption))
	for i := range 5 {
		v := low + float64(i)*(high-low)/4
		fmt.Fprintf(&b, `<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/><text x="%d" y="%.1f" text-anchor="end">%.3f</text>`,
			margin, width-margin, y(v), y(v), margin-4, y(v)+4, v)
	}
	for i := range last {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(i), height-margin+16, i+1)
	}
	for n, l := range c.Lines {
		colour := colours[n%len(colours)]
		var way []string
		for i, p := range l.Points {
			way = append(way, fmt.Sprintf("%.1f,%.1f", x(i), y(p.Y)))
		}
		fmt.Fprintf(&b, `<polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>`, colour, strings.Join(way, " "))
		for i, p := range l.Points {
			if p.Low < p.High {
				fmt.Fprintf(&b, `<line stroke="%s" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, colour, x(i), x(i), y(p.Low), y(p.High))
			}
			fmt.Fprintf(&b, `<circle fill="%s" cx="%.1f" cy="%.1f" r="4"><title>%s, iteration %d: %.3f</title></circle>`,
				colour, x(i), y(p.Y), html.EscapeString(l.Name), i+1, p.Y)
		}
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s" style="fill:%s">%s</text>`, margin+n*width/8, 14, colour, colour, html.EscapeString(l.Name))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">iteration</text></svg>`, width/2, height-6)
	return b.String()
}
