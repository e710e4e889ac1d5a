package session

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/job"
	"dryad/lspo"
	"dryad/lspo/latent"
	"dryad/lspo/negotiation"
	"dryad/lspo/report"
)

// measuredMatches are those that are played in words to measure an iteration of
// Negotiation.
const measuredMatches = 2000

type negotiationDomain struct {
	game *negotiation.Game
	seed uint64
}

func (d negotiationDomain) run(ctx context.Context, p lspo.Params, ended func(int, Figures)) (job.Stop, error) {
	r, err := lspo.Run(ctx, d.game, p, func(ctx context.Context, it *negotiation.Iteration) error {
		f, err := d.figures(ctx, it)
		if err == nil {
			ended(it.Number, f)
		}
		return err
	})
	if r == nil {
		return job.GoOn, err
	}
	return r.Stopped, err
}

func (d negotiationDomain) groups(ctx context.Context, m lspo.Memory) ([][]*latent.Group, error) {
	spaces, err := lspo.RecallSpaces(ctx, d.game, m)
	var all [][]*latent.Group
	for _, s := range spaces {
		all = append(all, s.Groups)
	}
	return all, err
}

// Negotiation returns the game of a run of Negotiation and its complete
// iterations, nil for every other run.
func (s *Session) Negotiation(ctx context.Context) (*negotiation.Game, []negotiation.Iteration, error) {
	d, ok := s.game.(negotiationDomain)
	if !ok {
		return nil, nil, nil
	}
	all, err := lspo.Recall(ctx, d.game, s.Memory())
	if err == nil && len(all) == 0 {
		err = ErrNothing
	}
	return d.game, all, err
}

func (d negotiationDomain) measure(ctx context.Context, it *negotiation.Iteration) (*negotiation.Report, error) {
	const purposeMeasure = 0x6d656173
	return d.game.Measure(ctx, it, measuredMatches, games.Mix(d.seed, purposeMeasure))
}

func (d negotiationDomain) figures(ctx context.Context, it *negotiation.Iteration) (Figures, error) {
	r, err := d.measure(ctx, it)
	if err != nil {
		return Figures{}, err
	}
	line := fmt.Sprintf("iteration %d\tclusters %d %d\t%d pairs\tsolved %.3f %.3f", r.Iteration, r.Clusters["first"], r.Clusters["second"], r.Pairs, r.Values[0], r.Values[1])
	line += fmt.Sprintf("\tgains %.3f %.3f", r.WholeGains[0], r.WholeGains[1])
	for seat, m := range r.Played {
		line += fmt.Sprintf("\t%s played %.3f [%.3f, %.3f]", []string{"first", "second"}[seat], m.Mean, m.Low, m.High)
	}
	return Figures{r, fmt.Sprintf("%s\tdeals %.2f", line, r.Deals)}, nil
}

func (d negotiationDomain) page(ctx context.Context, m lspo.Memory, p *report.Page, names Names) error {
	iterations, err := lspo.Recall(ctx, d.game, m)
	if err != nil {
		return err
	}
	played := report.Curve{Caption: fmt.Sprintf("Points in words, %d matches, intervals of 95 %%", measuredMatches), Lines: []report.Line{{Name: "first speaker"}, {Name: "second speaker"}}}
	table := report.Table{
		Caption: "Points of both, and what each would gain by the exact best response",
		Head:    []string{"iteration", "solved", "gain in the game over clusters", "gain in the whole game", "deals", "unknown to the abstract game", "no candidate of the cluster"},
	}
	both := func(x []float64) string { return fmt.Sprintf("%.3f, %.3f", x[0], x[1]) }
	for i := range iterations {
		it := &iterations[i]
		p.Iterations = append(p.Iterations, strategies(it.Number, it.Space.Groups, names))
		r, err := d.measure(ctx, it)
		if err != nil {
			return err
		}
		for seat, one := range r.Played {
			played.Lines[seat].Points = append(played.Lines[seat].Points, report.Point{Y: one.Mean, Low: one.Low, High: one.High})
		}
		table.Rows = append(table.Rows, []string{
			fmt.Sprint(r.Iteration), both(r.Values), both(r.Gains), both(r.WholeGains), fmt.Sprintf("%.2f", r.Deals),
			fmt.Sprintf("%.2f", r.Strayed), fmt.Sprintf("%.2f", r.Missed),
		})
	}
	p.Curves, p.Tables = append(p.Curves, played), append(p.Tables, table)
	return nil
}
