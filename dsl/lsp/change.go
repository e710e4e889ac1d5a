package lsp

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.lsp.dev/protocol"
)

// change applies what an editor did to a text, one change after another. The
// server asks for whole texts, and takes an editor at its word that sends parts.
func change(text string, changes []protocol.TextDocumentContentChangeEvent) (string, error) {
	for _, c := range changes {
		switch c := c.(type) {
		case *protocol.TextDocumentContentChangeWholeDocument:
			text = c.Text
		case *protocol.TextDocumentContentChangePartial:
			start, end := offset(text, c.Range.Start), offset(text, c.Range.End)
			if end < start {
				return "", fmt.Errorf("a change whose end, line %d, stands before its start, line %d", c.Range.End.Line, c.Range.Start.Line)
			}
			text = text[:start] + c.Text + text[end:]
		default:
			return "", fmt.Errorf("a change of an unknown kind")
		}
	}
	return text, nil
}

// offset returns the byte at which a place of the protocol stands: lines and
// UTF-16 units from 0. A place beyond the end of a line or of the text is there.
func offset(text string, p protocol.Position) int {
	at := 0
	for range p.Line {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
	}
	line, _, _ := strings.Cut(text[at:], "\n")
	line = strings.TrimSuffix(line, "\r")
	for units := p.Character; units > 0 && line != ""; {
		r, size := utf8.DecodeRuneInString(line)
		units -= min(units, unitsOf(r))
		at, line = at+size, line[size:]
	}
	return at
}
