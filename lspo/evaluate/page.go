package evaluate

import (
	"fmt"

	"dryad/lspo/report"
	"dryad/lspo/werewolf"
)

// Signed is a mean with its interval, in text.
func Signed(g werewolf.Gain) string {
	return fmt.Sprintf("%+.3f [%+.3f, %+.3f]", g.Mean, g.Low, g.High)
}

// AddTo adds the curves and tables of an evaluation to a page.
func (r *Result) AddTo(p *report.Page) {
	if len(r.Iterations) == 0 {
		return
	}
	point := func(s Side) report.Point { return report.Point{Y: s.WinRate, Low: s.Low, High: s.High} }
	show := func(s Side) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", s.WinRate, s.Low, s.High) }
	wins := report.Curve{
		Caption: fmt.Sprintf("Win rate against iteration %d, %d matches a point, intervals of 95 %%", len(r.Iterations), r.Iterations[0].AsWolves.Games),
		Lines:   []report.Line{{Name: "as wolves"}, {Name: "as village"}},
	}
	predicted := report.Curve{Caption: "Roles predicted rightly, by the village", Lines: []report.Line{{Name: "all"}}}
	cells := report.Table{
		Caption: fmt.Sprintf("Win rates against iteration %d, with intervals of 95 %%", len(r.Iterations)),
		Head:    []string{"agent", "as wolves", "as village", "the last is better as wolves by", "as village by"},
	}
	for _, it := range r.Iterations {
		wins.Lines[0].Points = append(wins.Lines[0].Points, point(it.AsWolves))
		wins.Lines[1].Points = append(wins.Lines[1].Points, point(it.AsVillage))
		all := it.Prediction["all"]
		predicted.Lines[0].Points = append(predicted.Lines[0].Points, report.Point{Y: all, Low: all, High: all})
		cells.Rows = append(cells.Rows, []string{
			fmt.Sprintf("iteration %d", it.Iteration), show(it.AsWolves), show(it.AsVillage), Signed(it.LastGains.AsWolves), Signed(it.LastGains.AsVillage),
		})
	}
	for _, a := range append(r.Baselines[:len(r.Baselines):len(r.Baselines)], r.Ablations...) {
		cells.Rows = append(cells.Rows, []string{a.Agent, show(a.AsWolves), show(a.AsVillage), "", ""})
	}
	abstract := report.Table{
		Caption: "Value of a werewolf, a win being 1 and a loss -1; nothing here is the exploitability of an agent that talks",
		Head:    []string{"", "in the abstract game", "played in words", "gap"},
	}
	for _, a := range r.Abstract {
		abstract.Rows = append(abstract.Rows, []string{fmt.Sprintf("iteration %d", a.Iteration), Signed(a.Value), Signed(a.Played), fmt.Sprintf("%+.3f", a.Gap)})
	}
	p.Curves = append(p.Curves, wins, predicted)
	p.Tables = append(p.Tables, cells, abstract)
	if c := r.Cross; c != nil {
		nash := report.Table{Caption: "Cross-play, rated by Nash averaging over both sides", Head: []string{"agent", "weight in the best mix", "margin against it"}}
		for i, name := range c.Agents {
			nash.Rows = append(nash.Rows, []string{name, fmt.Sprintf("%.2f", c.Weights[i]), fmt.Sprintf("%+.3f", c.Ratings[i])})
		}
		p.Tables = append(p.Tables, nash)
	}
}
