package session

import (
	"context"
	"time"

	"dryad/llm/embed"
	"dryad/lspo/werewolf"
)

// Estimate measures how long one iteration of Deep CFR and one iteration of the
// loop take on this machine, for a run of Werewolf. The embedded speaker speaks,
// with an embedder that costs nothing: the time of a model comes on top.
func (s *Session) Estimate(ctx context.Context) (cfr, iteration time.Duration, err error) {
	p, err := s.params.Settings.Werewolf()
	if err != nil {
		return 0, 0, err
	}
	p.Embedder, p.Workers = embed.NewNGrams(0), s.params.Workers
	game, err := werewolf.New(p)
	if err != nil {
		return 0, 0, err
	}
	e, err := game.Estimate(ctx, s.params.Settings.Seed)
	return e.CFR, game.Iteration(e), err
}
