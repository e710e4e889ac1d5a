package werewolf

import (
	"fmt"

	"dryad/cfr/deep"
)

// solved is an iteration's abstract game with its solution.
type solved struct {
	game abstraction
	// average answers with the average strategy, regrets with the estimated
	// regrets.
	average, regrets *deep.Networks
}

// solved puts an iteration's space and solution together.
func (g *Game) solved(it *Iteration) (*solved, error) {
	game, err := g.abstraction(it.Space)
	if err != nil {
		return nil, err
	}
	s := &solved{game: game}
	if s.average, err = deep.NewNetworks(game, it.Solution.Average); err == nil {
		s.regrets, err = deep.NewNetworks(game, it.Solution.Regrets)
	}
	if err != nil {
		return nil, fmt.Errorf("the solution is of another game: %w", err)
	}
	return s, nil
}
