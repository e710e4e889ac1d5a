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
		return "# Policies for " + game.Game + ", " + levels(params.Depth) + ".\n" + bnf(rules), nil
	case EBNF:
		return bnf(rules), nil
	case Lark:
		return "// Policies for " + game.Game + ", " + levels(params.Depth) + ".\n" + lark(rules), nil
	}
	return "", fmt.Errorf("there is no grammar format %q; there are gbnf, lark, ebnf and json-schema", params.Format)
}

func levels(depth int) string { return fmt.Sprintf("%d levels deep", depth) }

// bnf writes rules as llama.cpp and xgrammar read them.
func bnf(rules []rule) string {
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "%s ::= %s\n", r.name, bnfExpr(r.body, true))
	}
	return b.String()
}

func bnfExpr(e expr, top bool) string {
	group := func(text string) string {
		if top {
			return text
		}
		return "(" + text + ")"
	}
	switch e := e.(type) {
	case literal:
		return quote(string(e))
	case class:
		return "[" + string(e) + "]"
	case ref:
		return string(e)
	case seq:
		parts := make([]string, len(e))
		for i, p := range e {
			parts[i] = bnfExpr(p, false)
		}
		return group(strings.Join(parts, " "))
	case alt:
		parts := make([]string, len(e))
		for i, p := range e {
			_, sequence := p.(seq)
			parts[i] = bnfExpr(p, sequence)
		}
		return group(strings.Join(parts, " | "))
	case rep:
		inner := bnfExpr(e.of, false)
		if e.low == 0 && e.high == 1 {
			return inner + "?"
		}
		if e.low == e.high {
			return fmt.Sprintf("%s{%d}", inner, e.low)
		}
		return fmt.Sprintf("%s{%d,%d}", inner, e.low, e.high)
	}
	panic("export: bug: an expression of no kind")
}

// lark writes rules as Lark reads them.
func lark(rules []rule) string {
	var b strings.Builder
	for _, r := range rules {
		name := larkName(r.name)
		if r.name == "root" {
			name = "start"
		}
		fmt.Fprintf(&b, "%s: %s\n", name, larkExpr(r.body, true))
	}
	return b.String()
}

func larkName(name string) string { return strings.ReplaceAll(name, "-", "_") }

func larkExpr(e expr, top bool) string {
	group := func(text string) string {
		if top {
			return text
		}
		return "(" + text + ")"
	}
	switch e := e.(type) {
	case literal:
		return quote(string(e))
	case class:
		return "/[" + string(e) + "]/"
	case ref:
		return larkName(string(e))
	case seq:
		parts := make([]string, len(e))
		for i, p := range e {
			parts[i] = larkExpr(p, false)
		}
		return group(strings.Join(parts, " "))
	case alt:
		parts := make([]string, len(e))
		for i, p := range e {
			_, sequence := p.(seq)
			parts[i] = larkExpr(p, sequence)
		}
		return group(strings.Join(parts, " | "))
	case rep:
		inner := larkExpr(e.of, false)
		if e.low == 0 && e.high == 1 {
			return inner + "?"
		}
		return fmt.Sprintf("%s~%d..%d", inner, e.low, e.high)
	}
	panic("export: bug: an expression of no kind")
}

// quote writes a literal; the words of the language need few escapes.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
