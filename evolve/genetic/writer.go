package genetic

import (
	"math/rand/v2"

	"dryad/dsl"
	"dryad/vocab"
)

// Params are the bounds of what is written. The zero value of a field takes
// the default in its comment.
type Params struct {
	// Name is the name in the header of the policies; "candidate".
	Name string
	// MaxNodes bounds the size of a tree; 40.
	MaxNodes int
	// MaxDepth bounds the nesting of a tree; 7.
	MaxDepth int
	// Tries is how often an operator is tried again when its result is illegal
	// or equal to a parent; 40.
	Tries int
	// Check reports the faults of a tree; whatever it calls an error or a
	// warning is not written. Nil accepts everything.
	Check func(*dsl.File) dsl.Diagnostics
}

// Writer writes trees for one game. It is immutable and safe for use by
// several goroutines, each with its own stream.
type Writer struct {
	words  *vocab.Vocabulary
	params Params
	// byKind lists the choosers of each kind of target.
	byKind map[vocab.Kind][]string
	// ruled lists, for each task, the neural tasks that can stand in its place.
	ruled map[string][]string
	// leaves has every task with every chooser that it takes.
	leaves []*dsl.Node
}

// New returns a writer for a vocabulary, which the caller must not change.
func New(words *vocab.Vocabulary, params Params) *Writer {
	if params.Name == "" {
		params.Name = "candidate"
	}
	if params.MaxNodes == 0 {
		params.MaxNodes = 40
	}
	if params.MaxDepth == 0 {
		params.MaxDepth = 7
	}
	if params.Tries == 0 {
		params.Tries = 40
	}
	w := &Writer{words: words, params: params, byKind: map[vocab.Kind][]string{}, ruled: map[string][]string{}}
	for _, c := range words.Choosers {
		w.byKind[c.Kind] = append(w.byKind[c.Kind], c.Name)
	}
	for _, n := range words.Nets {
		w.ruled[n.Rule] = append(w.ruled[n.Rule], n.Name)
	}
	w.leaves = enumerate(words, w.byKind)
	return w
}

// Random writes a tree of guarded behaviours out of nothing.
func (w *Writer) Random(r *rand.Rand) *dsl.File {
	for range w.params.Tries {
		file := w.file(w.policy(r))
		if w.legal(file) {
			return file
		}
	}
	return w.fallback(r)
}

// fallback writes a tree of one task, when no larger one was legal.
func (w *Writer) fallback(r *rand.Rand) *dsl.File {
	for {
		if file := w.file(w.task(r)); w.legal(file) {
			return file
		}
	}
}

// file puts a header above a tree.
func (w *Writer) file(root *dsl.Node) *dsl.File {
	return &dsl.File{
		Policy: dsl.Policy{Name: w.params.Name, Game: w.words.Game},
		Trees:  []*dsl.Tree{{Name: "main", Root: root}},
	}
}

// legal reports whether a tree keeps to the bounds and the checker finds neither
// an error nor a warning in it.
func (w *Writer) legal(file *dsl.File) bool {
	nodes := 0
	for _, t := range file.Trees {
		nodes += t.Root.Size()
		if depth(t.Root) > w.params.MaxDepth {
			return false
		}
	}
	if nodes > w.params.MaxNodes {
		return false
	}
	if w.params.Check == nil {
		return true
	}
	for _, d := range w.params.Check(file) {
		if d.Severity != dsl.Hint {
			return false
		}
	}
	return true
}

// depth returns the number of levels from n down.
func depth(n *dsl.Node) int {
	deepest := 0
	for _, c := range n.Children {
		deepest = max(deepest, depth(c))
	}
	return deepest + 1
}
