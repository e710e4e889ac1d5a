package export

import (
	"fmt"
	"strconv"
	"strings"

	"dryad/bt"
)

// formatFloat writes a float with the fewest digits that read back as it.
func formatFloat(value float64, bits int) string { return strconv.FormatFloat(value, 'g', -1, bits) }

// withPoint makes a decimal number one of floating point.
func withPoint(s string) string {
	if strings.ContainsAny(s, ".e") {
		return s
	}
	return s + ".0"
}

// dialect is what differs between the languages in the body of a tick.
type dialect interface {
	// input is the value of an input, and truth whether it is not 0.
	input(i int) string
	truth(i int) string
	// number is a literal.
	number(value float64) string
	// call calls a function of the run time, method one on the running tick.
	call(name string, args ...string) string
	method(name string, args ...string) string
	// when does a statement if a condition holds.
	when(condition, statement string) string
	// product is a product that is rounded on its own.
	product(x, y string) string
	// low is the lower half of a word, wide a number as a word.
	low(word string) string
	wide(number string) string
	// field is a field of the running tick, and rest the temporaries from one on.
	field(name string) string
	rest(temporary int) string
	// remark is a comment.
	remark(text string) string
}

// body writes the steps of a tick.
type body struct {
	*model
	dialect
	out      strings.Builder
	targeted map[int]bool // steps that are jumped to
}

// steps writes all steps that can be reached.
func (b *body) steps() string {
	b.targeted = map[int]bool{}
	texts := make([]string, len(b.Steps))
	for i := range b.Steps {
		if b.reached[i] {
			b.out.Reset()
			b.step(i, &b.Steps[i])
			texts[i] = b.out.String()
		}
	}
	b.out.Reset()
	for i, text := range texts {
		if b.targeted[i] {
			fmt.Fprintf(&b.out, "L%d:\n", i)
		}
		b.out.WriteString(text)
	}
	return b.out.String()
}

func (b *body) line(format string, args ...any) {
	b.out.WriteByte('\t')
	fmt.Fprintf(&b.out, format, args...)
	b.out.WriteByte('\n')
}

// jump is a statement that goes on at a step.
func (b *body) jump(to int) string {
	b.targeted[to] = true
	return fmt.Sprintf("goto L%d;", to)
}

// branch goes on at a step if a condition holds and the step is not the next.
func (b *body) branch(at int, condition string, to int) {
	if to != at+1 {
		b.line("%s", b.when(condition, b.jump(to)))
	}
}

// slot is the value of a slot.
func (b *body) slot(i int) string {
	switch {
	case i < b.Inputs:
		return b.input(i)
	case i < b.Inputs+len(b.Constants):
		return b.number(b.Constants[i-b.Inputs])
	}
	return b.temporary(i)
}

func (b *body) temporary(i int) string { return fmt.Sprintf("t[%d]", i-b.Inputs-len(b.Constants)) }

func word(i int) string { return fmt.Sprintf("w[%d]", i) }

// active is the test whether the node of a head word ran in the last tick.
func active(head int) string { return fmt.Sprintf("w[%d]>>32 == last", head) }

// tests are the conditions under which the steps of that name do not go on.
var tests = map[bt.Opcode]string{
	bt.OpLess: "!(%s < %s)", bt.OpNotLess: "%s < %s", bt.OpLessEqual: "!(%s <= %s)", bt.OpNotLessEqual: "%s <= %s",
	bt.OpEqual: "%s != %s", bt.OpNotEqual: "%s == %s",
}

