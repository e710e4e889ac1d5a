package prompt

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/vocab"
)

// meanings says what each construct does, in the order of the language.
var meanings = []struct {
	kind dsl.Kind
	text string
}{
	{dsl.Selector, "tries its children from the top every tick; the first that succeeds or runs is taken. A higher child takes over from a lower one as soon as it can"},
	{dsl.Sequence, "does its children in order; one that fails fails it. Conditions to the left of the running child are checked again every tick. With \"memory\" in front they are not"},
	{dsl.Parallel, "does all children at once; fails when one fails, succeeds when all have"},
	{dsl.ParallelFirst, "does all children at once and ends with the first that ends"},
	{dsl.Random, "picks one child by weight; below it stand \"weight NUMBER:\" lines"},
	{dsl.Utility, "does the child with the highest score; below it stand \"score EXPRESSION:\" lines"},
	{dsl.Not, "inverts success and failure"},
	{dsl.Retry, "tries its child again when it fails, so many times"},
	{dsl.Repeat, "does its child again when it succeeds, so many times"},
	{dsl.Timeout, "fails its child after the time"},
	{dsl.Cooldown, "after its child has ended, fails until the time is over"},
	{dsl.Succeed, "does its child and succeeds"},
	{dsl.Fail, "does its child and fails"},
	{dsl.Once, "does its child once in the match"},
	{dsl.Condition, "succeeds when the test holds, otherwise fails"},
	{dsl.Task, "does something in the game, over one or more ticks"},
	{dsl.Net, "lets a trained network act in a task's place; see the rules of a tick for its end"},
	{dsl.Set, "writes a blackboard key, which the file declares before the trees as \"key NAME: TYPE = DEFAULT\""},
	{dsl.Call, "does another tree of the file"},
	{dsl.Wait, "runs for the time, then succeeds"},
}

// Nodes lists the constructs of the language that a game can use, a line each.
func Nodes(v *vocab.Vocabulary) string {
	var b strings.Builder
	for _, m := range meanings {
		if m.kind == dsl.Net && len(v.Nets) == 0 {
			continue
		}
		fmt.Fprintf(&b, "- `%s` %s\n", m.kind.Usage(), m.text)
	}
	return b.String()
}

// Words lists the game's own words, a line each.
func Words(v *vocab.Vocabulary) string {
	var b strings.Builder
	list := func(title string, n int, write func(i int)) {
		if n == 0 {
			return
		}
		fmt.Fprintf(&b, "%s:\n", title)
		for i := range n {
			write(i)
		}
		b.WriteByte('\n')
	}
	list("Features, for expressions", len(v.Features), func(i int) {
		f := v.Features[i]
		fmt.Fprintf(&b, "- `%s` %s: %s\n", f.Name, values(f), f.Description)
	})
	list("Conditions, alone or in expressions", len(v.Conditions), func(i int) {
		fmt.Fprintf(&b, "- `%s`: %s\n", v.Conditions[i].Name, v.Conditions[i].Description)
	})
	list("Choosers, as arguments of tasks; the target is picked when the task starts and kept", len(v.Choosers), func(i int) {
		c := v.Choosers[i]
		fmt.Fprintf(&b, "- `%s` (%s): %s\n", c.Name, c.Kind, c.Description)
	})
	list("Tasks", len(v.Tasks), func(i int) {
		t := v.Tasks[i]
		fmt.Fprintf(&b, "- `%s`: %s%s\n", Signature(t), t.Description, traits(t))
	})
	list("Networks", len(v.Nets), func(i int) {
		fmt.Fprintf(&b, "- `%s` in place of task `%s`: %s\n", v.Nets[i].Name, v.Nets[i].Rule, v.Nets[i].Description)
	})
	return b.String()
}

