package bt

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// identify computes the identity of every node, which is the same in another
// version of the tree if it is the same node: its path of names, with the
// node's own line where it has no name, and its ordinal among siblings that
// are called the same.
func identify(p *Program) {
	root := mix(0, text(1, p.params.Name))
	p.nodes[0].label = label(p.root)
	p.nodes[0].called, p.nodes[0].twin = text(1, p.nodes[0].label), 1
	for i := range p.nodes {
		n := &p.nodes[i]
		above, lineage := root, root
		if n.parent >= 0 {
			above, lineage = p.nodes[n.parent].id, p.nodes[n.parent].lineage
		}
		n.id = mix(above, n.called, n.twin)
		n.lineage = mix(lineage, n.id, own(n.node))
		p.twins(n)
	}
}

// twins numbers the children of a node that are called the same.
func (p *Program) twins(n *nodeInfo) {
	var counts map[uint64]uint64
	if len(n.children) > manyChildren {
		counts = make(map[uint64]uint64, len(n.children))
	}
	for i, c := range n.children {
		child := &p.nodes[c]
		child.label = label(child.node)
		child.called, child.twin = text(1, child.label), 1
		if counts != nil {
			counts[child.called]++
			child.twin = counts[child.called]
			continue
		}
		for _, d := range n.children[:i] {
			if p.nodes[d].called == child.called {
				child.twin++
			}
		}
	}
}

// manyChildren is from where on equal siblings are counted by a map.
const manyChildren = 24

// label is what a node is called among its siblings.
func label(n *Node) string {
	switch {
	case n.Name != "":
		return n.Name
	case n.Text != "":
		return n.Text
	}
	s := n.Kind.String()
	switch n.Kind {
	case KindRetry, KindRepeat:
		s += " " + strconv.Itoa(n.Count)
	case KindTimeout, KindCooldown, KindWait:
		s += " " + strconv.Itoa(n.Ticks)
	case KindCondition:
		s += ": " + n.Values[0].String()
	case KindSet:
		s += ": " + n.Key + " = " + n.Values[0].String()
	}
	return s
}

// own digests what a node says by itself, without its name and children.
func own(n *Node) uint64 {
	said := uint64(0)
	if n.Name != "" || n.Text == "" {
		// The text of a node without a name is in its identity already.
		said = text(3, n.Text)
	}
	h := mix(uint64(n.Kind), uint64(n.Count), uint64(n.Ticks), math.Float64bits(n.Margin),
		said, text(4, n.Key), uint64(len(n.Values)), uint64(len(n.Locals)))
	for _, v := range n.Values {
		h = mix(h, v.digest())
	}
	for _, k := range n.Locals {
		h = mix(h, text(5, k.Name), k.Value.digest())
	}
	return h
}

func (e Expr) digest() uint64 {
	h := mix(uint64(e.op), math.Float64bits(e.value), uint64(e.index), text(6, e.key))
	for _, a := range e.args {
		h = mix(h, a.digest())
	}
	return h
}

// text is FNV-1a, started differently for each use.
func text(use uint64, s string) uint64 {
	h := uint64(14695981039346656037) ^ use
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return finalise(h)
}

// path writes the labels on the way from the root to a node, for people.
func (p *Program) path(index int32) string {
	var labels []string
	for ; index >= 0; index = p.nodes[index].parent {
		n := &p.nodes[index]
		label := n.label
		if n.twin > 1 {
			label += "~" + strconv.FormatUint(n.twin, 10)
		}
		labels = append(labels, label)
	}
	if p.params.Name != "" {
		labels = append(labels, p.params.Name)
	}
	slices.Reverse(labels)
	return strings.Join(labels, "/")
}
