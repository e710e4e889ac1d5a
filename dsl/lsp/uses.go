package lsp

import (
	"cmp"
	"slices"

	"dryad/dsl"
	"dryad/vocab"
)

// what a word of a policy refers to.
type what uint8

const (
	aTree what = iota
	aKey
	aParam
	aTask
	aNet
	aChooser
	aReading
	aLua
	aGame
	aLabel // the author's name of a node
)

// use is a word in the text that refers to something.
type use struct {
	what    what
	name    string
	at      dsl.Range
	defines bool
	tree    *dsl.Tree // in which a parameter is known
}

// usesOf lists what the words of a file refer to, by their place.
func usesOf(file *dsl.File, game *vocab.Vocabulary) []use {
	var uses []use
	add := func(w what, name string, at dsl.Range, defines bool, tree *dsl.Tree) {
		if at.Start.Line > 0 && name != "" {
			uses = append(uses, use{w, name, at, defines, tree})
		}
	}
	add(aGame, file.Policy.Game, file.Policy.GameRange, false, nil)
	for _, u := range file.Neurons(dsl.InputNeuron) {
		eachWord(u.Input.Text, func(word string, start int) {
			if w, ok := meaning(word, file, &dsl.Tree{}, game); ok {
				add(w, word, u.Input.At(start, start+len(word)), false, nil)
			}
		})
	}
	for _, k := range file.Keys {
		add(aKey, k.Name, k.NameRange, true, nil)
	}
	for _, t := range file.Trees {
		if !t.Bare {
			add(aTree, t.Name, t.NameRange, true, nil)
		}
		for i := range t.Params {
			add(aParam, t.Params[i].Name, t.Params[i].Range, true, t)
		}
		t.Root.Walk(func(n *dsl.Node) bool {
			switch n.Kind {
			case dsl.Task:
				add(aTask, n.Word, n.WordRange, false, nil)
			case dsl.Net:
				if n.ByNet {
					add(aTask, n.Word, n.WordRange, false, nil)
					break
				}
				add(aNet, n.Word, n.WordRange, false, nil)
			case dsl.Call:
				add(aTree, n.Word, n.WordRange, false, nil)
			case dsl.Set:
				add(aKey, n.Word, n.WordRange, false, nil)
			case dsl.Lua:
				add(aLua, n.Word, n.WordRange, false, nil)
			default:
				add(aLabel, n.Name, n.WordRange, true, nil)
			}
			for i := range n.Args {
				a := &n.Args[i]
				if a.Kind == dsl.AmountArg {
					continue
				}
				eachWord(a.Text, func(word string, start int) {
					at := a.At(start, start+len(word))
					if w, ok := meaning(word, file, t, game); ok {
						add(w, word, at, false, t)
					}
				})
			}
			return true
		})
	}
	slices.SortStableFunc(uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.at.Start.Line, b.at.Start.Line), cmp.Compare(a.at.Start.Column, b.at.Start.Column))
	})
	return uses
}

// meaning says what a word of an argument or expression refers to.
func meaning(word string, file *dsl.File, t *dsl.Tree, game *vocab.Vocabulary) (what, bool) {
	for i := range t.Params {
		if t.Params[i].Name == word {
			return aParam, true
		}
	}
	if file.Key(word) != nil {
		return aKey, true
	}
	if game != nil {
		if _, ok := game.Reading(word); ok {
			return aReading, true
		}
		if _, ok := game.Chooser(word); ok {
			return aChooser, true
		}
	}
	return 0, false
}

// eachWord visits the words of an expression that stand outside quotes.
func eachWord(text string, visit func(word string, start int)) {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\'':
			i++
			for i < len(text) && text[i] != c {
				i++
			}
			i++
		case wordByte(c):
			start := i
			for i < len(text) && wordByte(text[i]) {
				i++
			}
			if c < '0' || c > '9' {
				visit(text[start:i], start)
			}
		default:
			i++
		}
	}
}

func wordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// useAt returns what stands at a place, or nil.
func (d *document) useAt(p dsl.Position) *use {
	for i := range d.uses {
		if d.uses[i].at.Contains(p) {
			return &d.uses[i]
		}
	}
	return nil
}

// same returns every use of what u refers to.
func (d *document) same(u *use) []use {
	var out []use
	for _, v := range d.uses {
		if v.what == u.what && v.name == u.name && (u.what != aParam || v.tree == u.tree) {
			out = append(out, v)
		}
	}
	return out
}
