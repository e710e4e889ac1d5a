package werewolf

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/lspo"
)

// Expand implements lspo.LanguageGame: the speaker learns from pairs of its own
// candidates.
func (g *Game) Expand(ctx context.Context, t lspo.Task, it *Iteration) (Policy, error) {
	pairs, err := g.Pairs(ctx, it)
	if err != nil {
		return nil, err
	}
	return g.params.Language.Learn(ctx, it.Policy, pairs, games.Mix(t.Seed, 1))
}

// Pairs returns the preferences of an iteration with the views of their seats.
func (g *Game) Pairs(ctx context.Context, it *Iteration) ([]Pair, error) {
	pairs := make([]Pair, len(it.Pairs))
	for i, p := range it.Pairs {
		o := p.Origin
		if o.Game < 0 || o.Game >= len(it.Space.Games) {
			return nil, fmt.Errorf("preference %d is of match %d, which was not played", i, o.Game)
		}
		turns, err := g.turns(ctx, it.Space.Games[o.Game])
		if err != nil {
			return nil, err
		}
		if o.Speech < 0 || o.Speech >= len(turns) {
			return nil, fmt.Errorf("preference %d is of speech %d of match %d, which has %d", i, o.Speech, o.Game, len(turns))
		}
		p.View = turns[o.Speech].view
		pairs[i] = p
	}
	return pairs, nil
}
