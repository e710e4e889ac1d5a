package genetic

import (
	"math/rand/v2"
	"slices"
	"strings"

	"dryad/dsl"
)

// related returns the readings that are about what a behaviour is about, by
// their index: first the features, then the conditions. A reading is related
// when it shares a word of its name with a task or an argument of the behaviour,
// or when it is among the effects of the behaviour.
func (w *Writer) related(behaviour *dsl.Node) []int {
	about := map[string]bool{}
	raised := map[string]bool{}
	add := func(name string) {
		for _, word := range strings.Split(name, "_") {
			if !common[word] {
				about[word] = true
			}
		}
	}
	behaviour.Walk(func(n *dsl.Node) bool {
		word := n.Word
		if n.Kind == dsl.Net {
			if i, ok := w.words.Net(word); ok {
				word = w.words.Nets[i].Rule
			}
		}
		if n.Kind != dsl.Task && n.Kind != dsl.Net {
			return true
		}
		add(word)
		if i, ok := w.words.Task(word); ok {
			for _, f := range w.words.Tasks[i].Effects {
				raised[f] = true
			}
		}
		for _, a := range n.Args {
			if a.Kind != dsl.WordArg {
				continue
			}
			add(a.Text)
			if i, ok := w.words.Chooser(a.Text); ok {
				for _, f := range w.words.Choosers[i].Effects {
					raised[f] = true
				}
			}
		}
		return true
	})
	var list []int
	for i := range w.words.Readings() {
		name := w.readingName(i)
		if raised[name] || slices.ContainsFunc(strings.Split(name, "_"), func(word string) bool { return about[word] }) {
			list = append(list, i)
		}
	}
	return list
}

// common words of names tell nothing of what they are about.
var common = map[string]bool{
	"in": true, "to": true, "is": true, "has": true, "at": true, "me": true, "of": true, "by": true, "the": true, "my": true, "own": true,
	"nearest": true, "random": true, "last": true, "best": true, "weakest": true, "strongest": true, "time": true, "since": true,
}

func (w *Writer) readingName(i int) string {
	if i < len(w.words.Features) {
		return w.words.Features[i].Name
	}
	return w.words.Conditions[i-len(w.words.Features)].Name
}

// reading grows a test of one reading.
func (w *Writer) reading(r *rand.Rand, i int) string {
	if i < len(w.words.Features) {
		return w.comparison(r, w.words.Features[i])
	}
	if r.IntN(4) == 0 {
		return "not " + w.readingName(i)
	}
	return w.readingName(i)
}
