package dsl_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
)

// TestFaults reads one faulty text a case; want is "line:column code" each.
func TestFaults(t *testing.T) {
	cases := []struct{ name, source, want string }{
		{"unknown node", "slector:\n  task: a\n", "1:1 unknown-node"},
		{"capital", "Selector:\n  task: a\n", "1:1 unknown-node"},
		{"no colon", "selector\n  task: a\n", "1:8 missing-colon"},
		{"leaf without colon", "task shoot\n", "1:6 missing-colon"},
		{"no word", "task:\n", "1:5 syntax"},
		{"too many", "sequence a b:\n  task: x\n", "1:12 syntax"},
		{"bad byte", "task: a $\n", "1:9 syntax"},
		{"unit", "wait: 5parsec\n", "1:7 unknown-unit"},
		{"memory", "memory parallel:\n  task: a\n", "1:1 memory"},
		{"no duration", "cooldown:\n  task: a\n", "1:1 syntax"},
		{"number", "sequence 3:\n  task: a\n", "1:10 syntax"},
		{"empty file", "", "1:1 no-tree"},
		{"only comments", "# nothing\n", "1:1 no-tree"},
		{"empty block", "sequence:\n", "1:1 no-child"},
		{"two children", "not:\n  condition: a\n  condition: b\n", "3:3 second-child"},
		{"two roots", "task: a\ntask: b\n", "2:1 second-root"},
		{"below a leaf", "sequence:\n  task: a\n    task: b\n", "3:1 indentation"},
		{"half dedent", "sequence:\n    sequence:\n        task: a\n      task: b\n", "4:1 indentation"},
		{"tabs", "sequence:\n  task: a\n\ttask: b\n", "3:1 mixed-indentation"},
		{"lone no", "sequence:\n  condition: no\n  task: a\n", "2:3 lone-no"},
		{"binary", "\x00\x01", "1:1 encoding"},
		{"latin 1", "task: a # \xe9\n", "1:1 encoding"},
		{"turned text", "task: a # \u202e\u2066 b\n", "1:11 unseen"},
		{"hidden text", "# é \u200b\ntask: a\n", "1:6 unseen"},
		{"joined letters", "task: a # \u0915\u094d\u200d\u0937 \U0001f469\u200d\U0001f680\n", ""},
		{"scope", "key a: bool in clan\ntask: a\n", "1:16 unknown-scope"},
		{"misspelt header", "polcy a for b\ntrea main:\n  task: a\n", "1:1 unknown-node, 2:1 unknown-node"},
		{"argument order", "task: a b=1 c\n", "1:13 argument-order"},
		{"argument twice", "task: a b=1 b=2\n", "1:13 argument-twice"},
		{"header twice", "policy a for b\npolicy a for b\ntask: a\n", "2:8 policy-twice"},
		{"empty tree", "tree main:\n", "1:1 empty"},
		{"indented header", "tree main:\n  task: a\n  tree b:\n    task: c\n", "3:1 indentation"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, faults := dsl.Parse("", c.source)
			var got []string
			for _, d := range faults {
				got = append(got, fmt.Sprintf("%s %s", d.Range.Start, d.Code))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, ", "), c.want)
			}
		})
	}
}

// TestFixesMend applies each fix and expects the text to be faultless.
func TestFixesMend(t *testing.T) {
	for _, source := range []string{
		"task: a # \u202eb\n",
		"slector:\n  task: a\n", "Selector:\n  task: a\n", "selector\n  task: a\n", "task shoot\n",
		"memory parallel:\n  task: a\n", "cooldown:\n  task: a\n", "sequence 3:\n  task: a\n",
		"sequence:\n\ttask: a\n\ttask: b\n  task: c\n", "sequence:\n  task: a\n    task: b\n",
	} {
		_, faults := dsl.Parse("", source)
		if len(faults) == 0 || len(faults[0].Fixes) == 0 {
			t.Errorf("%q: no fix in %v", source, faults)
			continue
		}
		mended, _ := dsl.ApplyFixes(source, faults, true)
		if _, left := dsl.Parse("", mended); len(left) > 0 && !strings.Contains(source, "\t") {
			t.Errorf("%q became %q: %v", source, mended, left)
		}
	}
}

func TestTenFaultsTenDiagnostics(t *testing.T) {
	var b strings.Builder
	b.WriteString("selector:\n")
	for range 10 {
		b.WriteString("  tusk: a\n")
	}
	_, faults := dsl.Parse("", b.String())
	if len(faults) != 10 {
		t.Errorf("%d diagnostics: %v", len(faults), faults)
	}
}

func TestCap(t *testing.T) {
	_, faults := dsl.Parse("", "selector:\n"+strings.Repeat("  tusk: a\n", 5000))
	if len(faults) != dsl.MaxDiagnostics || faults[dsl.MaxDiagnostics-1].Code != "more" || faults.OK() {
		t.Errorf("%d diagnostics, the last %v", len(faults), faults[len(faults)-1])
	}
}

func TestRender(t *testing.T) {
	source := "selector:\n  tsk: shoot # é\n"
	_, faults := dsl.Parse("", source)
	got := dsl.Render(faults, dsl.RenderParams{Path: "a.dryad", Source: source})
	want := `a.dryad:2:3: error: there is no node "tsk", did you mean "task"? [unknown-node]
    tsk: shoot # é
    ^^^
`
	if !strings.HasPrefix(got, want) {
		t.Errorf("rendered:\n%s", got)
	}
}

// TestRenderNarrow: a source line is cut around its fault to the columns of a terminal.
func TestRenderNarrow(t *testing.T) {
	source := "tree main:\n  selector:\n    condition: health < 30 and armour < 20 and ammunition > 4 and hlth > 1 and has_enemy_in_view\n"
	start := strings.Index(source[len("tree main:\n  selector:\n"):], "hlth") + 1
	fault := dsl.Diagnostic{Severity: dsl.Error, Code: "x", Summary: "there is no hlth",
		Range: dsl.Range{Start: dsl.Position{Line: 3, Column: start}, End: dsl.Position{Line: 3, Column: start + 4}}}
	for _, width := range []int{1, 22, 40, 60, 200} {
		got := strings.Split(dsl.Render(dsl.Diagnostics{fault}, dsl.RenderParams{Source: source, Width: width}), "\n")
		line, caret := got[1], got[2]
		if len(line) > max(width, 22) || len(caret) > max(width, 22) {
			t.Errorf("%d columns: %q and %q", width, line, caret)
		}
		if at := strings.Index(caret, "^"); !strings.HasPrefix(line[at:], "hlth") || strings.Trim(caret[at:], "^") != "" || len(caret[at:]) != 4 {
			t.Errorf("%d columns: the caret of %q is not below the fault in %q", width, caret, line)
		}
	}
}
