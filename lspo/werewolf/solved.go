package werewolf

import (
	"fmt"

	"dryad/cfr"
	"dryad/cfr/deep"
)

// solved is an iteration's abstract game with its solution.
type solved struct {
	game abstraction
	// average answers with the average strategy, regrets with the estimated
	// regrets.
	average, regrets *deep.Networks
	// startWeight is what the strategy that the solver started from counts in the
	// regrets at the end. start writes that strategy; it is set where advantages
	// are asked for.
	startWeight float64
	start       func(cfr.State, []float64)
}

// advantages returns the regrets of a decision's actions by which the solver
// plays: the estimated ones and those that it started from.
func (s *solved) advantages(state cfr.State) []float64 {
	values := s.regrets.Values(state)
	if s.start != nil && s.startWeight > 0 {
		started := make([]float64, len(values))
		s.start(state, started)
		for i, p := range started {
			values[i] += float64(s.startWeight * p)
		}
	}
	return values
}

// start returns what writes the strategy from which a game's solver starts; nil
// where it starts from nothing.
func (g *Game) start(game abstraction, s *Space, before *Iteration) (func(cfr.State, []float64), error) {
	targets, ok := game.(targetAbstraction)
	switch {
	case !ok:
		return nil, nil
	case before == nil:
		return targets.Anchor, nil
	}
	return g.warmStart(targets, s, before)
}

// solved puts an iteration's space and solution together.
func (g *Game) solved(it *Iteration) (*solved, error) {
	game, err := g.abstraction(it.Space)
	if err != nil {
		return nil, err
	}
	s := &solved{game: game, startWeight: it.Solution.StartWeight}
	if s.average, err = deep.NewNetworks(game, it.Solution.Average); err == nil {
		s.regrets, err = deep.NewNetworks(game, it.Solution.Regrets)
	}
	if err != nil {
		return nil, fmt.Errorf("the solution is of another game: %w", err)
	}
	return s, nil
}
