package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"dryad/internal/atomicfile"
	"dryad/internal/english"
	"dryad/lspo"
	"dryad/lspo/chat"
	"dryad/lspo/evaluate"
	"dryad/lspo/latent"
	"dryad/lspo/report"
	"dryad/lspo/rpsls"
	"dryad/lspo/werewolf"
)

// WriteReport writes the page of the run's complete iterations.
func (s *Session) WriteReport(ctx context.Context, path string) error {
	settings := &s.params.Settings
	p := report.Page{
		Title:   "LSPO: " + settings.Game,
		Command: "dryad lspo run --resume " + s.params.Folder,
		Facts: []report.Fact{
			{Name: "run", Value: s.params.Folder}, {Name: "dryad", Value: s.params.Version}, {Name: "seed", Value: fmt.Sprint(settings.Seed)},
		},
	}
	names, err := s.Names()
	if err != nil {
		return err
	}
	if err := s.game.page(ctx, s.Memory(), &p, names); err != nil {
		return err
	}
	if len(p.Iterations) == 0 {
		return ErrNothing
	}
	p.Facts = append(p.Facts, report.Fact{Name: "iterations", Value: fmt.Sprint(len(p.Iterations))}, report.Fact{Name: "embedder", Value: settings.Embedder})
	page, err := report.Write(p)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, page)
}

// strategies describes the latent strategies of an iteration.
func strategies(number int, groups []*latent.Group, names Names) report.Iteration {
	shown := report.Iteration{Number: number}
	for _, g := range groups {
		role := report.Role{Name: g.Name, Utterances: g.Utterances, Distinct: g.Distinct, Silhouette: g.Silhouette}
		for c, one := range g.Clusters {
			role.Clusters = append(role.Clusters, report.Cluster{
				Number: c, Name: names[Strategy(number, g.Name, c)], Size: one.Size, Central: one.Central,
				BehaviourFrequency: -1, SolutionFrequency: -1,
			})
		}
		shown.Roles = append(shown.Roles, role)
	}
	return shown
}

func (d *werewolfDomain) page(ctx context.Context, m lspo.Memory, p *report.Page, names Names) error {
	iterations, err := lspo.Recall(ctx, d.game, m)
	if err != nil {
		return err
	}
	for i := range iterations {
		shown, err := d.iteration(ctx, &iterations[i], names)
		if err != nil {
			return err
		}
		p.Iterations = append(p.Iterations, shown)
	}
	if len(iterations) > 0 {
		d.facts(p, iterations[0].Policy)
		curves(p)
	}
	return d.session.addEvaluation(p)
}

// iteration describes an iteration: its strategies, how much they are used, and
// how they agree with the acts behind the texts.
func (d *werewolfDomain) iteration(ctx context.Context, it *werewolf.Iteration, names Names) (report.Iteration, error) {
	shown := strategies(it.Number, it.Space.Groups, names)
	used, err := d.game.Usage(ctx, it)
	if err != nil {
		return shown, err
	}
	var agreement []evaluate.Agreement
	if acts := d.session.params.Acts; acts != nil {
		if agreement, err = evaluate.Agree(ctx, d.game, it, acts); err != nil {
			return shown, err
		}
	}
	for i := range shown.Roles {
		role := &shown.Roles[i]
		for c := range role.Clusters {
			role.Clusters[c].BehaviourFrequency, role.Clusters[c].SolutionFrequency = used[i][c].BehaviourFrequency, used[i][c].SolutionFrequency
		}
		for _, a := range agreement {
			if a.Role == role.Name {
				role.Rand = &a.Index
			}
		}
	}
	return shown, nil
}

// facts says what was played.
func (d *werewolfDomain) facts(p *report.Page, first werewolf.Policy) {
	set := d.game.Set()
	var cast []string
	for _, r := range set.Kinds() {
		cast = append(cast, english.Number(set.Count(r), r.String()))
	}
	speaks := "embedded speaker, a trainable grammar"
	if model, ok := first.(*chat.Policy); ok {
		speaks = "chat model " + model.Model
	}
	p.Facts = append(p.Facts,
		report.Fact{Name: "table", Value: strings.Join(cast, ", ")},
		report.Fact{Name: "preset", Value: d.session.params.Settings.Preset},
		report.Fact{Name: "speaker", Value: speaks})
}

// curves draws what follows from the clusterings.
func curves(p *report.Page) {
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

// addEvaluation adds the last evaluation of the run, if there was one.
func (s *Session) addEvaluation(p *report.Page) error {
	text, err := os.ReadFile(s.path(EvaluationFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var r evaluate.Result
	if err := json.Unmarshal(text, &r); err != nil {
		return fmt.Errorf("read %s: %w", EvaluationFile, err)
	}
	r.AddTo(p)
	return nil
}

// WriteEvaluation keeps an evaluation, for the report.
func (s *Session) WriteEvaluation(r *evaluate.Result) error {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", EvaluationFile, err)
	}
	return atomicfile.Write(s.path(EvaluationFile), append(text, '\n'))
}

func (d rpslsDomain) page(ctx context.Context, m lspo.Memory, p *report.Page, names Names) error {
	iterations, err := lspo.Recall(ctx, d.game, m)
	if err != nil {
		return err
	}
	curve := report.Curve{Caption: "Exploitability in the game of five moves", Lines: []report.Line{{Name: "exploitability"}}}
	moves := report.Table{Caption: "The strategy of each iteration", Head: append([]string{"iteration"}, rpsls.Moves()...)}
	for i := range iterations {
		it := &iterations[i]
		p.Iterations = append(p.Iterations, strategies(it.Number, []*latent.Group{it.Space.Group}, names))
		r, err := rpsls.Measure(it)
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