// step writes one step.
func (b *body) step(i int, s *bt.Step) {
	itoa := strconv.Itoa
	switch s.Op {
	case bt.OpEnd:
		b.line("return %d;", s.X)
	case bt.OpJump:
		b.line("%s", b.jump(s.OnFailure))
	case bt.OpTrue, bt.OpFalse:
		test := b.slot(s.X) + " != 0"
		if s.X < b.Inputs {
			test = b.truth(s.X)
		}
		if s.Op == bt.OpTrue {
			test = "!(" + test + ")"
		}
		b.branch(i, test, s.OnFailure)
	case bt.OpLess, bt.OpNotLess, bt.OpLessEqual, bt.OpNotLessEqual, bt.OpEqual, bt.OpNotEqual:
		b.branch(i, fmt.Sprintf(tests[s.Op], b.slot(s.X), b.slot(s.Y)), s.OnFailure)
	case bt.OpCopy:
		if s.X != s.Z {
			b.line("%s = %s;", b.temporary(s.Z), b.slot(s.X))
		}
	case bt.OpLoad:
		b.line("%s = %s;", b.temporary(s.Z), b.call("number", word(s.X)))
	case bt.OpCompute:
		b.line("%s = %s;", b.temporary(s.Z), b.compute(s))
	case bt.OpStore:
		b.line("%s = %s;", word(s.Z), b.call("bits", b.slot(s.X)))
	case bt.OpPublish:
		b.line("%s = %s;", word(s.Z+1), b.call("bits", b.slot(s.X)))
		b.line("%s = 1;", word(s.Z+2))
	case bt.OpLeaf:
		b.line("%s", b.remark(b.Nodes[b.leaves[s.X].Node].Text))
		b.line("s = %s;", b.method("leaf", itoa(s.X), itoa(s.Z)))
		b.branch(i, fmt.Sprintf("s == %d", bt.Running), s.OnRunning)
		b.branch(i, fmt.Sprintf("s == %d", bt.Failure), s.OnFailure)
	case bt.OpBind:
		b.branch(i, "!"+b.method("bind", itoa(s.X)), s.OnFailure)
	case bt.OpActive:
		b.branch(i, active(s.X), s.OnFailure)
	case bt.OpResume:
		b.line("%s", b.when(active(s.X), b.table(b.low(word(s.X)), s.Targets)))
	case bt.OpProgress:
		b.branch(i, fmt.Sprintf("%s == %d", b.low(word(s.X)), s.Y), s.OnFailure)
	case bt.OpStamp:
		b.line("%s = stamp | %d;", word(s.X), s.Y)
	case bt.OpDraw:
		b.line("%s++;", word(s.Keeps))
		b.line("%s", b.table(b.method("draw", b.scores(s), itoa(s.Count), b.wide(fmt.Sprintf("%#x", s.Identity)), word(s.Keeps)), s.Targets))
		b.line("%s", b.jump(s.OnFailure))
	case bt.OpUtility:
		b.line("%s", b.table(b.method("best", b.scores(s), itoa(s.Count), itoa(s.Head), b.number(s.Margin)), s.Targets))
		b.line("return %d;", bt.Failure)
	case bt.OpNext:
		b.line("%s", b.table(b.method("next", b.scores(s), itoa(s.Count), itoa(s.Head)), s.Targets))
		b.line("%s", b.jump(s.OnFailure))
	case bt.OpOnce:
		b.branch(i, fmt.Sprintf("%s == %d", word(s.X), bt.Failure), s.OnFailure)
		b.branch(i, fmt.Sprintf("%s != %d && %s != %d", word(s.X), bt.Success, word(s.X), bt.Failure), s.OnRunning)
	case bt.OpComplete:
		b.line("%s = %d;", word(s.X), s.Y)
	case bt.OpCooled:
		n := &b.Nodes[s.X]
		b.line("%s = %s;", word(n.Keeps), b.wide(fmt.Sprintf("%s + %d", b.field("now"), n.Ticks)))
		b.line("%s = 0;", word(n.Head))
	case bt.OpCooling:
		b.line("%s = stamp;", word(b.Nodes[s.X].Head))
		b.line("%s;", b.method("note", itoa(s.X)))
	case bt.OpGather:
		b.line("%s;", b.method("gather", itoa(s.X), itoa(s.Y)))
	case bt.OpFinished:
		b.branch(i, fmt.Sprintf("((%s>>%d)&1) != 0", word(s.X), s.Y), s.OnFailure)
	case bt.OpFinish:
		b.line("%s |= %s << %d;", word(s.X), b.wide("1"), s.Y)
	case bt.OpBusy:
		b.line("%s = 1;", word(s.X+1))
	case bt.OpJoin:
		b.line("%s", b.when(word(s.X+1)+" != 0", fmt.Sprintf("w[%d] = stamp; %s", s.X, b.jump(s.OnRunning))))
	case bt.OpCut:
		n := &b.Nodes[s.X]
		b.line("%s;", b.method("cut", itoa(s.X+1), itoa(n.End), itoa(n.BelowFrom), itoa(n.BelowTo)))
	default:
		b.timed(i, s)
	}
}

