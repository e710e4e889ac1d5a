package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
)

// policy grows a whole tree: a selector of guarded behaviours with one to fall
// back on.
func (w *Writer) policy(r *rand.Rand) *dsl.Node {
	root := dsl.Composed(dsl.Selector, "")
	for range 1 + r.IntN(3) {
		root.Children = append(root.Children, w.guarded(r))
	}
	root.Children = append(root.Children, w.action(r))
	return root
}

// guarded grows a sequence that acts under conditions.
func (w *Writer) guarded(r *rand.Rand) *dsl.Node {
	n := dsl.Composed(dsl.Sequence, "", w.test(r))
	if r.IntN(4) == 0 {
		n.Children = append(n.Children, w.test(r))
	}
	n.Children = append(n.Children, w.action(r))
	return n
}

// action grows something to do: a task, two at once, or a small choice.
func (w *Writer) action(r *rand.Rand) *dsl.Node {
	switch roll := r.IntN(12); {
	case roll < 6:
		return w.task(r)
	case roll < 10:
		return w.together(r)
	default:
		return dsl.Composed(dsl.Selector, "", w.guarded(r), w.task(r))
	}
}

// together grows a parallel of two tasks that do not fight over where to go.
func (w *Writer) together(r *rand.Rand) *dsl.Node {
	kind := dsl.Parallel
	if r.IntN(3) == 0 {
		kind = dsl.ParallelFirst
	}
	first := w.task(r)
	for range w.params.Tries {
		second := w.task(r)
		if first.Word != second.Word && !(w.moves(first) && w.moves(second)) {
			return dsl.Composed(kind, "", first, second)
		}
	}
	return first
}

// moves reports whether a leaf decides where the agent goes.
func (w *Writer) moves(n *dsl.Node) bool {
	word := n.Word
	if n.Kind == dsl.Net {
		if i, ok := w.words.Net(word); ok {
			word = w.words.Nets[i].Rule
		}
	}
	i, ok := w.words.Task(word)
	return ok && w.words.Tasks[i].Mover
}
