package lspo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf/speaker/label"
	"dryad/internal/atomicfile"
	"dryad/lspo"
	"dryad/lspo/cluster"
	"dryad/lspo/report"
	"dryad/lspo/rpsls"
)

// lspoEvalFile is the file with the last evaluation of a run.
const lspoEvalFile = "eval.json"

type reportCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo."`
	Out       string `help:"File to write (default: report.html in the run's folder)." placeholder:"FILE"`
}

// Help is the long help of the command.
func (reportCommand) Help() string {
	return strings.TrimSpace(`
Writes one HTML page that loads nothing from anywhere: the latent strategies of
every iteration by their central utterances, with silhouettes, the adjusted Rand
index and how much each is used before and after solving; curves over the
iterations; and the tables of the last dryad lspo eval, if there was one. A run
writes it at its end.

  dryad lspo report runs/lspo-1`)
}

func (c *reportCommand) Run(env *frame.Env) error {
	session, err := inspectLSPO(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer session.close()
	iterations, err := session.complete()
	if err != nil {
		return err
	}
	path := c.Out
	if path == "" {
		path = filepath.Join(c.RunFolder, frame.ReportFile)
	}
	if err := session.writeReport(path, iterations); err != nil {
		return err
	}
	env.Printf("%s\n", path)
	return nil
}

// writeReport writes the page of a run.
func (s *lspoSession) writeReport(path string, iterations []lspo.Iteration) error {
	p := report.Page{
		Title:   "LSPO: " + s.settings.Game,
		Command: "dryad lspo run --resume " + s.folder,
		Facts: []report.Fact{
			{Name: "run", Value: s.folder}, {Name: "dryad", Value: frame.Version}, {Name: "seed", Value: fmt.Sprint(s.settings.Seed)},
			{Name: "iterations", Value: fmt.Sprint(len(iterations))}, {Name: "embedder", Value: s.settings.Embedder},
		},
	}
	names, err := s.names()
	if err != nil {
		return err
	}
	for _, it := range iterations {
		shown, err := s.reportStrategies(it, names)
		if err != nil {
			return err
		}
		p.Iterations = append(p.Iterations, shown)
	}
	if s.wolves != nil {
		s.reportWerewolf(&p)
		err = s.reportEval(&p)
	} else {
		err = reportRPSLS(&p, iterations)
	}
	if err != nil {
		return err
	}
	page, err := report.Write(p)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, page)
}

// reportStrategies describes the latent strategies of an iteration.
func (s *lspoSession) reportStrategies(it lspo.Iteration, names lspoNames) (report.Iteration, error) {
	shown := report.Iteration{Number: it.Number}
	groups, err := s.domain.groups(it.Space)
	if err != nil {
		return shown, err
	}
	for _, g := range groups {
		role := report.Role{Name: g.Name, Utterances: g.Utterances, Distinct: g.Distinct, Silhouette: g.Silhouette}
		for c, one := range g.Clusters {
			role.Clusters = append(role.Clusters, report.Cluster{
				Number: c, Name: names[lspoStrategy(it.Number, g.Name, c)], Size: one.Size, Central: one.Central, Said: -1, Played: -1,
			})
		}
		shown.Roles = append(shown.Roles, role)
	}
	if s.wolves == nil {
		return shown, nil
	}
	used, err := s.wolves.Tendencies(s.env.Context, it)
	if err != nil {
		return shown, err
	}
	agreement, err := s.agreement(it)
	if err != nil {
		return shown, err
	}
	for i := range shown.Roles {
		role := &shown.Roles[i]
		for c := range role.Clusters {
			role.Clusters[c].Said, role.Clusters[c].Played = used[i][c].Said, used[i][c].Played
		}
		for _, a := range agreement {
			if a.Role == role.Name {
				role.Rand = &a.Agreement
			}
		}
	}
	return shown, nil
}

// agreement compares the clusters of an iteration with the speech acts behind
// the texts; a chat model's have none.
func (s *lspoSession) agreement(it lspo.Iteration) ([]lspoEvalClusters, error) {
	said, err := s.wolves.Said(s.env.Context, it)
	if err != nil {
		return nil, err
	}
	var all []lspoEvalClusters
	for _, role := range s.wolves.Set().Kinds() {
		var clusters, acts []int
		different := map[int]bool{}
		for _, s := range said {
			if act, _, ok := label.Of(s.View, s.Text); ok && s.View.Role == role {
				clusters, acts = append(clusters, s.Strategy), append(acts, act)
				different[s.Strategy] = true
			}
		}
		if len(acts) == 0 {
			continue
		}
		index, err := cluster.AdjustedRand(clusters, acts)
		if err != nil {
			return nil, err
		}
		all = append(all, lspoEvalClusters{it.Number, role.String(), len(different), index})
	}
	return all, nil
}

