package btcpp

import (
	"strings"

	"dryad/dsl"
)

func (r *reader) inverter(e *source, s skip) *dsl.Node {
	return dsl.Composed(dsl.Not, "", r.one(e, !s))
}

func (r *reader) forceSuccess(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipSucceeds, s)
	return dsl.Composed(dsl.Succeed, "", r.one(e, skipSucceeds))
}

func (r *reader) forceFailure(e *source, s skip) *dsl.Node {
	r.allSkipped(e, skipFails, s)
	return dsl.Composed(dsl.Fail, "", r.one(e, skipFails))
}

// runOnce is "once" where what was answered is answered again. Where the node
// is skipped from then on, a key keeps that it has run.
func (r *reader) runOnce(e *source, s skip) *dsl.Node {
	if e.get("then_skip") == "false" {
		if len(e.children) == 1 && r.maySkip(e.children[0]) {
			r.warn(e, "when its child is skipped, RunOnce runs it again in BehaviorTree.CPP; here it has run")
		}
		return dsl.Composed(dsl.Once, "", r.one(e, s))
	}
	ran := r.fresh("ran", "what is below a RunOnce has run", dsl.AgentScope)
	ran.kind = isBool
	if len(e.children) == 1 && r.maySkip(e.children[0]) {
		r.warn(e, "when its child is skipped, RunOnce runs it again in BehaviorTree.CPP; here it has run")
	}
	child := r.one(e, s)
	child = remembering(dsl.Selector, remembering(dsl.Sequence, child, r.set(e, ran, boolean(true))),
		dsl.Composed(dsl.Fail, "", r.set(e, ran, boolean(true))))
	if s == skipSucceeds {
		return remembering(dsl.Selector, r.test(e, name(ran.name)), child)
	}
	return remembering(dsl.Sequence, r.test(e, negate(name(ran.name))), child)
}

func (r *reader) keepRunning(e *source, _ skip) *dsl.Node {
	return dsl.Counted(dsl.Repeat, 0, r.one(e, skipSucceeds))
}

func (r *reader) repeat(e *source, s skip) *dsl.Node { return r.again(e, dsl.Repeat, "num_cycles", s) }

func (r *reader) retry(e *source, s skip) *dsl.Node { return r.again(e, dsl.Retry, "num_attempts", s) }

// again reads Repeat and RetryUntilSuccessful. Both make one attempt a tick, as
// here; but after one that ran over several ticks they make the next at once.
func (r *reader) again(e *source, kind dsl.Kind, port string, s skip) *dsl.Node {
	count, ok := number(r.constantText(e.get(port)))
	if !ok || count != float64(int(count)) {
		r.fail(e, "no-counterpart", "%q is no number of attempts", e.get(port))
		count = 1
	}
	wanted := skipSucceeds
	if kind == dsl.Retry {
		wanted = skipFails
	}
	if count == 0 {
		r.one(e, s) // for what is wrong below
		if kind == dsl.Repeat {
			return dsl.Test("true")
		}
		return nothing()
	}
	if len(e.children) == 1 {
		child := e.children[0]
		if r.mayRun(child) && count != 1 {
			r.warn(e, "after an attempt that ran over several ticks, %s makes the next one in the same tick; here it is made in the next tick", e.name)
		}
		if r.maySkip(child) && (count != 1 || wanted != s) {
			r.warn(e, "when its child is skipped, %s ends; here that counts as an attempt that %s", e.name, wanted)
		}
	}
	return dsl.Counted(kind, int(max(count, 0)), r.one(e, wanted))
}

// milliseconds reads the time of a Sleep, a Timeout or a Delay.
func (r *reader) milliseconds(e *source, port string) dsl.Arg {
	text := e.get(port)
	v, ok := number(r.constantText(text))
	if !ok || v < 0 || v > 1e9 {
		r.fail(e, "no-counterpart", "%q is no number of milliseconds", text)
		v = 0
	}
	if v >= 1000 && v == float64(int(v)/1000*1000) {
		return dsl.AmountOf(v/1000, dsl.Seconds)
	}
	return dsl.AmountOf(v, dsl.Milliseconds)
}

