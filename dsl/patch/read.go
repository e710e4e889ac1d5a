package patch

import (
	"fmt"
	"slices"
	"strings"

	"dryad/dsl"
)

// MaxOperations is how many instructions a patch may hold.
const MaxOperations = 1000

// operation is one instruction of a patch.
type operation struct {
	line   int    // where it stands in the patch
	verb   string // replace, insert, remove, move, wrap, unwrap, change, add, policy
	target string
	place  string // before, after, first in, last in: of insert and move
	beside string // the other target of move
	text   string // the line of wrap and change, the header of policy
	block  string // the lines below, without their common indentation
}

// reader reads a patch.
type reader struct {
	path   string
	faults dsl.Diagnostics
}

func (r *reader) fail(line int, code, format string, args ...any) *dsl.Diagnostic {
	at := dsl.Range{Start: dsl.Position{Line: line, Column: 1}, End: dsl.Position{Line: line, Column: 2}}
	r.faults = append(r.faults, dsl.Diagnostic{Severity: dsl.Error, Code: code, Range: at, Summary: fmt.Sprintf(format, args...)})
	return &r.faults[len(r.faults)-1]
}

var verbs = []string{"replace", "insert", "remove", "move", "wrap", "unwrap", "change", "add", "policy"}

var usage = map[string]string{
	"replace": "replace TARGET: and the new node below",
	"insert":  "insert before|after|first in|last in TARGET: and the new nodes below",
	"remove":  "remove TARGET",
	"move":    "move TARGET before|after|first in|last in TARGET",
	"wrap":    "wrap TARGET in LINE",
	"unwrap":  "unwrap TARGET",
	"change":  "change TARGET to LINE",
	"add":     "add: and the trees and keys below",
	"policy":  "policy NAME for GAME [by scheduler]",
}

// Usage lists the instructions, a line each.
func Usage() []string {
	var lines []string
	for _, verb := range verbs {
		lines = append(lines, usage[verb])
	}
	return lines
}

// Begins reports whether a text begins like a patch, with an instruction that
// no policy begins with.
func Begins(text string) bool {
	for line := range strings.Lines(text) {
		code := strings.TrimRight(line, " \t\r\n")
		if code == "" || code[0] == '#' || strings.HasPrefix(code, "//") {
			continue
		}
		verb, rest, _ := strings.Cut(code, " ")
		return code == "add:" || verb != "add" && verb != "policy" && rest != "" && slices.Contains(verbs, verb)
	}
	return false
}

// read splits a patch into operations.
func (r *reader) read(text string) []operation {
	if len(text) > dsl.MaxSource {
		r.fail(1, "too-large", "the patch is larger than %d bytes, the most that is read", dsl.MaxSource)
		return nil
	}
	var operations []operation
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], " \t")
		body := strings.TrimLeft(line, " \t")
		if body == "" || body[0] == '#' || strings.HasPrefix(body, "//") {
			continue
		}
		if body != line {
			r.fail(i+1, "indentation", "an instruction begins at the left margin")
			continue
		}
		if len(operations) == MaxOperations {
			r.fail(i+1, "too-many", "a patch holds at most %d instructions", MaxOperations)
			return operations
		}
		op := operation{line: i + 1}
		first := i + 1
		for i+1 < len(lines) && (strings.TrimSpace(lines[i+1]) == "" || lines[i+1][0] == ' ' || lines[i+1][0] == '\t') {
			i++
		}
		op.block = unindent(lines[first : i+1])
		if r.instruction(&op, body) {
			operations = append(operations, op)
		}
	}
	return operations
}

// unindent removes the indentation that all lines share.
func unindent(lines []string) string {
	common := -1
	for _, line := range lines {
		if body := strings.TrimLeft(line, " \t"); body != "" && (common < 0 || len(line)-len(body) < common) {
			common = len(line) - len(body)
		}
	}
	if common < 0 {
		return ""
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line[min(common, len(line)):])
		b.WriteByte('\n')
	}
	return b.String()
}

var places = []string{"before", "after", "first in", "last in"}

// instruction reads the first line of an operation.
func (r *reader) instruction(op *operation, line string) bool {
	verb, rest, _ := strings.Cut(line, " ")
	verb = strings.TrimSuffix(verb, ":")
	rest = strings.TrimSpace(rest)
	op.verb = verb
	if !slices.Contains(verbs, verb) {
		near, alike := dsl.Nearest(verb, verbs)
		d := r.fail(op.line, "unknown-instruction", "there is no instruction %q", verb)
		d.Legal = near
		if alike {
			d.Fixes = []dsl.Fix{{Title: "write \"" + near[0] + "\"", Edits: []dsl.Edit{{Range: dsl.Range{
				Start: dsl.Position{Line: op.line, Column: 1}, End: dsl.Position{Line: op.line, Column: 1 + len(verb)}}, Text: near[0]}}}}
		}
		return false
	}
	ok := true
	wantsBlock := verb == "replace" || verb == "insert" || verb == "add"
	switch verb {
	case "replace", "remove", "unwrap":
		op.target = unquote(strings.TrimSuffix(rest, ":"))
		ok = op.target != ""
	case "insert":
		op.place, op.target = place(rest)
		op.target = unquote(strings.TrimSuffix(op.target, ":"))
		ok = op.place != "" && op.target != ""
	case "move":
		at := -1
		for _, p := range places {
			if i := strings.LastIndex(rest, " "+p+" "); i > at {
				at, op.place = i, p
			}
		}
		if ok = at > 0; ok {
			op.target, op.beside = unquote(rest[:at]), unquote(strings.TrimSpace(rest[at+len(op.place)+2:]))
		}
	case "wrap", "change":
		joint := " in "
		if verb == "change" {
			joint = " to "
		}
		at := strings.LastIndex(rest, joint)
		if ok = at > 0; ok {
			op.target, op.text = unquote(rest[:at]), strings.TrimSpace(rest[at+len(joint):])
		}
	case "policy":
		op.text = line
	}
	switch {
	case !ok:
		r.fail(op.line, "syntax", "this instruction cannot be read").Legal = []string{usage[verb]}
	case wantsBlock && op.block == "":
		r.fail(op.line, "empty", "nothing stands below %q", verb).Legal = []string{usage[verb]}
		ok = false
	case !wantsBlock && strings.TrimSpace(op.block) != "":
		r.fail(op.line+1, "indentation", "nothing can stand below %q", verb).Legal = []string{usage[verb]}
		ok = false
	}
	return ok
}

func place(text string) (place, rest string) {
	for _, p := range places {
		if rest, ok := strings.CutPrefix(text, p+" "); ok {
			return p, strings.TrimSpace(rest)
		}
	}
	return "", ""
}

// unquote takes a target out of backquotes.
func unquote(text string) string {
	if len(text) >= 2 && text[0] == '`' && text[len(text)-1] == '`' {
		return text[1 : len(text)-1]
	}
	return text
}
