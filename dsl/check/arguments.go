package check

import (
	"fmt"
	"slices"
	"strconv"

	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// ValueKind says where the value of a parameter comes from.
type ValueKind uint8

// Where the value of a parameter comes from.
const (
	LeftOut    ValueKind = iota // not given: the parameter's default, or the task's own choice
	Chooser                     // the vocabulary's chooser number Index
	Word                        // the word number Index of the parameter's Values
	Target                      // the target in the tree's parameter number Index
	Expression                  // the value of Expression
)

// Value is what a parameter is given.
type Value struct {
	From       ValueKind
	Index      int
	Kind       vocab.Kind // the kind among the parameter's that it fills
	Expression *expression.Node
}

// Arguments binds the arguments of a leaf to parameters: one value a
// parameter. The values are complete only when there is no fault of severity
// Error.
func Arguments(n *dsl.Node, params []vocab.Param, scope Scope) ([]Value, dsl.Diagnostics) {
	c := &checker{game: scope.Vocabulary, words: wordsOf(scope.Vocabulary), scope: scope, bound: scope.expressions()}
	return slices.Clone(c.arguments(n, params)), c.faults
}

// TreeParams returns the parameters of a tree as those of a task.
func TreeParams(t *dsl.Tree) []vocab.Param {
	if len(t.Params) == 0 {
		return nil
	}
	out := make([]vocab.Param, len(t.Params))
	for i := range t.Params {
		p := &t.Params[i]
		kind, _ := ParamKind(p.Type)
		out[i] = vocab.Param{Name: p.Name, Kinds: []vocab.Kind{kind}, Optional: p.HasDefault}
	}
	return out
}

// leaf is what a fault says of the node whose arguments are bound.
type leaf struct {
	n    *dsl.Node
	name string // in place of a node
}

func (l leaf) String() string {
	if l.n == nil {
		return l.name
	}
	return l.n.Kind.String() + " " + strconv.Quote(l.n.Word)
}

// arguments returns values that last until the next call.
func (c *checker) arguments(n *dsl.Node, params []vocab.Param) []Value {
	c.values = append(c.values[:0], make([]Value, len(params))...)
	values := c.values
	what := leaf{n: n}
	given := uint64(0)
	for i := range n.Args {
		a := &n.Args[i]
		at := i
		if a.Name != "" {
			at = slices.IndexFunc(params, func(p vocab.Param) bool { return p.Name == a.Name })
			if at < 0 {
				c.unknown("unknown-parameter", "parameter of the "+what.String()+" named", a.Name, a.Range, paramNames(params))
				continue
			}
		}
		if at >= len(params) || at >= 64 {
			d := c.errorf("extra-argument", a.Range, "the %s takes %s", what, counted(len(params)))
			d.Legal = []string{signature(n, params)}
			if a.Range.Start.Column > 1 {
				gone := dsl.Range{Start: a.Range.Start, End: n.Range.End}
				gone.Start.Column--
				if a.Kind == dsl.ExpressionArg {
					gone.Start.Column--
				}
				d.Fixes = []dsl.Fix{{Title: "remove what is too much", Edits: []dsl.Edit{{Range: gone}}}}
			}
			break // the others are too much as well
		}
		if given&(1<<at) != 0 {
			c.errorf("argument-twice", a.Range, "the parameter %q is given twice", params[at].Name)
			continue
		}
		given |= 1 << at
		values[at] = c.argument(a, &params[at], what)
	}
	for i := range params {
		p := &params[i]
		if given&(1<<i) != 0 || p.Optional {
			continue
		}
		end := n.Range
		end.Start = n.Range.End
		d := c.errorf("missing-argument", n.Range, "the %s needs %q: %s", what, p.Name, kindsText(p))
		d.Legal = c.fits(p)
		if len(d.Legal) == 1 { // of several nothing tells which
			d.Fixes = []dsl.Fix{{Title: "add " + strconv.Quote(d.Legal[0]), Edits: []dsl.Edit{{Range: end, Text: " " + d.Legal[0]}}}}
		}
		break // the others follow from the first
	}
	return values
}

// argument binds one argument to its parameter.
func (c *checker) argument(a *dsl.Arg, p *vocab.Param, what leaf) Value {
	switch a.Kind {
	case dsl.WordArg:
		return c.wordArgument(a, p, what)
	case dsl.AmountArg:
		return c.amountArgument(a, p, what)
	}
	if i := quotedWord(a.Text, p.Values); i >= 0 {
		return Value{From: Word, Index: i, Kind: wordKind(p)}
	}
	kind := numericKind(p)
	if kind == vocab.None {
		d := c.errorf("type", a.Range, "the %s needs %s for %q, not an expression", what, kindsText(p), p.Name)
		d.Legal = c.fits(p)
		return Value{}
	}
	return c.expressionArgument(a, p, kind)
}

// quotedWord returns which of the words stands in quotes, or -1: in
// parentheses a word may be any text.
func quotedWord(text string, words []string) int {
	if len(text) < 2 || text[0] != '"' && text[0] != '\'' || text[len(text)-1] != text[0] {
		return -1
	}
	return slices.Index(words, text[1:len(text)-1])
}

// wordKind returns the kind of a parameter that a word fills.
func wordKind(p *vocab.Param) vocab.Kind {
	if slices.Contains(p.Kinds, vocab.Enum) {
		return vocab.Enum
	}
	return vocab.Word
}

func (c *checker) expressionArgument(a *dsl.Arg, p *vocab.Param, kind vocab.Kind) Value {
	node := c.expression(a, kind)
	if node != nil {
		c.inRange(node, a, p)
	}
	return Value{From: Expression, Kind: kind, Expression: node}
}

// inRange reports a value that lies outside the parameter's range for sure.
func (c *checker) inRange(node *expression.Node, a *dsl.Arg, p *vocab.Param) {
	if p.Min == p.Max {
		return
	}
	if b := expression.Bounds(node); b.High < p.Min || b.Low > p.Max {
		d := c.errorf("range", a.Range, "%q lies between %g and %g%s", p.Name, p.Min, p.Max, unitText(p.Unit))
		d.Legal = []string{fmt.Sprintf("%g to %g", p.Min, p.Max)}
	}
}

func unitText(unit string) string {
	if unit == "" {
		return ""
	}
	return " " + unit
}

// wordArgument binds a bare word: a chooser, a word of the parameter, a
// parameter of the tree, or a value that an expression can read.
func (c *checker) wordArgument(a *dsl.Arg, p *vocab.Param, what leaf) Value {
	if len(p.Values) > 0 {
		if i := slices.Index(p.Values, a.Text); i >= 0 {
			return Value{From: Word, Index: i, Kind: wordKind(p)}
		}
	}
	if i, ok := c.words.choosers[a.Text]; ok {
		kind := c.game.Choosers[i].Kind
		if slices.Contains(p.Kinds, kind) {
			return Value{From: Chooser, Index: i, Kind: kind}
		}
		d := c.errorf("type", a.Range, "%q chooses %s, and the %s needs %s for %q", a.Text, article(kind), what, kindsText(p), p.Name)
		if d.Legal = c.fits(p); len(d.Legal) > 0 {
			d.Legal, _ = dsl.Nearest(a.Text, d.Legal)
		}
		return Value{}
	}
	for i := range c.scope.Params {
		q := &c.scope.Params[i]
		if q.Name != a.Text {
			continue
		}
		kind, ok := ParamKind(q.Type)
		if !ok || !kind.Target() {
			break
		}
		if slices.Contains(p.Kinds, kind) {
			return Value{From: Target, Index: i, Kind: kind}
		}
		d := c.errorf("type", a.Range, "%q is %s, and the %s needs %s for %q", a.Text, article(kind), what, kindsText(p), p.Name)
		d.Legal = c.fits(p)
		return Value{}
	}
	if kind := numericKind(p); kind != vocab.None && (a.Text == "true" || a.Text == "false" || c.readable(a.Text)) {
		return c.expressionArgument(a, p, kind)
	}
	legal := c.fits(p)
	for i := range c.scope.Params {
		if kind, _ := ParamKind(c.scope.Params[i].Type); slices.Contains(p.Kinds, kind) {
			legal = append([]string{c.scope.Params[i].Name}, legal...)
		}
	}
	near, alike := dsl.Nearest(a.Text, legal)
	d := c.errorf("unknown-argument", a.Range, "%q is no %s for %q of the %s", a.Text, kindsText(p), p.Name, what)
	d.Legal = near
	if alike {
		d.Summary += ", did you mean " + strconv.Quote(near[0]) + "?"
		d.Fixes = []dsl.Fix{replace(a.Range, near[0])}
	}
	return Value{}
}

// readable reports whether an expression can read the name.
func (c *checker) readable(name string) bool {
	if _, ok := c.words.readings[name]; ok {
		return true
	}
	return slices.ContainsFunc(c.scope.Keys, func(k expression.Variable) bool { return k.Name == name }) ||
		slices.ContainsFunc(c.scope.Params, func(p dsl.Param) bool { return p.Name == name })
}

// amountArgument binds a number.
func (c *checker) amountArgument(a *dsl.Arg, p *vocab.Param, what leaf) Value {
	unit := a.Amount.Unit
	for _, kind := range p.Kinds {
		value := a.Amount.Value
		switch kind {
		case vocab.Int:
			if unit != dsl.NoUnit || value != float64(int64(value)) {
				continue
			}
		case vocab.Number:
			if unit != dsl.NoUnit {
				continue
			}
		case vocab.Angle:
			if unit != dsl.NoUnit && unit != dsl.Degrees {
				continue
			}
		case vocab.Duration:
			whole, ok := a.Amount.TicksAt(c.game.TicksPerSecond)
			if !ok {
				continue
			}
			value = float64(whole)
		default:
			continue
		}
		node := c.spare
		if node == nil {
			node = new(expression.Node)
		}
		*node = expression.Node{Op: expression.Constant, Kind: kind, Value: value}
		c.inRange(node, a, p)
		return Value{From: Expression, Kind: kind, Expression: node}
	}
	d := c.errorf("type", a.Range, "%q is no %s for %q of the %s", a.Amount.String(), kindsText(p), p.Name, what)
	d.Legal = c.fits(p)
	if slices.Contains(p.Kinds, vocab.Duration) {
		d.Code = "unit"
		if unit == dsl.NoUnit {
			word := "s"
			if c.game.TicksPerSecond == 0 {
				word = "turns"
			}
			end := a.Range
			end.Start = end.End
			d.Summary = "a duration needs a unit"
			d.Fixes = []dsl.Fix{{Title: "add " + word, Edits: []dsl.Edit{{Range: end, Text: word}}}}
		}
	}
	return Value{}
}

// numericKind returns the kind of number that the parameter takes.
func numericKind(p *vocab.Param) vocab.Kind {
	for _, k := range p.Kinds {
		if k.Numeric() && k != vocab.Enum {
			return k
		}
	}
	return vocab.None
}

// fits lists what can be written for the parameter.
func (c *checker) fits(p *vocab.Param) []string {
	var out []string
	for i := range c.game.Choosers {
		if slices.Contains(p.Kinds, c.game.Choosers[i].Kind) {
			out = append(out, c.game.Choosers[i].Name)
		}
	}
	out = append(out, p.Values...)
	switch numericKind(p) {
	case vocab.Bool:
		out = append(out, "true", "false")
	case vocab.Int, vocab.Number:
		middle := 1.0
		if p.Min < p.Max && (middle < p.Min || middle > p.Max) {
			middle = p.Min
		}
		out = append(out, strconv.FormatFloat(middle, 'f', -1, 64))
	case vocab.Duration:
		if c.game.TicksPerSecond == 0 {
			out = append(out, "1turns")
		} else {
			out = append(out, "1s")
		}
	case vocab.Angle:
		out = append(out, "90deg")
	}
	return out
}

func paramNames(params []vocab.Param) []string {
	out := make([]string, len(params))
	for i := range params {
		out[i] = params[i].Name
	}
	return out
}

// signature shows how a leaf is written.
func signature(n *dsl.Node, params []vocab.Param) string {
	s := n.Kind.String() + ": " + n.Word
	for i := range params {
		if params[i].Optional {
			s += " [" + params[i].Name + "]"
		} else {
			s += " " + params[i].Name
		}
	}
	return s
}

func counted(n int) string {
	switch n {
	case 0:
		return "no argument"
	case 1:
		return "one argument"
	}
	return strconv.Itoa(n) + " arguments"
}

// kindsText lists the kinds that a parameter takes.
func kindsText(p *vocab.Param) string {
	s := ""
	for i, k := range p.Kinds {
		switch {
		case i > 0 && i == len(p.Kinds)-1:
			s += " or "
		case i > 0:
			s += ", "
		}
		s += k.String()
	}
	return s
}

func article(k vocab.Kind) string {
	switch k {
	case vocab.Agent, vocab.Item, vocab.Int, vocab.Enum, vocab.Angle:
		return "an " + k.String()
	}
	return "a " + k.String()
}
