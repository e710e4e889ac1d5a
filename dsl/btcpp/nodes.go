package btcpp

import (
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
)

// skip is what a node answers where BehaviorTree.CPP would skip it: to be
// skipped is no answer here. A sequence goes on after a skipped child as after
// one that succeeded, a fallback as after one that failed.
type skip bool

const (
	skipSucceeds skip = true
	skipFails    skip = false
)

func (s skip) String() string {
	if s {
		return "succeeds"
	}
	return "fails"
}

// builtins are the nodes that BehaviorTree.CPP registers itself, each with what
// reads it.
var builtins map[string]func(r *reader, e *source, s skip) *dsl.Node

func init() {
	builtins = map[string]func(r *reader, e *source, s skip) *dsl.Node{
		"Sequence": (*reader).sequence, "AsyncSequence": (*reader).asyncSequence, "SequenceWithMemory": (*reader).sequenceWithMemory,
		"ReactiveSequence": (*reader).reactiveSequence, "Fallback": (*reader).fallback, "AsyncFallback": (*reader).asyncFallback,
		"ReactiveFallback": (*reader).reactiveFallback, "Parallel": (*reader).parallel, "ParallelAll": (*reader).parallelAll,
		"IfThenElse": (*reader).ifThenElse, "WhileDoElse": (*reader).whileDoElse, "TryCatch": (*reader).tryCatch,
		"Switch2": (*reader).choice, "Switch3": (*reader).choice, "Switch4": (*reader).choice, "Switch5": (*reader).choice, "Switch6": (*reader).choice,
		"Inverter": (*reader).inverter, "ForceSuccess": (*reader).forceSuccess, "ForceFailure": (*reader).forceFailure,
		"RunOnce": (*reader).runOnce, "KeepRunningUntilFailure": (*reader).keepRunning, "Repeat": (*reader).repeat,
		"RetryUntilSuccessful": (*reader).retry, "Timeout": (*reader).timeout, "Delay": (*reader).delay, "Precondition": (*reader).precondition,
		"LoopInt": (*reader).loop, "LoopDouble": (*reader).loop, "LoopBool": (*reader).loop, "LoopString": (*reader).loop,
		"BlackboardCheckInt": (*reader).blackboardCheck, "BlackboardCheckDouble": (*reader).blackboardCheck,
		"BlackboardCheckString": (*reader).blackboardCheck, "BlackboardCheckBool": (*reader).blackboardCheck,
		"AlwaysSuccess": (*reader).constantLeaf, "AlwaysFailure": (*reader).constantLeaf,
		"Script": (*reader).script, "ScriptCondition": (*reader).scriptCondition, "Sleep": (*reader).sleep, "SetBlackboard": (*reader).setBlackboard,
	}
}

// others are nodes of BehaviorTree.CPP that have no meaning here.
var others = map[string]bool{"UnsetBlackboard": true, "TestNode": true, "WasEntryUpdated": true, "EntryUpdated": true, "SkipUnlessUpdated": true,
	"WaitValueUpdate": true, "ManualSelector": true, "ConsumeQueue": true, "ExplicitConsumeQueue": true, "PopFromQueue": true, "QueueSize": true}

// builtin reports whether a name is that of a node of BehaviorTree.CPP itself.
func builtin(name string) bool { return builtins[name] != nil || others[name] || name == "SubTree" }

// node reads an element of a tree, with its pre- and post-conditions around it.
func (r *reader) node(e *source, s skip) *dsl.Node {
	n := r.conditions(e, s)
	n.Comments = append(n.Comments, e.comments...)
	if text := e.get("_description"); text != "" {
		n.Comments = append(n.Comments, fromXML(text)...)
	}
	if last := len(n.Children); last > 0 {
		n.Children[last-1].Comments = append(n.Children[last-1].Comments, e.end...)
	} else {
		n.Comments = append(n.Comments, e.end...)
	}
	return n
}

