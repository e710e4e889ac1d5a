package enginetest_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// policyWriter draws policies of dryad.
type policyWriter struct {
	r      *rand.Rand
	b      strings.Builder
	clock  bool // waits and timeouts too, and arguments of tasks
	params bool // the tree has parameters
	calls  bool
}

func (w *policyWriter) policy() string {
	w.b.WriteString("policy drawn for stage\n\nkey i: number = 2\nkey b: bool\nkey m: enum(calm, attack)\nkey k: int = 1\n\ntree main:\n")
	w.calls = true
	w.node(1, 4)
	w.calls = false
	w.b.WriteString("\ntree part(p: number, q: bool = true):\n")
	w.params = true
	w.node(1, 2)
	return w.b.String()
}

func (w *policyWriter) line(depth int, format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

func (w *policyWriter) pick(all ...string) string { return all[w.r.IntN(len(all))] }

func (w *policyWriter) number() string {
	if w.params && w.r.IntN(3) == 0 {
		return "p"
	}
	return w.pick("i", "k", "n1", "i", "n1")
}

func (w *policyWriter) test() string {
	if w.params && w.r.IntN(6) == 0 {
		return "q"
	}
	switch w.r.IntN(9) {
	case 0, 1:
		return w.pick(conditionNames...)
	case 2:
		return "not " + w.pick(conditionNames...)
	case 3:
		return fmt.Sprintf("%s < %d", w.number(), w.r.IntN(4))
	case 4:
		return w.pick("b", "not b", "b == (i > 1)")
	case 5:
		return w.pick("m == calm", "m != attack")
	case 6:
		return fmt.Sprintf("%s - %s - 1 > %s * 2 / 3 or not (%s > 2) and b", w.number(), w.number(), w.number(), w.number())
	case 7:
		return fmt.Sprintf("max(%s, %s) >= abs(%s - 2)", w.number(), w.number(), w.number())
	}
	return fmt.Sprintf("0 <= %s < 3", w.number())
}

func (w *policyWriter) guard(depth, deep int) {
	if deep > 0 && w.r.IntN(5) == 0 {
		w.line(depth, "%s:", w.pick("selector", "sequence", "not", "memory selector"))
		lines := w.b.Len()
		w.line(depth+1, "condition: %s", w.test())
		if !strings.Contains(w.b.String()[max(0, lines-8):lines], "not:") {
			w.line(depth+1, "condition: %s", w.test())
		}
		return
	}
	w.line(depth, "condition: %s", w.test())
}

func (w *policyWriter) leaf(depth int) {
	switch n := w.r.IntN(14); {
	case n < 5:
		w.line(depth, "task: %s%s", w.pick(statefulNames...), w.argument())
	case n < 8:
		w.line(depth, "task: %s%s", w.pick(syncNames...), w.argument())
	case n < 10:
		w.guard(depth, 1)
	case n == 10:
		w.line(depth, "set: i = %s", w.pick("i + 1", "n1 / i", "2", "max(i, k) - 1 - 1", "b ? 1 : i"))
	case n == 11:
		w.line(depth, "set: %s", w.pick("b = not b", "b = i > 1", "m = attack", "m = calm", "k = 3"))
	case n == 12 && w.calls:
		w.line(depth, "tree: part %s", w.pick("2", "(i + 1)", "i", "p=1 q=false", "n1 (i > 1)"))
	case w.clock && n == 13:
		w.line(depth, "wait: %s", w.pick("1ticks", "3ticks", "250ms", "0.4s"))
	default:
		w.line(depth, "task: %s", w.pick(statefulNames...))
	}
}

func (w *policyWriter) argument() string {
	if !w.clock || w.r.IntN(4) > 0 {
		return ""
	}
	return w.pick(" 1.5", " much=2", " i")
}

func (w *policyWriter) node(depth, deep int) {
	if deep == 0 || w.r.IntN(5) == 0 {
		w.leaf(depth)
		return
	}
	children := func(n int) {
		for range n {
			w.node(depth+1, deep-1)
		}
	}
	several := 2 + w.r.IntN(2)
	switch n := w.r.IntN(16); n {
	case 0, 1, 2:
		w.line(depth, "sequence:")
		children(several)
	case 3, 4:
		w.line(depth, "selector:")
		children(several)
	case 5:
		w.line(depth, "memory selector:")
		children(several)
	case 6:
		w.line(depth, "memory sequence:")
		children(several)
	case 7, 8:
		w.line(depth, "%s:", w.pick("parallel", "parallel first"))
		if w.r.IntN(2) == 0 {
			w.guard(depth+1, 0)
		}
		for range several {
			w.line(depth+1, "task: %s", w.pick(append(statefulNames, syncNames...)...))
		}
	case 9:
		w.line(depth, "%s:", w.pick("not", "succeed", "fail"))
		children(1)
	case 10:
		w.line(depth, "once:")
		children(1)
	case 11:
		w.line(depth, "%s%s:", w.pick("retry", "repeat"), w.pick("", " 2", " 3"))
		children(1)
	case 12:
		if w.clock {
			w.line(depth, "timeout %s:", w.pick("2ticks", "400ms", "0.3s", "7ticks"))
			children(1)
			return
		}
		fallthrough
	default:
		w.line(depth, "%s:", w.pick("sequence", "selector"))
		w.guard(depth+1, 1)
		children(several - 1)
	}
}
