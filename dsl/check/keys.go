package check

import (
	"slices"
	"strconv"

	"dryad/dsl"
	"dryad/vocab"
)

// MaxKeys is how many blackboard keys a policy may declare.
const MaxKeys = 256

// keys checks the declarations of the blackboard.
func (c *checker) keys() {
	if len(c.file.Keys) > MaxKeys {
		c.errorf("too-many", c.file.Keys[MaxKeys].NameRange, "a policy declares at most %d keys", MaxKeys)
		c.file.Keys = c.file.Keys[:MaxKeys]
	}
	seen := map[string]bool{}
	for _, k := range c.file.Keys {
		if seen[k.Name] {
			c.errorf("key-twice", k.NameRange, "the key %q is declared twice", k.Name)
		}
		seen[k.Name] = true
		if _, reading := c.words.readings[k.Name]; reading {
			c.errorf("shadows", k.NameRange, "%q is a word of the game and cannot name a key", k.Name)
		}
		if k.Name == "true" || k.Name == "false" || k.Name == "no" || k.Name == "not" || k.Name == "and" || k.Name == "or" {
			c.errorf("shadows", k.NameRange, "%q is a word of the language and cannot name a key", k.Name)
		}
		kind, ok := KeyKind(k.Type)
		switch {
		case !ok:
			c.unknown("unknown-type", "type", k.Type, k.TypeRange, keyTypes)
		case kind == vocab.Enum && len(k.Values) == 0:
			c.errorf("type", k.TypeRange, "an enum lists its words: enum(calm, angry)")
		case kind != vocab.Enum && len(k.Values) > 0:
			c.errorf("type", k.TypeRange, "only an enum lists words")
		case k.HasDefault:
			c.enter(Scope{Vocabulary: c.game})
			if c.keyDefault(k, kind) == nil {
				continue
			}
		}
		for i, v := range k.Values {
			if slices.Contains(k.Values[:i], v) {
				c.errorf("type", k.TypeRange, "the word %q is listed twice", v)
			}
		}
	}
	c.variables = Keys(c.file)
}

// keyDefault checks a key's default; nil when it is faulty.
func (c *checker) keyDefault(k *dsl.Key, kind vocab.Kind) *Value {
	before := len(c.faults)
	v := c.argument(&k.Default, &vocab.Param{Name: k.Name, Kinds: []vocab.Kind{kind}, Values: k.Values}, leaf{name: "key"})
	if len(c.faults) > before {
		return nil
	}
	return &v
}

// Default returns the value that a key has at the start; false when the
// declaration is faulty.
func Default(k *dsl.Key, game *vocab.Vocabulary) (float64, bool) {
	kind, ok := KeyKind(k.Type)
	if !ok {
		return 0, false
	}
	if !k.HasDefault {
		return 0, true
	}
	c := &checker{game: game, words: wordsOf(game)}
	c.enter(Scope{Vocabulary: game})
	v := c.keyDefault(k, kind)
	switch {
	case v == nil:
		return 0, false
	case v.From == Word:
		return float64(v.Index), true
	case v.Expression != nil && len(v.Expression.Args) == 0:
		return v.Expression.Value, true
	}
	return 0, false
}

// keyUse warns of keys that are read before anything sets them, or that are
// not used.
func (c *checker) keyUse() {
	if len(c.file.Keys) == 0 {
		return
	}
	if c.hasLua() {
		return // its functions read and set keys too
	}
	uses := make(map[string]*use, len(c.file.Keys))
	for _, k := range c.file.Keys {
		uses[k.Name] = &use{}
	}
	for _, unit := range c.file.Neurons(dsl.InputNeuron) {
		names(unit.Input.Text, func(word string) {
			if u := uses[word]; u != nil && u.read == nil {
				u.read = &dsl.Node{Range: unit.Range}
			}
		})
	}
	main := c.file.Main()
	visited := map[*dsl.Tree]bool{}
	var visit func(t *dsl.Tree)
	visit = func(t *dsl.Tree) {
		if t == nil || visited[t] {
			return
		}
		visited[t] = true
		t.Root.Walk(func(n *dsl.Node) bool {
			for i := range n.Args {
				a := &n.Args[i]
				if a.Kind == dsl.AmountArg {
					continue
				}
				names(a.Text, func(word string) {
					if u := uses[word]; u != nil && u.read == nil {
						u.read, u.early = n, u.set == nil
					}
				})
			}
			if n.Kind == dsl.Set && uses[n.Word] != nil && uses[n.Word].set == nil {
				uses[n.Word].set = n
			}
			if n.Kind == dsl.Call {
				visit(c.byName[n.Word])
			}
			return true
		})
	}
	visit(main)
	for _, t := range c.file.Trees {
		visit(t)
	}
	for _, k := range c.file.Keys {
		c.used(k, uses[k.Name])
	}
}

func (c *checker) hasLua() bool {
	found := false
	c.file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		found = found || n.Kind == dsl.Lua
		return !found
	})
	return found
}

// use is where a key is first read and first set, in the order of the text.
type use struct {
	read, set *dsl.Node
	early     bool // read where nothing before sets it
}

func (c *checker) used(k *dsl.Key, u *use) {
	switch {
	case u.read == nil && u.set == nil:
		c.report(dsl.Hint, "unused-key", k.NameRange, "the key %q is never used", k.Name)
	case u.read == nil:
		c.report(dsl.Hint, "unused-key", k.NameRange, "the key %q is set and never read", k.Name)
	case u.set == nil && k.Scope != dsl.TeamScope:
		c.report(dsl.Hint, "never-set", k.NameRange, "nothing sets the key %q, so it keeps its first value", k.Name)
	case u.early && !k.HasDefault:
		d := c.warnf("read-before-set", u.read.Range, "the key %q is read before anything sets it; it is then %s", k.Name, zeroText(k))
		end := dsl.Range{Start: k.TypeRange.End, End: k.TypeRange.End}
		if k.Type != "enum" && k.TypeRange.End.Line > 0 {
			d.Fixes = []dsl.Fix{{Title: "say so in the declaration", Edits: []dsl.Edit{{Range: end, Text: " = " + zeroText(k)}}, Safe: true}}
		}
	}
}

func zeroText(k *dsl.Key) string {
	switch k.Type {
	case "bool":
		return "false"
	case "duration":
		return "0ticks"
	case "angle":
		return "0deg"
	case "enum":
		if len(k.Values) > 0 {
			return strconv.Quote(k.Values[0])
		}
	}
	return "0"
}

// names visits the words of an expression.
func names(text string, visit func(string)) {
	start := -1
	for i := 0; i <= len(text); i++ {
		letter := i < len(text) && (text[i] == '_' || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' ||
			start >= 0 && text[i] >= '0' && text[i] <= '9')
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			visit(text[start:i])
			start = -1
		}
	}
}
