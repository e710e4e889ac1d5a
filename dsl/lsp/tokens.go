package lsp

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"dryad/dsl"
)

// tokenTypes is the legend; the constants are indices into it.
var tokenTypes = []string{"keyword", "function", "variable", "parameter", "property", "enumMember", "number", "comment", "namespace", "label"}

const (
	tokenKeyword = iota
	tokenFunction
	tokenVariable
	tokenParameter
	tokenProperty
	tokenEnumMember
	tokenNumber
	tokenComment
	tokenNamespace
	tokenLabel
)

var tokenOf = [...]int{aTree: tokenFunction, aKey: tokenVariable, aParam: tokenParameter, aTask: tokenFunction, aNet: tokenFunction,
	aChooser: tokenEnumMember, aReading: tokenProperty, aLua: tokenFunction, aGame: tokenNamespace, aLabel: tokenLabel}

// token is a coloured piece of a line.
type token struct {
	at   dsl.Range
	kind int
}

func (s *server) semanticTokens(_ context.Context, p *protocol.SemanticTokensParams) (*protocol.SemanticTokens, error) {
	d := s.document(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	return &protocol.SemanticTokens{Data: d.tokens()}, nil
}

// tokens encodes the pieces as the protocol does: five numbers each, relative
// to the piece before.
func (d *document) tokens() []uint32 {
	var all []token
	for _, u := range d.uses {
		all = append(all, token{u.at, tokenOf[u.what]})
	}
	for i := range d.lines {
		all = append(all, d.plain(i+1)...)
	}
	slices.SortStableFunc(all, func(a, b token) int {
		return cmp.Or(cmp.Compare(a.at.Start.Line, b.at.Start.Line), cmp.Compare(a.at.Start.Column, b.at.Start.Column))
	})
	data := []uint32{}
	var last protocol.Position
	var end dsl.Position
	for _, t := range all {
		if t.at.Start.Before(end) || t.at.Start.Line != t.at.End.Line {
			continue // pieces must not overlap
		}
		r := d.rangeLSP(t.at)
		column := r.Start.Character
		if r.Start.Line == last.Line {
			column -= last.Character
		}
		data = append(data, r.Start.Line-last.Line, column, r.End.Character-r.Start.Character, uint32(t.kind), 0)
		last, end = r.Start, t.at.End
	}
	return data
}

// plain returns the keyword, the numbers and the comment of a line.
func (d *document) plain(number int) []token {
	line := d.line(number)
	piece := func(start, end, kind int) token {
		return token{dsl.Range{Start: dsl.Position{Line: number, Column: start + 1}, End: dsl.Position{Line: number, Column: end + 1}}, kind}
	}
	var out []token
	code := len(line)
	for i := range line {
		if line[i] == '#' || strings.HasPrefix(line[i:], "//") {
			code = i
			out = append(out, piece(i, len(line), tokenComment))
			break
		}
	}
	first := true
	for i := 0; i < code; {
		if !wordByte(line[i]) {
			i++
			continue
		}
		start := i
		for i < code && wordByte(line[i]) {
			i++
		}
		word := line[start:i]
		switch _, known := keywords[word]; {
		case word[0] >= '0' && word[0] <= '9':
			out = append(out, piece(start, i, tokenNumber))
		case first && known, known && inner[word]:
			out = append(out, piece(start, i, tokenKeyword))
		}
		first = false
	}
	return out
}

// inner are the words of the language that do not only begin a line.
var inner = map[string]bool{"for": true, "in": true, "first": true, "margin": true, "no": true, "not": true, "and": true, "or": true,
	"true": true, "false": true, "by": true, "net": true, "scheduler": true, "selector": true, "sequence": true}

// keywords are all words of the language.
var keywords = func() map[string]bool {
	all := map[string]bool{"policy": true, "key": true, "tree": true, "memory": true, "input": true, "hidden": true, "output": true}
	for w := range inner {
		all[w] = true
	}
	for _, k := range dsl.Kinds() {
		if k != dsl.ParallelFirst {
			all[k.String()] = true
		}
	}
	return all
}()
