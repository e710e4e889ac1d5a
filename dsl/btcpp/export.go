package btcpp

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// Export writes a policy as XML. The vocabulary names the ports of tasks and
// the length of a tick; it may be nil. The text is empty when something has no
// meaning in BehaviorTree.CPP; the diagnostics name all of it.
func Export(file *dsl.File, game *vocab.Vocabulary) ([]byte, dsl.Diagnostics) {
	w := &writer{file: file, game: game}
	root := &element{name: "root", attributes: [][2]string{{"BTCPP_format", "4"}, {"main_tree_to_execute", "main"}}}
	if file.Policy.Name != "" {
		root.children = append(root.children, &element{comments: append(toXML(append(file.Policy.Comments, file.Policy.Comment)...),
			"policy "+file.Policy.Name+" for "+file.Policy.Game)})
	}
	for _, t := range file.Trees {
		tree := &element{name: "BehaviorTree", attributes: [][2]string{{"ID", t.Name}}, comments: toXML(append(t.Comments, t.Comment)...)}
		if t.Root != nil {
			tree.children = []*element{w.node(t.Root)}
		}
		if t.Name == "main" {
			tree.children = w.defaults(tree.children)
		}
		root.children = append(root.children, tree)
	}
	if model := w.model(); model != nil {
		root.children = append(root.children, model)
	}
	if last := toXML(file.Comments...); last != nil {
		root.children = append(root.children, &element{comments: last})
	}
	if !w.faults.OK() {
		return nil, w.faults.Sorted()
	}
	var out bytes.Buffer
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	root.write(&out, 0)
	return out.Bytes(), w.faults.Sorted()
}

// element is a piece of XML, after comments; without a name it is comments
// alone.
type element struct {
	comments   []string
	name       string
	attributes [][2]string
	children   []*element
}

func (e *element) write(out *bytes.Buffer, depth int) {
	for _, c := range e.comments {
		out.WriteString(strings.Repeat("  ", depth) + "<!-- " + c + " -->\n")
	}
	if e.name == "" {
		return
	}
	out.WriteString(strings.Repeat("  ", depth) + "<" + e.name)
	for _, a := range e.attributes {
		out.WriteString(" " + a[0] + `="`)
		// Writing to memory does not fail.
		_ = xml.EscapeText(out, []byte(a[1]))
		out.WriteByte('"')
	}
	if len(e.children) == 0 {
		out.WriteString("/>\n")
		return
	}
	out.WriteString(">\n")
	for _, child := range e.children {
		child.write(out, depth+1)
	}
	out.WriteString(strings.Repeat("  ", depth) + "</" + e.name + ">\n")
}

type writer struct {
	file   *dsl.File
	game   *vocab.Vocabulary
	faults dsl.Diagnostics
}

// missing reports a node without a counterpart.
func (w *writer) missing(n *dsl.Node, why string) {
	w.faults = append(w.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "no-counterpart", Range: n.Range,
		Summary: fmt.Sprintf("%q has no counterpart in BehaviorTree.CPP%s", n.Line(), why)})
}

// model declares the types of subtrees' ports, so that they can be read back.
func (w *writer) model() *element {
	model := &element{name: "TreeNodesModel"}
	for _, t := range w.file.Trees {
		if len(t.Params) == 0 {
			continue
		}
		sub := &element{name: "SubTree", attributes: [][2]string{{"ID", t.Name}}}
		for i := range t.Params {
			p := &t.Params[i]
			port := &element{name: "input_port", attributes: [][2]string{{"name", p.Name}, {"type", p.Type}}}
			if p.HasDefault {
				port.attributes = append(port.attributes, [2]string{"default", w.value(&p.Default, nil)})
			}
			sub.children = append(sub.children, port)
		}
		model.children = append(model.children, sub)
	}
	if model.children == nil {
		return nil
	}
	return model
}

// defaults puts the first values of the keys before the main tree.
func (w *writer) defaults(children []*element) []*element {
	var assignments []string
	for _, k := range w.file.Keys {
		switch {
		case k.Scope != dsl.AgentScope:
			w.faults = append(w.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "no-counterpart", Range: k.Range,
				Summary: fmt.Sprintf("the %s key %q has no counterpart in BehaviorTree.CPP", k.Scope, k.Name)})
		case k.Type == "enum":
			value := "''"
			if k.HasDefault {
				value = "'" + k.Default.Text + "'"
			} else if len(k.Values) > 0 {
				value = "'" + k.Values[0] + "'"
			}
			assignments = append(assignments, k.Name+" := "+value)
		case k.HasDefault:
			assignments = append(assignments, k.Name+" := "+w.value(&k.Default, nil))
		case k.Type == "bool":
			assignments = append(assignments, k.Name+" := false")
		default:
			assignments = append(assignments, k.Name+" := 0")
		}
	}
	if len(assignments) == 0 || len(children) == 0 {
		return children
	}
	once := &element{name: "RunOnce", attributes: [][2]string{{"then_skip", "true"}},
		children: []*element{{name: "Script", attributes: [][2]string{{"code", strings.Join(assignments, "; ")}}}}}
	return []*element{{name: "Sequence", attributes: [][2]string{{"name", "with_keys"}}, children: append([]*element{once}, children...)}}
}

