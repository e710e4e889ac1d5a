package btcpp

import (
	"regexp"
	"strconv"
	"strings"

	"dryad/dsl"
)

// plain are the nodes that mean the same without any attribute.
var plain = map[string]dsl.Node{
	"ReactiveFallback": {Kind: dsl.Selector}, "Fallback": {Kind: dsl.Selector, Memory: true},
	"Sequence": {Kind: dsl.Sequence, Memory: true}, "ReactiveSequence": {Kind: dsl.Sequence},
	"Inverter": {Kind: dsl.Not}, "ForceSuccess": {Kind: dsl.Succeed}, "ForceFailure": {Kind: dsl.Fail},
	"Parallel": {Kind: dsl.Parallel}, "RunOnce": {Kind: dsl.Once}, "RetryUntilSuccessful": {Kind: dsl.Retry},
	"Repeat": {Kind: dsl.Repeat}, "Timeout": {Kind: dsl.Timeout},
	"KeepRunningUntilFailure": {Kind: dsl.Repeat},
}

// node reads an element of a tree, with its pre-conditions around it.
func (r *reader) node(e *source) *dsl.Node {
	n := r.bare(e)
	n.Comments = append(n.Comments, e.comments...)
	if last := len(n.Children); last > 0 {
		n.Children[last-1].Comments = append(n.Children[last-1].Comments, e.end...)
	} else {
		n.Comments = append(n.Comments, e.end...)
	}
	for _, a := range e.attributes {
		name := a.Name.Local
		if !strings.HasPrefix(name, "_") || name == "_autoremap" || name == "_description" || name == "_fullpath" || name == "_uid" {
			continue
		}
		test := r.expression(e, a.Value)
		switch name {
		case "_failureIf":
			n = dsl.Composed(dsl.Sequence, "", dsl.Test("not ("+test+")"), n)
		case "_successIf":
			n = dsl.Composed(dsl.Selector, "", dsl.Test(test), n)
		case "_while":
			r.warn(e, "\"_while\" skips the node in BehaviorTree.CPP when it is false; here the node fails")
			n = dsl.Composed(dsl.Sequence, "", dsl.Test(test), n)
		default:
			r.fail(e, "no-counterpart", "the condition %q has no meaning here", name)
		}
	}
	return n
}

func (r *reader) bare(e *source) *dsl.Node {
	n := &dsl.Node{Range: e.at}
	if same, ok := plain[e.name]; ok {
		*n = same
		n.Name = identifier(e.get("name"))
		if n.Name == identifier(e.name) || !dsl.Identifier(n.Name) {
			n.Name = ""
		}
		for _, child := range e.children {
			n.Children = append(n.Children, r.node(child))
		}
		r.attributes(e, n)
		return n
	}
	kind, id := e.name, e.get("ID")
	if id == "" && len(e.children) == 0 {
		if known := r.model[e.name]; known != "" {
			kind, id = known, e.name
		} else if !builtin[e.name] {
			kind, id = "Action", e.name // the short form of an action
		}
	}
	switch kind {
	case "Action", "Condition":
		return r.leaf(e, kind, id)
	case "SubTree":
		n.Kind, n.Word = dsl.Call, identifier(id)
		if id == r.main {
			n.Word = "main"
		}
		r.ports(e, n)
		for i := range n.Args {
			r.subtreePort(e, id, n.Args[i].Name)
		}
		return n
	case "Script":
		return r.script(e)
	case "ScriptCondition":
		return dsl.Test(r.expression(e, e.get("code")))
	case "Sleep":
		n.Kind, n.Args = dsl.Wait, []dsl.Arg{r.milliseconds(e)}
		return n
	case "Delay":
		if len(e.children) == 1 {
			return dsl.Composed(dsl.Sequence, "", &dsl.Node{Kind: dsl.Wait, Args: []dsl.Arg{r.milliseconds(e)}}, r.node(e.children[0]))
		}
	case "WhileDoElse":
		if made := r.whileDoElse(e); made != nil {
			return made
		}
	case "SetBlackboard":
		return r.assign(strings.Trim(e.get("output_key"), "{} "), "=", e.get("value"), e)
	case "AlwaysSuccess":
		return dsl.Test("true")
	case "AlwaysFailure":
		return dsl.Test("false")
	}
	r.fail(e, "no-counterpart", "the node %q has no meaning here", e.name)
	n.Kind, n.Args = dsl.Condition, []dsl.Arg{dsl.ExpressionOf("false")}
	for _, child := range e.children {
		r.node(child) // for what is wrong below
	}
	return n
}

