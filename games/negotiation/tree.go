package negotiation

import (
	"fmt"
	"slices"

	"dryad/cfr"
)

// Tree returns the whole game of a set of rules with a pool, for package cfr.
// Chance deals the values; each move has a number of its own. It is small enough
// to be compiled for small pools and few turns only.
func Tree(set Set) cfr.Game {
	t := &tree{set: set, deals: set.Deals()}
	for a := range set.Pool[0] + 1 {
		for b := range set.Pool[1] + 1 {
			for c := range set.Pool[2] + 1 {
				t.moves = append(t.moves, Proposal(a, b, c))
			}
		}
	}
	t.moves = append(t.moves, Move{Kind: Accept}, Move{Kind: Leave})
	return t
}

// tree is the whole game.
type tree struct {
	set   Set
	deals [][2]Items
	moves []Move // by action
}

func (t *tree) Name() string {
	return fmt.Sprintf("negotiation pool %v total %d turns %d", t.set.Pool, t.set.Total, t.set.Turns)
}
func (t *tree) Players() int    { return 2 }
func (t *tree) Root() cfr.State { return &node{tree: t, deal: -1, talk: Talk{Set: &t.set}} }

// node is a history.
type node struct {
	tree *tree
	deal int // index of the dealt values, -1 before
	talk Talk
}

func (n *node) Player() cfr.Player {
	switch {
	case n.deal < 0:
		return cfr.Chance
	case n.talk.Over():
		return cfr.Terminal
	}
	return cfr.Player(n.talk.Speaker())
}

func (n *node) Actions() []cfr.Action {
	if n.deal < 0 {
		all := make([]cfr.Action, len(n.tree.deals))
		for i := range all {
			all[i] = cfr.Action(i)
		}
		return all
	}
	legal := n.talk.Legal()
	all := make([]cfr.Action, len(legal))
	for i, m := range legal {
		all[i] = cfr.Action(slices.Index(n.tree.moves, m))
	}
	return all
}

func (n *node) Probabilities() []float64 {
	all := make([]float64, len(n.tree.deals))
	for i := range all {
		all[i] = 1 / float64(len(all))
	}
	return all
}

func (n *node) Child(i int) cfr.State {
	if n.deal < 0 {
		return &node{n.tree, i, n.talk}
	}
	return &node{n.tree, n.deal, n.talk.After(n.talk.Legal()[i])}
}

// AppendKey names the speaker's values and what was said.
func (n *node) AppendKey(dst []byte) []byte {
	return AppendKey(dst, n.tree.deals[n.deal][n.talk.Speaker()], &n.talk)
}

// AppendKey appends the name of an information set of [Tree]: the speaker's
// values and what was said.
func AppendKey(dst []byte, values Items, talk *Talk) []byte {
	dst = fmt.Appendf(dst, "values %d %d %d", values[0], values[1], values[2])
	for _, m := range talk.Moves {
		dst = append(append(dst, ", "...), m.String()...)
	}
	return dst
}

func (n *node) Returns(dst []float64) {
	points := n.talk.Points(n.tree.deals[n.deal])
	dst[0], dst[1] = float64(points[0]), float64(points[1])
}

// ActionName implements cfr.ActionNamer.
func (n *node) ActionName(a cfr.Action) string {
	if n.deal < 0 {
		return fmt.Sprintf("deal %v", n.tree.deals[a])
	}
	return n.tree.moves[a].String()
}

// Seen returns what the speaker of a decision of [Tree] knows: its values and
// what was said.
func Seen(state cfr.State) (values Items, talk *Talk) {
	n := state.(*node)
	return n.tree.deals[n.deal][n.talk.Speaker()], &n.talk
}
