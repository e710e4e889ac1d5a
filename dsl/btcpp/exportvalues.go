package btcpp

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/dsl/expression"
)

// action notes a task for the model.
func (w *writer) action(word string) {
	note(&w.actions, word)
	if w.ports == nil {
		w.ports = map[string][]string{}
	}
	for _, name := range w.params(word) {
		ports := w.ports[word]
		note(&ports, name)
		w.ports[word] = ports
	}
}

// model declares the actions and conditions, and the types of subtrees' ports,
// so that they can be read back and an editor shows them.
func (w *writer) model() *element {
	model := &element{name: "TreeNodesModel"}
	for _, word := range w.actions {
		e := &element{name: "Action", attributes: [][2]string{{"ID", word}}}
		for _, name := range w.ports[word] {
			e.children = append(e.children, &element{name: "input_port", attributes: [][2]string{{"name", name}}})
		}
		model.children = append(model.children, e)
	}
	for _, word := range w.conditions {
		model.children = append(model.children, &element{name: "Condition", attributes: [][2]string{{"ID", word}}})
	}
	for _, t := range w.file.Trees {
		if len(t.Params) == 0 {
			continue
		}
		sub := &element{name: "SubTree", attributes: [][2]string{{"ID", t.Name}}}
		for i := range t.Params {
			p := &t.Params[i]
			port := &element{name: "input_port", attributes: [][2]string{{"name", p.Name}, {"type", p.Type}}}
			if p.HasDefault && isTarget(p) {
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

func isTarget(p *dsl.Param) bool {
	return p.Type == "agent" || p.Type == "item" || p.Type == "position"
}

// defaults puts the first values of the keys before the main tree. Comments
// keep the types, of which scripts know fewer.
func (w *writer) defaults(children []*element) []*element {
	var assignments, types []string
	for _, k := range w.file.Keys {
		if k.Scope != dsl.AgentScope {
			w.fault(dsl.Error, "no-counterpart", k.Range, "the %s key %q has no counterpart in BehaviorTree.CPP", k.Scope, k.Name)
			continue
		}
		value := "0.0"
		switch {
		case k.Type == "enum" && k.HasDefault:
			value = "'" + k.Default.Text + "'"
		case k.Type == "enum" && len(k.Values) > 0:
			value = "'" + k.Values[0] + "'"
		case k.Type == "bool":
			value = "false"
			if k.HasDefault {
				value = k.Default.Text
			}
		case k.HasDefault && (k.Default.Kind != dsl.AmountArg || k.Default.Amount.Unit != dsl.NoUnit):
			w.fault(dsl.Error, "no-counterpart", k.Range, "the key %q begins with a value that has no counterpart in BehaviorTree.CPP", k.Name)
		case k.HasDefault:
			value = decimal(k.Default.Amount.Value)
		}
		assignments = append(assignments, k.Name+" := "+value)
		text := k.Type
		if k.Type == "enum" {
			text += "(" + strings.Join(k.Values, ", ") + ")"
		}
		types = append(types, "key "+k.Name+": "+text)
	}
	if len(assignments) == 0 || len(children) == 0 {
		return children
	}
	once := &element{name: "RunOnce", attributes: [][2]string{{"then_skip", "true"}},
		children: []*element{{name: "Script", comments: types, attributes: [][2]string{{"code", strings.Join(assignments, "; ")}}}}}
	return []*element{{name: "Sequence", attributes: [][2]string{{"name", withKeys}}, children: append([]*element{once}, children...)}}
}

// withKeys is the name of the sequence that gives the keys their first values.
const withKeys = "with_keys"

// decimal writes a number so that a script takes it for one with a fraction:
// BehaviorTree.CPP fixes the type of an entry with its first value.
func decimal(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// call writes a call of a tree. Its arguments are bound when it starts, where
// ports of BehaviorTree.CPP are read anew each time; so numbers go through
// entries of their own, which a script sets before.
func (w *writer) call(n *dsl.Node, attributes [][2]string) *element {
	e := &element{name: "SubTree", attributes: append([][2]string{{"ID", n.Word}, {"_autoremap", "true"}}, attributes...)}
	t := w.file.Tree(n.Word)
	if t == nil {
		w.missing(n, ": there is no such tree")
		return e
	}
	var scripts []string
	for i := range t.Params {
		p := &t.Params[i]
		a := n.Arg(p.Name)
		if a == nil && i < len(n.Args) && n.Args[i].Name == "" {
			a = &n.Args[i]
		}
		if a == nil {
			if !p.HasDefault {
				w.missing(n, fmt.Sprintf(": %q is not given", p.Name))
				continue
			}
			a = &p.Default
		}
		if isTarget(p) {
			e.attributes = append(e.attributes, [2]string{p.Name, w.value(a, n)})
			continue
		}
		w.bound++
		key := n.Word + "_" + p.Name + "_" + strconv.Itoa(w.bound)
		value := ""
		switch {
		case a.Kind == dsl.AmountArg && a.Amount.Unit != dsl.NoUnit:
			w.missing(n, ": scripts know no units")
		case a.Kind == dsl.AmountArg:
			value = decimal(a.Amount.Value)
		default:
			value = w.script(n, a.Text)
		}
		scripts = append(scripts, key+" := "+value)
		e.attributes = append(e.attributes, [2]string{p.Name, "{" + key + "}"})
	}
	if len(scripts) == 0 {
		return e
	}
	return &element{name: "Sequence", children: []*element{{name: "Script", attributes: [][2]string{{"code", strings.Join(scripts, "; ")}}}, e}}
}

// arguments writes the arguments of a task as attributes, named by the
// parameters where known.
func (w *writer) arguments(e *element, n *dsl.Node, params []string) {
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
		if name == "name" || name == "ID" {
			w.missing(n, fmt.Sprintf(": %q is no name of a port", name))
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
		if text, ok := quoted(a.Text); ok {
			return text
		}
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

// quoted returns a text without its quotes.
func quoted(text string) (string, bool) {
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && strings.IndexByte(text[1:], text[0]) == len(text)-2 {
		return text[1 : len(text)-1], true
	}
	return "", false
}

// isParam reports whether a name is a parameter of the present tree.
func (w *writer) isParam(name string) bool {
	if w.tree == nil {
		return false
	}
	for i := range w.tree.Params {
		if w.tree.Params[i].Name == name {
			return true
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

// script writes an expression in the scripting language of BehaviorTree.CPP.
// All that holds more than one operator stands in brackets, because operators
// bind otherwise there.
func (w *writer) script(n *dsl.Node, text string) string {
	node, fault := expression.Syntax(text)
	if fault != nil {
		w.missing(n, ": "+fault.Summary)
		return "false"
	}
	return w.term(n, node, true)
}

var scriptOperator = map[expression.Op]string{expression.And: "&&", expression.Or: "||", expression.Add: "+", expression.Subtract: "-",
	expression.Multiply: "*", expression.Less: "<", expression.LessEqual: "<=", expression.Greater: ">", expression.GreaterEqual: ">=",
	expression.Equal: "==", expression.NotEqual: "!="}

func (w *writer) term(n *dsl.Node, x *expression.Node, outer bool) string {
	if word, isText, ok := x.Word(); ok {
		if isText || !w.reads(word) {
			return "'" + word + "'"
		}
		return word
	}
	arg := func(i int) string { return w.term(n, x.Args[i], false) }
	var out string
	switch x.Op {
	case expression.Constant:
		switch {
		case x.Unit() != dsl.NoUnit:
			w.missing(n, ": scripts know no units")
		case x.Kind.String() == "bool":
			return strconv.FormatBool(x.Value != 0)
		}
		return decimal(x.Value)
	case expression.Not:
		return "!" + arg(0)
	case expression.Negate:
		return "-" + arg(0)
	case expression.Choose:
		out = arg(0) + " ? " + arg(1) + " : " + arg(2)
	case expression.Divide: // by zero gives zero here
		out = arg(0) + " / " + arg(1)
		if d := x.Args[1]; d.Op != expression.Constant || d.Value == 0 {
			out = arg(1) + " == 0 ? 0.0 : (" + out + ")"
		}
	case expression.Min:
		out = "(" + arg(0) + " < " + arg(1) + ") ? " + arg(0) + " : " + arg(1)
	case expression.Max:
		out = "(" + arg(0) + " > " + arg(1) + ") ? " + arg(0) + " : " + arg(1)
	case expression.Abs:
		out = "(" + arg(0) + " < 0) ? -" + arg(0) + " : " + arg(0)
	case expression.Floor, expression.Ceil:
		w.missing(n, ": its scripts have no such function")
		return "0"
	default:
		out = arg(0) + " " + scriptOperator[x.Op] + " " + arg(1)
	}
	if outer {
		return out
	}
	return "(" + out + ")"
}

// reads reports whether a word of an expression is a name and no word of an
// enum.
func (w *writer) reads(word string) bool {
	if w.file.Key(word) != nil || w.isParam(word) {
		return true
	}
	for _, k := range w.file.Keys {
		for _, v := range k.Values {
			if v == word {
				return false
			}
		}
	}
	if w.game == nil {
		return true
	}
	_, ok := w.game.Reading(word)
	return ok
}
