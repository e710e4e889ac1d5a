package export

import (
	"fmt"
	"strings"

	"dryad/vocab"
)

// Format is how a grammar is written.
type Format string

// The formats.
const (
	GBNF       Format = "gbnf"
	EBNF       Format = "ebnf"
	Lark       Format = "lark"
	JSONSchema Format = "json-schema"
)

// Formats lists the formats.
func Formats() []Format { return []Format{GBNF, EBNF, Lark, JSONSchema} }

// DefaultDepth is the depth of a grammar when none is asked for.
const DefaultDepth = 4

// Params says which grammar is written.
type Params struct {
	Format Format
	// Depth is how many levels of nodes a tree may have, up to [MaxDepth]; 0
	// for [DefaultDepth].
	Depth int
}

// Grammar returns the grammar of a game's policies.
func Grammar(game *vocab.Vocabulary, params Params) (string, error) {
	if params.Depth == 0 {
		params.Depth = DefaultDepth
	}
	if params.Depth < 1 || params.Depth > MaxDepth {
		return "", fmt.Errorf("a grammar has 1 to %d levels, not %d", MaxDepth, params.Depth)
	}
	if params.Format == JSONSchema {
		return schema(game, params.Depth)
	}
	rules, err := build(game, params.Depth)
	if err != nil {
		return "", err
	}
	switch params.Format {
	case GBNF:
		return "# Policies for " + game.Game + ", " + levels(params.Depth) + ".\n" + bnf.write(rules), nil
	case EBNF:
		return bnf.write(rules), nil
	case Lark:
		return "// Policies for " + game.Game + ", " + levels(params.Depth) + ".\n" + lark.write(rules), nil
	}
	return "", fmt.Errorf("there is no grammar format %q; there are gbnf, lark, ebnf and json-schema", params.Format)
}

func levels(depth int) string { return fmt.Sprintf("%d levels deep", depth) }

// notation is how a format writes what differs between formats.
type notation struct {
	rule  string                     // of a name and a body
	class string                     // of the characters of a class
	name  func(string) string        // of a rule
	times func(low, high int) string // behind what is repeated
}

// bnf is what llama.cpp and xgrammar read.
var bnf = notation{
	rule: "%s ::= %s\n", class: "[%s]",
	name: func(name string) string { return name },
	times: func(low, high int) string {
		if low == high {
			return fmt.Sprintf("{%d}", low)
		}
		return fmt.Sprintf("{%d,%d}", low, high)
	},
}

// lark is what Lark reads.
var lark = notation{
	rule: "%s: %s\n", class: "/[%s]/",
	name: func(name string) string {
		if name == "root" {
			return "start"
		}
		return strings.ReplaceAll(name, "-", "_")
	},
	times: func(low, high int) string { return fmt.Sprintf("~%d..%d", low, high) },
}

// write writes rules.
func (n *notation) write(rules []rule) string {
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, n.rule, n.name(r.name), n.expr(r.body, true))
	}
	return b.String()
}

// expr writes an expression, in parentheses if it is a row or a choice that
// does not stand alone.
func (n *notation) expr(e expr, alone bool) string {
	switch e := e.(type) {
	case literal:
		return quote(string(e))
	case class:
		return fmt.Sprintf(n.class, string(e))
	case ref:
		return n.name(string(e))
	case seq:
		return n.group(e, " ", alone)
	case alt:
		return n.group(e, " | ", alone)
	case rep:
		inner := n.expr(e.of, false)
		if e.low == 0 && e.high == 1 {
			return inner + "?"
		}
		return inner + n.times(e.low, e.high)
	}
	panic("export: bug: an expression of no kind")
}

// group writes the parts of a row or a choice; a row in a choice needs no
// parentheses.
func (n *notation) group(parts []expr, between string, alone bool) string {
	out := make([]string, len(parts))
	for i, p := range parts {
		_, row := p.(seq)
		out[i] = n.expr(p, row && between != " ")
	}
	text := strings.Join(out, between)
	if alone {
		return text
	}
	return "(" + text + ")"
}

// quote writes a literal; the words of the language need few escapes.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
