package werewolf

import (
	"context"
	"time"

	"dryad/cfr/deep"
	"dryad/lspo"
)

// Estimate is how long the parts of an iteration take on this machine, now.
type Estimate struct {
	Match time.Duration // one match of self-play, its speech embedded and clustered
	CFR   time.Duration // one iteration of Deep CFR
}

// Iteration returns how long an iteration of the loop takes by an estimate.
func (g *Game) Iteration(e Estimate) time.Duration {
	return time.Duration(g.params.Games)*e.Match + time.Duration(g.params.Iterations)*e.CFR
}

// Estimate measures a few matches of self-play and the first iteration of Deep
// CFR over what was said in them. Nothing of it is kept.
func (g *Game) Estimate(ctx context.Context, seed uint64) (Estimate, error) {
	var e Estimate
	policy, err := g.params.Language.Start()
	if err != nil {
		return e, err
	}
	speaker, err := g.params.Language.Speaker(policy)
	if err != nil {
		return e, err
	}
	began := time.Now()
	s := &Space{}
	if s.Games, err = g.selfPlays(ctx, speaker, seed, 0, min(50, g.params.Games)); err != nil {
		return e, err
	}
	if err := g.cluster(ctx, lspo.Task{Iteration: 1, Seed: seed}, s, nil); err != nil {
		return e, err
	}
	e.Match = time.Since(began) / time.Duration(len(s.Games))
	game, err := g.abstraction(s)
	if err != nil {
		return e, err
	}
	p := g.params.Deep
	p.Seed, p.Workers = seed, g.params.Workers
	solver, err := deep.New(game, p)
	if err != nil {
		return e, err
	}
	began = time.Now()
	err = solver.Run(ctx, 1)
	e.CFR = time.Since(began)
	return e, err
}