// builtin are nodes of BehaviorTree.CPP that are no actions of a game.
var builtin = map[string]bool{"AlwaysSuccess": true, "AlwaysFailure": true, "Script": true, "ScriptCondition": true, "Sleep": true, "SetBlackboard": true,
	"UnsetBlackboard": true, "TestNode": true, "SubTree": true, "WasEntryUpdated": true, "EntryUpdated": true,
	"Delay": true, "WhileDoElse": true, "IfThenElse": true, "Precondition": true, "SkipUnlessUpdated": true, "WaitValueUpdate": true, "ManualSelector": true}

// attributes reads what the builtin nodes are told.
func (r *reader) attributes(e *source, n *dsl.Node) {
	switch e.name {
	case "ReactiveSequence":
		for i, child := range n.Children {
			if i+1 < len(n.Children) && !child.Guard() {
				r.warn(e, "a ReactiveSequence starts finished tasks again every tick; a sequence here does not")
				break
			}
		}
	case "Parallel":
		success, failure := e.get("success_count"), e.get("failure_count")
		all := success == "" || success == "-1" || success == strconv.Itoa(len(e.children))
		switch {
		case success == "1" && (failure == "" || failure == "1"):
			n.Kind = dsl.ParallelFirst // with one child it is the same
		case all && (failure == "" || failure == "1"):
		default:
			r.fail(e, "no-counterpart", "a Parallel with success_count %q and failure_count %q has no meaning here", success, failure)
		}
	case "RunOnce":
		if e.get("then_skip") != "false" {
			r.warn(e, "a skipped RunOnce answers here what it answered first")
		}
	case "RetryUntilSuccessful", "Repeat":
		text := e.get("num_attempts") + e.get("num_cycles")
		if count, err := strconv.Atoi(text); err != nil {
			r.fail(e, "no-counterpart", "%q is no number of attempts", text)
		} else if count >= 0 {
			n.Args = []dsl.Arg{dsl.AmountOf(float64(count), dsl.NoUnit)}
		}
	case "Timeout":
		n.Args = []dsl.Arg{r.milliseconds(e)}
	}
}

// whileDoElse makes two branches of a selector, of which the test admits one;
// nil when the test is no guard, or the children are not three or two.
func (r *reader) whileDoElse(e *source) *dsl.Node {
	if len(e.children) != 2 && len(e.children) != 3 {
		return nil
	}
	test := r.node(e.children[0])
	if !test.Guard() {
		return nil
	}
	while := dsl.Composed(dsl.Sequence, "", test, r.node(e.children[1]))
	if len(e.children) == 2 {
		return while
	}
	otherwise := dsl.Composed(dsl.Not, "", test.Clone())
	otherwise.Children[0].Comments = nil
	return dsl.Composed(dsl.Selector, "", while, dsl.Composed(dsl.Sequence, "", otherwise, r.node(e.children[2])))
}

// milliseconds reads the time of a Sleep, a Timeout or a Delay.
func (r *reader) milliseconds(e *source) dsl.Arg {
	text := e.get("msec") + e.get("delay_msec")
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 {
		r.fail(e, "no-counterpart", "%q is no number of milliseconds", text)
	}
	if v%1000 == 0 && v > 0 {
		return dsl.AmountOf(float64(v/1000), dsl.Seconds)
	}
	return dsl.AmountOf(float64(v), dsl.Milliseconds)
}

// leaf reads an action or a condition.
func (r *reader) leaf(e *source, kind, id string) *dsl.Node {
	word := identifier(id)
	if !dsl.Identifier(word) {
		r.fail(e, "no-counterpart", "%q is no name", id)
		word = "unnamed"
	}
	n := &dsl.Node{Kind: dsl.Task, Word: word, Range: e.at}
	r.ports(e, n)
	if kind == "Condition" {
		if len(n.Args) > 0 {
			r.fail(e, "no-counterpart", "the condition %q has ports, which conditions here have not", id)
		}
		return dsl.Test(word)
	}
	return n
}