// bare reads an element without its conditions.
func (r *reader) bare(e *source, s skip) *dsl.Node {
	var n *dsl.Node
	switch kind, id := r.kindOf(e); {
	case kind == "SubTree":
		n = r.call(e)
		if r.maySkip(e) && s == skipFails {
			r.warn(e, "when the tree %q is skipped, it succeeds here", id)
		}
	case builtins[e.name] != nil:
		n = builtins[e.name](r, e, s)
	case kind == "Action" || kind == "Condition":
		n = r.leaf(e, kind, id)
	case kind != "" && len(e.children) > 0:
		n = r.custom(e, s)
	default:
		r.fail(e, "no-counterpart", "the node %q has no meaning here", e.name)
		for _, child := range e.children {
			r.node(child, s) // for what is wrong below
		}
		n = dsl.Test("false")
	}
	n.Range = e.at
	r.named(e, n)
	return n
}

// named keeps the author's name of a node: as its name where it can have one,
// else as a comment.
func (r *reader) named(e *source, n *dsl.Node) {
	text := e.get("name")
	if text == "" || text == e.name || text == e.get("ID") || text == withKeys {
		return
	}
	class := n.Kind.Class()
	if dsl.Identifier(text) && n.Name == "" && (class == dsl.Composite || class == dsl.Decorator) {
		n.Name = text
		return
	}
	if comments := fromXML(text); n.Comment == "" && len(comments) > 0 {
		n.Comment = comments[0]
	}
}

// kindOf returns what an element is, and the ID of an action, a condition or a
// subtree.
func (r *reader) kindOf(e *source) (kind, id string) {
	switch e.name {
	case "Action", "Condition", "SubTree":
		return e.name, e.get("ID")
	}
	known := r.model[e.name]
	switch {
	case known == "SubTree" || known == "Action" || known == "Condition":
		return known, e.name
	case known != "" && len(e.children) > 0:
		return known, e.name
	case builtin(e.name) || len(e.children) > 0:
		return "", ""
	case r.params.Game != nil && r.condition(identifier(e.name)):
		return "Condition", e.name
	}
	return "Action", e.name // the short form of an action
}

// condition reports whether the game knows a word as a condition, and not as a
// task.
func (r *reader) condition(word string) bool {
	if _, task := r.params.Game.Task(word); task {
		return false
	}
	k, _ := r.told(word)
	return k == isBool
}

// custom reads a node of the application's own that has children. What it does
// is not known, so that all that can be kept is what stands below it.
func (r *reader) custom(e *source, s skip) *dsl.Node {
	what := "a decorator"
	if len(e.children) > 1 || r.model[e.name] == "Control" {
		what = "a control node"
	}
	r.warn(e, "what %s, %s of the application's own, does is not known here; its children are written as a sequence", e.name, what)
	n := dsl.Composed(dsl.Sequence, "", r.all(e.children, s)...)
	n.Memory = true
	if word := identifier(e.name); dsl.Identifier(word) {
		n.Name = word
	}
	for _, a := range e.attributes {
		if !strings.HasPrefix(a.Name.Local, "_") && a.Name.Local != "name" && a.Name.Local != "ID" {
			n.Comments = append(n.Comments, fromXML(e.name+" "+a.Name.Local+"="+a.Value)...)
		}
	}
	return n
}

func (r *reader) all(children []*source, s skip) []*dsl.Node {
	out := make([]*dsl.Node, len(children))
	for i, child := range children {
		out[i] = r.node(child, s)
	}
	return out
}

// one reads the child of a decorator.
func (r *reader) one(e *source, s skip) *dsl.Node {
	if len(e.children) != 1 {
		r.fail(e, "xml", "%s has one child, not %d", e.name, len(e.children))
		return dsl.Test("false")
	}
	return r.node(e.children[0], s)
}

// some reports a control node that lacks children.
func (r *reader) has(e *source, least, most int) bool {
	if n := len(e.children); n < least || n > most {
		text := strconv.Itoa(least)
		if most != least {
			text += " or more"
			if most < 10 {
				text = strconv.Itoa(least) + " or " + strconv.Itoa(most)
			}
		}
		r.fail(e, "xml", "%s has %s children, not %d", e.name, text, n)
		return false
	}
	return true
}

func nothing() *dsl.Node { return dsl.Test("false") }

func remembering(kind dsl.Kind, children ...*dsl.Node) *dsl.Node {
	n := dsl.Composed(kind, "", children...)
	n.Memory = true
	return n
}

// allSkipped warns where a node of which all children are skipped is skipped
// itself, and answers otherwise here.
func (r *reader) allSkipped(e *source, here, s skip) {
	if here != s && r.maySkip(e) {
		r.warn(e, "when all children of %s are skipped, BehaviorTree.CPP skips it; here it %s", e.name, here)
	}
}

