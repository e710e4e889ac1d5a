package btcpp

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/dsl"
)

func (r *reader) sequence(e *source, s skip) *dsl.Node {
	if n := r.withKeys(e, s); n != nil {
		return n
	}
	r.allSkipped(e, skipSucceeds, s)
	return remembering(dsl.Sequence, r.all(e.children, skipSucceeds)...)
}

func (r *reader) fallback(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipFails, s)
	return remembering(dsl.Selector, r.all(e.children, skipFails)...)
}

func (r *reader) asyncSequence(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipSucceeds, s)
	return remembering(dsl.Sequence, r.yielding(e, skipSucceeds)...)
}

func (r *reader) asyncFallback(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipFails, s)
	return remembering(dsl.Selector, r.yielding(e, skipFails)...)
}

// yielding puts a wait of a tick between children.
func (r *reader) yielding(e *source, s skip) []*dsl.Node {
	var out []*dsl.Node
	for i, child := range e.children {
		if i > 0 {
			rest := pause()
			if s == skipFails {
				rest = dsl.Composed(dsl.Fail, "", rest)
			}
			out = append(out, rest)
		}
		out = append(out, r.node(child, s))
		if i < len(e.children)-1 && (r.mayRun(child) || r.maySkip(child)) {
			r.warn(child, "after a child that ran over several ticks or was skipped, %s goes on in the same tick; here in the next one", e.name)
		}
	}
	return out
}

// sequenceWithMemory keeps in a key which children have succeeded: it goes on
// with the one that failed, also after it was halted. A tick passes between two
// children.
func (r *reader) sequenceWithMemory(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipSucceeds, s)
	done := r.fresh("done", "children of a SequenceWithMemory that have succeeded", dsl.AgentScope)
	done.kind = isNumber
	var out []*dsl.Node
	for i, child := range e.children {
		if r.maySkip(child) {
			r.warn(child, "a skipped child of SequenceWithMemory counts here as one that succeeded")
		}
		turn := remembering(dsl.Sequence, r.node(child, skipSucceeds), r.set(e, done, constant(float64(i+1))))
		if i < len(e.children)-1 {
			turn.Children = append(turn.Children, pause())
			if r.mayRun(child) {
				r.warn(child, "after a child that ran over several ticks, %s goes on in the same tick; here in the next one", e.name)
			}
		}
		out = append(out, remembering(dsl.Selector, r.test(e, compare(name(done.name), ">", constant(float64(i)))), turn))
	}
	return remembering(dsl.Sequence, append(out, r.set(e, done, constant(0)))...)
}

func (r *reader) reactiveFallback(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipFails, s)
	return dsl.Composed(dsl.Selector, "", r.all(e.children, skipFails)...)
}

// reactiveSequence is a sequence where all children but the last are guards.
// Otherwise it starts what has finished again every tick, as a selector does.
func (r *reader) reactiveSequence(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipSucceeds, s)
	return reactive(r.all(e.children, skipSucceeds))
}

func reactive(children []*dsl.Node) *dsl.Node {
	for i, child := range children {
		if i+1 < len(children) && !child.Guard() {
			var inverted []*dsl.Node
			for _, c := range children {
				inverted = append(inverted, dsl.Composed(dsl.Not, "", c))
			}
			return dsl.Composed(dsl.Not, "", dsl.Composed(dsl.Selector, "", inverted...))
		}
	}
	return dsl.Composed(dsl.Sequence, "", children...)
}

// threshold reads a count of Parallel, of which a negative one counts from the
// number of children.
func (r *reader) threshold(e *source, port string, standard int) (int, bool) {
	text, has := e.lookup(port)
	if !has && port == "success_count" {
		text, has = e.lookup("success_threshold")
	}
	if !has && port == "success_count" {
		text, has = e.lookup("threshold") // version 3
	}
	if !has && port == "failure_count" {
		text, has = e.lookup("failure_threshold")
	}
	count, n := standard, len(e.children)
	if has {
		v, ok := number(r.constantText(text))
		if !ok || v != float64(int(v)) {
			r.fail(e, "no-counterpart", "%q is no count of children for %s", text, e.name)
			return 0, false
		}
		count = int(v)
	}
	if count < 0 {
		count = max(n+count+1, 0)
	}
	switch {
	case count > n:
		r.fail(e, "no-counterpart", "%s counts %d of %d children", e.name, count, n)
		return 0, false
	case count == 0:
		r.fail(e, "no-counterpart", "%s with a %s of 0 has no meaning here", e.name, port)
		return 0, false
	}
	return count, true
}

// constantText returns the value of a port that is bound to a constant.
func (r *reader) constantText(text string) string {
	if inner, ok := pointed(text); ok {
		if b := r.resolve(inner); b.fixed != nil {
			return b.text
		}
	}
	return text
}

