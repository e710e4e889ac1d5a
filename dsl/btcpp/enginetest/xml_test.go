package enginetest_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// xmlWriter draws trees of BehaviorTree.CPP's nodes.
type xmlWriter struct {
	r *rand.Rand
	b strings.Builder
	// names are the variables of the tree that is drawn, by type.
	numbers, flags, texts []string
	subtree               bool
}

func (w *xmlWriter) document() string {
	w.b.WriteString(`<root BTCPP_format="4" main_tree_to_execute="Main">` + "\n<BehaviorTree ID=\"Main\">\n")
	w.numbers, w.flags, w.texts = []string{"i", "jMax"}, []string{"isOpen"}, []string{"mode"}
	w.b.WriteString(`<Sequence><Script code="i := 1; jMax := 2; isOpen := false; mode := 'calm'"/>` + "\n")
	w.node(4)
	w.b.WriteString("</Sequence>\n</BehaviorTree>\n")
	for i := 1; i <= 2; i++ {
		fmt.Fprintf(&w.b, "<BehaviorTree ID=\"Part%d\">\n<Sequence><Script code=\"local := 1\"/>\n", i)
		w.subtree = true
		w.numbers, w.flags, w.texts = []string{"local", "p"}, []string{"q"}, []string{"word"}
		w.node(2)
		w.b.WriteString("</Sequence>\n</BehaviorTree>\n")
	}
	w.b.WriteString("</root>\n")
	return w.b.String()
}

func (w *xmlWriter) pick(all []string) string { return all[w.r.IntN(len(all))] }

// expression draws a test.
func (w *xmlWriter) expression() string {
	n := w.pick(w.numbers)
	switch w.r.IntN(8) {
	case 0:
		return fmt.Sprintf("%s &lt; %d", n, w.r.IntN(4))
	case 1:
		return fmt.Sprintf("%s == %d", n, w.r.IntN(4))
	case 2:
		return w.pick(w.flags)
	case 3:
		return "!" + w.pick(w.flags)
	case 4:
		return fmt.Sprintf("%s == '%s'", w.pick(w.texts), w.pick([]string{"calm", "attack"}))
	case 5:
		return fmt.Sprintf("%s &gt;= 2 || %s + 1 != %s * 2", n, n, w.pick(w.numbers))
	case 6:
		return fmt.Sprintf("%s &amp;&amp; !(%s &gt; 1)", w.pick(w.flags), n)
	}
	return fmt.Sprintf("0 &lt;= %s &lt; 3", n)
}

// statement draws an assignment.
func (w *xmlWriter) statement() string {
	n := w.pick(w.numbers)
	switch w.r.IntN(6) {
	case 0:
		return fmt.Sprintf("%s := %d", n, w.r.IntN(4))
	case 1:
		return n + " += 1"
	case 2:
		return fmt.Sprintf("%s := %s", w.pick(w.flags), w.pick([]string{"true", "false", n + " &gt; 1"}))
	case 3:
		return fmt.Sprintf("%s := '%s'", w.pick(w.texts), w.pick([]string{"calm", "attack"}))
	case 4:
		return fmt.Sprintf("%s := %s - 1", n, w.pick(w.numbers))
	}
	return fmt.Sprintf("%s := %s &gt; 1 ? 0 : 3", n, n)
}

func (w *xmlWriter) attributes() string {
	var b strings.Builder
	for _, name := range []string{"_failureIf", "_successIf", "_skipIf", "_while"} {
		if w.r.IntN(40) == 0 {
			fmt.Fprintf(&b, ` %s="%s"`, name, w.expression())
		}
	}
	for _, name := range []string{"_onSuccess", "_onFailure", "_post"} {
		if w.r.IntN(30) == 0 {
			fmt.Fprintf(&b, ` %s="%s"`, name, w.statement())
		}
	}
	return b.String()
}