// Names lists the constructs and the game's own words without their meanings,
// for models that cannot bear more.
func Names(v *vocab.Vocabulary) string {
	var b strings.Builder
	list := func(title string, n int, name func(i int) string) {
		if n == 0 {
			return
		}
		names := make([]string, n)
		for i := range names {
			names[i] = name(i)
		}
		fmt.Fprintf(&b, "%s: %s.\n", title, strings.Join(names, ", "))
	}
	var usages []string
	for _, m := range meanings {
		if m.kind != dsl.Net || len(v.Nets) > 0 {
			usages = append(usages, "`"+m.kind.Usage()+"`")
		}
	}
	fmt.Fprintf(&b, "Nodes: %s.\n", strings.Join(usages, ", "))
	list("Features, for expressions", len(v.Features), func(i int) string { return v.Features[i].Name })
	list("Conditions", len(v.Conditions), func(i int) string { return v.Conditions[i].Name })
	list("Choosers, as arguments of tasks", len(v.Choosers), func(i int) string { return fmt.Sprintf("%s (%s)", v.Choosers[i].Name, v.Choosers[i].Kind) })
	list("Tasks", len(v.Tasks), func(i int) string { return "`" + Signature(v.Tasks[i]) + "`" })
	list("Networks", len(v.Nets), func(i int) string { return v.Nets[i].Name })
	return b.String()
}

// values says what a feature can be.
func values(f vocab.Feature) string {
	switch {
	case f.Kind == vocab.Bool:
		return "(bool)"
	case f.Kind == vocab.Enum:
		return "(one of " + strings.Join(f.Values, ", ") + ")"
	case f.Unit != "":
		return fmt.Sprintf("(%s, %s to %s %s)", f.Kind, number(f.Min), number(f.Max), f.Unit)
	}
	return fmt.Sprintf("(%s, %s to %s)", f.Kind, number(f.Min), number(f.Max))
}

// number writes a bound without an exponent.
func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Signature writes a task with its parameters: what may be left out stands in
// brackets.
func Signature(t vocab.Task) string {
	var b strings.Builder
	b.WriteString(t.Name)
	for _, p := range t.Params {
		var kinds []string
		for _, k := range p.Kinds {
			kinds = append(kinds, k.String())
		}
		if len(p.Values) > 0 {
			kinds = p.Values
		}
		form := p.Name + ":" + strings.Join(kinds, "|")
		if p.Optional {
			form = "[" + form + "]"
		}
		b.WriteString(" " + form)
	}
	return b.String()
}

// traits says what else an author must know of a task.
func traits(t vocab.Task) string {
	var words []string
	if t.Mover {
		words = append(words, "moves: not two such in one parallel")
	}
	if t.NonTerminating {
		words = append(words, "never ends by itself")
	}
	if len(words) == 0 {
		return ""
	}
	return " (" + strings.Join(words, "; ") + ")"
}

// Format describes how a tree is written.
func Format(v *vocab.Vocabulary) string {
	return `Every construct is one line; what is below it is indented by two more spaces. Comments begin with #. Expressions know + - * / < <= > >= == != and, or, not, ( ), A ? B : C, min, max, abs. ` + durations(v) + `, angles are written 90deg.`
}

// Ticks are the rules by which a tree runs, one sentence or two an entry, the most
// telling first.
func Ticks(v *vocab.Vocabulary) []string {
	lines := []string{
		"The tree is ticked from its root in every tick. What was running and is not reached in a tick is broken off: it loses its progress, and when it is reached again it starts anew and its choosers choose anew.",
		"In a sequence the conditions to the left of the running child are looked at in every tick. As soon as one is false the sequence fails and its child is broken off, also when that child has just reached its aim: \"ended because its guard turned false\" is then no failure of the task.",
		"A child of a sequence or a parallel that has succeeded is not done again before the whole has ended: put `repeat:` over what shall go on. `repeat` ends when its child fails, `retry` when it succeeds; without a count they go on for ever, one attempt a tick.",
		"In a parallel, where two children want the same (to walk, to turn, to fire, the weapon in hand), the one that stands first gets it: a task that turns the view stands before one that walks.",
		"A change between the children of a selector breaks off the one that ran. What shall go on through the change stands beside the selector in a parallel.",
		"A cooldown counts from the end of its child, and being broken off is an end too. It goes on counting after a death.",
		"A task that has nothing left to do succeeds in its first tick: below a selector, a walk to a place that is reached takes every tick, and what stands lower never runs, unless a guard (a distance) ends it.",
		"Below `utility`, the score is a number, a duration or a condition (1 or 0); `CONDITION ? 2 : 0` makes a number of a condition. It is computed in every tick; a child that fails leaves its place to the next best in the same tick; `margin` keeps two options from taking turns.",
	}
	if v.TicksPerSecond > 0 {
		lines = append(lines, "A duration is compared with durations only: DURATION < 5s, or DURATION / 1s < 5; a bare number beside it is an error.")
	}
	if len(v.Nets) > 0 {
		lines = append(lines, "A `net:` has no end of its own: it runs until it is broken off, and fails only when its chooser finds nothing as it starts. The chosen target is kept as long, also after its death; without an argument it takes its target anew in every tick.")
	}
	return lines
}