// node writes a node with its comments.
func (w *writer) node(n *dsl.Node) *element {
	e := w.bare(n)
	e.comments = toXML(append(n.Comments, n.Comment)...)
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
			return w.sequence(n, n.Children, e.attributes)
		}
		e.name = "Sequence"
	case dsl.Selector:
		e.name = "ReactiveFallback"
		if n.Memory {
			e.name = "Fallback"
		}
	case dsl.Parallel:
		e.name = "Parallel"
		set("success_count", "-1")
		set("failure_count", "1")
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
	case dsl.Retry:
		e.name = "RetryUntilSuccessful"
		set("num_attempts", count(n))
	case dsl.Repeat:
		e.name = "Repeat"
		set("num_cycles", count(n))
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
		set("code", n.Word+" := "+w.assigned(n))
	case dsl.Task:
		e.name = "Action"
		set("ID", n.Word)
		w.ports(e, n, w.params(n.Word))
	case dsl.Call:
		e.name = "SubTree"
		set("ID", n.Word)
		var params []string
		if t := w.file.Tree(n.Word); t != nil {
			for i := range t.Params {
				params = append(params, t.Params[i].Name)
			}
		}
		w.ports(e, n, params)
	default:
		w.missing(n, "")
		e.name = "AlwaysFailure"
	}
	for _, child := range n.Children {
		e.children = append(e.children, w.node(child))
	}
	return e
}

// sequence writes guards as the first children of a ReactiveSequence, which
// looks at them every tick, and the tasks between guards as Sequences, which
// do not start again what has finished.
func (w *writer) sequence(n *dsl.Node, children []*dsl.Node, attributes [][2]string) *element {
	guards := 0
	for guards < len(children) && children[guards].Guard() {
		guards++
	}
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
		inner.children = append(inner.children, w.sequence(n, children[tasks:], nil))
	}
	if guards == 0 {
		inner.attributes = attributes
		return inner
	}
	e := w.list("ReactiveSequence", attributes, children[:guards])
	e.children = append(e.children, inner)
	return e
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
	if dsl.Identifier(text) && w.file.Key(text) == nil && text != "true" && text != "false" {
		return &element{name: "Condition", attributes: [][2]string{{"ID", text}}}
	}
	if rest, ok := strings.CutPrefix(text, "not "); ok && dsl.Identifier(rest) && w.file.Key(rest) == nil {
		return &element{name: "Inverter", children: []*element{{name: "Condition", attributes: [][2]string{{"ID", rest}}}}}
	}
	code, ok := script(text)
	if !ok {
		w.missing(n, ": its scripts have no such function")
	}
	return &element{name: "ScriptCondition", attributes: [][2]string{{"code", code}}}
}

func (w *writer) assigned(n *dsl.Node) string {
	code, ok := script(n.Expression())
	if !ok {
		w.missing(n, ": its scripts have no such function")
	}
	if k := w.file.Key(n.Word); k != nil && k.Type == "enum" && dsl.Identifier(code) {
		return "'" + code + "'"
	}
	return code
}

// script writes an expression in the scripting language of BehaviorTree.CPP,
// which has symbols for and, or and not, and no functions.
func script(text string) (string, bool) {
	var b strings.Builder
	ok := true
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && (text[i] == '_' || text[i] >= '0' && text[i] <= '9' || text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z') {
			i++
		}
		switch word := text[start:i]; word {
		case "":
			b.WriteByte(text[i])
			i++
		case "and":
			b.WriteString("&&")
		case "or":
			b.WriteString("||")
		case "not":
			b.WriteString("!")
			for i < len(text) && text[i] == ' ' {
				i++
			}
		case "min", "max", "abs", "floor", "ceil":
			ok = false
		default:
			b.WriteString(word)
		}
	}
	return strings.ReplaceAll(b.String(), `"`, "'"), ok
}

// ports writes arguments as attributes, named by the parameters where known.
func (w *writer) ports(e *element, n *dsl.Node, params []string) {
	for i := range n.Args {
		a := &n.Args[i]
		name := a.Name
		switch {
		case name != "":
		case i < len(params):
			name = params[i]
		default:
			name = "arg" + strconv.Itoa(i+1)
		}
		e.attributes = append(e.attributes, [2]string{name, w.value(a, n)})
	}
}

// value writes an argument; what is read from the blackboard stands in braces.
func (w *writer) value(a *dsl.Arg, n *dsl.Node) string {
	switch a.Kind {
	case dsl.AmountArg:
		return a.Amount.String()
	case dsl.ExpressionArg:
		if n != nil {
			w.missing(n, ": its ports hold no expressions")
		}
		return a.Text
	}
	if w.file.Key(a.Text) != nil || w.isParam(a.Text) {
		return "{" + a.Text + "}"
	}
	return a.Text
}

func (w *writer) isParam(name string) bool {
	for _, t := range w.file.Trees {
		for i := range t.Params {
			if t.Params[i].Name == name {
				return true
			}
		}
	}
	return false
}

// params returns the names of a task's parameters.
func (w *writer) params(task string) []string {
	if w.game == nil {
		return nil
	}
	i, ok := w.game.Task(task)
	if !ok {
		return nil
	}
	var out []string
	for _, p := range w.game.Tasks[i].Params {
		out = append(out, p.Name)
	}
	return out
}

func count(n *dsl.Node) string {
	if len(n.Args) == 0 {
		return "-1"
	}
	return n.Amount().String()
}

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
		v = v * 1000 / float64(w.game.TicksPerSecond)
	default:
		w.missing(n, ", which counts milliseconds")
	}
	return strconv.FormatFloat(math.Ceil(v), 'f', -1, 64)
}
