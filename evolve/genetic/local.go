package genetic

import (
	"math/rand/v2"
	"slices"

	"dryad/dsl"
)

// LocalParams says what a neighbour of a tree is made from.
type LocalParams struct {
	// Library has the sub-trees that take places in the tree; may be nil.
	Library *Library
	// Others are donors of branches.
	Others []*dsl.File
	// Bold makes several changes at once, to leave a local maximum.
	Bold bool
}

// localOperators are the changes that [Writer.Neighbour] makes: mostly a branch
// for a branch, and as much taken out as put in.
func (w *Writer) localOperators(library *Library) []operator {
	return []operator{
		{"add a branch of the library", 24, func(w *Writer, r *rand.Rand, f *dsl.File, _ []*dsl.File) bool {
			return w.insert(r, f, library.draw(r))
		}},
		{"add a fitting branch", 26, func(w *Writer, r *rand.Rand, f *dsl.File, _ []*dsl.File) bool {
			return w.insert(r, f, w.fitting(r))
		}},
		{"put a branch of the library in place", 16, func(w *Writer, r *rand.Rand, f *dsl.File, _ []*dsl.File) bool {
			return w.substitute(r, f, library.draw(r))
		}},
		{"put a fitting branch in place", 8, func(w *Writer, r *rand.Rand, f *dsl.File, _ []*dsl.File) bool {
			return w.substitute(r, f, w.fitting(r))
		}},
		{"add a fitting guard", 8, (*Writer).addFittingGuard},
		{"change to a fitting guard", 6, (*Writer).changeFittingGuard},
		{"do two things at once", 12, (*Writer).besideLeaf},
		{"let a network serve a task, or its rule", 8, (*Writer).exchangeNet},
		{"change a task", 10, (*Writer).changeLeaf},
		{"change an argument", 8, (*Writer).changeArgument},
		{"tune a number", 8, (*Writer).tune},
		{"move a branch", 8, (*Writer).moveBranch},
		{"drop a branch", 24, (*Writer).drop},
		{"drop a level", 10, (*Writer).dropLevel},
	}
}

// Neighbour writes a tree near to parent: one or two changes, mostly a sub-tree
// of the library or a branch whose guard fits its task, and as often something
// taken out. It returns what was done. Like [Writer.Vary], it writes a legal
// tree that differs from parent.
func (w *Writer) Neighbour(r *rand.Rand, parent *dsl.File, p LocalParams) (child *dsl.File, how []string) {
	operators := w.localOperators(p.Library)
	return w.vary(r, parent, p.Others, operators, func() int {
		switch {
		case p.Bold:
			return 2 + r.IntN(4)
		case r.IntN(3) == 0:
			return 2
		}
		return 1
	})
}

// Branch draws a branch: a sub-tree of the library or one whose guards fit it. It is
// legal by itself as far as the words tell.
func (w *Writer) Branch(r *rand.Rand, library *Library) *dsl.Node {
	if r.IntN(2) == 0 {
		if piece := library.draw(r); piece != nil {
			return piece
		}
	}
	return w.fitting(r)
}

// insert puts a branch among the children of a selector, or in front of a
// behaviour that is none.
func (w *Writer) insert(r *rand.Rand, file *dsl.File, branch *dsl.Node) bool {
	if branch == nil {
		return false
	}
	s, ok := pick(r, file, func(s spot) bool { return s.node.Kind == dsl.Selector })
	if ok && r.IntN(6) > 0 {
		s.node.Children = slices.Insert(s.node.Children, r.IntN(len(s.node.Children)+1), branch)
		return true
	}
	if s, ok = pick(r, file, behaves); !ok {
		return false
	}
	s.put(dsl.Composed(dsl.Selector, "", branch, s.node))
	return true
}

// substitute puts a branch in the place of a behaviour.
func (w *Writer) substitute(r *rand.Rand, file *dsl.File, branch *dsl.Node) bool {
	if branch == nil {
		return false
	}
	s, ok := pick(r, file, behaves)
	if !ok {
		return false
	}
	s.put(branch)
	return true
}

// fitting grows a branch: something to do, mostly under one or two guards that
// share a word with what it is about.
func (w *Writer) fitting(r *rand.Rand) *dsl.Node {
	action := w.deed(r)
	guards := []int{0, 0, 0, 1, 1, 1, 1, 1, 2, 2}[r.IntN(10)]
	if guards == 0 {
		return action
	}
	branch := dsl.Composed(dsl.Sequence, "")
	for range guards {
		branch.Children = append(branch.Children, w.guardFor(r, action))
	}
	branch.Children = append(branch.Children, action)
	return branch
}

// guardFor grows a condition for a behaviour: three times out of four from the
// readings that share a word with it.
func (w *Writer) guardFor(r *rand.Rand, behaviour *dsl.Node) *dsl.Node {
	readings := w.related(behaviour)
	if len(readings) == 0 || r.IntN(4) == 0 {
		return w.test(r)
	}
	return dsl.Test(w.reading(r, readings[r.IntN(len(readings))]))
}

func (w *Writer) addFittingGuard(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, behaves)
	if !ok {
		return false
	}
	guard := w.guardFor(r, s.node)
	if s.node.Kind == dsl.Sequence {
		s.node.Children = slices.Insert(s.node.Children, 0, guard)
		return true
	}
	s.put(dsl.Composed(dsl.Sequence, "", guard, s.node))
	return true
}

func (w *Writer) changeFittingGuard(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return isTest(s) && s.parent != nil })
	if !ok {
		return false
	}
	s.put(w.guardFor(r, s.parent))
	return true
}

// exchangeNet lets a network serve a task that it can serve, or the rule again.
func (w *Writer) exchangeNet(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool {
		return s.node.Kind == dsl.Net || s.node.Kind == dsl.Task && len(w.ruled[s.node.Word]) > 0
	})
	if !ok {
		return false
	}
	if s.node.Kind == dsl.Task {
		nets := w.ruled[s.node.Word]
		s.node.Kind, s.node.Word = dsl.Net, nets[r.IntN(len(nets))]
		return true
	}
	i, known := w.words.Net(s.node.Word)
	if !known {
		return false
	}
	s.node.Kind, s.node.ByNet, s.node.Word = dsl.Task, false, w.words.Nets[i].Rule
	return true
}

// dropLevel lets a node give way to one of its children.
func (w *Writer) dropLevel(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, func(s spot) bool { return len(s.node.Children) > 0 && !isOption(s) })
	if !ok {
		return false
	}
	child := s.node.Children[r.IntN(len(s.node.Children))]
	if child.Kind.Class() == dsl.Option {
		return false
	}
	s.put(child)
	return true
}
