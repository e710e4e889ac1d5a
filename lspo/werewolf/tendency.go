package werewolf

import (
	"context"
	"slices"

	"dryad/games/werewolf/rules"
	"dryad/lspo"
)

// Tendency is how much a latent strategy is used.
type Tendency struct {
	// Said is the part of all that was thought of in self-play, Played the
	// solution's mean probability of it in the same turns.
	Said, Played float64
}

// Tendencies returns how much each role's latent strategies are used, in the
// order of the space's groups and clusters.
func (g *Game) Tendencies(ctx context.Context, it lspo.Iteration) ([][]Tendency, error) {
	of, err := g.solved(it)
	if err != nil {
		return nil, err
	}
	space, game := of.space, of.world
	e := newEar(space, g.kinds, g.params.Embedder)
	sums := make([][]Tendency, len(g.kinds))
	texts, turns := make([]float64, len(g.kinds)), make([]float64, len(g.kinds))
	for i, symbols := range space.Symbols {
		sums[i] = make([]Tendency, len(symbols))
	}
	visit := func(v *rules.View, m *move) error {
		role := e.kind[v.Role]
		strategies, err := e.strategies(ctx, v)
		if err != nil {
			return err
		}
		sounds, err := e.hear(ctx, m.Said...)
		if err != nil {
			return err
		}
		for _, s := range sounds {
			sums[role][slices.Index(space.Symbols[role], s.own[role])].Said++
			texts[role]++
		}
		state := game.at(v, strategies)
		actions := state.Actions()
		for i, p := range of.average.Policy(state) {
			if s, speech := game.strategy(actions[i]); speech {
				if c := slices.Index(space.Symbols[role], s); c >= 0 {
					sums[role][c].Played += p
				}
			}
		}
		turns[role]++
		return nil
	}
	for i := range space.Games {
		if err := g.review(ctx, &space.Games[i], visit); err != nil {
			return nil, err
		}
	}
	for role := range sums {
		for c := range sums[role] {
			sums[role][c].Said /= max(texts[role], 1)
			sums[role][c].Played /= max(turns[role], 1)
		}
	}
	return sums, nil
}
