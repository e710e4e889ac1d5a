package report

import (
	"fmt"
	"html/template"
	"strings"
)

// The drawing's measures, in pixels.
const (
	curveWidth  = 720
	curveHeight = 200
	curveMargin = 48
)

// draw draws values by round; nothing when there are none.
func draw(what string, values []float64) template.HTML {
	if len(values) == 0 {
		return ""
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	spread := high - low
	if spread == 0 {
		spread = 1
	}
	x := func(i int) float64 {
		return curveMargin + float64(i)*float64(curveWidth-2*curveMargin)/float64(max(len(values)-1, 1))
	}
	y := func(v float64) float64 {
		return curveHeight - curveMargin - (v-low)*float64(curveHeight-2*curveMargin)/spread
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="%s by round">`, curveWidth, curveHeight, template.HTMLEscapeString(what))
	for _, level := range []float64{low, low + float64(spread/2), low + spread} {
		fmt.Fprintf(&b, `<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>`, curveMargin, curveWidth-curveMargin, y(level), y(level))
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%.3g</text>`, curveMargin-4, y(level)+4, level)
	}
	b.WriteString(`<polyline class="curve" points="`)
	for i, v := range values {
		fmt.Fprintf(&b, "%.1f,%.1f ", x(i), y(v))
	}
	b.WriteString(`"/>`)
	for i, v := range values {
		fmt.Fprintf(&b, `<circle class="dot" cx="%.1f" cy="%.1f" r="2.5"><title>round %d: %.4g</title></circle>`, x(i), y(v), i+1, v)
	}
	for i := 0; i < len(values); i += max(1, len(values)/12) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(i), curveHeight-curveMargin+16, i+1)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">round</text></svg>`, curveWidth/2, curveHeight-8)
	return template.HTML(b.String())
}

// Spark draws the last values in one line of text, as tall as the terminal's
// blocks.
func Spark(values []float64, width int) string {
	const blocks = "▁▂▃▄▅▆▇█"
	values = values[max(0, len(values)-width):]
	if len(values) == 0 {
		return ""
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	var b strings.Builder
	for _, v := range values {
		level := 3
		if high > low {
			level = int((v - low) / (high - low) * 7)
		}
		b.WriteRune([]rune(blocks)[level])
	}
	return b.String()
}
