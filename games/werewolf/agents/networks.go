package agents

import (
	"fmt"
	"sync"

	"dryad/cfr"
	"dryad/games/werewolf/abstract"
	"dryad/nn"
	"dryad/nn/kernel"
)

// networks are a solved policy: for each role of a game a network whose outputs
// are logits of the moves. They may be used by several goroutines.
type networks struct {
	game  *abstract.Game
	nets  []*nn.Network
	desks sync.Pool
}

// desk is one goroutine's working memory.
type desk struct {
	features []float32
	spaces   []*nn.Workspace
}

func newNetworks(game *abstract.Game, nets []*nn.Network) (*networks, error) {
	if len(nets) != game.Roles() {
		return nil, fmt.Errorf("there are networks of %d roles, the game has %d", len(nets), game.Roles())
	}
	for _, net := range nets {
		if net.Inputs() != game.Features() || net.Outputs() != game.Moves() {
			return nil, fmt.Errorf("a network has %d inputs and %d outputs, the game %d and %d", net.Inputs(), net.Outputs(), game.Features(), game.Moves())
		}
	}
	n := &networks{game: game, nets: nets}
	n.desks.New = func() any {
		d := &desk{features: make([]float32, game.Features())}
		for _, net := range nets {
			d.spaces = append(d.spaces, nn.NewWorkspace(net, 1))
		}
		return d
	}
	return n, nil
}

// policy returns the probabilities of a decision's actions.
func (n *networks) policy(s cfr.State) []float64 {
	d := n.desks.Get().(*desk)
	defer n.desks.Put(d)
	role := n.game.Role(s)
	clear(d.features)
	n.game.Encode(s, d.features)
	logits := n.nets[role].Forward(d.spaces[role], d.features, 1)
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