// timed writes the steps that count attempts, ticks or work.
func (b *body) timed(i int, s *bt.Step) {
	itoa := strconv.Itoa
	switch s.Op {
	case bt.OpAttempt:
		b.branchAlways(b.method("attempt", itoa(s.X), itoa(s.Y)), s.OnRunning)
	case bt.OpAttempts:
		b.line("%s;", b.method("attempts", itoa(s.X)))
	case bt.OpTimeout:
		b.branch(i, b.method("expired", itoa(s.X), itoa(s.Y)), s.OnFailure)
	case bt.OpElapse:
		b.line("%s;", b.method("elapse", itoa(s.X)))
	case bt.OpWait:
		b.branchAlways(b.method("wait", itoa(s.X), itoa(s.Y)), s.OnRunning)
	case bt.OpCool:
		b.branch(i, fmt.Sprintf("w[%d]>>32 != last && %s < w[%d]", s.X, b.wide(b.field("now")), s.Y), s.OnFailure)
	case bt.OpEnter:
		if b.Budget.Nodes > 0 {
			b.line("%s++;", b.field("visited"))
			b.line("%s", b.when(fmt.Sprintf("%s > %d", b.field("visited"), b.Budget.Nodes), fmt.Sprintf("return %d;", overrun)))
		}
	case bt.OpCharge:
		if b.Budget.Operations > 0 {
			b.line("%s += %d;", b.field("operations"), s.X)
			b.line("%s", b.when(fmt.Sprintf("%s > %d", b.field("operations"), b.Budget.Operations), fmt.Sprintf("return %d;", overrun)))
		}
	case bt.OpLeave:
	default:
		panic(fmt.Sprintf("export: bug: instruction %d has no translation", s.Op))
	}
}

// overrun is what the written tree returns when a tick exceeds its budget.
const overrun = 255

// branchAlways is a branch whose condition has an effect.
func (b *body) branchAlways(condition string, to int) { b.line("%s", b.when(condition, b.jump(to))) }

// scores is the first of the temporaries of a random or utility.
func (b *body) scores(s *bt.Step) string {
	return b.rest(s.Z - b.Inputs - len(b.Constants))
}

// compute is the value of an operator.
func (b *body) compute(s *bt.Step) string {
	x, y := b.slot(s.X), b.slot(s.Y)
	switch s.Operator {
	case "+", "-":
		return x + " " + s.Operator + " " + y
	case "*":
		return b.product(x, y)
	case "/":
		return b.call("divide", x, y)
	case "min", "max":
		return b.call(s.Operator, x, y)
	case "neg":
		return "-" + x
	}
	return b.call(s.Operator, x)
}

// table goes on at the target of a value.
func (b *body) table(value string, targets []int) string {
	var t strings.Builder
	fmt.Fprintf(&t, "switch (%s) {", value)
	for i, to := range targets {
		fmt.Fprintf(&t, " case %d: %s", i, b.jump(to))
	}
	t.WriteString(" }")
	return t.String()
}
