package report

import (
	"fmt"
	"strings"

	"dryad/evolve"
	"dryad/internal/english"
)

// The drawing's measures, in pixels.
const (
	curveWidth  = 720
	curveHeight = 240
	curveMargin = 36
)

// curve draws the screening scores of all candidates by generation, each
// against the champion of its time, and marks those that were accepted. The
// middle line is equality.
func curve(r *evolve.Result) string {
	last := 1
	for _, e := range r.Entries {
		last = max(last, e.Generation)
	}
	x := func(g int) float64 {
		return curveMargin + float64(g)*float64(curveWidth-2*curveMargin)/float64(last)
	}
	y := func(score float64) float64 {
		return float64(curveHeight-curveMargin) - score*float64(curveHeight-2*curveMargin)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="screening scores by generation">`, curveWidth, curveHeight)
	for _, level := range []float64{0, 0.25, 0.5, 0.75, 1} {
		class := "grid"
		if level == 0.5 {
			class = "even"
		}
		fmt.Fprintf(&b, `<line class="%s" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>`, class, curveMargin, curveWidth-curveMargin, y(level), y(level))
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%.2f</text>`, curveMargin-4, y(level)+4, level)
	}
	step := max(1, last/12)
	for g := 1; g <= last; g += step {
		fmt.Fprintf(&b, `<text x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(g), curveHeight-curveMargin+16, g)
	}
	for _, e := range r.Entries {
		if e.Screen.Pairs() == 0 {
			continue
		}
		class, radius := "candidate", 2.5
		if e.Fate == evolve.Accepted {
			class, radius = "accepted", 5
		}
		fmt.Fprintf(&b, `<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"><title>%d.%d: %.2f over %s</title></circle>`,
			class, x(e.Generation), y(e.Screen.Score()), radius, e.Generation, e.Slot, e.Screen.Score(), english.Number(e.Screen.Pairs(), "pair"))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">generation</text></svg>`, curveWidth/2, curveHeight-4)
	return b.String()
}