func (r *reader) timeout(e *source, s skip) *dsl.Node {
	return &dsl.Node{Kind: dsl.Timeout, Args: []dsl.Arg{r.milliseconds(e, "msec")}, Children: []*dsl.Node{r.one(e, s)}}
}

func (r *reader) delay(e *source, s skip) *dsl.Node {
	pause := &dsl.Node{Kind: dsl.Wait, Args: []dsl.Arg{r.milliseconds(e, "delay_msec")}}
	return remembering(dsl.Sequence, pause, r.one(e, s))
}

// precondition looks at a script before its child starts.
func (r *reader) precondition(e *source, s skip) *dsl.Node {
	test := r.expression(e, e.get("if"))
	child := r.one(e, s)
	switch text := e.get("else"); text {
	case "SUCCESS":
		return remembering(dsl.Selector, r.test(e, negate(test)), child)
	case "FAILURE", "":
		return remembering(dsl.Sequence, r.test(e, test), child)
	case "SKIPPED":
		return r.skipped(e, negate(test), child, s, true)
	case "RUNNING":
		return remembering(dsl.Sequence, dsl.Counted(dsl.Retry, 0, r.test(e, test)), child)
	default:
		r.fail(e, "no-counterpart", "%q is no answer for else", text)
		return nothing()
	}
}

// blackboardCheck of version 3 compares two ports before its child.
func (r *reader) blackboardCheck(e *source, s skip) *dsl.Node {
	same := compare(r.constantTerm(e.get("value_A")), "==", r.constantTerm(e.get("value_B")))
	child := r.one(e, s)
	switch text := e.get("return_on_mismatch"); text {
	case "SUCCESS":
		return remembering(dsl.Selector, r.test(e, negate(same)), child)
	case "FAILURE", "":
		return remembering(dsl.Sequence, r.test(e, same), child)
	default:
		r.fail(e, "no-counterpart", "%q is no answer for return_on_mismatch", text)
		return nothing()
	}
}

// loop gives a key one value after another, one a tick, and answers a tick
// after the last.
func (r *reader) loop(e *source, s skip) *dsl.Node {
	queue := r.constantText(e.get("queue"))
	key, pointer := pointed(e.get("value"))
	if _, open := pointed(queue); open || !pointer {
		r.fail(e, "no-counterpart", "%s needs its queue written out, \"1;2;3\", and a name in braces for the value", e.name)
		r.one(e, s)
		return nothing()
	}
	var values []*term
	for piece := range strings.SplitSeq(queue, ";") {
		if piece = strings.TrimSpace(piece); piece != "" {
			values = append(values, literal(piece))
		}
	}
	child := e.children
	if len(child) == 1 && r.maySkip(child[0]) {
		r.warn(e, "a child of %s that is skipped counts here as one that succeeded", e.name)
	}
	var end *dsl.Node
	switch text := e.get("if_empty"); text {
	case "SUCCESS", "":
		end = dsl.Test("true")
	case "FAILURE":
		end = nothing()
	case "SKIPPED":
		end = dsl.Test("false")
		if s == skipSucceeds {
			end = dsl.Test("true")
		}
	default:
		r.fail(e, "no-counterpart", "%q is no answer for if_empty", text)
		end = nothing()
	}
	body := r.one(e, skipSucceeds)
	if len(values) == 0 {
		return end
	}
	at := r.fresh("turn", "how often "+e.name+" has run its child", dsl.TreeScope)
	at.kind = isNumber
	value := values[len(values)-1]
	for i := len(values) - 2; i >= 0; i-- {
		value = &term{op: "?", args: []*term{compare(name(at.name), "==", constant(float64(i))), values[i], value}}
	}
	if len(values) > 20 {
		r.fail(e, "no-counterpart", "%s has %d values, more than the 20 that can be written here", e.name, len(values))
		return nothing()
	}
	turn := remembering(dsl.Sequence, r.assign(e, key, ":=", value),
		r.set(e, at, &term{op: "+", args: []*term{name(at.name), constant(1)}}), body)
	return remembering(dsl.Sequence, r.set(e, at, constant(0)), dsl.Counted(dsl.Repeat, len(values), turn), pause(), end)
}
