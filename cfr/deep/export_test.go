package deep

import (
	"math/rand/v2"

	"dryad/cfr"
)

// MergedTargets returns the targets of rows of one feature and one move each,
// merged with linear weights.
func MergedTargets(inputs, targets, when []float32) []float32 {
	s := samples{features: 1, moves: 1}
	for i := range inputs {
		at := s.add(int(when[i]))
		s.input(at)[0], s.target(at)[0], s.mask(at)[0] = inputs[i], targets[i], 1
	}
	return s.merged(1).targets
}

// FirstRegrets returns the sampled regrets of the first action of the updating
// player's root decision, over n traversals, with and without common random
// numbers.
func FirstRegrets(s *Solver, player cfr.Player, n int, common bool) []float64 {
	w := newWalker(s)
	w.solver.params.Common = common
	w.random = rand.New(rand.NewPCG(1, 2))
	w.begin(player)
	w.recording = true
	var all []float64
	for range n {
		w.harvest = newHarvest(s)
		w.external(s.game.Root(), 0)
		r := &w.harvest.regrets[0]
		all = append(all, float64(r.target(0)[0]))
	}
	return all
}
