package genetic

import (
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// Pieces returns small behaviours that make sense in any game by what its words
// say of themselves, in groups: to act on somebody while moving, to fetch items,
// to go where something was noticed a short time ago. Every piece is legal by
// itself as far as the words tell; the checker has the last word.
func Pieces(words *vocab.Vocabulary) [][]*dsl.Node {
	w := New(words, Params{})
	return [][]*dsl.Node{w.actingPieces(), w.fetchingPieces(), w.followingPieces()}
}

// actingPieces pair every task that acts on an agent and does not move with
// every task that moves, needs no target and does not end.
func (w *Writer) actingPieces() []*dsl.Node {
	var movers []string
	for i := range w.words.Tasks {
		if t := &w.words.Tasks[i]; t.Mover && t.NonTerminating && required(t) == 0 {
			movers = append(movers, t.Name)
		}
	}
	var list []*dsl.Node
	for _, leaf := range w.leaves {
		i, _ := w.words.Task(leaf.Word)
		if w.words.Tasks[i].Mover || len(leaf.Args) == 0 || !w.chooses(leaf, vocab.Agent) {
			continue
		}
		for _, mover := range movers {
			list = append(list, dsl.Composed(dsl.Parallel, "", w.served(leaf), dsl.Do(dsl.Task, mover)))
		}
	}
	return list
}

// GoingPieces returns a further group, for a search over modes that are about places:
// to go somewhere by a task that ends or that is told where, with an action on an agent
// beside it and without. Of the agents that an action takes the first counts.
func GoingPieces(words *vocab.Vocabulary) []*dsl.Node {
	goes, acts := New(words, Params{}).going()
	list := slices.Clone(goes)
	for _, act := range acts {
		for _, to := range goes {
			list = append(list, dsl.Composed(dsl.Parallel, "", act.Clone(), to.Clone()))
		}
	}
	return list
}

// Errands returns for every way of going somewhere that [GoingPieces] knows two
// branches: to go, and to go with an action on an agent beside it as long as there is
// such an agent, and else without.
func Errands(words *vocab.Vocabulary) (bare, acting []*dsl.Node) {
	bare, acts := New(words, Params{}).going()
	if len(acts) > 0 {
		for _, to := range bare {
			acting = append(acting, dsl.Composed(dsl.Selector, "", dsl.Composed(dsl.Parallel, "", acts[0].Clone(), to.Clone()), to.Clone()))
		}
	}
	return bare, acting
}

// going are the leaves that go somewhere, and those that act on an agent meanwhile.
func (w *Writer) going() (goes, acts []*dsl.Node) {
	words := w.words
	acting := map[string]bool{}
	for i := range words.Tasks {
		if t := &words.Tasks[i]; t.Mover && !t.NonTerminating && required(t) == 0 {
			goes = append(goes, dsl.Do(dsl.Task, t.Name))
		}
	}
	for _, leaf := range w.leaves {
		if len(leaf.Args) == 0 {
			continue
		}
		at, _ := words.Task(leaf.Word)
		t := &words.Tasks[at]
		chooser, _ := words.Chooser(leaf.Args[0].Text)
		switch {
		case !t.Mover && w.chooses(leaf, vocab.Agent) && !words.Choosers[chooser].Random && !acting[t.Name]:
			acting[t.Name] = true
			acts = append(acts, w.served(leaf))
		case t.Mover && w.chooses(leaf, vocab.Position) && !words.Choosers[chooser].Random:
			goes = append(goes, leaf.Clone())
		}
	}
	return goes, acts
}

// fetchingPieces fetch every kind of item: always, when a reading that it raises
// is low, and when something holds, or does not, that is about the item.
func (w *Writer) fetchingPieces() []*dsl.Node {
	var list []*dsl.Node
	for _, leaf := range w.leaves {
		if !w.fetches(leaf) {
			continue
		}
		list = append(list, leaf.Clone())
		for _, guard := range w.lowReadings(leaf) {
			list = append(list, dsl.Composed(dsl.Sequence, "", dsl.Test(guard), leaf.Clone()))
		}
		for _, i := range w.related(leaf) {
			if i < len(w.words.Features) {
				continue
			}
			for _, not := range []string{"", "not "} {
				list = append(list, dsl.Composed(dsl.Sequence, "", dsl.Test(not+w.readingName(i)), leaf.Clone()))
			}
		}
	}
	return list
}

// fetches reports whether a leaf goes to an item and takes it.
func (w *Writer) fetches(leaf *dsl.Node) bool {
	if len(leaf.Args) == 0 || !w.moves(leaf) || !w.chooses(leaf, vocab.Item) {
		return false
	}
	i, _ := w.words.Task(leaf.Word)
	return len(w.words.Tasks[i].Params[0].Kinds) == 1
}

// lowReadings are tests that a reading is low which a leaf's target raises.
func (w *Writer) lowReadings(leaf *dsl.Node) []string {
	i, _ := w.words.Chooser(leaf.Args[0].Text)
	var list []string
	for _, name := range w.words.Choosers[i].Effects {
		at, ok := w.words.Feature(name)
		if !ok {
			continue
		}
		f := &w.words.Features[at]
		if f.Kind != vocab.Int && f.Kind != vocab.Number || f.Max <= f.Min {
			continue
		}
		for _, part := range []float64{0.15, 0.3, 0.5} {
			low := f.Min + float64((f.Max-f.Min)*part)
			list = append(list, f.Name+" < "+strconv.FormatFloat(low, 'f', 0, 64))
		}
	}
	return list
}

// followingPieces go to a place soon after what it is about has happened.
func (w *Writer) followingPieces() []*dsl.Node {
	if w.words.TicksPerSecond == 0 {
		return nil
	}
	var list []*dsl.Node
	for _, leaf := range w.leaves {
		if len(leaf.Args) == 0 || !w.moves(leaf) || !w.chooses(leaf, vocab.Position) {
			continue
		}
		if i, _ := w.words.Task(leaf.Word); w.words.Tasks[i].NonTerminating {
			continue
		}
		for _, i := range w.related(leaf) {
			if i >= len(w.words.Features) {
				continue
			}
			if f := w.words.Features[i]; f.Kind == vocab.Duration && strings.HasPrefix(f.Name, "time_since_") {
				for _, seconds := range []string{"3s", "6s"} {
					list = append(list, dsl.Composed(dsl.Sequence, "", dsl.Test(f.Name+" < "+seconds), leaf.Clone()))
				}
			}
		}
	}
	return list
}

// served is a leaf with the network that can serve it, if there is one.
func (w *Writer) served(leaf *dsl.Node) *dsl.Node {
	n := leaf.Clone()
	if nets := w.ruled[n.Word]; len(nets) > 0 {
		n.Kind, n.Word = dsl.Net, nets[0]
	}
	return n
}

// chooses reports whether the first argument of a leaf is a chooser of a kind.
func (w *Writer) chooses(leaf *dsl.Node, kind vocab.Kind) bool {
	i, ok := w.words.Chooser(leaf.Args[0].Text)
	return ok && w.words.Choosers[i].Kind == kind
}

func required(t *vocab.Task) int {
	n := 0
	for i := range t.Params {
		if !t.Params[i].Optional {
			n++
		}
	}
	return n
}
