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
}

// play returns the probabilities with which an Agent draws its actions: the power
// of the average strategy, except for what to say in the abstraction Targets. There
// the average holds little but the solver's start, which is how often things are
// said, and the speaker learns from the regrets: what is said follows them too.
func (s *solved) play(state cfr.State) []float64 {
	probabilities := s.average.Policy(state)
	if s.talks(state) {
		probabilities = matching(s.regrets.Values(state))
	}
	sharpen(probabilities)
	return probabilities
}

// talks reports whether a decision is what to say in the abstraction Targets.
func (s *solved) talks(state cfr.State) bool {
	if _, ok := s.game.(targetAbstraction); !ok {
		return false
	}
	_, speech := s.game.strategy(state.Actions()[0])
	return speech
}

// matching is regret matching: it turns regrets into probabilities that are
// proportional to the positive ones. Without any, the greatest is played.
func matching(regrets []float64) []float64 {
	best, sum := 0, 0.0
	for i, r := range regrets {
		if r > regrets[best] {
			best = i
		}
		sum += max(r, 0)
	}
	for i, r := range regrets {
		switch {
		case sum > 0:
			regrets[i] = max(r, 0) / sum
		case i == best:
			regrets[i] = 1
		default:
			regrets[i] = 0
		}
	}
	return regrets
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
