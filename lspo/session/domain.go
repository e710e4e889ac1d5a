package session

import (
	"context"
	"fmt"

	"dryad/internal/english"
	"dryad/job"
	"dryad/lspo"
	"dryad/lspo/chat"
	"dryad/lspo/latent"
	"dryad/lspo/report"
	"dryad/lspo/rpsls"
	"dryad/lspo/werewolf"
)

// domain is a language game with what there is to say about its runs.
type domain interface {
	// run runs the loop; ended is told the figures of each complete iteration.
	run(ctx context.Context, p lspo.Params, ended func(number int, f Figures)) (job.Stop, error)
	// groups returns the latent strategies of each iteration.
	groups(ctx context.Context, m lspo.Memory) ([][]*latent.Group, error)
	// page adds the complete iterations to a report.
	page(ctx context.Context, m lspo.Memory, p *report.Page, names Names) error
}

// WerewolfFigures measure an iteration of Werewolf.
type WerewolfFigures struct {
	Iteration  int                `json:"iteration"`
	Clusters   map[string]int     `json:"clusters"`
	Silhouette map[string]float64 `json:"silhouette"`
	Pairs      int                `json:"pairs"`
	Lost       int                `json:"lost_turns"`
	Model      string             `json:"model,omitempty"`
	Abstract   *werewolf.Exact    `json:"abstract,omitempty"`
}

type werewolfDomain struct {
	game    *werewolf.Game
	session *Session
}

func (d *werewolfDomain) run(ctx context.Context, p lspo.Params, ended func(int, Figures)) (job.Stop, error) {
	r, err := lspo.Run(ctx, d.game, p, func(_ context.Context, it *werewolf.Iteration) error {
		ended(it.Number, d.figures(it))
		return nil
	})
	if r == nil {
		return job.GoOn, err
	}
	return r.Stopped, err
}

func (d *werewolfDomain) groups(ctx context.Context, m lspo.Memory) ([][]*latent.Group, error) {
	spaces, err := lspo.RecallSpaces(ctx, d.game, m)
	var all [][]*latent.Group
	for _, s := range spaces {
		all = append(all, s.Groups)
	}
	return all, err
}

func (d *werewolfDomain) figures(it *werewolf.Iteration) Figures {
	f := WerewolfFigures{
		Iteration: it.Number, Clusters: map[string]int{}, Silhouette: map[string]float64{},
		Pairs: len(it.Pairs), Lost: it.Space.Lost(), Abstract: it.Solution.Exact,
	}
	line := fmt.Sprintf("iteration %d", it.Number)
	for _, g := range it.Space.Groups {
		f.Clusters[g.Name], f.Silhouette[g.Name] = len(g.Clusters), g.Silhouette
		line += fmt.Sprintf("\t%s %d", g.Name, len(g.Clusters))
	}
	line += "\t" + english.Number(f.Pairs, "pair")
	if p, ok := it.Policy.(*chat.Policy); ok {
		f.Model = p.Model
		line += fmt.Sprintf("\t%s lost\t%s", english.Number(f.Lost, "turn"), f.Model)
	}
	if e := f.Abstract; e != nil {
		line += fmt.Sprintf("\tabstract value of the werewolf %.3f, of the networks %.3f", e.Value, e.DeepValue)
	}
	return Figures{f, line}
}

type rpslsDomain struct{ game *rpsls.Game }

func (d rpslsDomain) run(ctx context.Context, p lspo.Params, ended func(int, Figures)) (job.Stop, error) {
	r, err := lspo.Run(ctx, d.game, p, func(_ context.Context, it *rpsls.Iteration) error {
		f, err := rpslsFigures(it)
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

func (d rpslsDomain) groups(ctx context.Context, m lspo.Memory) ([][]*latent.Group, error) {
	spaces, err := lspo.RecallSpaces(ctx, d.game, m)
	var all [][]*latent.Group
	for _, s := range spaces {
		all = append(all, []*latent.Group{s.Group})
	}
	return all, err
}

func rpslsFigures(it *rpsls.Iteration) (Figures, error) {
	r, err := rpsls.Measure(it)
	if err != nil {
		return Figures{}, err
	}
	line := fmt.Sprintf("iteration %d\texploitability %.2f", r.Iteration, r.Exploitability)
	for _, move := range rpsls.Moves() {
		line += fmt.Sprintf("\t%s %.2f", move, r.Moves[move])
	}
	return Figures{r, line}, nil
}