// test returns a condition of which the text is written later.
func (r *reader) test(e *source, t *term) *dsl.Node {
	n := dsl.Test("true")
	r.pending = append(r.pending, pending{node: n, at: e, term: t})
	return n
}

// set returns an assignment to a key.
func (r *reader) set(e *source, v *variable, t *term) *dsl.Node {
	v.assigned, v.set = true, true
	n := dsl.Assign(v.name, "0")
	n.Range = e.at
	r.pending = append(r.pending, pending{node: n, at: e, term: t, key: v})
	return n
}

// sets reports whether something below a node can change a key.
func sets(nodes ...*dsl.Node) bool {
	found := false
	for _, n := range nodes {
		n.Walk(func(n *dsl.Node) bool {
			found = found || n.Kind == dsl.Set || n.Kind == dsl.Call
			return !found
		})
	}
	return found
}

// mayRun reports whether a node can answer that it is running.
func (r *reader) mayRun(e *source) bool { return r.can(e, map[string]bool{}, r.runsItself, some) }

func some(list []*source, test func(*source) bool) bool { return slices.ContainsFunc(list, test) }

func (r *reader) runsItself(e *source) (known, answer bool) {
	kind, id := r.kindOf(e)
	switch e.name {
	case "Sleep", "Delay", "KeepRunningUntilFailure", "AsyncSequence", "AsyncFallback", "LoopInt", "LoopDouble", "LoopBool", "LoopString":
		return true, true
	case "Repeat", "RetryUntilSuccessful":
		if n := e.get("num_cycles") + e.get("num_attempts"); n != "1" && n != "0" {
			return true, true
		}
	case "Precondition":
		if e.get("else") == "RUNNING" {
			return true, true
		}
	}
	if kind == "Action" && !builtin(id) {
		return true, true
	}
	return false, false
}

// can finds out whether a property that a leaf has reaches a node; itself tells
// what a node has by its own, and combine how those of its children count.
func (r *reader) can(e *source, seen map[string]bool, itself func(*source) (bool, bool), combine func([]*source, func(*source) bool) bool) bool {
	if known, answer := itself(e); known {
		return answer
	}
	kind, id := r.kindOf(e)
	if kind == "SubTree" {
		tree := r.trees[id]
		if tree == nil || seen[id] || len(tree.children) != 1 {
			return false
		}
		seen[id] = true
		defer delete(seen, id)
		return r.can(tree.children[0], seen, itself, combine)
	}
	if len(e.children) == 0 {
		return false
	}
	return combine(e.children, func(c *source) bool { return r.can(c, seen, itself, combine) })
}

// maySkip reports whether BehaviorTree.CPP can skip a node.
func (r *reader) maySkip(e *source) bool { return r.skips(e, map[string]bool{}) }

func (r *reader) skips(e *source, seen map[string]bool) bool {
	for _, a := range e.attributes {
		if a.Name.Local == "_skipIf" || a.Name.Local == "_while" {
			return true
		}
	}
	below := func(c *source) bool { return r.skips(c, seen) }
	kind, id := r.kindOf(e)
	if kind == "SubTree" {
		tree := r.trees[id]
		if tree == nil || seen[id] || len(tree.children) != 1 {
			return false
		}
		seen[id] = true
		defer delete(seen, id)
		return r.skips(tree.children[0], seen)
	}
	switch e.name {
	case "RunOnce":
		if e.get("then_skip") != "false" {
			return true
		}
	case "Precondition":
		if e.get("else") == "SKIPPED" {
			return true
		}
	case "LoopInt", "LoopDouble", "LoopBool", "LoopString":
		return e.get("if_empty") == "SKIPPED"
	case "KeepRunningUntilFailure":
		return false
	case "IfThenElse", "WhileDoElse":
		return len(e.children) > 1 && slices.ContainsFunc(e.children[1:], below)
	case "Switch2", "Switch3", "Switch4", "Switch5", "Switch6":
		return slices.ContainsFunc(e.children, below)
	}
	if len(e.children) == 0 {
		return false
	}
	for _, c := range e.children {
		if !below(c) {
			return false
		}
	}
	return true
}
