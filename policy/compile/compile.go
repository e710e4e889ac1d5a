package compile

import (
	"fmt"

	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/games"
	"dryad/lua"
	"dryad/vocab"
)

// maxNodes bounds a tree with its subtrees expanded.
const maxNodes = 1 << 14

// Params says how a tree is compiled.
type Params struct {
	// Budget bounds a tick.
	Budget bt.Budget
	// Script holds the functions of lua leaves; nil when there is none.
	Script *lua.Script
}

// Unit is a compiled tree.
type Unit struct {
	Program *bt.Program
	// Readings are what the program's inputs are, by the vocabulary's index.
	Readings []int32
	// Sources are the program's nodes as they are written, by their index; nil
	// for one that stands in no line.
	Sources []*dsl.Node
	// Nets are the indices of the neural tasks that the tree uses, ascending.
	Nets []int
}

// Compile lowers a file that was checked for the game.
func Compile(file *dsl.File, game games.Game, params Params) (*Unit, dsl.Diagnostics) {
	main := file.Main()
	if main == nil || main.Root == nil {
		return nil, dsl.Diagnostics{{Severity: dsl.Error, Code: "no-main", Summary: "no tree is named \"main\""}}
	}
	c := &compiler{
		file: file, game: game, vocabulary: game.Vocabulary(), params: params,
		variables: check.Keys(file), slots: map[int]int{}, nets: map[int]bool{}, trees: map[*dsl.Tree]*tree{},
		owner: ownerOf(game),
	}
	c.sources = make([]*dsl.Node, 0, main.Root.Size()+1)
	root := c.body(c.treeOf(main), nil, nil)
	if c.faults != nil {
		return nil, c.faults
	}
	name := main.Name
	if root.Kind == bt.KindSubtree && c.sources[0] == nil {
		root.Name, name = name, ""
	}
	program, err := bt.Compile(root, bt.Params{Name: name, Inputs: len(c.readings), Keys: c.keys(), Budget: params.Budget})
	if err != nil {
		return nil, dsl.Diagnostics{{Severity: dsl.Error, Code: "compile", Range: main.Range, Summary: err.Error()}}
	}
	unit := &Unit{Program: program, Readings: c.readings, Sources: c.sources}
	for i := range c.vocabulary.Nets {
		if c.nets[i] {
			unit.Nets = append(unit.Nets, i)
		}
	}
	return unit, nil
}

type compiler struct {
	file       *dsl.File
	game       games.Game
	vocabulary *vocab.Vocabulary
	params     Params
	variables  []expression.Variable // the file's keys
	slots      map[int]int           // the input of each reading
	readings   []int32
	nets       map[int]bool
	trees      map[*dsl.Tree]*tree
	nodes      int
	faults     dsl.Diagnostics
	owner      any // of what is kept with lines
	sources    []*dsl.Node
	block      []bt.Node // to be used
	below      []*bt.Node
}

// tree is what is known of a tree of the file.
type tree struct {
	tree    *dsl.Tree
	scope   check.Scope
	bound   expression.Scope
	params  []vocab.Param
	targets []int // for each parameter its place among the target parameters, or -1
	words   int   // of its target parameters
	locals  []bt.Local
}

func (c *compiler) fail(n *dsl.Node, code, format string, args ...any) *bt.Node {
	c.faults = append(c.faults, dsl.Diagnostic{Severity: dsl.Error, Code: code, Range: n.Range, Summary: fmt.Sprintf(format, args...)})
	return bt.Wait(0)
}

// treeOf returns what is known of a tree.
func (c *compiler) treeOf(t *dsl.Tree) *tree {
	if known := c.trees[t]; known != nil {
		return known
	}
	known := &tree{tree: t, params: check.TreeParams(t)}
	known.scope = check.Scope{Vocabulary: c.vocabulary, Keys: c.variables, Params: t.Params}
	known.bound = known.scope.Expressions()
	for i := range t.Params {
		kind, _ := check.ParamKind(t.Params[i].Type)
		at := -1
		if kind.Target() {
			at = known.words
			known.words += targetWords
		}
		known.targets = append(known.targets, at)
	}
	for _, k := range c.file.Keys {
		if k.Scope == dsl.TreeScope && uses(t, k.Name) {
			value, _ := check.Default(k, c.vocabulary)
			known.locals = append(known.locals, bt.Local{Name: k.Name, Value: bt.Const(value)})
		}
	}
	c.trees[t] = known
	return known
}

