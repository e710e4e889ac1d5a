package dsl

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dryad/internal/terminal"
)

// RenderParams says how diagnostics are written for people.
type RenderParams struct {
	// Path is written before the line number; may be empty.
	Path string
	// Source is the text that the diagnostics belong to; without it no source
	// lines are shown.
	Source string
	// Width is the number of columns that a source line may take; 0 for 122. What does
	// not fit is cut, on both sides of the fault.
	Width int
	// Colour adds terminal colours.
	Colour bool
	// Game is the game whose words "dryad games show" lists, where not all that
	// would be legal is shown; may be empty.
	Game string
	// All shows all that would be legal, as a model needs it.
	All bool
}

// Render writes diagnostics with the source line, a caret below the fault,
// what would be legal and what would mend it.
func Render(ds Diagnostics, params RenderParams) string {
	paint := func(code, text string) string {
		if !params.Colour {
			return text
		}
		return "\x1b[" + code + "m" + text + "\x1b[0m"
	}
	colours := [...]string{Error: "1;31", Warning: "1;33", Hint: "1;36"}
	lines := strings.Split(params.Source, "\n")
	var b strings.Builder
	for _, d := range ds {
		if params.Path != "" {
			fmt.Fprintf(&b, "%s:", terminal.Clean(params.Path))
		}
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", d.Range.Start, paint(colours[d.Severity], d.Severity.String()), terminal.Clean(d.Summary), d.Code)
		if line := d.Range.Start.Line; params.Source != "" && line >= 1 && line <= len(lines) {
			text, column, width := excerpt(strings.TrimRight(lines[line-1], "\r"), d.Range, params.widest())
			fmt.Fprintf(&b, "  %s\n  %s%s\n", text, strings.Repeat(" ", column), paint(colours[d.Severity], strings.Repeat("^", width)))
		}
		if len(d.Legal) > 0 {
			fmt.Fprintf(&b, "  legal here: %s\n", terminal.Clean(params.legal(d.Legal)))
		}
		for _, fix := range d.Fixes {
			fmt.Fprintf(&b, "  fix: %s\n", terminal.Clean(fix.Title))
		}
	}
	return b.String()
}

// legal lists what would be legal, for a person the likeliest.
func (p RenderParams) legal(words []string) string {
	if p.All || len(words) <= maxShown {
		return strings.Join(words, ", ")
	}
	text := fmt.Sprintf("%s and %d more", strings.Join(words[:maxShown], ", "), len(words)-maxShown)
	if p.Game != "" {
		text += ": dryad games show " + p.Game
	}
	return text
}

// widest is the number of characters of a source line that are shown.
func (p RenderParams) widest() int {
	const most, least, indent = 120, 20, 2
	if p.Width <= 0 {
		return most
	}
	return min(max(p.Width-indent, least), most)
}

// excerpt returns what to show of a line, and where in it, in characters, the
// caret stands and how wide it is.
func excerpt(text string, r Range, widest int) (shown string, column, width int) {
	start := min(max(r.Start.Column-1, 0), len(text))
	end := len(text)
	if r.End.Line == r.Start.Line {
		end = min(max(r.End.Column-1, start), len(text))
	}
	from := 0
	if start > widest*2/3 {
		from = start - widest/3
		for from > 0 && !utf8.RuneStart(text[from]) {
			from--
		}
	}
	clean := func(s string) string {
		return strings.Map(func(r rune) rune {
			if !terminal.Shown(r) {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(s, "?"))
	}
	before, marked, after := clean(text[from:start]), clean(text[start:end]), clean(text[end:])
	shown = before + marked + after
	if runes := []rune(shown); len(runes) > widest {
		shown = string(runes[:widest])
	}
	column = utf8.RuneCountInString(before)
	width = min(max(1, utf8.RuneCountInString(marked)), max(1, widest-column))
	return shown, column, width
}
