package btcpp

import (
	"regexp"
	"strings"

	"dryad/dsl"
)

func (r *reader) constantLeaf(e *source, _ skip) *dsl.Node {
	if e.name == "AlwaysSuccess" {
		return dsl.Test("true")
	}
	return dsl.Test("false")
}

// script reads assignments; several become a sequence.
func (r *reader) script(e *source, _ skip) *dsl.Node {
	return r.inOrder(r.assignments(e, r.statements(e, e.get("code"))))
}

func (r *reader) scriptCondition(e *source, _ skip) *dsl.Node {
	all, err := readScript(e.get("code"))
	if last := len(all) - 1; err == nil && last > 0 && all[last].name == "" { // it may set keys before
		nodes := r.assignments(e, all[:last])
		return remembering(dsl.Sequence, append(nodes, r.test(e, r.bound(all[last].value)))...)
	}
	return r.test(e, r.expression(e, e.get("code")))
}

func (r *reader) setBlackboard(e *source, _ skip) *dsl.Node {
	to := e.get("output_key")
	if inner, ok := pointed(to); ok {
		to = inner
	}
	return r.assign(e, to, ":=", r.constantTerm(e.get("value")))
}

func (r *reader) sleep(e *source, _ skip) *dsl.Node {
	time := r.milliseconds(e, "msec")
	if time.Amount.Value == 0 {
		return dsl.Test("true")
	}
	return &dsl.Node{Kind: dsl.Wait, Args: []dsl.Arg{time}}
}

// leaf reads an action or a condition. A condition with ports is a task here,
// because conditions of the language have no arguments.
func (r *reader) leaf(e *source, kind, id string) *dsl.Node {
	word := identifier(id)
	if !dsl.Identifier(word) {
		r.fail(e, "no-counterpart", "%q is no name", id)
		word = "unnamed"
	}
	n := &dsl.Node{Kind: dsl.Task, Word: word}
	r.arguments(e, id, n)
	if kind == "Condition" && len(n.Args) == 0 && (r.params.Game == nil || !r.task(word)) {
		v := r.variable(word)
		if v.kind == unknown && !v.assigned {
			v.kind = isBool
		}
		return r.test(e, name(word))
	}
	r.tasks = append(r.tasks, n)
	return n
}

func (r *reader) task(word string) bool {
	_, ok := r.params.Game.Task(word)
	return ok
}

// arguments reads attributes as named arguments; arg1, arg2 and so on stand for
// arguments without a name.
func (r *reader) arguments(e *source, id string, n *dsl.Node) {
	for _, a := range e.attributes {
		name := a.Name.Local
		if name == "ID" || name == "name" || strings.HasPrefix(name, "_") {
			continue
		}
		if p := r.port(id, name); p != nil && p.direction == "output_port" {
			r.warn(e, "what %q writes to its port %q is not kept: tasks set no keys here", id, name)
			continue
		}
		arg := r.argument(e, a.Value)
		if !positional.MatchString(name) {
			arg.Name = identifier(name)
			if !dsl.Identifier(arg.Name) {
				r.fail(e, "no-counterpart", "%q is no name of a port", name)
				continue
			}
		}
		n.Args = append(n.Args, arg)
	}
	for i := range n.Args { // the language wants those without a name first
		if n.Args[i].Name == "" && i > 0 && n.Args[i-1].Name != "" {
			r.fail(e, "no-counterpart", "ports named arg1, arg2 stand before those with names")
			break
		}
	}
}

var positional = regexp.MustCompile(`^arg[0-9]+$`)

// port returns what TreeNodesModel says of a port, or nil.
func (r *reader) port(id, name string) *port {
	for i := range r.ports[id] {
		if p := &r.ports[id][i]; p.name == name {
			return p
		}
	}
	return nil
}

// argument reads the value of a port of an action. What is neither a number nor
// a word is kept as a text in quotes.
func (r *reader) argument(e *source, text string) dsl.Arg {
	if inner, ok := pointed(text); ok {
		b := r.resolve(inner)
		if b.fixed != nil {
			return r.value(e, b.text)
		}
		if !dsl.Identifier(b.key) {
			r.fail(e, "no-counterpart", "%q is no name", inner)
			return dsl.WordOf("unreadable")
		}
		if !r.parameter(b.key) {
			v := r.variable(b.key)
			if !r.everAssigned(inner) && r.params.Game == nil && v.kind == unknown {
				r.warn(e, "nothing in the document sets %q; it is written as the word %s", text, b.key)
			}
		}
		return dsl.WordOf(b.key)
	}
	return r.value(e, text)
}

// parameter reports whether a name is a parameter of the present tree.
func (r *reader) parameter(key string) bool {
	if r.in == nil {
		return false
	}
	for i := range r.in.params {
		if r.in.params[i].Name == key {
			return true
		}
	}
	return false
}

// everAssigned reports whether a script of the document sets a name.
func (r *reader) everAssigned(name string) bool {
	for i := r.in; i != nil; i = i.caller {
		if i.assigned[name] {
			return true
		}
	}
	return false
}

// value reads a constant.
func (r *reader) value(e *source, text string) dsl.Arg {
	if amount, ok := dsl.ParseAmount(text); ok {
		return dsl.AmountOf(amount.Value, amount.Unit)
	}
	if v, ok := number(text); ok {
		return dsl.AmountOf(v, dsl.NoUnit)
	}
	if dsl.Identifier(text) {
		return dsl.WordOf(text)
	}
	quote := `"`
	if strings.Contains(text, quote) {
		quote = "'"
	}
	if strings.Contains(text, quote) || strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 }) || len(text) > 512 {
		r.fail(e, "no-counterpart", "the value %.60q cannot be kept: it is long, or has both kinds of quotes or a control character", text)
		return dsl.WordOf("unreadable")
	}
	return dsl.ExpressionOf(quote + text + quote)
}
