package werewolf

import (
	"context"
	"slices"
)

// Usage is how much a latent strategy is used.
type Usage struct {
	// BehaviourFrequency is the strategy's part of all candidates of self-play,
	// SolutionFrequency the mean probability with which an Agent plays it in the same
	// turns.
	BehaviourFrequency, SolutionFrequency float64
}

// Usage returns how much each role's latent strategies are used, in the order of
// the space's groups and clusters.
func (g *Game) Usage(ctx context.Context, it *Iteration) ([][]Usage, error) {
	of, err := g.solved(it)
	if err != nil {
		return nil, err
	}
	space, game := it.Space, of.game
	c := g.classifier(space)
	sums := make([][]Usage, len(g.kinds))
	candidates, turns := make([]float64, len(g.kinds)), make([]float64, len(g.kinds))
	for i, symbols := range space.Symbols {
		sums[i] = make([]Usage, len(symbols))
	}
	visit := func(t turn) error {
		role := c.group[t.view.Role]
		log, err := c.log(ctx, t.view)
		if err != nil {
			return err
		}
		symbols, err := c.candidates(ctx, t.view, t.Candidates)
		if err != nil {
			return err
		}
		for _, symbol := range symbols {
			sums[role][slices.Index(space.Symbols[role], symbol)].BehaviourFrequency++
			candidates[role]++
		}
		state := game.at(t.view, log)
		actions := state.Actions()
		for i, p := range of.play(state) {
			if s, speech := game.strategy(actions[i]); speech {
				if c := slices.Index(space.Symbols[role], s); c >= 0 {
					sums[role][c].SolutionFrequency += p
				}
			}
		}
		turns[role]++
		return nil
	}
	for _, m := range space.Games {
		all, err := g.turns(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, t := range all {
			if err := visit(t); err != nil {
				return nil, err
			}
		}
	}
	for role := range sums {
		for c := range sums[role] {
			sums[role][c].BehaviourFrequency /= max(candidates[role], 1)
			sums[role][c].SolutionFrequency /= max(turns[role], 1)
		}
	}
	return sums, nil
}
