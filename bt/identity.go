package bt

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// identify computes the identity of every node, which is the same in another
// version of the tree if it is the same node: its path of names, and for a
// node without a name what it and its descendants say, and its ordinal among
// siblings that say the same.
func identify(p *Program) {
	content := make([]uint64, len(p.nodes))
	for i := len(p.nodes) - 1; i >= 0; i-- {
		n := &p.nodes[i]
		h := own(n.node)
		for _, c := range n.children {
			h = mix(h, content[c])
		}
		content[i] = h
	}
	type twin struct {
		parent int32
		key    uint64
	}
	ordinals := make(map[twin]uint64, len(p.nodes))
	labels := make(map[twin]uint64, len(p.nodes))
	for i := range p.nodes {
		n := &p.nodes[i]
		key := content[i]
		label := n.node.Name
		if label != "" {
			key = text(1, label)
		} else if label = n.node.Text; label == "" {
			label = n.node.Kind.String()
		}
		at := twin{n.parent, key}
		ordinal := ordinals[at]
		ordinals[at]++
		var above, lineage uint64
		if n.parent >= 0 {
			above, lineage = p.nodes[n.parent].id, p.nodes[n.parent].lineage
		}
		n.id = mix(above, key, ordinal)
		n.lineage = mix(lineage, n.id, own(n.node))
		shown := twin{n.parent, text(2, label)}
		labels[shown]++
		n.label, n.twin = label, labels[shown]
	}
}

// own digests what a node says by itself, without its name and children.
func own(n *Node) uint64 {
	h := mix(uint64(n.Kind), uint64(n.Count), uint64(n.Ticks), math.Float64bits(n.Margin),
		text(3, n.Text), text(4, n.Key), uint64(len(n.Values)), uint64(len(n.Locals)))
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
			label += "#" + strconv.FormatUint(n.twin, 10)
		}
		labels = append(labels, label)
	}
	slices.Reverse(labels)
	return strings.Join(labels, "/")
}