// reportWerewolf adds what follows from the clusterings.
func (s *lspoSession) reportWerewolf(p *report.Page) {
	set := s.wolves.Set()
	var cast []string
	for _, r := range set.Kinds() {
		cast = append(cast, fmt.Sprintf("%d %s", set.Count(r), r))
	}
	speaks := "embedded speaker, a trainable grammar"
	if s.settings.talks() {
		speaks = "chat model " + s.settings.Model
	}
	p.Facts = append(p.Facts,
		report.Fact{Name: "table", Value: strings.Join(cast, ", ")},
		report.Fact{Name: "preset", Value: s.settings.Preset},
		report.Fact{Name: "speaker", Value: speaks})
	if len(p.Iterations) == 0 {
		return
	}
	width := report.Curve{Caption: "Silhouette of the clusters"}
	agreement := report.Curve{Caption: "Adjusted Rand index of the clusters against the acts behind the texts"}
	for i := range p.Iterations[0].Roles {
		w := report.Line{Name: p.Iterations[0].Roles[i].Name}
		a := report.Line{Name: w.Name}
		for _, it := range p.Iterations {
			role := it.Roles[i]
			w.Points = append(w.Points, report.Point{Y: role.Silhouette, Low: role.Silhouette, High: role.Silhouette})
			if role.Rand != nil {
				a.Points = append(a.Points, report.Point{Y: *role.Rand, Low: *role.Rand, High: *role.Rand})
			}
		}
		width.Lines = append(width.Lines, w)
		if len(a.Points) == len(p.Iterations) {
			agreement.Lines = append(agreement.Lines, a)
		}
	}
	p.Curves = append(p.Curves, width)
	if len(agreement.Lines) > 0 {
		p.Curves = append(p.Curves, agreement)
	}
}

// reportEval adds the last evaluation of the run, if there was one.
func (s *lspoSession) reportEval(p *report.Page) error {
	text, err := os.ReadFile(filepath.Join(s.folder, lspoEvalFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var r lspoEval
	if err := json.Unmarshal(text, &r); err != nil {
		return fmt.Errorf("read %s: %w", lspoEvalFile, err)
	}
	r.fill(p)
	return nil
}

// fill adds the curves and tables of an evaluation to a page.
func (r *lspoEval) fill(p *report.Page) {
	if len(r.Iterations) == 0 {
		return
	}
	point := func(s lspoEvalSide) report.Point { return report.Point{Y: s.WinRate, Low: s.Low, High: s.High} }
	show := func(s lspoEvalSide) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", s.WinRate, s.Low, s.High) }
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
			fmt.Sprintf("iteration %d", it.Iteration), show(it.AsWolves), show(it.AsVillage), signed(it.LastGains.AsWolves), signed(it.LastGains.AsVillage),
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
		abstract.Rows = append(abstract.Rows, []string{fmt.Sprintf("iteration %d", a.Iteration), signed(a.Value), signed(a.Played), fmt.Sprintf("%+.3f", a.Gap)})
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

// reportRPSLS adds what is known of rock-paper-scissors-Spock-lizard.
func reportRPSLS(p *report.Page, iterations []lspo.Iteration) error {
	curve := report.Curve{Caption: "Exploitability in the game of five moves", Lines: []report.Line{{Name: "exploitability"}}}
	moves := report.Table{Caption: "The strategy of each iteration", Head: append([]string{"iteration"}, rpsls.Moves()...)}
	for _, it := range iterations {
		r, err := rpsls.Read(it)
		if err != nil {
			return err
		}
		curve.Lines[0].Points = append(curve.Lines[0].Points, report.Point{Y: r.Exploitability, Low: r.Exploitability, High: r.Exploitability})
		row := []string{fmt.Sprint(r.Iteration)}
		for _, move := range rpsls.Moves() {
			row = append(row, fmt.Sprintf("%.2f", r.Moves[move]))
		}
		moves.Rows = append(moves.Rows, row)
	}
	p.Curves, p.Tables = append(p.Curves, curve), append(p.Tables, moves)
	return nil
}