// ports reads attributes as named arguments; arg1, arg2 and so on stand for
// arguments without a name.
func (r *reader) ports(e *source, n *dsl.Node) {
	for _, a := range e.attributes {
		name := a.Name.Local
		if name == "ID" || name == "name" || strings.HasPrefix(name, "_") {
			if name == "_autoremap" && a.Value != "false" && a.Value != "0" {
				r.warn(e, "\"_autoremap\" is not needed: keys are seen in all trees")
			}
			continue
		}
		arg := r.argument(e, a.Value)
		if !positional.MatchString(name) {
			arg.Name = identifier(name)
		}
		n.Args = append(n.Args, arg)
	}
}

var positional = regexp.MustCompile(`^arg[0-9]+$`)

// subtreePort makes sure that a subtree declares the parameter.
func (r *reader) subtreePort(e *source, id, name string) {
	for _, p := range r.params[id] {
		if p.Name == name || name == "" {
			return
		}
	}
	r.fail(e, "undeclared-port", "the port %q of the subtree %q is not declared in TreeNodesModel, so its type is not known", name, id)
}

// argument reads the value of a port.
func (r *reader) argument(e *source, text string) dsl.Arg {
	if inner, ok := strings.CutPrefix(text, "{"); ok && strings.HasSuffix(inner, "}") {
		return dsl.WordOf(identifier(strings.Trim(inner, "{}@= ")))
	}
	if amount, ok := dsl.ParseAmount(text); ok {
		return dsl.AmountOf(amount.Value, amount.Unit)
	}
	word := identifier(text)
	if !dsl.Identifier(word) || strings.ContainsAny(text, " ;") {
		r.fail(e, "no-counterpart", "the value %q has no meaning here", text)
		word = "unreadable"
	}
	return dsl.WordOf(word)
}

var assignment = regexp.MustCompile(`^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(:=|=|\+=|-=|\*=|/=)\s*([^=].*)$`)

// script reads assignments; several become a sequence.
func (r *reader) script(e *source) *dsl.Node {
	var nodes []*dsl.Node
	for _, piece := range strings.Split(e.get("code"), ";") {
		if strings.TrimSpace(piece) == "" {
			continue
		}
		m := assignment.FindStringSubmatch(piece)
		if m == nil {
			r.fail(e, "no-counterpart", "the script %q is no assignment", strings.TrimSpace(piece))
			continue
		}
		nodes = append(nodes, r.assign(m[1], m[2], m[3], e))
	}
	switch len(nodes) {
	case 0:
		return dsl.Test("true")
	case 1:
		return nodes[0]
	}
	return dsl.Composed(dsl.Sequence, "", nodes...)
}

// assign sets a key, which it declares.
func (r *reader) assign(name, operator, text string, e *source) *dsl.Node {
	key, value := identifier(name), r.expression(e, text)
	if !dsl.Identifier(key) {
		r.fail(e, "no-counterpart", "%q is no name", name)
		return dsl.Test("true")
	}
	if _, known := r.keys[key]; !known {
		r.order = append(r.order, key)
		r.keys[key] = "number"
		if value == "true" || value == "false" {
			r.keys[key] = "bool"
		}
	}
	if operator != ":=" && operator != "=" {
		value = key + " " + operator[:1] + " (" + value + ")"
	}
	return dsl.Assign(key, value)
}

// expression reads a script's expression: the operators mean the same, and
// names are written as the language can.
func (r *reader) expression(e *source, text string) string {
	if strings.ContainsAny(text, "&|^~") {
		stripped := strings.NewReplacer("&&", "", "||", "").Replace(text)
		if strings.ContainsAny(stripped, "&|^~") {
			r.fail(e, "no-counterpart", "the script %q computes with bits, which has no meaning here", text)
		}
	}
	text = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ", "&&", " and ", "||", " or ").Replace(text)
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '!' && (i+1 == len(text) || text[i+1] != '=') {
			b.WriteString("not ")
			continue
		}
		b.WriteByte(text[i])
	}
	out := strings.TrimSpace(strings.Join(strings.Fields(b.String()), " "))
	if strings.ContainsAny(out, "#;{}") || strings.Contains(out, "//") || out == "" || out == "no" {
		r.fail(e, "no-counterpart", "the script %q has no meaning here", text)
		return "false"
	}
	return out
}
