package thought

import (
	"strings"

	"dryad/bt"
	"dryad/policy"
)

// Node describes one node of a tree. Nodes are numbered in pre-order, subtrees
// expanded.
type Node struct {
	Index  int
	Parent int // -1 for the root
	End    int // the index after the last descendant
	Depth  int
	Line   int    // of the source, from 1; 0 for a node that the text does not show
	ID     uint64 // equal in another version of the tree if it is the same node
	Kind   bt.Kind
	Guard  bool
	Text   string // the node's own line
	Path   string // the names on the way from the root
}

// Nodes returns the nodes of a policy's tree.
func Nodes(p *policy.Policy) []Node {
	nodes := make([]Node, p.Program.Nodes())
	for i := range nodes {
		info := p.Program.Node(i)
		n := Node{Index: i, Parent: info.Parent, End: info.End, ID: info.ID, Kind: info.Kind, Guard: info.Guard(), Text: strings.TrimSuffix(info.Text, ":"), Path: info.Path}
		if n.Text == "" {
			n.Text = strings.TrimSpace(info.Kind.String() + " " + info.Name)
		}
		if n.Parent >= 0 {
			n.Depth = nodes[n.Parent].Depth + 1
		}
		if source := p.Line(i); source != nil {
			n.Line = source.Range.Start.Line
		}
		nodes[i] = n
	}
	return nodes
}

// children calls visit for the children of a node in order, until it returns
// false.
func children(nodes []Node, parent int, visit func(child int) bool) {
	for c := parent + 1; c < nodes[parent].End; c = nodes[c].End {
		if !visit(c) {
			return
		}
	}
}
