package tournament

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"strings"

	"dryad/replay"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"percent": func(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) },
	"shade":   shade,
}).Parse(page))

// reported is what the page shows.
type reported struct {
	Game, Mode, Program string
	Seed                uint64
	Result              *Result
	Chart               template.HTML
	Policies            []replay.Policy
	Played              []MapCount
	Unplayed            int // maps without a match
}

// Met reports whether two rows of the table have played each other.
func (r reported) Met(i, j int) bool {
	a, b := r.Result.Table[i].Policy, r.Result.Table[j].Policy
	for _, p := range r.Result.Pairs {
		if p.Matches > 0 && (p.Policy == a && p.Opponent == b || p.Policy == b && p.Opponent == a) {
			return i != j
		}
	}
	return false
}

// Report returns one HTML page with everything in it: table, chart, payoff
// matrix, the texts of the policies. It loads nothing from anywhere.
func Report(p Params, result *Result) ([]byte, error) {
	data := reported{Game: p.Game.Vocabulary().Game, Mode: p.Config.Mode, Program: p.Program, Seed: p.Seed, Result: result, Chart: chart(result.Table)}
	for _, c := range p.Competitors {
		data.Policies = append(data.Policies, c.Record)
	}
	for _, m := range result.Maps {
		if m.Matches == 0 {
			data.Unplayed++
			continue
		}
		data.Played = append(data.Played, m)
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, data); err != nil {
		return nil, fmt.Errorf("write the report: %w", err)
	}
	return out.Bytes(), nil
}

// shade colours a mean score: blue above one half, orange below.
func shade(score float64) template.CSS {
	strength := math.Min(1, math.Abs(score-0.5)*2)
	mix := func(full float64) int { return int(255 - strength*(255-full)) }
	if score >= 0.5 {
		return template.CSS(fmt.Sprintf("rgb(%d,%d,%d)", mix(90), mix(150), mix(225)))
	}
	return template.CSS(fmt.Sprintf("rgb(%d,%d,%d)", mix(240), mix(150), mix(80)))
}

// chart draws the ratings with their intervals.
func chart(rows []Row) template.HTML {
	const left, width, line = 180, 560, 30
	low, high := math.Inf(1), math.Inf(-1)
	for _, r := range rows {
		low, high = math.Min(low, r.CILow), math.Max(high, r.CIHigh)
	}
	if !(high > low) {
		low, high = low-1, low+1
	}
	x := func(v float64) float64 { return left + (v-low)/(high-low)*width }
	var b strings.Builder
	height := line*len(rows) + 30
	fmt.Fprintf(&b, `<svg width="%d" height="%d" role="img" aria-label="ratings with intervals" font-family="system-ui, sans-serif" font-size="13">`, left+width+70, height)
	for _, tick := range ticks(low, high) {
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="0" y2="%d" stroke="#e3e6ec"/><text x="%.1f" y="%d" text-anchor="middle" fill="#778">%+.0f</text>`,
			x(tick), x(tick), height-22, x(tick), height-6, tick)
	}
	for i, r := range rows {
		y := float64(i*line) + line/2
		fmt.Fprintf(&b, `<text x="%d" y="%.1f" text-anchor="end">%s</text>`, left-12, y+4, template.HTMLEscapeString(r.Policy))
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f" stroke="#3d6fb4" stroke-width="3"/>`, x(r.CILow), x(r.CIHigh), y, y)
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="5" fill="#1d4f91"/>`, x(r.Rating), y)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// ticks returns some five round values in a range.
func ticks(low, high float64) []float64 {
	step := math.Pow(10, math.Floor(math.Log10((high-low)/3)))
	for _, factor := range []float64{5, 2} {
		if (high-low)/(step*factor) >= 3 {
			step *= factor
			break
		}
	}
	var list []float64
	for v := math.Ceil(low / step); v*step <= high; v++ {
		list = append(list, v*step)
	}
	return list
}
