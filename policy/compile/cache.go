package compile

import (
	"reflect"

	"dryad/bt"
	"dryad/dsl"
	"dryad/games"
)

// remembered returns what the line of a task was compiled to, or nil. With
// constants and choosers as arguments it depends on nothing but the words of its
// line and the game, so one node serves every tree that has the line.
func (c *compiler) remembered(n *dsl.Node) *bt.Node {
	if c.owner == nil {
		return nil
	}
	if seen := n.Seen(); seen != nil {
		if node, ok := seen.Note(c.owner).(*bt.Node); ok {
			return node
		}
	}
	return nil
}

// remember keeps what the line of a node was compiled to.
func (c *compiler) remember(n *dsl.Node, node *bt.Node) {
	if seen := n.Seen(); seen != nil && c.owner != nil {
		seen.Keep(c.owner, node)
	}
}

// ownerOf returns the owner of what is kept for a game; nil for a game whose
// value cannot be compared, for which nothing is kept.
func ownerOf(game games.Game) any {
	if !reflect.TypeOf(game).Comparable() {
		return nil
	}
	return game
}
