package btcpp

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

type writer struct {
	file   *dsl.File
	game   *vocab.Vocabulary
	tree   *dsl.Tree // the one that is written
	faults dsl.Diagnostics
	bound  int // keys made for the arguments of calls

	actions, conditions []string // in the order of their appearance
	ports               map[string][]string
}

func (w *writer) fault(severity dsl.Severity, code string, at dsl.Range, format string, args ...any) {
	w.faults = append(w.faults, dsl.Diagnostic{Severity: severity, Code: code, Range: at, Summary: fmt.Sprintf(format, args...)})
}

// missing reports a node without a counterpart.
func (w *writer) missing(n *dsl.Node, why string) {
	w.fault(dsl.Error, "no-counterpart", n.Range, "%q has no counterpart in BehaviorTree.CPP%s", n.Line(), why)
}

func (w *writer) warn(n *dsl.Node, format string, args ...any) {
	w.fault(dsl.Warning, "approximate", n.Range, format, args...)
}

// node writes a node with its comments.
func (w *writer) node(n *dsl.Node) *element {
	e := w.bare(n)
	e.comments = append(toXML(append(n.Comments, n.Comment)...), e.comments...)
	return e
}

func (w *writer) bare(n *dsl.Node) *element {
	e := &element{}
	if n.Name != "" {
		e.attributes = append(e.attributes, [2]string{"name", n.Name})
	}
	set := func(name, value string) { e.attributes = append(e.attributes, [2]string{name, value}) }
	switch n.Kind {
	case dsl.Sequence:
		if !n.Memory {
			return w.sequence(n.Children, e.attributes)
		}
		e.name = "Sequence"
	case dsl.Selector:
		e.name = "ReactiveFallback"
		if n.Memory {
			e.name = "Fallback"
		}
	case dsl.Parallel:
		return w.parallel(n, e.attributes)
	case dsl.ParallelFirst:
		e.name = "Parallel"
		set("success_count", "1")
		set("failure_count", "1")
	case dsl.Not:
		e.name = "Inverter"
	case dsl.Succeed:
		e.name = "ForceSuccess"
	case dsl.Fail:
		e.name = "ForceFailure"
	case dsl.Once:
		e.name = "RunOnce"
		set("then_skip", "false")
	case dsl.Retry, dsl.Repeat:
		return w.again(n, e)
	case dsl.Timeout:
		e.name = "Timeout"
		set("msec", w.milliseconds(n))
	case dsl.Wait:
		e.name = "Sleep"
		set("msec", w.milliseconds(n))
	case dsl.Condition:
		return w.condition(n)
	case dsl.Set:
		e.name = "Script"
		set("code", n.Word+" := "+w.script(n, n.Expression()))
	case dsl.Task:
		w.action(n.Word)
		leaf := short("Action", n.Word)
		leaf.attributes = append(leaf.attributes, e.attributes...)
		w.arguments(leaf, n, w.params(n.Word))
		return leaf
	case dsl.Call:
		return w.call(n, e.attributes)
	default:
		w.missing(n, "")
		e.name = "AlwaysFailure"
	}
	for _, child := range n.Children {
		e.children = append(e.children, w.node(child))
	}
	return e
}

// short is the short form of a leaf, the only one that BehaviorTree.CPP takes
// everywhere; the explicit one where the word is that of a node of its own.
func short(kind, word string) *element {
	if builtin(word) || kind == word || word == "Action" || word == "Condition" || word == "Control" || word == "Decorator" {
		return &element{name: kind, attributes: [][2]string{{"ID", word}}}
	}
	return &element{name: word}
}

// sequence writes guards as the first children of a ReactiveSequence, which
// looks at them every tick, and the tasks between guards as Sequences, which
// do not start again what has finished.
func (w *writer) sequence(children []*dsl.Node, attributes [][2]string) *element {
	guards := leading(children)
	if guards == len(children) || guards == len(children)-1 {
		return w.list("ReactiveSequence", attributes, children)
	}
	tasks := guards
	for tasks < len(children) && !children[tasks].Guard() {
		tasks++
	}
	var inner *element
	if tasks == len(children) {
		inner = w.list("Sequence", nil, children[guards:])
	} else {
		inner = w.list("Sequence", nil, children[guards:tasks])
		inner.children = append(inner.children, w.sequence(children[tasks:], nil))
	}
	if guards == 0 {
		inner.attributes = attributes
		return inner
	}
	e := w.list("ReactiveSequence", attributes, children[:guards])
	e.children = append(e.children, inner)
	return e
}

// leading counts the guards at the beginning.
func leading(children []*dsl.Node) int {
	guards := 0
	for guards < len(children) && children[guards].Guard() {
		guards++
	}
	return guards
}

