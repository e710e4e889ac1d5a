package dsl

import "strconv"

// Identity tells nodes apart across versions of a tree: the FNV-1a hash of
// the node's path. A node keeps its identity when the lines around it change.
type Identity uint64

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func (id Identity) add(text []byte) Identity {
	for _, c := range text {
		id = (id ^ Identity(c)) * fnvPrime
	}
	return id
}

// IdentityOf returns the identity that belongs to a path.
func IdentityOf(path string) Identity { return Identity(fnvOffset).add([]byte(path)) }

// Identify visits every node of the tree in the order of the text with its
// identity.
func (t *Tree) Identify(visit func(*Node, Identity)) {
	if t.Root == nil {
		return
	}
	v := identifier{visit: visit}
	root := []*Node{t.Root}
	v.children(Identity(fnvOffset).add([]byte(t.Name)), root)
}

// Paths visits every node of the tree in the order of the text with its path:
// the tree's name and the segments down to the node, joined by "/". A segment
// is the node's name or, without one, the text of its line; "~2" and so on
// tell siblings with the same segment apart.
func (t *Tree) Paths(visit func(n *Node, path string)) {
	if t.Root == nil {
		return
	}
	var down func(path string, siblings []*Node)
	down = func(path string, siblings []*Node) {
		seen := map[string]int{}
		for _, n := range siblings {
			s := string(appendSegment(nil, n))
			seen[s]++
			if seen[s] > 1 {
				s += "~" + strconv.Itoa(seen[s])
			}
			s = path + "/" + s
			visit(n, s)
			down(s, n.Children)
		}
	}
	down(t.Name, []*Node{t.Root})
}

// appendSegment appends a node's part of the path, without ordinal.
func appendSegment(out []byte, n *Node) []byte {
	if n.Name != "" {
		return append(out, n.Name...)
	}
	return AppendLine(out, n)
}

// identifier computes hashes without building the paths.
type identifier struct {
	visit func(*Node, Identity)
	text  []byte
	stack []Identity // of the siblings on the way down
}

// manyChildren is from where on equal siblings are counted by a map.
const manyChildren = 24

func (v *identifier) children(parent Identity, siblings []*Node) {
	parent = parent.add([]byte{'/'})
	from := len(v.stack)
	var counts map[Identity]int
	if len(siblings) > manyChildren {
		counts = make(map[Identity]int, len(siblings))
	}
	for _, n := range siblings {
		v.text = appendSegment(v.text[:0], n)
		plain := parent.add(v.text)
		ordinal := 1
		if counts != nil {
			counts[plain]++
			ordinal = counts[plain]
		} else {
			for _, other := range v.stack[from:] {
				if other == plain {
					ordinal++
				}
			}
		}
		v.stack = append(v.stack, plain)
		id := plain
		if ordinal > 1 {
			v.text = strconv.AppendInt(append(v.text[:0], '~'), int64(ordinal), 10)
			id = plain.add(v.text)
		}
		v.visit(n, id)
		if len(n.Children) > 0 {
			v.children(id, n.Children)
		}
	}
	v.stack = v.stack[:from]
}
