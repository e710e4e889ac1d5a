package trace

import (
	"encoding/csv"
	"fmt"
	"html"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// WriteCSV writes one line a point: algorithm, iteration, exploitability,
// nash_conv, with all digits.
func WriteCSV(w io.Writer, curves []Curve) error {
	out := csv.NewWriter(w)
	out.Write([]string{"algorithm", "iteration", "exploitability", "nash_conv"})
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	for _, c := range curves {
		for _, p := range c.Points {
			out.Write([]string{c.Name, strconv.Itoa(p.Iteration), number(p.Exploitability), number(p.NashConv)})
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write curves: %w", err)
	}
	return nil
}

// palette tells curves apart, for eyes that see few colours too (Okabe and
// Ito's).
var palette = []color.NRGBA{
	{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255},
	{230, 159, 0, 255}, {86, 180, 233, 255}, {0, 0, 0, 255}, {148, 103, 40, 255},
}

// floor is the lowest exploitability drawn: rounding lies below.
const floor = 1e-16

// WritePNG draws exploitability against iterations, both logarithmic.
func WritePNG(w io.Writer, title string, curves []Curve) error {
	p := plot.New()
	p.Title.Text = title
	p.X.Label.Text, p.Y.Label.Text = "iterations", "exploitability"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	p.Add(plotter.NewGrid())
	p.Legend.Top = true
	for i, c := range curves {
		var points plotter.XYs
		for _, at := range c.Points {
			points = append(points, plotter.XY{X: float64(at.Iteration), Y: max(at.Exploitability, floor)})
		}
		if len(points) == 0 {
			continue
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return fmt.Errorf("draw the curve of %s: %w", c.Name, err)
		}
		line.Color = palette[i%len(palette)]
		line.Width = vg.Points(1.5)
		p.Add(line)
		p.Legend.Add(c.Name, line)
	}
	if p.Y.Min == p.Y.Max {
		p.Y.Max = p.Y.Min * 10
	}
	if p.X.Min == p.X.Max {
		p.X.Max = p.X.Min * 10
	}
	canvas, err := p.WriterTo(16*vg.Centimeter, 11*vg.Centimeter, "png")
	if err != nil {
		return fmt.Errorf("draw curves: %w", err)
	}
	if _, err := canvas.WriteTo(w); err != nil {
		return fmt.Errorf("write curves: %w", err)
	}
	return nil
}

// WriteHTML writes a page that needs nothing else: the curves as an inline
// drawing with a caption for each point, and a table.
func WriteHTML(w io.Writer, title string, curves []Curve) error {
	const width, height, left, top, right, bottom = 900.0, 560.0, 80.0, 20.0, 180.0, 50.0
	xLow, xHigh, yLow, yHigh := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		for _, p := range c.Points {
			x, y := math.Log10(float64(p.Iteration)), math.Log10(max(p.Exploitability, floor))
			xLow, xHigh, yLow, yHigh = min(xLow, x), max(xHigh, x), min(yLow, y), max(yHigh, y)
		}
	}
	if math.IsInf(xLow, 0) {
		xLow, xHigh, yLow, yHigh = 0, 1, -1, 0
	}
	xLow, xHigh = math.Floor(xLow), max(math.Ceil(xHigh), math.Floor(xLow)+1)
	yLow, yHigh = math.Floor(yLow), max(math.Ceil(yHigh), math.Floor(yLow)+1)
	px := func(x float64) float64 { return left + (x-xLow)/(xHigh-xLow)*(width-left-right) }
	py := func(y float64) float64 { return top + (yHigh-y)/(yHigh-yLow)*(height-top-bottom) }

	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>%[1]s</title>
<style>body{font:15px sans-serif;max-width:920px;margin:2em auto;color:#222}table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}</style>
</head><body><h1>%[1]s</h1>
<svg viewBox="0 0 %[2]g %[3]g" role="img" aria-label="exploitability by iteration">
`, html.EscapeString(title), width, height)
	for x := xLow; x <= xHigh; x++ {
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%g" y2="%g" stroke="#ddd"/><text x="%.1f" y="%g" text-anchor="middle">10<tspan dy="-6" font-size="10">%g</tspan></text>`+"\n",
			px(x), px(x), top, height-bottom, px(x), height-bottom+22, x)
	}
	for y := yLow; y <= yHigh; y++ {
		fmt.Fprintf(&b, `<line x1="%g" x2="%g" y1="%.1f" y2="%.1f" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end">10<tspan dy="-6" font-size="10">%g</tspan></text>`+"\n",
			left, width-right, py(y), py(y), left-8, py(y)+5, y)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">iterations</text><text transform="translate(18 %g) rotate(-90)" text-anchor="middle">exploitability</text>`+"\n",
		(left+width-right)/2, height-6, height/2)
	for i, c := range curves {
		k := palette[i%len(palette)]
		colour := fmt.Sprintf("#%02x%02x%02x", k.R, k.G, k.B)
		b.WriteString(`<polyline fill="none" stroke-width="2" stroke="` + colour + `" points="`)
		for _, p := range c.Points {
			fmt.Fprintf(&b, "%.1f,%.1f ", px(math.Log10(float64(p.Iteration))), py(math.Log10(max(p.Exploitability, floor))))
		}
		b.WriteString("\"/>\n")
		for _, p := range c.Points {
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"><title>%s, iteration %d: %.6g</title></circle>`,
				px(math.Log10(float64(p.Iteration))), py(math.Log10(max(p.Exploitability, floor))), colour, html.EscapeString(c.Name), p.Iteration, p.Exploitability)
		}
		fmt.Fprintf(&b, "\n"+`<text x="%g" y="%g" fill="%s">%s</text>`+"\n", width-right+12, top+18+20*float64(i), colour, html.EscapeString(c.Name))
	}
	b.WriteString("</svg>\n<table><tr><th>algorithm</th><th>iterations</th><th>exploitability</th></tr>\n")
	for _, c := range curves {
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%d</td><td>%.6g</td></tr>\n", html.EscapeString(c.Name), c.Last().Iteration, c.Last().Exploitability)
	}
	b.WriteString("</table></body></html>\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write curves: %w", err)
	}
	return nil
}

