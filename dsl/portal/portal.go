package portal

import (
	"fmt"
	"strings"

	"dryad/dsl"
)

// Import reads a tree in either dialect, or in a mixture of both. Diagnostics
// stand at the lines of the text that was read.
func Import(path, text string) (*dsl.File, dsl.Diagnostics) {
	t := translator{}
	if len(text) > dsl.MaxSource {
		return dsl.Parse(path, text) // says so
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		t.line(i, line, lines)
	}
	file, faults := dsl.Parse(path, strings.Join(t.out, "\n"))
	for i := range faults {
		d := &faults[i]
		d.Fixes = nil // they would edit the translation
		from, to := t.at(d.Range.Start.Line), t.at(d.Range.End.Line)
		if t.changed[from] {
			whole := lines[from-1]
			d.Range = dsl.Range{Start: dsl.Position{Line: from, Column: len(whole) - len(strings.TrimLeft(whole, " \t")) + 1},
				End: dsl.Position{Line: from, Column: len(whole) + 1}}
			continue
		}
		d.Range.Start.Line, d.Range.End.Line = from, to
	}
	return file, append(faults, t.faults...).Sorted()
}

// translator writes Figure 1's dialect as lines of the language.
type translator struct {
	out     []string
	source  []int        // the line that each line of out came from
	changed map[int]bool // lines that were translated
	faults  dsl.Diagnostics
}

func (t *translator) at(line int) int {
	if line >= 1 && line <= len(t.source) {
		return t.source[line-1]
	}
	return max(1, min(line, len(t.source)))
}

func (t *translator) emit(number int, text string) {
	t.out = append(t.out, text)
	t.source = append(t.source, number+1)
}

// line translates one line, or takes it over as it is.
func (t *translator) line(number int, line string, lines []string) {
	body := strings.TrimLeft(line, " \t")
	indent := line[:len(line)-len(body)]
	code, comment := body, ""
	for _, mark := range []string{"//", "#"} {
		if i := strings.Index(code, mark); i >= 0 {
			code, comment = code[:i], " "+body[i:]
		}
	}
	code = strings.TrimRight(code, " \t")
	word, rest, _ := strings.Cut(code, " ")
	translated := func(text string) {
		if t.changed == nil {
			t.changed = map[int]bool{}
		}
		t.changed[number+1] = true
		t.emit(number, indent+text+comment)
	}
	switch {
	case word == "root" && rest == "":
		translated("tree main:")
	case code == "selector" || code == "sequence" || code == "parallel":
		translated(code + ":")
	case word == "task" && strings.HasSuffix(rest, ")"):
		name, args, ok := t.call(number, rest)
		if ok {
			translated("task: " + strings.Join(append([]string{snake(name)}, arguments(args)...), " "))
		} else {
			translated("task: unreadable") // keeps the block whole
		}
	case word == "decorator":
		test := "true" // keeps the block whole when the check is faulty
		if name, args, ok := t.call(number, rest); ok {
			if read, ok := t.test(number, name, args); ok {
				test = read
			}
		}
		if inner, deeper := below(indent, lines[number+1:]); deeper {
			translated("sequence:")
			t.emit(number, inner+"condition: "+test)
			return
		}
		translated("condition: " + test)
	default:
		t.emit(number, line)
	}
}

// below returns the indentation of the next line of code if it is deeper.
func below(indent string, lines []string) (inner string, deeper bool) {
	for _, line := range lines {
		body := strings.TrimLeft(line, " \t")
		if body == "" || strings.HasPrefix(body, "//") || strings.HasPrefix(body, "#") {
			continue
		}
		inner = line[:len(line)-len(body)]
		return inner, len(inner) > len(indent)
	}
	return "", false
}

func (t *translator) fail(number int, format string, args ...any) {
	at := dsl.Position{Line: number + 1, Column: 1}
	t.faults = append(t.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "portal", Range: dsl.Range{Start: at, End: at},
		Summary: fmt.Sprintf(format, args...)})
}

// call reads "Name(a, b)".
func (t *translator) call(number int, text string) (name string, args []string, ok bool) {
	name, rest, open := strings.Cut(text, "(")
	name = strings.TrimSpace(name)
	inner, closed := strings.CutSuffix(rest, ")")
	if !open || !closed || !dsl.Identifier(name) || strings.ContainsAny(inner, "()") {
		t.fail(number, "expected NAME(ARGUMENTS), found %q", text)
		return "", nil, false
	}
	for _, a := range strings.Split(inner, ",") {
		if a = strings.TrimSpace(a); a != "" {
			args = append(args, a)
		}
	}
	return name, args, true
}

var comparisons = map[string]string{
	"Equal": "==", "NotEqual": "!=", "Less": "<", "LessOrEqual": "<=", "LessEqual": "<=",
	"Greater": ">", "GreaterOrEqual": ">=", "GreaterEqual": ">=",
}

// test translates a BlackboardCheck: (key, value, comparison), where "empty"
// asks whether anything is known at all.
func (t *translator) test(number int, name string, args []string) (string, bool) {
	if name != "BlackboardCheck" || len(args) != 3 {
		t.fail(number, "the decorator %q has no meaning here; BlackboardCheck(KEY, VALUE, COMPARISON) has", name)
		return "", false
	}
	key, value, how := snake(args[0]), args[1], args[2]
	if !dsl.Identifier(key) {
		t.fail(number, "%q is no name", args[0])
		return "", false
	}
	negate := func(yes bool, text string) (string, bool) {
		if yes {
			return "not " + text, true
		}
		return text, true
	}
	same := how == "Equal" || how == "True"
	if value == "empty" {
		return negate(same, "has_"+key)
	}
	if how == "False" {
		how = "NotEqual"
	}
	switch strings.ToLower(value) {
	case "true":
		return negate(how == "NotEqual", key)
	case "false":
		return negate(how != "NotEqual", key)
	}
	comparison, known := comparisons[how]
	if _, number := dsl.ParseAmount(value); !number {
		value = snake(value)
		if !dsl.Identifier(value) {
			known = false
		}
	}
	if !known {
		t.fail(number, "the check (%s) has no meaning here", strings.Join(args, ", "))
		return "", false
	}
	return key + " " + comparison + " " + value, true
}

func arguments(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = snake(a)
	}
	return out
}

// snake writes CamelCase as snake_case; other texts stay as they are.
func snake(name string) string {
	if !dsl.Identifier(name) {
		return name
	}
	var b strings.Builder
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !upper(c) {
			b.WriteByte(c)
			continue
		}
		starts := i > 0 && name[i-1] != '_' && (!upper(name[i-1]) || i+1 < len(name) && !upper(name[i+1]) && name[i+1] != '_')
		if starts {
			b.WriteByte('_')
		}
		b.WriteByte(c + 'a' - 'A')
	}
	return b.String()
}
