package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
)

// maxPiece bounds the size of a piece of a library, in nodes.
const maxPiece = 16

// Library holds sub-trees that an author wrote once, each a behaviour that can
// stand as a branch of another tree. The zero value is empty. It is not safe for
// use while it is added to.
type Library struct {
	pieces []*dsl.Node
	seen   map[string]bool
}

// Add takes in the behaviours of a tree, and the tree as a whole. Pieces that
// refer to something outside of them (another tree, a script, the blackboard)
// are left out.
func (l *Library) Add(file *dsl.File) {
	for _, s := range spots(file, behaves) {
		if !movable(s.node) || s.node.Size() > maxPiece {
			continue
		}
		l.AddPiece(s.node)
	}
}

// AddPiece takes in one behaviour.
func (l *Library) AddPiece(n *dsl.Node) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	piece := n.Clone()
	bare(piece)
	if text := dsl.FormatNode(piece, 0); !l.seen[text] {
		l.seen[text] = true
		l.pieces = append(l.pieces, piece)
	}
}

// Len returns the number of different pieces.
func (l *Library) Len() int { return len(l.pieces) }

// draw returns a copy of a piece; nil from an empty library.
func (l *Library) draw(r *rand.Rand) *dsl.Node {
	if l == nil || len(l.pieces) == 0 {
		return nil
	}
	return l.pieces[r.IntN(len(l.pieces))].Clone()
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
