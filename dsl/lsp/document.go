package lsp

import (
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"dryad/dsl"
	"dryad/vocab"
)

// document is an open policy. It is never changed: an edit makes a new one.
type document struct {
	text    string
	version int32
	lines   []string
	file    *dsl.File
	faults  dsl.Diagnostics
	game    *vocab.Vocabulary // nil when there is no such game
	uses    []use             // sorted by place
}

func (s *server) open(at uri.URI, text string, version int32) *document {
	d := &document{text: text, version: version, lines: strings.Split(text, "\n")}
	for i, line := range d.lines {
		d.lines[i] = strings.TrimSuffix(line, "\r")
	}
	base, place := path.Base(string(at)), ""
	if at.IsFile() {
		place = at.FsPath()
	}
	d.file, d.faults = dsl.Parse(base, text)
	name := d.file.Policy.Game
	if name == "" {
		name = s.params.Default
	}
	if judge := s.params.Games(name, place); judge != nil {
		d.game = judge.Vocabulary()
		d.file, d.faults = judge.Source(base, text)
	} else if d.file.Policy.Game != "" {
		near, _ := dsl.Nearest(name, s.params.Names())
		d.faults = append(d.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "unknown-game", Range: d.file.Policy.GameRange,
			Summary: "there is no game \"" + name + "\"", Legal: near}).Sorted()
	}
	d.uses = usesOf(d.file, d.game)
	return d
}

// line returns the text of a line, counted from 1; "" beyond the end.
func (d *document) line(number int) string {
	if number < 1 || number > len(d.lines) {
		return ""
	}
	return d.lines[number-1]
}

// toLSP returns the protocol's place: lines and UTF-16 units from 0.
func (d *document) toLSP(p dsl.Position) protocol.Position {
	if p.Line < 1 {
		return protocol.Position{}
	}
	if p.Line > len(d.lines) {
		return protocol.Position{Line: uint32(len(d.lines))}
	}
	text := d.line(p.Line)
	text = text[:max(0, min(p.Column-1, len(text)))]
	units := 0
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		units += int(unitsOf(r))
		text = text[size:]
	}
	return protocol.Position{Line: uint32(p.Line - 1), Character: uint32(units)}
}

// unitsOf returns how many UTF-16 units a character takes.
func unitsOf(r rune) uint32 { return uint32(max(1, utf16.RuneLen(r))) }

// fromLSP returns the place of the language: lines and bytes from 1.
func (d *document) fromLSP(p protocol.Position) dsl.Position {
	line := int(min(p.Line, 1<<30)) + 1
	text := d.line(line)
	at, units := 0, int(min(p.Character, 1<<30))
	for at < len(text) && units > 0 {
		r, size := utf8.DecodeRuneInString(text[at:])
		units -= int(unitsOf(r))
		at += size
	}
	return dsl.Position{Line: line, Column: at + 1}
}

func (d *document) rangeLSP(r dsl.Range) protocol.Range {
	return protocol.Range{Start: d.toLSP(r.Start), End: d.toLSP(r.End)}
}

// whole is the range of all the text.
func (d *document) whole() protocol.Range {
	last := len(d.lines)
	return protocol.Range{End: d.toLSP(dsl.Position{Line: last, Column: len(d.line(last)) + 1})}
}
