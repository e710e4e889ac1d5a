package btcpp

import (
	"strings"

	"dryad/dsl"
)

// metadata are attributes of editors that say nothing of what a node does.
var metadata = map[string]bool{"_collapsed": true, "_uid": true, "_fullpath": true, "_description": true, "_autoremap": true, "_favorite": true, "_hidden": true, "_color": true}

// conditions reads an element with its pre- and post-conditions. A node looks
// at them in this order when it starts: _failureIf, _successIf, _skipIf,
// _while; at _while also as long as it runs. The scripts that follow an answer
// also follow one that _failureIf or _successIf gave.
func (r *reader) conditions(e *source, s skip) *dsl.Node {
	pre := map[string]*term{}
	post := map[string][]statement{}
	for _, a := range e.attributes {
		switch name := a.Name.Local; name {
		case "_failureIf", "_successIf", "_skipIf", "_while":
			pre[name] = r.expression(e, a.Value)
		case "_onSuccess", "_onFailure", "_post":
			post[name] = r.statements(e, a.Value)
		case "_onHalted":
			r.warn(e, "the script of \"_onHalted\" is left out: nothing runs here when a node is halted")
		default:
			if strings.HasPrefix(name, "_") && !metadata[name] && !strings.HasPrefix(name, "__") {
				r.warn(e, "the attribute %q is not known and left out", name)
			}
		}
	}
	n := r.bare(e, s)
	if len(pre) == 0 && len(post) == 0 {
		return n
	}
	if t := pre["_successIf"]; t != nil {
		n = remembering(dsl.Selector, r.test(e, t), n)
	}
	if t := pre["_failureIf"]; t != nil {
		n = remembering(dsl.Sequence, r.test(e, negate(t)), n)
	}
	n = r.after(e, n, post)
	// What ends at once is not skipped.
	var first []*term
	for _, name := range []string{"_failureIf", "_successIf"} {
		if t := pre[name]; t != nil {
			first = append(first, negate(t))
		}
	}
	if t := pre["_skipIf"]; t != nil {
		n = r.skipped(e, and(append(first, t)...), n, s, true)
	}
	if t := pre["_while"]; t != nil {
		if len(first) > 0 {
			r.warn(e, "\"_while\" beside \"_failureIf\" or \"_successIf\": here it is looked at before them")
		}
		n = r.skipped(e, negate(t), n, s, false)
	}
	return n
}

// skipped puts the test that skips a node before it; start is whether it is
// looked at only when the node starts.
func (r *reader) skipped(e *source, t *term, n *dsl.Node, s skip, start bool) *dsl.Node {
	var out *dsl.Node
	if s == skipSucceeds {
		out = dsl.Composed(dsl.Selector, "", r.test(e, t), n)
	} else {
		if t.op == "!" {
			t = t.args[0]
		} else {
			t = negate(t)
		}
		out = dsl.Composed(dsl.Sequence, "", r.test(e, t), n)
	}
	out.Memory = start
	return out
}

// after runs scripts after a node has ended.
func (r *reader) after(e *source, n *dsl.Node, post map[string][]statement) *dsl.Node {
	succeeded := append(append([]statement(nil), post["_onSuccess"]...), post["_post"]...)
	failed := append(append([]statement(nil), post["_onFailure"]...), post["_post"]...)
	if len(succeeded) > 0 {
		n = remembering(dsl.Sequence, append([]*dsl.Node{n}, r.assignments(e, succeeded)...)...)
	}
	if len(failed) > 0 {
		n = remembering(dsl.Selector, n, dsl.Composed(dsl.Fail, "", r.inOrder(r.assignments(e, failed))))
	}
	return n
}

func (r *reader) inOrder(nodes []*dsl.Node) *dsl.Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return remembering(dsl.Sequence, nodes...)
}

// expression reads a script that is one expression.
func (r *reader) expression(e *source, text string) *term {
	t, err := readExpression(text)
	if err != nil {
		r.fail(e, "no-counterpart", "the script %q has no meaning here: %v", text, err)
		return boolean(false)
	}
	return r.bound(t)
}

// statements reads a script of assignments.
func (r *reader) statements(e *source, text string) []statement {
	all, err := readScript(text)
	if err != nil {
		r.fail(e, "no-counterpart", "the script %q has no meaning here: %v", text, err)
	}
	return all
}

// bound writes what the names of a term stand for.
func (r *reader) bound(t *term) *term {
	if t.op == "name" {
		b := r.resolve(t.text)
		if b.fixed != nil {
			return b.fixed
		}
		if !dsl.Identifier(b.key) {
			b.key = "_"
		}
		r.variable(b.key)
		return name(b.key)
	}
	out := *t
	out.args = make([]*term, len(t.args))
	for i, a := range t.args {
		out.args[i] = r.bound(a)
	}
	return &out
}

// assignments are the nodes of a script.
func (r *reader) assignments(e *source, all []statement) []*dsl.Node {
	var nodes []*dsl.Node
	for _, st := range all {
		if st.name == "" {
			r.fail(e, "no-counterpart", "the script %q holds what is no assignment", e.get("code"))
			continue
		}
		nodes = append(nodes, r.assign(e, st.name, st.operator, r.bound(st.value)))
	}
	if len(nodes) == 0 {
		nodes = append(nodes, dsl.Test("true"))
	}
	return nodes
}

// assign sets the key that a name stands for.
func (r *reader) assign(e *source, to, operator string, value *term) *dsl.Node {
	b := r.resolve(to)
	if b.fixed != nil || !dsl.Identifier(b.key) {
		r.fail(e, "no-counterpart", "%q cannot be set", to)
		return dsl.Test("true")
	}
	if r.owners[b.key] == nil {
		r.owners[b.key] = r.in
	}
	v := r.variable(b.key)
	if operator != ":=" && operator != "=" {
		value = &term{op: operator[:1], args: []*term{name(b.key), value}}
	}
	if v.comment == "" {
		v.comment = "from a script; its type was not declared"
	}
	return r.setEach(e, v, value)
}

// setEach sets a key to a value. One that chooses between texts becomes a choice
// between assignments, because expressions of the language choose numbers.
func (r *reader) setEach(e *source, v *variable, value *term) *dsl.Node {
	if value.op != "?" || value.args[1].op != "text" && value.args[2].op != "text" {
		return r.set(e, v, value)
	}
	return remembering(dsl.Selector, remembering(dsl.Sequence, r.test(e, value.args[0]), r.setEach(e, v, value.args[1])),
		r.setEach(e, v, value.args[2]))
}
