package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
)

// maxPiece bounds the size of a piece of a library, in nodes.
const maxPiece = 16

// Library holds sub-trees that stand for branches of other trees: those of
// written trees, and groups of pieces. A draw takes a group first, so that a
// large one crowds out no other. The zero value is empty. It is not safe for use
// while it is added to.
type Library struct {
	written []*dsl.Node
	groups  [][]*dsl.Node
	seen    map[string]bool
}

// Add takes in the behaviours of a tree, and the tree as a whole. Those that
// refer to something outside of them (another tree, a script, the blackboard)
// are left out.
func (l *Library) Add(file *dsl.File) {
	for _, s := range spots(file, behaves) {
		if movable(s.node) && s.node.Size() <= maxPiece {
			l.written = l.unseen(l.written, s.node)
		}
	}
}

// AddPieces takes in a group of behaviours.
func (l *Library) AddPieces(group []*dsl.Node) {
	var fresh []*dsl.Node
	for _, n := range group {
		fresh = l.unseen(fresh, n)
	}
	if len(fresh) > 0 {
		l.groups = append(l.groups, fresh)
	}
}

// unseen appends a copy of a branch that the library does not have yet.
func (l *Library) unseen(list []*dsl.Node, n *dsl.Node) []*dsl.Node {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	piece := n.Clone()
	bare(piece)
	text := dsl.FormatNode(piece, 0)
	if l.seen[text] {
		return list
	}
	l.seen[text] = true
	return append(list, piece)
}

// Len returns the number of different pieces.
func (l *Library) Len() int {
	n := len(l.written)
	for _, group := range l.groups {
		n += len(group)
	}
	return n
}

// draw returns a copy of a piece; nil from an empty library.
func (l *Library) draw(r *rand.Rand) *dsl.Node {
	if l == nil || l.Len() == 0 {
		return nil
	}
	group := l.written
	if at := r.IntN(len(l.groups) + 1); at < len(l.groups) || len(group) == 0 {
		group = l.groups[at%len(l.groups)]
	}
	return group[r.IntN(len(group))].Clone()
}

// movable reports whether a branch means the same in any other tree.
func movable(n *dsl.Node) bool {
	alone := true
	n.Walk(func(n *dsl.Node) bool {
		switch n.Kind {
		case dsl.Call, dsl.Lua, dsl.Set:
			alone = false
		}
		return alone
	})
	return alone
}

// bare takes comments out of a branch; its names stay.
func bare(n *dsl.Node) {
	n.Walk(func(n *dsl.Node) bool {
		n.Comments, n.Comment = nil, ""
		return true
	})
}
