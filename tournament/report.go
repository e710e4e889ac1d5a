package tournament

import (
	"bytes"
	"context"
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

// ReportParams says what a report has beside the table.
type ReportParams struct {
	// Page returns, for the path of a replay in the run's folder, the path of the
	// page that shows it; empty or nil for none: then the replay itself is linked.
	Page func(replay string) string
}

// cell is a cell of the payoff matrix.
type cell struct {
	Score float64
	Link  string // of the list of its matches; empty for none
	Empty bool   // the two have not met
}

// shown is the list of the matches of a cell.
type shown struct {
	ID, Policy, Opponent string
	Matches              []shownMatch
}

type shownMatch struct {
	Sample
	Link string
}

// Report returns one HTML page with everything in it: table, charts, payoff matrix,
// cycles, the texts of the policies. It loads nothing from anywhere; it links the
// replays in the run's folder.
func Report(ctx context.Context, p Params, result *Result, rp ReportParams) ([]byte, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	story, err := p.tell(ctx, result)
	if err != nil {
		return nil, err
	}
	data := struct {
		Game, Mode, Program string
		Seed                uint64
		Schedule            Kind
		Result              *Result
		Chart, History      template.HTML
		Cells               [][]cell
		Shown               []shown
		Cycles              []template.HTML
		Policies            []replay.Policy
		Played              []MapCount
		Unplayed            int // maps without a match
	}{Game: p.Game.Vocabulary().Game, Mode: p.Config.Mode, Program: p.Program, Seed: p.Seed, Schedule: p.Schedule.Kind, Result: result,
		Chart: chart(result.Table), History: history(&p, result, story.moments)}
	if data.Schedule == "" {
		data.Schedule = RoundRobin
	}
	met := map[[2]string]bool{}
	for _, pair := range result.Pairs {
		if pair.Matches > 0 {
			met[[2]string{pair.Policy, pair.Opponent}], met[[2]string{pair.Opponent, pair.Policy}] = true, true
		}
	}
	for i, row := range result.Table {
		cells := make([]cell, len(result.Table))
		for j := range cells {
			cells[j] = cell{Score: result.Payoff[i][j], Empty: !met[[2]string{row.Policy, result.Table[j].Policy}]}
			samples := story.samples[[2]int{i, j}]
			if len(samples) == 0 {
				continue
			}
			list := shown{ID: fmt.Sprintf("cell-%d-%d", i, j), Policy: row.Policy, Opponent: result.Table[j].Policy}
			for _, sample := range samples {
				link := sample.Replay
				if rp.Page != nil {
					if page := rp.Page(sample.Replay); page != "" {
						link = page
					}
				}
				list.Matches = append(list.Matches, shownMatch{sample, link})
			}
			cells[j].Link = list.ID
			data.Shown = append(data.Shown, list)
		}
		data.Cells = append(data.Cells, cells)
	}
	for _, group := range Cycles(result) {
		data.Cycles = append(data.Cycles, wheel(result, group))
	}
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

// palette are the colours of lines.
var palette = []string{"#1d4f91", "#c4572b", "#2e8b57", "#8a4fa3", "#b8860b", "#20808d", "#a0344f", "#556b2f"}

// mostLines is how many policies the ratings over time show, the best.
const mostLines = 8

// history draws the ratings over time.
func history(p *Params, result *Result, moments []Moment) template.HTML {
	if len(moments) < 2 {
		return ""
	}
	index := map[string]int{}
	for i, c := range p.Competitors {
		index[c.Record.Name] = i
	}
	rows := result.Table[:min(mostLines, len(result.Table))]
	low, high := math.Inf(1), math.Inf(-1)
	for _, m := range moments {
		for _, r := range rows {
			low, high = math.Min(low, m.Elo[index[r.Policy]]), math.Max(high, m.Elo[index[r.Policy]])
		}
	}
	if !(high > low) {
		low, high = low-1, low+1
	}
	const left, width, height = 50, 520, 240
	last := float64(moments[len(moments)-1].Matches)
	x := func(matches int) float64 { return left + float64(float64(matches)/last*width) }
	y := func(elo float64) float64 { return 10 + float64((high-elo)/(high-low)*(height-20)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg width="%d" height="%d" role="img" aria-label="ratings over time" font-family="system-ui, sans-serif" font-size="13">`, left+width+170, height+24)
	for _, tick := range ticks(low, high) {
		fmt.Fprintf(&b, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#e3e6ec"/><text x="%d" y="%.1f" text-anchor="end" fill="#778">%+.0f</text>`,
			left, left+width, y(tick), y(tick), left-8, y(tick)+4, tick)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" fill="#778">0</text><text x="%d" y="%d" text-anchor="end" fill="#778">%d matches</text>`, left, height+18, left+width, height+18, moments[len(moments)-1].Matches)
	for k, r := range rows {
		var points []string
		for _, m := range moments {
			points = append(points, fmt.Sprintf("%.1f,%.1f", x(m.Matches), y(m.Elo[index[r.Policy]])))
		}
		colour := palette[k%len(palette)]
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), colour)
		fmt.Fprintf(&b, `<text x="%d" y="%d" fill="%s">%s</text>`, left+width+14, 20+18*k, colour, template.HTMLEscapeString(r.Policy))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// wheel draws a cycle: an arrow from each policy to those of the group that it beats.
func wheel(result *Result, group []string) template.HTML {
	index := map[string]int{}
	for i, row := range result.Table {
		index[row.Policy] = i
	}
	beats := beaten(result, index)
	place := map[int]int{}
	for k, name := range group {
		place[index[name]] = k
	}
	const size, radius = 340, 110
	at := func(k int) (x, y float64) {
		angle := float64(2*math.Pi*float64(k)/float64(len(group))) - math.Pi/2
		return size/2 + float64(radius*math.Cos(angle)), size/2 + float64(radius*math.Sin(angle))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg width="%d" height="%d" role="img" aria-label="who beats whom in a cycle" font-family="system-ui, sans-serif" font-size="13">`, size, size)
	b.WriteString(`<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="#c4572b"/></marker></defs>`)
	for k, name := range group {
		x1, y1 := at(k)
		for _, other := range beats[index[name]] {
			if to, in := place[other]; in {
				x2, y2 := at(to)
				length := math.Hypot(x2-x1, y2-y1)
				dx, dy := float64((x2-x1)/length*16), float64((y2-y1)/length*16)
				fmt.Fprintf(&b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#c4572b" stroke-width="2" marker-end="url(#arrow)"/>`, x1+dx, y1+dy, x2-dx, y2-dy)
			}
		}
	}
	for k, name := range group {
		x, y := at(k)
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="9" fill="#1d4f91"/><text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x, y, x, y+26, template.HTMLEscapeString(name))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
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
