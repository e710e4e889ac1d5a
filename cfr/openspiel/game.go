package openspiel

import "dryad/cfr"

// game is a tree in memory.
type game struct {
	name    string
	players int
	root    *node
}

var _ cfr.Game = (*game)(nil)

func (g *game) Name() string    { return g.name }
func (g *game) Players() int    { return g.players }
func (g *game) Root() cfr.State { return g.root }

// set is an information set, or outcomes of chance.
type set struct {
	player        cfr.Player
	key           string
	actions       []cfr.Action
	names         map[cfr.Action]string
	probabilities []float64
}

// node is a history; a terminal one has no set.
type node struct {
	set      *set
	children []*node
	returns  []float64
}

var (
	_ cfr.State       = (*node)(nil)
	_ cfr.ActionNamer = (*node)(nil)
)

func (n *node) Player() cfr.Player {
	if n.set == nil {
		return cfr.Terminal
	}
	return n.set.player
}

func (n *node) Actions() []cfr.Action          { return n.set.actions }
func (n *node) Probabilities() []float64       { return n.set.probabilities }
func (n *node) Child(i int) cfr.State          { return n.children[i] }
func (n *node) AppendKey(dst []byte) []byte    { return append(dst, n.set.key...) }
func (n *node) Returns(dst []float64)          { copy(dst, n.returns) }
func (n *node) ActionName(a cfr.Action) string { return n.set.names[a] }
