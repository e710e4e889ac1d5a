package deep

import (
	"fmt"
	"sync"

	"dryad/cfr"
	"dryad/nn"
	"dryad/nn/kernel"
)

// Networks are a network for each role of a game, away from the solver that
// trained them: those of [Solver.Network] or [Solver.Regrets], kept in files.
// They may be used by several goroutines.
type Networks struct {
	game  Roles
	nets  []*nn.Network
	desks sync.Pool
}

// desk is one goroutine's working memory.
type desk struct {
	features []float32
	spaces   []*nn.Workspace
}

// NewNetworks puts networks to a game; they must have its numbers of roles,
// features and moves.
func NewNetworks(game Roles, nets []*nn.Network) (*Networks, error) {
	if len(nets) != game.Roles() {
		return nil, fmt.Errorf("there are networks of %d roles, the game has %d", len(nets), game.Roles())
	}
	for _, net := range nets {
		if net.Inputs() != game.Features() || net.Outputs() != game.Moves() {
			return nil, fmt.Errorf("a network has %d inputs and %d outputs, the game %d and %d", net.Inputs(), net.Outputs(), game.Features(), game.Moves())
		}
	}
	n := &Networks{game: game, nets: nets}
	n.desks.New = func() any {
		d := &desk{features: make([]float32, game.Features())}
		for _, net := range nets {
			d.spaces = append(d.spaces, nn.NewWorkspace(net, 1))
		}
		return d
	}
	return n, nil
}

// Policy returns the probabilities of a decision's actions, of outputs that are
// logits of the moves.
func (n *Networks) Policy(state cfr.State) []float64 {
	return n.answer(state, func(logits []float32) []float32 {
		mask, out := make([]float32, len(logits)), make([]float32, len(logits))
		for _, move := range state.Actions() {
			mask[move] = 1
		}
		kernel.Softmax(out, logits, mask)
		return out
	})
}

// Values returns the outputs for a decision's actions as they are, such as
// estimated regrets.
func (n *Networks) Values(state cfr.State) []float64 {
	return n.answer(state, func(outputs []float32) []float32 { return outputs })
}

// Outputs writes the outputs for all moves to dst, those too that are no action
// of the decision: for a decision of another game, whose moves are not those of
// the networks but in which players know the same.
func (n *Networks) Outputs(state cfr.State, dst []float32) {
	d := n.desks.Get().(*desk)
	defer n.desks.Put(d)
	copy(dst, n.outputs(state, d))
}

func (n *Networks) outputs(state cfr.State, d *desk) []float32 {
	role := n.game.Role(state)
	clear(d.features)
	n.game.Encode(state, d.features)
	return n.nets[role].Forward(d.spaces[role], d.features, 1)
}

// answer asks the mover's network and returns what read makes of its outputs,
// in the order of the state's actions.
func (n *Networks) answer(state cfr.State, read func(outputs []float32) []float32) []float64 {
	d := n.desks.Get().(*desk)
	defer n.desks.Put(d)
	moves := read(n.outputs(state, d))
	actions := state.Actions()
	out := make([]float64, len(actions))
	for a, move := range actions {
		out[a] = float64(moves[move])
	}
	return out
}
