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
	p.nodes[0].called, p.nodes[0].twin = called(p.root), 1
	for i := range p.nodes {
		n := &p.nodes[i]
		above, lineage := root, root
		if n.parent >= 0 {
			above, lineage = p.nodes[n.parent].id, p.nodes[n.parent].lineage
		}
		n.id = mix(above, n.called, uint64(n.twin))
		n.lineage = mix(lineage, n.id, own(n.node))
		p.twins(n)
	}
}

// twins numbers the children of a node that are called the same.
func (p *Program) twins(n *nodeInfo) {
	var counts map[uint64]uint32
	if n.count > manyChildren {
		counts = make(map[uint64]uint32, n.count)
	}
	children := p.below(n)
	for i, c := range children {
		child := &p.nodes[c]
		child.called, child.twin = called(child.node), 1
		if counts != nil {
			counts[child.called]++
			child.twin = counts[child.called]
			continue
		}
		for _, d := range children[:i] {
			if p.nodes[d].called == child.called {
				child.twin++
			}
		}
	}
}

// manyChildren is from where on equal siblings are counted by a map.
const manyChildren = 24

// called digests what a node is called.
func called(n *Node) uint64 {
	if n.shared {
		return n.called
	}
	return text(1, label(n))
}

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
	if n.shared {
		return n.says
	}
	h := uint64(n.Kind)
	add := func(v uint64) { h = (h ^ v) * 0x9e3779b97f4a7c15; h ^= h >> 32 }
	add(uint64(n.Count))
	add(uint64(n.Ticks))
	add(math.Float64bits(n.Margin))
	if n.Name != "" || n.Text == "" {
		// The text of a node without a name is in its identity already.
		add(text(3, n.Text))
	}
	if n.Key != "" {
		add(text(4, n.Key))
	}
	for _, v := range n.Values {
		add(v.digest())
	}
	for _, k := range n.Locals {
		add(text(5, k.Name))
		add(k.Value.digest())
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
		label := label(n.node)
		if n.twin > 1 {
			label += "~" + strconv.FormatUint(uint64(n.twin), 10)
		}
		labels = append(labels, label)
	}
	if p.params.Name != "" {
		labels = append(labels, p.params.Name)
	}
	slices.Reverse(labels)
	return strings.Join(labels, "/")
}