func (w *xmlWriter) node(depth int) {
	if depth == 0 || w.r.IntN(4) == 0 {
		w.leaf()
		return
	}
	open := func(name, more string, children int) {
		fmt.Fprintf(&w.b, "<%s%s%s>\n", name, more, w.attributes())
		for range children {
			w.node(depth - 1)
		}
		fmt.Fprintf(&w.b, "</%s>\n", name)
	}
	tested := func(name string, children int) { // the first is a condition
		fmt.Fprintf(&w.b, "<%s%s>\n", name, w.attributes())
		if w.r.IntN(4) == 0 {
			w.node(depth - 1)
		} else {
			w.condition("")
		}
		for range children - 1 {
			w.node(depth - 1)
		}
		fmt.Fprintf(&w.b, "</%s>\n", name)
	}
	several := 2 + w.r.IntN(2)
	switch w.r.IntN(26) {
	case 0, 1:
		open("Sequence", "", several)
	case 2, 3:
		open("Fallback", "", several)
	case 4, 5:
		open("ReactiveSequence", "", several)
	case 6, 7:
		open("ReactiveFallback", "", several)
	case 8:
		open("Parallel", "", several)
	case 9:
		open("Parallel", fmt.Sprintf(` success_count="%d" failure_count="%d"`, 1+w.r.IntN(several), 1+w.r.IntN(several)), several)
	case 10:
		open("ParallelAll", fmt.Sprintf(` max_failures="%d"`, 1+w.r.IntN(several)), several)
	case 11:
		tested("IfThenElse", several)
	case 12:
		tested("WhileDoElse", several)
	case 13:
		open("SequenceWithMemory", "", several)
	case 14:
		open("Inverter", "", 1)
	case 15:
		open(w.pick([]string{"ForceSuccess", "ForceFailure"}), "", 1)
	case 16:
		open("KeepRunningUntilFailure", "", 1)
	case 17:
		open("Repeat", fmt.Sprintf(` num_cycles="%d"`, w.r.IntN(4)), 1)
	case 18:
		open("RetryUntilSuccessful", fmt.Sprintf(` num_attempts="%d"`, w.r.IntN(4)), 1)
	case 19:
		open("RunOnce", w.pick([]string{"", ` then_skip="false"`}), 1)
	case 20:
		open("Precondition", fmt.Sprintf(` if="%s" else="%s"`, w.expression(), w.pick([]string{"SUCCESS", "FAILURE", "SKIPPED", "RUNNING"})), 1)
	case 21:
		open("LoopInt", fmt.Sprintf(` queue="1;2;3" value="{loop%d}" if_empty="%s"`, depth, w.pick([]string{"SUCCESS", "FAILURE"})), 1)
	case 22:
		open("Switch2", fmt.Sprintf(` variable="{%s}" case_1="calm" case_2="attack"`, w.pick(w.texts)), 3)
	case 23:
		open(w.pick([]string{"AsyncSequence", "AsyncFallback"}), "", several)
	default:
		open("Sequence", "", several)
	}
}

func (w *xmlWriter) leaf() {
	more := w.attributes()
	switch n := w.r.IntN(12); {
	case n < 3:
		fmt.Fprintf(&w.b, "<%s%s/>\n", w.pick(syncNames), more)
	case n < 7:
		fmt.Fprintf(&w.b, "<%s%s/>\n", w.pick(statefulNames), more)
	case n < 9:
		w.condition(more)
	case n == 9 && !w.subtree:
		fmt.Fprintf(&w.b, "<SubTree ID=\"Part%d\" p=\"{%s}\" q=\"{%s}\" word=\"{%s}\"%s/>\n", 1+w.r.IntN(2), w.pick(w.numbers), w.pick(w.flags), w.pick(w.texts), more)
	case n == 10:
		fmt.Fprintf(&w.b, "<%s%s/>\n", w.pick([]string{"AlwaysSuccess", "AlwaysFailure"}), more)
	default:
		fmt.Fprintf(&w.b, "<Script code=\"%s\"%s/>\n", w.statement(), more)
	}
}

func (w *xmlWriter) condition(more string) {
	if w.r.IntN(2) == 0 {
		fmt.Fprintf(&w.b, "<%s%s/>\n", w.pick(conditionNames), more)
		return
	}
	fmt.Fprintf(&w.b, "<ScriptCondition code=\"%s\"%s/>\n", w.expression(), more)
}
