package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
	"dryad/vocab"
)

// enumerate lists every task with every chooser that it takes: the smallest
// behaviours of a game. A task that takes many choosers comes as often as they
// are many, so that no target is rarer than another.
func enumerate(words *vocab.Vocabulary, byKind map[vocab.Kind][]string) []*dsl.Node {
	var list []*dsl.Node
	for i := range words.Tasks {
		t := &words.Tasks[i]
		if len(t.Params) == 0 || t.Params[0].Optional {
			list = append(list, dsl.Do(dsl.Task, t.Name))
		}
		if len(t.Params) == 0 {
			continue
		}
		for _, k := range t.Params[0].Kinds {
			for _, chooser := range byKind[k] {
				list = append(list, dsl.Do(dsl.Task, t.Name, dsl.WordOf(chooser)))
			}
		}
	}
	return list
}

// leaf draws one of the smallest behaviours; a task that a network can serve is
// served by it half of the time.
func (w *Writer) leaf(r *rand.Rand) *dsl.Node {
	if len(w.leaves) == 0 {
		return w.task(r)
	}
	if r.IntN(2) == 0 { // tasks without a target are few among the leaves
		return w.task(r)
	}
	n := w.leaves[r.IntN(len(w.leaves))].Clone()
	if nets := w.ruled[n.Word]; len(nets) > 0 && r.IntN(2) == 0 {
		n.Kind, n.Word = dsl.Net, nets[r.IntN(len(nets))]
	}
	return n
}

// deed grows something to do: a leaf, two leaves that do not fight over where to
// go, or what [Writer.action] grows.
func (w *Writer) deed(r *rand.Rand) *dsl.Node {
	switch roll := r.IntN(10); {
	case roll < 6:
		return w.leaf(r)
	case roll < 8:
		first := w.leaf(r)
		for range w.params.Tries {
			second := w.leaf(r)
			if first.Word != second.Word && w.moves(first) != w.moves(second) {
				return dsl.Composed(dsl.Parallel, "", first, second)
			}
		}
		return first
	}
	return w.action(r)
}

// besideLeaf lets a leaf run beside another that leaves it the way to go.
func (w *Writer) besideLeaf(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTask)
	if !ok {
		return false
	}
	for range w.params.Tries {
		beside := w.leaf(r)
		if beside.Word == s.node.Word || w.moves(beside) && w.moves(s.node) {
			continue
		}
		if s.parent != nil && (s.parent.Kind == dsl.Parallel || s.parent.Kind == dsl.ParallelFirst) {
			s.parent.Children = append(s.parent.Children, beside)
			return true
		}
		s.put(dsl.Composed(dsl.Parallel, "", s.node, beside))
		return true
	}
	return false
}

// changeLeaf replaces a leaf by another.
func (w *Writer) changeLeaf(r *rand.Rand, file *dsl.File, _ []*dsl.File) bool {
	s, ok := pick(r, file, isTask)
	if !ok {
		return false
	}
	s.put(w.leaf(r))
	return true
}
