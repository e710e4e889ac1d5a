package werewolf

import (
	"fmt"

	"dryad/cfr/deep"
	"dryad/lspo"
	"dryad/nn"
)

// solved is an iteration's abstract game with its solution.
type solved struct {
	space *Space
	world world
	// average answers with the average strategy, regrets with the estimated
	// regrets.
	average, regrets *deep.Networks
}

// solved reads what an iteration has constructed and solved.
func (g *Game) solved(it lspo.Iteration) (*solved, error) {
	space, err := ReadSpace(it.Space)
	if err != nil {
		return nil, err
	}
	solution, err := ReadSolution(it.Solution)
	if err != nil {
		return nil, err
	}
	s := &solved{space: space}
	if s.world, err = g.world(space); err != nil {
		return nil, err
	}
	if s.average, err = networks(s.world, solution.Average); err != nil {
		return nil, err
	}
	s.regrets, err = networks(s.world, solution.Regrets)
	return s, err
}

// networks reads the networks of a solution.
func networks(game world, files [][]byte) (*deep.Networks, error) {
	nets := make([]*nn.Network, len(files))
	for role, file := range files {
		var err error
		if nets[role], _, err = nn.Decode(file); err != nil {
			return nil, fmt.Errorf("read a solution: %w", err)
		}
	}
	n, err := deep.NewNetworks(game, nets)
	if err != nil {
		return nil, fmt.Errorf("the solution is of another game: %w", err)
	}
	return n, nil
}