// parallel writes guards before a Parallel of the tasks: Parallel itself does
// not look again at what has finished.
func (w *writer) parallel(n *dsl.Node, attributes [][2]string) *element {
	guards := leading(n.Children)
	for _, child := range n.Children[guards:] {
		if child.Guard() {
			w.missing(n, ": a guard stands after a task. Write the guards first")
			break
		}
	}
	if guards == len(n.Children) {
		return w.list("ReactiveSequence", attributes, n.Children)
	}
	tasks := w.list("Parallel", [][2]string{{"success_count", "-1"}, {"failure_count", "1"}}, n.Children[guards:])
	if guards == 0 {
		tasks.attributes = append(attributes[:len(attributes):len(attributes)], tasks.attributes...)
		return tasks
	}
	e := w.list("ReactiveSequence", attributes, n.Children[:guards])
	e.children = append(e.children, tasks)
	return e
}

// again writes retry and repeat. Those without a count are written with
// KeepRunningUntilFailure, which makes one attempt a tick.
func (w *writer) again(n *dsl.Node, e *element) *element {
	var child *element
	if len(n.Children) == 1 {
		child = w.node(n.Children[0])
	}
	children := func(e *element, c *element) *element {
		if c != nil {
			e.children = []*element{c}
		}
		return e
	}
	switch {
	case len(n.Args) > 0:
		e.name, e.children = "Repeat", nil
		port := "num_cycles"
		if n.Kind == dsl.Retry {
			e.name, port = "RetryUntilSuccessful", "num_attempts"
		}
		e.attributes = append(e.attributes, [2]string{port, n.Amount().String()})
		if n.Amount().Value != 1 && w.runs(n.Children, map[string]bool{}) {
			w.warn(n, "after an attempt that ran over several ticks, BehaviorTree.CPP's %s makes the next one in the same tick; here it is made in the next tick", e.name)
		}
		return children(e, child)
	case n.Kind == dsl.Repeat:
		e.name = "KeepRunningUntilFailure"
		return children(e, child)
	}
	e.name = "Inverter"
	keep := &element{name: "KeepRunningUntilFailure", children: []*element{children(&element{name: "Inverter"}, child)}}
	e.children = []*element{keep}
	return e
}

// runs reports whether one of the nodes can run over several ticks.
func (w *writer) runs(nodes []*dsl.Node, seen map[string]bool) bool {
	found := false
	for _, n := range nodes {
		n.Walk(func(n *dsl.Node) bool {
			switch n.Kind {
			case dsl.Task, dsl.Net, dsl.Lua, dsl.Wait, dsl.Retry, dsl.Repeat:
				found = true
			case dsl.Call:
				if t := w.file.Tree(n.Word); t != nil && !seen[n.Word] {
					seen[n.Word] = true
					found = found || w.runs([]*dsl.Node{t.Root}, seen)
				}
			}
			return !found
		})
	}
	return found
}

func (w *writer) list(name string, attributes [][2]string, children []*dsl.Node) *element {
	e := &element{name: name, attributes: attributes}
	for _, child := range children {
		e.children = append(e.children, w.node(child))
	}
	return e
}

func (w *writer) condition(n *dsl.Node) *element {
	text := n.Expression()
	if w.isCondition(text) {
		return short("Condition", text)
	}
	if rest, ok := strings.CutPrefix(text, "not "); ok && w.isCondition(rest) {
		return &element{name: "Inverter", children: []*element{short("Condition", rest)}}
	}
	return &element{name: "ScriptCondition", attributes: [][2]string{{"code", w.script(n, text)}}}
}

// isCondition reports whether a text is the name of a condition of the game,
// and notes it.
func (w *writer) isCondition(text string) bool {
	if !dsl.Identifier(text) || w.file.Key(text) != nil || w.isParam(text) || text == "true" || text == "false" {
		return false
	}
	note(&w.conditions, text)
	return true
}

func note(list *[]string, word string) {
	for _, known := range *list {
		if known == word {
			return
		}
	}
	*list = append(*list, word)
}

// milliseconds writes a duration. What does not come out whole is rounded down,
// so that it is rounded up to the same tick when it is read.
func (w *writer) milliseconds(n *dsl.Node) string {
	a := n.Amount()
	v := a.Value
	switch a.Unit {
	case dsl.Seconds:
		v *= 1000
	case dsl.Milliseconds:
	case dsl.Ticks:
		if w.game == nil || w.game.TicksPerSecond == 0 {
			w.missing(n, ": the length of a tick is not known")
			return "0"
		}
		v = math.Ceil(v) * 1000 / float64(w.game.TicksPerSecond)
	default:
		w.missing(n, ", which counts milliseconds")
	}
	return strconv.FormatFloat(math.Floor(v), 'f', -1, 64)
}