func (r *reader) parallel(e *source, _ skip) *dsl.Node {
	n := len(e.children)
	success, ok := r.threshold(e, "success_count", -1)
	failure, fine := r.threshold(e, "failure_count", 1)
	if !r.has(e, 1, 1000) || !ok || !fine {
		r.all(e.children, skipSucceeds)
		return nothing()
	}
	for _, child := range e.children {
		if r.maySkip(child) {
			r.warn(child, "a child of Parallel that is skipped is looked at again every tick in BehaviorTree.CPP; here it counts as one that succeeded")
		}
	}
	children := r.all(e.children, skipSucceeds)
	failure = min(failure, n-success+1)
	switch {
	case success == n:
		guards := 0
		for _, child := range children {
			if child.Guard() {
				guards++
			}
		}
		for i, child := range children {
			if child.Guard() && guards < n { // a parallel looks at guards every tick
				children[i] = dsl.Counted(dsl.Repeat, 1, child)
			}
		}
		return dsl.Composed(dsl.Parallel, "", children...)
	case success == 1 && failure == 1:
		return dsl.Composed(dsl.ParallelFirst, "", children...)
	}
	return r.counted(e, children, success, failure)
}

// counted writes a Parallel that ends when so many children have succeeded or
// failed: a child that ends is counted and then waits, and after each stands
// what looks at the counts.
func (r *reader) counted(e *source, children []*dsl.Node, success, failure int) *dsl.Node {
	succeeded := r.fresh("succeeded", "children of a Parallel that have succeeded", dsl.TreeScope)
	failed := r.fresh("failed", "children of a Parallel that have failed", dsl.TreeScope)
	succeeded.kind, failed.kind = isNumber, isNumber
	more := func(v *variable) *dsl.Node {
		return r.set(e, v, &term{op: "+", args: []*term{name(v.name), constant(1)}})
	}
	var out []*dsl.Node
	for _, child := range children {
		out = append(out, remembering(dsl.Sequence,
			remembering(dsl.Selector, remembering(dsl.Sequence, child, more(succeeded)), more(failed)),
			dsl.Counted(dsl.Retry, 0, dsl.Test("false"))))
		out = append(out,
			dsl.Counted(dsl.Retry, 0, r.test(e, compare(name(succeeded.name), ">=", constant(float64(success))))),
			dsl.Counted(dsl.Repeat, 0, r.test(e, compare(name(failed.name), "<", constant(float64(failure))))))
	}
	return remembering(dsl.Sequence, r.set(e, succeeded, constant(0)), r.set(e, failed, constant(0)), dsl.Composed(dsl.ParallelFirst, "", out...))
}

// parallelAll lets all children end, and fails if enough of them have failed.
func (r *reader) parallelAll(e *source, _ skip) *dsl.Node {
	limit := 1
	if text, has := e.lookup("max_failures"); has {
		v, ok := number(r.constantText(text))
		if limit = int(v); !ok || limit > len(e.children) || v != float64(limit) {
			r.fail(e, "no-counterpart", "%q is no number of failures for ParallelAll", text)
			limit = 1
		}
		if limit < 0 {
			limit = max(len(e.children)+limit+1, 0)
		}
	}
	if !r.has(e, 1, 1000) {
		return nothing()
	}
	failed := r.fresh("failed", "children of a ParallelAll that have failed", dsl.TreeScope)
	failed.kind = isNumber
	var out []*dsl.Node
	for _, child := range e.children {
		if r.maySkip(child) {
			r.warn(child, "a child of ParallelAll that is skipped is looked at again every tick in BehaviorTree.CPP; here it counts as one that succeeded")
		}
		out = append(out, remembering(dsl.Selector, r.node(child, skipSucceeds), r.set(e, failed, &term{op: "+", args: []*term{name(failed.name), constant(1)}})))
	}
	return remembering(dsl.Sequence, r.set(e, failed, constant(0)), dsl.Composed(dsl.Parallel, "", out...),
		r.test(e, compare(name(failed.name), "<", constant(float64(limit)))))
}

// ifThenElse looks at its condition once; whileDoElse every tick.
func (r *reader) ifThenElse(e *source, s skip) *dsl.Node {
	if !r.has(e, 2, 3) {
		return nothing()
	}
	if r.maySkip(e.children[0]) {
		r.warn(e.children[0], "a condition of IfThenElse that is skipped is an error in BehaviorTree.CPP; here it fails")
	}
	test, then := r.node(e.children[0], skipFails), r.node(e.children[1], s)
	if len(e.children) == 2 && r.mayRun(e.children[0]) {
		r.warn(e, "after a condition that ran over several ticks and failed, BehaviorTree.CPP's IfThenElse without a third child does not ask it again")
	}
	if len(e.children) == 2 {
		return remembering(dsl.Sequence, test, then)
	}
	otherwise := r.node(e.children[2], s)
	holds := r.fresh("holds", "the condition of an IfThenElse was true", dsl.TreeScope)
	holds.kind = isBool
	return remembering(dsl.Sequence, r.decide(e, holds, test, true), r.either(e, holds, then, otherwise, true))
}

