package check_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/check"
)

// hostile are texts of the largest size that is read. Reading them in more
// than linear time would take minutes.
var hostile = map[string]func() string{
	"deep": func() string {
		var b strings.Builder
		for i := range 1400 {
			fmt.Fprintf(&b, "%snot:\n", strings.Repeat(" ", i))
		}
		return b.String()
	},
	"flat":     func() string { return "selector:\n" + strings.Repeat("  task: strafe\n", 65000) },
	"distinct": func() string { return numbered("selector:\n", "  task: aim %d\n", 60000) },
	"unknown":  func() string { return numbered("selector:\n", "  task: shot%d\n", 50000) },
	"garbage":  func() string { return strings.Repeat("$", dsl.MaxSource) },
	"newlines": func() string { return strings.Repeat("\n", dsl.MaxSource) },
	"comments": func() string { return strings.Repeat("#\n", dsl.MaxSource/2) + "task: hold\n" },
	"trees":    func() string { return numbered("tree main:\n  task: hold\n", "tree t%d:\n  task: hold\n", 30000) },
	"calls": func() string {
		return numbered("tree main:\n  selector:\n", "    tree: t%d\n", 20000) + numbered("", "tree t%d:\n  task: hold\n", 20000)
	},
	"chain":       func() string { return chain(20000) },
	"keys":        func() string { return numbered("", "key k%d: int = 0\n", 40000) + "tree main:\n  task: hold\n" },
	"parentheses": func() string { return "condition: " + strings.Repeat("(", 4000) + "\n" },
	"long line":   func() string { return "condition: " + strings.Repeat("1+", dsl.MaxSource/2-10) + "1" },
	"conditions": func() string {
		return numbered("sequence:\n", "  condition: health < %d and not has_enemy_in_view\n", 18000)
	},
	"guards": func() string {
		var b strings.Builder
		for i := range 60 {
			fmt.Fprintf(&b, "%ssequence:\n%scondition: health < 30\n", strings.Repeat("  ", i), strings.Repeat("  ", i+1))
		}
		return b.String() + strings.Repeat(strings.Repeat("  ", 60)+"task: move_to nearest_medkit\n", 6000)
	},
	"tabs and spaces": func() string { return "selector:\n" + strings.Repeat(" \ttask: hold\n\t task: hold\n", 30000) },
	"latin 1":         func() string { return strings.Repeat("t\xe4sk: hold\n", 80000) },
	"utf-16":          func() string { return "\xff\xfes\x00e\x00" + strings.Repeat("a\x00", 1000) },
	"carriage":        func() string { return "selector:\r\n" + strings.Repeat("  task: hold\r\n", 60000) },
	"too large":       func() string { return strings.Repeat("# a\n", dsl.MaxSource) },
}

func numbered(head, line string, n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

// chain is a call of a call of a call.
func chain(n int) string {
	var b strings.Builder
	b.WriteString("tree main:\n  tree: t0\n")
	for i := range n {
		fmt.Fprintf(&b, "tree t%d:\n  tree: t%d\n", i, i+1)
	}
	return b.String()
}

func TestHostileTexts(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			source := text()
			_, faults := check.Source("", source, skirmish)
			if len(faults) > dsl.MaxDiagnostics {
				t.Errorf("%d faults", len(faults))
			}
			if rendered := dsl.Render(faults, dsl.RenderParams{Source: source}); len(rendered) > 200*1000 {
				t.Errorf("%d bytes of messages", len(rendered))
			}
			if name == "deep" || name == "too large" || name == "utf-16" || name == "chain" || name == "keys" {
				if faults.OK() {
					t.Error("no error")
				}
			}
		})
	}
}
