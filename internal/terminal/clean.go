package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns a text as one line: white space of any kind becomes a single
// blank, and what a terminal would obey is taken out. It is the text itself
// where nothing is wrong with it.
func Clean(text string) string {
	if plain(text, false) {
		return text
	}
	return strings.Join(strings.Fields(Text(text)), " ")
}

// Text returns a text of several lines without what a terminal would obey;
// line feeds and tabs stay. Escape sequences are taken out as a whole; other
// control characters and characters that change the direction or hide are
// taken out one by one, and bytes that are no UTF-8 become U+FFFD.
func Text(text string) string {
	if plain(text, true) {
		return text
	}
	var kept strings.Builder
	for i := 0; i < len(text); {
		if n := escape(text[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r == '\r':
			// It ends a line with a line feed, and overwrites one without.
			if i == len(text) || text[i] != '\n' {
				kept.WriteByte('\n')
			}
		case r == '\n' || r == '\t' || Shown(r):
			kept.WriteRune(r)
		}
	}
	return kept.String()
}

// Clip is Clean of a text that is cut to at most limit bytes, with "..." where
// it was longer.
func Clip(text string, limit int) string {
	text = Clean(text)
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return strings.TrimSpace(text[:limit]) + "..."
}

// plain reports whether there is nothing to take out of a text, which may have
// lines or not.
func plain(text string, lines bool) bool {
	blank := true // a blank at an end, or after another, is for Clean to take out
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf:
			return plainRunes(text, lines)
		case lines && (c == '\n' || c == '\t'):
		case c < ' ' || c == 0x7f:
			return false
		case c == ' ' && blank && !lines:
			return false
		}
		blank = c == ' '
	}
	return lines || text == "" || !blank
}

func plainRunes(text string, lines bool) bool {
	if !utf8.ValidString(text) {
		return false
	}
	blank := true
	for _, r := range text {
		switch {
		case lines && (r == '\n' || r == '\t'):
			continue
		case !Shown(r) || !lines && unicode.IsSpace(r) && (r != ' ' || blank):
			return false
		}
		blank = r == ' '
	}
	return lines || !blank
}

// Shown reports whether a terminal shows a character: a letter, a sign, a kind
// of blank, and nothing that it would obey or that hides or turns others.
func Shown(r rune) bool {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0: // C0, DEL and C1
		return false
	case r == 0x200d: // joins emoji and letters of some scripts
		return true
	case r == 0x2028 || r == 0x2029: // ends of lines
		return false
	}
	// Cf holds the marks that turn the direction, hide, or tag.
	return !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Cs, r)
}

// escape returns the length of the escape sequence that a text begins with; 0
// if there is none.
func escape(text string) int {
	kind, from := byte(0), 0
	switch {
	case len(text) >= 2 && text[0] == 0x1b:
		kind, from = text[1], 2
	case len(text) >= 2 && text[0] == 0xc2 && text[1] >= 0x80 && text[1] < 0xa0: // C1 in UTF-8
		kind, from = text[1]-0x40, 2
	default:
		return 0
	}
	switch kind {
	case '[': // CSI: parameters, intermediates, one final byte
		for i := from; i < len(text); i++ {
			if c := text[i]; c >= 0x40 && c <= 0x7e {
				return i + 1
			} else if c < 0x20 || c > 0x3f {
				return i // broken off
			}
		}
		return len(text)
	case ']', 'P', 'X', '^', '_': // strings up to BEL or ST
		for i := from; i < len(text); i++ {
			switch {
			case text[i] == 0x07:
				return i + 1
			case text[i] == 0x1b && i+1 < len(text) && text[i+1] == '\\':
				return i + 2
			case text[i] == 0xc2 && i+1 < len(text) && text[i+1] == 0x9c:
				return i + 2
			case text[i] == '\n':
				return i // it was never ended: the lines below are not part of it
			}
		}
		return len(text)
	}
	if text[0] != 0x1b {
		return from
	}
	for i := 1; i < len(text); i++ { // intermediates and one final byte
		if c := text[i]; c >= 0x30 && c <= 0x7e {
			return i + 1
		} else if c < 0x20 || c > 0x2f {
			return i
		}
	}
	return len(text)
}
