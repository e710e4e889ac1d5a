package check

import (
	"fmt"
	"slices"
	"strconv"

	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// Source reads and checks a policy for a game and returns all its faults,
// sorted and capped. The file may be used only if they are OK.
func Source(path, source string, game *vocab.Vocabulary) (*dsl.File, dsl.Diagnostics) {
	file, faults := dsl.Parse(path, source)
	return file, append(faults, Check(file, game)...).Sorted()
}

// Check returns what is wrong with a file that was parsed, as far as its
// meaning goes; faults of form are reported by [dsl.Parse]. The vocabulary
// must not change any more.
func Check(file *dsl.File, game *vocab.Vocabulary) dsl.Diagnostics {
	shallow := *file // what exceeds a bound is cut off below
	c := &checker{file: &shallow, game: game, words: wordsOf(game), spare: new(expression.Node)}
	c.stack, c.values = make([]facts, 0, 32), make([]Value, 0, 8)
	c.header()
	c.keys()
	c.trees()
	c.network()
	c.recursion()
	c.bodies()
	c.unusedTrees()
	c.keyUse()
	return c.faults.Sorted()
}

// checker holds the state of one check.
type checker struct {
	file   *dsl.File
	game   *vocab.Vocabulary
	words  *words
	faults dsl.Diagnostics
	// spare is used again for every number, by a checker that returns no
	// values.
	spare *expression.Node

	variables []expression.Variable // the keys
	byName    map[string]*dsl.Tree
	tree      *dsl.Tree           // the one being checked
	scope     Scope               // of that tree
	bound     expression.Scope    // of its expressions
	known     map[*dsl.Tree]facts // of the trees that are checked
	values    []Value             // of the leaf being checked
	stack     []facts             // of the children on the way up
}

func (c *checker) add(d dsl.Diagnostic) { c.faults = append(c.faults, d) }

func (c *checker) report(severity dsl.Severity, code string, r dsl.Range, format string, args ...any) *dsl.Diagnostic {
	c.faults = append(c.faults, dsl.Diagnostic{Severity: severity, Code: code, Range: r, Summary: fmt.Sprintf(format, args...)})
	return &c.faults[len(c.faults)-1]
}

func (c *checker) errorf(code string, r dsl.Range, format string, args ...any) *dsl.Diagnostic {
	return c.report(dsl.Error, code, r, format, args...)
}

func (c *checker) warnf(code string, r dsl.Range, format string, args ...any) *dsl.Diagnostic {
	return c.report(dsl.Warning, code, r, format, args...)
}

// unknown reports a word that is not among the candidates.
func (c *checker) unknown(code, what, word string, r dsl.Range, candidates []string) {
	if len(c.faults) > 4*dsl.MaxDiagnostics {
		candidates = nil // nobody will see them
	}
	near, alike := dsl.Nearest(word, candidates)
	d := c.errorf(code, r, "there is no %s %q", what, word)
	d.Legal = near
	if alike {
		d.Summary += ", did you mean " + strconv.Quote(near[0]) + "?"
		d.Fixes = []dsl.Fix{replace(r, near[0])}
	}
}

func replace(r dsl.Range, text string) dsl.Fix {
	return dsl.Fix{Title: "write " + strconv.Quote(text), Edits: []dsl.Edit{{Range: r, Text: text}}}
}

// expression binds an expression argument and reports its faults.
func (c *checker) expression(a *dsl.Arg, want vocab.Kind) *expression.Node {
	node, faults := expression.Bind(a.Text, c.bound, want)
	for i := range faults {
		c.add(ofExpression(a, &faults[i]))
	}
	return node
}

// ofExpression makes a diagnostic of an expression's fault.
func ofExpression(a *dsl.Arg, f *expression.Fault) dsl.Diagnostic {
	d := dsl.Diagnostic{Severity: dsl.Error, Code: f.Code, Range: a.At(f.Start, f.End), Summary: f.Summary, Legal: f.Legal}
	if f.Warning {
		d.Severity = dsl.Warning
	}
	for _, fix := range f.Fixes {
		d.Fixes = append(d.Fixes, dsl.Fix{Title: fix.Title, Edits: []dsl.Edit{{Range: a.Exactly(fix.Start, fix.End), Text: fix.Text}}, Safe: fix.Safe})
	}
	return d
}

// enter makes scope the one that words are looked up in.
func (c *checker) enter(scope Scope) { c.scope, c.bound = scope, scope.expressions() }

// header checks the line "policy NAME for GAME".
func (c *checker) header() {
	p := &c.file.Policy
	if p.Name != "" && p.Game != c.game.Game && !slices.Contains(c.game.Takes, p.Game) {
		d := c.errorf("wrong-game", p.GameRange, "the policy is written for the game %q, not for %q", p.Game, c.game.Game)
		d.Legal = []string{c.game.Game}
		d.Fixes = []dsl.Fix{replace(p.GameRange, c.game.Game)}
	}
}

// trees checks the headers of the trees.
func (c *checker) trees() {
	if len(c.file.Trees) == 0 {
		return
	}
	c.byName = make(map[string]*dsl.Tree, len(c.file.Trees))
	for _, t := range c.file.Trees {
		if c.byName[t.Name] != nil {
			c.errorf("tree-twice", t.NameRange, "there are two trees named %q", t.Name)
		} else {
			c.byName[t.Name] = t
		}
		params := map[string]bool{}
		for i := range t.Params {
			c.param(t, &t.Params[i], params)
		}
	}
	main := c.file.Main()
	switch {
	case main == nil:
		first := c.file.Trees[0]
		d := c.errorf("no-main", first.NameRange, "no tree is named \"main\", so none would run")
		d.Fixes = []dsl.Fix{replace(first.NameRange, "main")}
	case len(main.Params) > 0:
		c.errorf("main-parameters", main.NameRange, "the tree \"main\" takes no parameters: nothing could pass them")
	}
}

// param checks a parameter's declaration.
func (c *checker) param(t *dsl.Tree, p *dsl.Param, seen map[string]bool) {
	switch _, reading := c.words.readings[p.Name]; {
	case seen[p.Name]:
		c.errorf("parameter-twice", p.Range, "the tree %q has two parameters named %q", t.Name, p.Name)
	case reading:
		c.errorf("shadows", p.Range, "%q is a word of the game and cannot name a parameter", p.Name)
	case c.file.Key(p.Name) != nil:
		c.errorf("shadows", p.Range, "%q is a key and cannot name a parameter", p.Name)
	}
	seen[p.Name] = true
	kind, ok := ParamKind(p.Type)
	if !ok {
		c.unknown("unknown-type", "type", p.Type, p.Range, paramTypes)
		return
	}
	if p.HasDefault {
		c.enter(Scope{Vocabulary: c.game})
		c.argument(&p.Default, &vocab.Param{Name: p.Name, Kinds: []vocab.Kind{kind}}, leaf{name: "parameter"})
	}
}

// unusedTrees warns of trees that nothing calls.
func (c *checker) unusedTrees() {
	main := c.file.Main()
	if main == nil {
		return
	}
	reached := map[string]bool{"main": true}
	queue := []*dsl.Tree{main}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		t.Root.Walk(func(n *dsl.Node) bool {
			if n.Kind == dsl.Call && !reached[n.Word] {
				reached[n.Word] = true
				if next := c.byName[n.Word]; next != nil {
					queue = append(queue, next)
				}
			}
			return true
		})
	}
	for _, t := range c.file.Trees {
		if !reached[t.Name] {
			c.warnf("unused-tree", t.NameRange, "nothing calls the tree %q", t.Name)
		}
	}
}
