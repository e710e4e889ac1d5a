package prose

import (
	"fmt"
	"regexp"
	"strings"

	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// Explain returns sentences, indented like the tree. The vocabulary may be
// nil; then words stand for themselves.
func Explain(file *dsl.File, game *vocab.Vocabulary) string {
	w := &writer{game: game}
	if file.Policy.Name != "" {
		w.line(0, "This is the policy %q for the game %q.", file.Policy.Name, file.Policy.Game)
	}
	if n := len(file.Neurons(dsl.InputNeuron)); file.Policy.Scheduler {
		w.line(0, "A network of %s and %s chooses which option runs.", counted(n, "input"), counted(len(file.Neurons(dsl.HiddenNeuron)), "hidden unit"))
	}
	for _, k := range file.Keys {
		w.line(0, "%s", key(k))
	}
	for _, t := range file.Trees {
		if w.b.Len() > 0 {
			w.b.WriteByte('\n')
		}
		w.line(0, "%s", header(t))
		if t.Root != nil {
			w.node(t.Root, 1, "")
		}
	}
	return w.b.String()
}

type writer struct {
	b    strings.Builder
	game *vocab.Vocabulary
}

func (w *writer) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func header(t *dsl.Tree) string {
	if t.Name == "main" {
		return "Every tick, the agent does this:"
	}
	s := fmt.Sprintf("To %q", words(t.Name))
	for i, p := range t.Params {
		joint := ", given "
		if i > 0 {
			joint = " and "
		}
		s += joint + "the " + p.Type + " " + p.Name
	}
	return s + ", it does this:"
}

func key(k *dsl.Key) string {
	whose := map[dsl.Scope]string{dsl.AgentScope: "the agent", dsl.TreeScope: "each run of a tree", dsl.TeamScope: "the team"}[k.Scope]
	s := fmt.Sprintf("The note %q (%s) belongs to %s", k.Name, k.Type, whose)
	if k.HasDefault {
		value := k.Default.Text
		if k.Default.Kind == dsl.AmountArg {
			value = k.Default.Amount.String()
		}
		s += " and starts as " + value
	}
	return s + "."
}

// node writes one node; lead is put in front of its sentence.
func (w *writer) node(n *dsl.Node, depth int, lead string) {
	s := sentence(w, n)
	if n.Name != "" && n.Kind.Class() != dsl.Leaf {
		s = words(n.Name) + ": " + s
	}
	if lead != "" {
		s = lead + s
	}
	if n.Kind.Class() == dsl.Leaf {
		w.line(depth, "- %s.", capital(s))
		return
	}
	w.line(depth, "- %s:", capital(s))
	for _, child := range n.Children {
		w.node(child, depth+1, "")
	}
}

func sentence(w *writer, n *dsl.Node) string {
	many := len(n.Children) > 1
	switch n.Kind {
	case dsl.Selector:
		s := "it tries these in order until one works"
		if !n.Memory {
			s += ", looking again from the first every tick"
		}
		return pick(many, s, "it does this")
	case dsl.Sequence:
		s := "it does these one after the other and stops when one fails"
		if n.Memory {
			s += ", without looking again at what was done"
		}
		return pick(many, s, "it does this")
	case dsl.Parallel:
		return "it does these at the same time, and all must work"
	case dsl.ParallelFirst:
		return "it does these at the same time until the first one ends"
	case dsl.Random:
		return "it draws one of these"
	case dsl.Utility:
		if m := n.Arg("margin"); m != nil {
			return "it does what scores highest, changing only for a lead of " + m.Amount.String()
		}
		return "it does what scores highest"
	case dsl.Weight:
		return "with weight " + n.Amount().String()
	case dsl.Score:
		return "scoring " + w.expression(n.Expression())
	case dsl.Not:
		return "it turns success and failure of this around"
	case dsl.Retry:
		return "it tries this again until it works" + times(n)
	case dsl.Repeat:
		return "it repeats this until it fails" + times(n)
	case dsl.Timeout:
		return "it gives this at most " + duration(n.Amount())
	case dsl.Cooldown:
		return "after this has ended it waits " + duration(n.Amount()) + " before it does it again"
	case dsl.Succeed:
		return "it does this and counts it as a success"
	case dsl.Fail:
		return "it does this and counts it as a failure"
	case dsl.Once:
		return "it does this once in a match"
	case dsl.Condition:
		return "it checks that " + w.expression(n.Expression())
	case dsl.Task:
		return "it does " + words(n.Word) + w.arguments(n) + w.meaning(n.Word)
	case dsl.Net:
		return "a neural network does " + words(n.Word) + w.arguments(n)
	case dsl.Set:
		return "it notes that " + n.Word + " is " + w.expression(n.Expression())
	case dsl.Call:
		return "it goes on with " + words(n.Word) + w.arguments(n)
	case dsl.Wait:
		return "it waits " + duration(n.Amount())
	case dsl.Lua:
		return "it runs the script's function " + n.Word + w.arguments(n)
	}
	return "a line that cannot be read"
}

func times(n *dsl.Node) string {
	if len(n.Args) == 0 {
		return ""
	}
	return ", at most " + n.Amount().String() + " times"
}

func duration(a dsl.Amount) string {
	unit := map[dsl.Unit]string{dsl.Seconds: "seconds", dsl.Milliseconds: "milliseconds", dsl.Turns: "turns", dsl.Ticks: "ticks"}[a.Unit]
	if a.Value == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	a.Unit = dsl.NoUnit
	return a.String() + " " + unit
}

func (w *writer) arguments(n *dsl.Node) string {
	s := ""
	for i := range n.Args {
		a := &n.Args[i]
		text := words(a.Text)
		if a.Kind == dsl.AmountArg {
			text = a.Amount.String()
		}
		if a.Name != "" {
			text = words(a.Name) + " " + text
		}
		switch {
		case i == 0:
			s += " (" + text
		default:
			s += ", " + text
		}
	}
	if s != "" {
		s += ")"
	}
	return s
}

// meaning returns what the vocabulary says of a task.
func (w *writer) meaning(task string) string {
	if w.game != nil {
		if i, ok := w.game.Task(task); ok {
			return ": " + w.game.Tasks[i].Description
		}
	}
	return ""
}

var operators = strings.NewReplacer("==", "is", "!=", "is not", "<=", "is at most", ">=", "is at least",
	"<", "is below", ">", "is above", "&&", "and", "||", "or")

var spaced = regexp.MustCompile(`\s+`)

// expression reads an expression aloud.
func (w *writer) expression(text string) string {
	if n, fault := expression.Syntax(text); fault == nil {
		if read, ok := w.sentence(text, n); ok {
			return read
		}
	}
	text = operators.Replace(" " + spacedOperators.ReplaceAllString(text, " $0 ") + " ")
	return strings.TrimSpace(spaced.ReplaceAllString(words(text), " "))
}

var spacedOperators = regexp.MustCompile(`[<>=!]=|[<>]|&&|\|\|`)

func words(name string) string { return strings.ReplaceAll(name, "_", " ") }

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