// Sparkline draws the last points of a curve in one line of text, from the
// least exploitability (low) to the greatest (high), on a logarithmic scale.
func Sparkline(c Curve, width int) string {
	points := c.Points[max(0, len(c.Points)-width):]
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range points {
		y := math.Log(max(p.Exploitability, floor))
		low, high = min(low, y), max(high, y)
	}
	var b strings.Builder
	for _, p := range points {
		level := 0
		if high > low {
			level = int((math.Log(max(p.Exploitability, floor)) - low) / (high - low) * 7.999)
		}
		b.WriteRune([]rune("▁▂▃▄▅▆▇█")[level])
	}
	return b.String()
}

// Chart draws curves as text, both axes logarithmic, each curve by a letter.
func Chart(curves []Curve, width, height int) string {
	xHigh, yLow, yHigh := 1e-9, math.Inf(1), math.Inf(-1)
	for _, c := range curves {
		for _, p := range c.Points {
			y := math.Log10(max(p.Exploitability, floor))
			xHigh, yLow, yHigh = max(xHigh, math.Log10(float64(p.Iteration))), min(yLow, y), max(yHigh, y)
		}
	}
	if math.IsInf(yLow, 0) {
		return ""
	}
	yHigh = max(yHigh, yLow+1e-9)
	rows := make([][]byte, height)
	for i := range rows {
		rows[i] = []byte(strings.Repeat(" ", width))
	}
	for i, c := range curves {
		for _, p := range c.Points {
			x := int(math.Log10(float64(p.Iteration)) / xHigh * float64(width-1))
			y := int((yHigh - math.Log10(max(p.Exploitability, floor))) / (yHigh - yLow) * float64(height-1))
			rows[y][x] = byte('a' + i%26)
		}
	}
	var b strings.Builder
	for i, row := range rows {
		label := "          "
		if i == 0 || i == height-1 {
			y := yHigh
			if i > 0 {
				y = yLow
			}
			label = fmt.Sprintf("%9.2e ", math.Pow(10, y))
		}
		fmt.Fprintf(&b, "%s|%s\n", label, strings.TrimRight(string(row), " "))
	}
	fmt.Fprintf(&b, "%10s+%s 1 to %.0f iterations\n", "", strings.Repeat("-", width), math.Round(math.Pow(10, xHigh)))
	for i, c := range curves {
		fmt.Fprintf(&b, "  %c  %-18s %.6g after %d\n", 'a'+i%26, c.Name, c.Last().Exploitability, c.Last().Iteration)
	}
	return b.String()
}