// uses reports whether a tree mentions a key, itself and not in its subtrees.
func uses(t *dsl.Tree, key string) bool {
	found := false
	t.Root.Walk(func(n *dsl.Node) bool {
		found = found || n.Kind == dsl.Set && n.Word == key
		for i := range n.Args {
			found = found || n.Args[i].Kind != dsl.AmountArg && mentions(n.Args[i].Text, key)
		}
		return !found
	})
	return found
}

// mentions reports whether a text contains a word.
func mentions(text, word string) bool {
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && (text[i] == '_' || text[i] >= '0' && text[i] <= '9' || text[i]|32 >= 'a' && text[i]|32 <= 'z') {
			continue
		}
		if text[start:i] == word {
			return true
		}
		start = i + 1
	}
	return false
}

// keys returns the agent's keys.
func (c *compiler) keys() []bt.Key {
	var keys []bt.Key
	for _, k := range c.file.Keys {
		if k.Scope != dsl.TreeScope {
			value, _ := check.Default(k, c.vocabulary)
			keys = append(keys, bt.Key{Name: k.Name, Default: value, Team: k.Scope == dsl.TeamScope})
		}
	}
	return keys
}

// body compiles the root of a tree, with the locals of its activation around
// it when it has any. call is the leaf that calls it, nil for main.
func (c *compiler) body(t *tree, call *dsl.Node, caller *tree) *bt.Node {
	locals := t.locals
	var binder bt.SubtreeBinder
	if call != nil {
		var arguments []bt.Local
		arguments, binder = c.pass(t, call, caller)
		locals = append(arguments, locals...)
	}
	if c.faults != nil {
		return bt.Wait(0)
	}
	if call == nil && len(locals) == 0 {
		return c.node(t.tree.Root, t)
	}
	c.sources = append(c.sources, call)
	n := bt.Subtree("", c.node(t.tree.Root, t), locals...)
	n.Binder = binder
	if call != nil {
		n.Text = call.Line()
	}
	return n
}

// pass binds the arguments of a call to the parameters of the tree: numbers
// become locals, targets are resolved by the binder.
func (c *compiler) pass(t *tree, call *dsl.Node, caller *tree) ([]bt.Local, bt.SubtreeBinder) {
	full := *call
	full.Args = append([]dsl.Arg(nil), call.Args...)
	for i := range t.tree.Params {
		if p := &t.tree.Params[i]; p.HasDefault && i >= positional(call) && call.Arg(p.Name) == nil {
			a := p.Default
			a.Name = p.Name
			full.Args = append(full.Args, a)
		}
	}
	values, faults := check.Arguments(&full, t.params, caller.scope)
	if !faults.OK() {
		c.faults = append(c.faults, faults...)
		return nil, nil
	}
	var locals []bt.Local
	var b *binder
	for i, v := range values {
		if t.targets[i] >= 0 {
			if b == nil {
				b = &binder{words: t.words}
			}
			b.targets = append(b.targets, c.target(v, caller))
			continue
		}
		value := bt.Const(float64(v.Index))
		if v.From == check.Expression {
			value = c.lower(v.Expression)
		}
		locals = append(locals, bt.Local{Name: t.tree.Params[i].Name, Value: value})
	}
	if b == nil {
		return locals, nil
	}
	return locals, b
}

// positional returns the number of arguments before the first named one.
func positional(n *dsl.Node) int {
	for i := range n.Args {
		if n.Args[i].Name != "" {
			return i
		}
	}
	return len(n.Args)
}

// target returns where a target comes from.
func (c *compiler) target(v check.Value, t *tree) source {
	if v.From == check.Target {
		return source{chooser: -1, outer: t.targets[v.Index]}
	}
	return source{chooser: v.Index}
}
