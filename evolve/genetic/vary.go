package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
)

// operator changes a tree in place and says whether it could.
type operator struct {
	name   string
	weight int
	apply  func(w *Writer, r *rand.Rand, file *dsl.File, others []*dsl.File) bool
}

// operators in a fixed order; a draw by weight picks one.
var operators = []operator{
	{"add a guarded branch", 18, (*Writer).addBranch},
	{"add a guard", 10, (*Writer).addGuard},
	{"change a condition", 14, (*Writer).changeTest},
	{"tune a number", 12, (*Writer).tune},
	{"change a task", 10, (*Writer).changeTask},
	{"change an argument", 10, (*Writer).changeArgument},
	{"do two things at once", 10, (*Writer).addTask},
	{"move a branch", 8, (*Writer).moveBranch},
	{"drop a branch", 10, (*Writer).drop},
	{"regrow a branch", 8, (*Writer).regrow},
	{"decorate", 4, (*Writer).decorate},
	{"undecorate", 3, (*Writer).undecorate},
	{"take a branch from another tree", 14, (*Writer).cross},
}

// Vary writes a child of parent: one to three operators in a row, with others
// as donors of branches. It returns the operators' names in the order in which
// they were applied. The child is legal and differs from parent; when the tries
// run out, it is a new random tree and how says so.
func (w *Writer) Vary(r *rand.Rand, parent *dsl.File, others []*dsl.File) (child *dsl.File, how []string) {
	return w.vary(r, parent, others, operators, func() int { return steps(r) })
}

// vary writes a child by as many operators as steps says, each drawn by its
// weight.
func (w *Writer) vary(r *rand.Rand, parent *dsl.File, others []*dsl.File, operators []operator, steps func() int) (child *dsl.File, how []string) {
	total := 0
	for _, o := range operators {
		total += o.weight
	}
	for range w.params.Tries {
		child, how = parent.Clone(), how[:0]
		child.Policy.Name, child.Policy.Game = w.params.Name, w.words.Game
		for range steps() {
			roll := r.IntN(total)
			for _, o := range operators {
				if roll -= o.weight; roll < 0 {
					if o.apply(w, r, child, others) {
						how = append(how, o.name)
					}
					break
				}
			}
		}
		if len(how) > 0 && w.legal(child) && !sameTrees(child, parent) {
			return child, how
		}
	}
	return w.Random(r), []string{"start anew"}
}

// steps draws how many operators make a child: mostly one.
func steps(r *rand.Rand) int {
	switch roll := r.IntN(10); {
	case roll < 5:
		return 1
	case roll < 8:
		return 2
	default:
		return 3
	}
}

// sameTrees reports whether two files hold equal trees, whatever they are called.
func sameTrees(a, b *dsl.File) bool {
	if len(a.Trees) != len(b.Trees) {
		return false
	}
	for i := range a.Trees {
		if !a.Trees[i].Equal(b.Trees[i]) {
			return false
		}
	}
	return true
}

// spot is a node with its place in the tree.
type spot struct {
	node   *dsl.Node
	parent *dsl.Node // nil for a root
	index  int       // among the parent's children
	tree   *dsl.Tree
	depth  int
}

// put replaces the node at the spot.
func (s spot) put(n *dsl.Node) {
	if s.parent == nil {
		s.tree.Root = n
		return
	}
	s.parent.Children[s.index] = n
}

// spots lists the nodes that pass, in the order of the text.
func spots(file *dsl.File, pass func(spot) bool) []spot {
	var found []spot
	var visit func(s spot)
	visit = func(s spot) {
		if pass(s) {
			found = append(found, s)
		}
		for i, c := range s.node.Children {
			visit(spot{c, s.node, i, s.tree, s.depth + 1})
		}
	}
	for _, t := range file.Trees {
		visit(spot{node: t.Root, tree: t})
	}
	return found
}

// pick draws one of the spots that pass.
func pick(r *rand.Rand, file *dsl.File, pass func(spot) bool) (spot, bool) {
	found := spots(file, pass)
	if len(found) == 0 {
		return spot{}, false
	}
	return found[r.IntN(len(found))], true
}