func (r *reader) whileDoElse(e *source, s skip) *dsl.Node {
	if !r.has(e, 2, 3) {
		return nothing()
	}
	if r.maySkip(e.children[0]) {
		r.warn(e.children[0], "a condition of WhileDoElse that is skipped is an error in BehaviorTree.CPP; here it fails")
	}
	if r.mayRun(e.children[0]) {
		r.warn(e.children[0], "while a condition of WhileDoElse is running, what ran before it is halted here")
	}
	test, then := r.node(e.children[0], skipFails), r.node(e.children[1], s)
	if len(e.children) == 2 {
		return reactive([]*dsl.Node{test, then})
	}
	otherwise := r.node(e.children[2], s)
	if test.Guard() && !sets(then, otherwise) {
		again := dsl.Composed(dsl.Not, "", r.node(e.children[0], skipFails))
		return dsl.Composed(dsl.Selector, "", dsl.Composed(dsl.Sequence, "", test, then), dsl.Composed(dsl.Sequence, "", again, otherwise))
	}
	holds := r.fresh("holds", "the condition of a WhileDoElse is true", dsl.TreeScope)
	holds.kind = isBool
	return reactive([]*dsl.Node{r.decide(e, holds, test, false), r.either(e, holds, then, otherwise, false)})
}

// decide puts into a key whether a condition succeeds.
func (r *reader) decide(e *source, holds *variable, test *dsl.Node, memory bool) *dsl.Node {
	yes := dsl.Composed(dsl.Sequence, "", test, r.set(e, holds, boolean(true)))
	out := dsl.Composed(dsl.Selector, "", yes, r.set(e, holds, boolean(false)))
	yes.Memory, out.Memory = memory, memory
	return out
}

// either runs one of two by a key.
func (r *reader) either(e *source, holds *variable, then, otherwise *dsl.Node, memory bool) *dsl.Node {
	first := dsl.Composed(dsl.Sequence, "", r.test(e, name(holds.name)), then)
	second := dsl.Composed(dsl.Sequence, "", r.test(e, negate(name(holds.name))), otherwise)
	out := dsl.Composed(dsl.Selector, "", first, second)
	first.Memory, second.Memory, out.Memory = memory, memory, memory
	return out
}

// tryCatch runs all children but the last in order, and the last after a
// failure, which it does not change.
func (r *reader) tryCatch(e *source, s skip) *dsl.Node {
	if !r.has(e, 2, 1000) {
		return nothing()
	}
	if text := e.get("catch_on_halt"); text == "true" || text == "1" {
		r.warn(e, "the last child of TryCatch does not run here when the node is halted")
	}
	last := len(e.children) - 1
	r.allSkipped(&source{name: e.name, at: e.at, children: e.children[:last]}, skipSucceeds, s)
	try := remembering(dsl.Sequence, r.all(e.children[:last], skipSucceeds)...)
	return remembering(dsl.Selector, try, dsl.Composed(dsl.Fail, "", r.node(e.children[last], skipSucceeds)))
}

// choice reads Switch2 and its like: a key tells every tick which child runs.
func (r *reader) choice(e *source, s skip) *dsl.Node {
	n, _ := strconv.Atoi(strings.TrimPrefix(e.name, "Switch"))
	inner, ok := pointed(e.get("variable"))
	if !r.has(e, n+1, n+1) {
		return nothing()
	}
	if !ok {
		r.fail(e, "no-counterpart", "the variable of %s is %q, not a name in braces", e.name, e.get("variable"))
		return nothing()
	}
	variable := r.bound(&term{op: "name", text: inner})
	which := r.fresh("which", "the child of a "+e.name+" that runs", dsl.TreeScope)
	which.kind = isNumber
	index := constant(float64(n))
	for i := n; i >= 1; i-- {
		value := r.constantTerm(e.get(fmt.Sprint("case_", i)))
		index = &term{op: "?", args: []*term{compare(variable, "==", value), constant(float64(i - 1)), index}}
	}
	var out []*dsl.Node
	for i, child := range e.children {
		out = append(out, dsl.Composed(dsl.Sequence, "", r.test(e, compare(name(which.name), "==", constant(float64(i)))), r.node(child, s)))
	}
	return reactive([]*dsl.Node{r.set(e, which, index), dsl.Composed(dsl.Selector, "", out...)})
}

// constantTerm reads the value of a port: a constant, or a name in braces.
func (r *reader) constantTerm(text string) *term {
	if inner, ok := pointed(text); ok {
		return r.bound(&term{op: "name", text: inner})
	}
	return literal(text)
}

// pause runs for one tick.
func pause() *dsl.Node {
	return &dsl.Node{Kind: dsl.Wait, Args: []dsl.Arg{dsl.AmountOf(1, dsl.Ticks)}}
}