// durations says how time is written in a game.
func durations(v *vocab.Vocabulary) string {
	if v.TicksPerSecond == 0 {
		return "Durations count turns and are written 2turns"
	}
	return "Durations are written 5s or 200ms"
}

// Imitate is an example of how the constructs work together in a game, which
// checks without an error; [Example] for a game without one.
func Imitate(v *vocab.Vocabulary) string {
	if file := starter.Example(v); file != nil {
		return dsl.Format(file)
	}
	return Example(v)
}

// Example writes a small tree in the words of a game: it shows the format and
// is no advice.
func Example(v *vocab.Vocabulary) string {
	root := dsl.Composed(dsl.Selector, "")
	guard := "true"
	if len(v.Conditions) > 0 {
		guard = v.Conditions[0].Name
	} else if len(v.Features) > 0 {
		guard = v.Features[0].Name + " > 0"
	}
	first, second := -1, -1
	for i, t := range v.Tasks {
		if _, ok := call(v, t); !ok {
			continue
		}
		switch {
		case first < 0:
			first = i
		case second < 0:
			second = i
		}
	}
	file := &dsl.File{Policy: dsl.Policy{Name: "example", Game: v.Game}, Trees: []*dsl.Tree{{Name: "main", Root: root}}}
	if second < 0 {
		second = first
	}
	if first < 0 {
		return dsl.Format(file)
	}
	one, _ := call(v, v.Tasks[first])
	other, _ := call(v, v.Tasks[second])
	root.Children = []*dsl.Node{dsl.Composed(dsl.Sequence, "react", dsl.Test(guard), one), other}
	return dsl.Format(file)
}

// call writes a task with the first legal word or number for each parameter
// that cannot be left out.
func call(v *vocab.Vocabulary, t vocab.Task) (*dsl.Node, bool) {
	n := &dsl.Node{Kind: dsl.Task, Word: t.Name}
	for _, p := range t.Params {
		if p.Optional {
			break
		}
		arg, ok := argument(v, p)
		if !ok {
			return nil, false
		}
		n.Args = append(n.Args, arg)
	}
	return n, true
}

func argument(v *vocab.Vocabulary, p vocab.Param) (dsl.Arg, bool) {
	for _, k := range p.Kinds {
		for _, c := range v.Choosers {
			if c.Kind == k {
				return dsl.WordOf(c.Name), true
			}
		}
	}
	if len(p.Values) > 0 {
		return dsl.WordOf(p.Values[0]), true
	}
	for _, k := range p.Kinds {
		switch k {
		case vocab.Bool:
			return dsl.WordOf("true"), true
		case vocab.Int, vocab.Number:
			return dsl.AmountOf(p.Min, dsl.NoUnit), true
		case vocab.Angle:
			return dsl.AmountOf(p.Min, dsl.Degrees), true
		case vocab.Duration:
			if v.TicksPerSecond == 0 {
				return dsl.AmountOf(1, dsl.Turns), true
			}
			return dsl.AmountOf(1, dsl.Seconds), true
		}
	}
	return dsl.Arg{}, false
}
