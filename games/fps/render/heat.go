package render

import (
	"math"
	"slices"
)

// heatCell is the width of the cells in which time is counted, in pixels, and
// heatBlur how many cells a moment spreads to each side.
const (
	heatCell = 4
	heatBlur = 3
)

// heat paints how long the trails stayed where, smoothed.
func (b *board) heat() {
	w, h := b.image.Rect.Dx()/heatCell+1, b.image.Rect.Dy()/heatCell+1
	count := make([]float64, w*h)
	for _, trail := range b.s.Trails {
		for _, t := range trail {
			x, y := b.at(t.X, t.Y)
			if cx, cy := int(x)/heatCell, int(y)/heatCell; x >= 0 && y >= 0 && cx < w && cy < h {
				count[cy*w+cx]++
			}
		}
	}
	for range 2 { // two box blurs are nearly a bell
		count = blurred(count, w, h, 1, w)
		count = blurred(count, h, w, w, 1)
	}
	// A few cells where somebody stood still must not darken all others.
	sorted := slices.Sorted(slices.Values(count))
	cold, _ := slices.BinarySearch(sorted, 0.02)
	if cold == len(sorted) {
		return
	}
	most := sorted[cold+(len(sorted)-1-cold)*98/100]
	for y := range b.image.Rect.Dy() {
		for x := range b.image.Rect.Dx() {
			part := math.Sqrt(min(between(count, w, h, x, y)/most, 1))
			if part < 0.08 || b.sectors[y*b.image.Rect.Dx()+x] < 0 {
				continue
			}
			b.blend(x, y, heatColour(part), int(min(part*500, 215)))
		}
	}
}

// blurred averages each row of a grid over heatBlur neighbours on both sides.
// The grid has rows of the given length; step leads to the next cell of a row,
// stride to the next row.
func blurred(from []float64, length, rows, step, stride int) []float64 {
	to := make([]float64, len(from))
	for r := range rows {
		sum := 0.0
		for i := -heatBlur; i < length; i++ {
			if in := i + heatBlur; in < length {
				sum += from[r*stride+in*step]
			}
			if out := i - heatBlur - 1; out >= 0 {
				sum -= from[r*stride+out*step]
			}
			if i >= 0 {
				to[r*stride+i*step] = max(sum, 0) / (2*heatBlur + 1)
			}
		}
	}
	return to
}

// between returns a grid's value at a pixel, mixed from the cells around it.
func between(cells []float64, w, h, x, y int) float64 {
	fx, fy := (float64(x)+0.5)/heatCell-0.5, (float64(y)+0.5)/heatCell-0.5
	x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
	u, v := fx-float64(x0), fy-float64(y0)
	at := func(cx, cy int) float64 {
		return cells[min(max(cy, 0), h-1)*w+min(max(cx, 0), w-1)]
	}
	return (at(x0, y0)*(1-u)+at(x0+1, y0)*u)*(1-v) + (at(x0, y0+1)*(1-u)+at(x0+1, y0+1)*u)*v
}

// heatColour goes from blue by red to yellow.
func heatColour(part float64) rgb {
	if part < 0.5 {
		return rgb{50, 60, 200}.mix(rgb{210, 40, 60}, int(part*510))
	}
	return rgb{210, 40, 60}.mix(rgb{255, 230, 90}, int((part-0.5)*510))
}
