package werewolf

import (
	"fmt"
	"sync"

	"dryad/cfr"
	"dryad/nn"
	"dryad/nn/kernel"
)

// strategist plays a solution of the abstract game. It may be used by several
// goroutines.
type strategist struct {
	game             world
	average, regrets []*nn.Network
	desks            sync.Pool
}

// desk is one goroutine's working memory.
type desk struct {
	features         []float32
	average, regrets []*nn.Workspace
}

func newStrategist(game world, s *Solution) (*strategist, error) {
	t := &strategist{game: game}
	for _, part := range []struct {
		files [][]byte
		into  *[]*nn.Network
	}{{s.Average, &t.average}, {s.Regrets, &t.regrets}} {
		if len(part.files) != game.Roles() {
			return nil, fmt.Errorf("the solution has networks of %d roles, the game has %d", len(part.files), game.Roles())
		}
		for _, file := range part.files {
			net, _, err := nn.Decode(file)
			if err != nil {
				return nil, fmt.Errorf("read a solution: %w", err)
			}
			if net.Inputs() != game.Features() || net.Outputs() != game.Moves() {
				return nil, fmt.Errorf("the solution is of another game: its networks take %d numbers, not %d", net.Inputs(), game.Features())
			}
			*part.into = append(*part.into, net)
		}
	}
	t.desks.New = func() any {
		d := &desk{features: make([]float32, game.Features())}
		for role := range t.average {
			d.average = append(d.average, nn.NewWorkspace(t.average[role], 1))
			d.regrets = append(d.regrets, nn.NewWorkspace(t.regrets[role], 1))
		}
		return d
	}
	return t, nil
}

// policy returns the average strategy at a decision, in the order of its
// actions.
func (t *strategist) policy(s cfr.State) []float64 {
	d := t.desks.Get().(*desk)
	defer t.desks.Put(d)
	role := t.game.Role(s)
	clear(d.features)
	t.game.Encode(s, d.features)
	logits := t.average[role].Forward(d.average[role], d.features, 1)
	mask, out := make([]float32, len(logits)), make([]float32, len(logits))
	actions := s.Actions()
	for _, a := range actions {
		mask[a] = 1
	}
	kernel.Softmax(out, logits, mask)
	probabilities := make([]float64, len(actions))
	for i, a := range actions {
		probabilities[i] = float64(out[a])
	}
	return probabilities
}

// advantages returns the estimated regret of each action.
func (t *strategist) advantages(s cfr.State) []float64 {
	d := t.desks.Get().(*desk)
	defer t.desks.Put(d)
	role := t.game.Role(s)
	clear(d.features)
	t.game.Encode(s, d.features)
	out := t.regrets[role].Forward(d.regrets[role], d.features, 1)
	actions := s.Actions()
	advantages := make([]float64, len(actions))
	for i, a := range actions {
		advantages[i] = float64(out[a])
	}
	return advantages
}
