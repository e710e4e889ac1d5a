package paint

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// rightToLeft reports whether a text has letters that are written from right to
// left.
func rightToLeft(text string) bool {
	for _, r := range text {
		if r >= 0x590 && r < 0x800 || r >= 0xfb1d && r < 0xfe00 || r >= 0xfe70 && r < 0xff00 {
			return true
		}
	}
	return false
}

// visual puts a line into the order in which it is seen, from left to right, by
// Unicode's bidirectional algorithm, with the letters of Arabic joined.
func visual(text string) string {
	if !rightToLeft(text) {
		return text
	}
	var p bidi.Paragraph
	if _, err := p.SetString(joined(text), bidi.DefaultDirection(bidi.LeftToRight)); err != nil {
		return text
	}
	order, err := p.Order()
	if err != nil {
		return text
	}
	// Runs come in the order of reading. Between two of Latin letters those from
	// right to left, and numbers among them, stand in the opposite order.
	var seen, behind string
	for i := range order.NumRuns() {
		run := order.Run(i)
		part := run.String()
		switch {
		case run.Direction() == bidi.RightToLeft:
			behind = bidi.ReverseString(part) + behind
		case behind != "" && !strings.ContainsFunc(part, unicode.IsLetter):
			behind = part + behind
		default:
			seen, behind = seen+behind+part, ""
		}
	}
	return seen + behind
}

// form is how an Arabic letter joins: the code point of its isolated form, which
// the final one follows, and where a letter joins what comes after it, then the
// initial and the medial one.
type form struct {
	first rune
	forms int
}

// arabic are the forms of the letters from U+0621 on, which stand in the same
// order from U+FE80 on (Unicode, Arabic Presentation Forms-B).
var arabic = func() map[rune]form {
	of := map[rune]form{}
	first := rune(0xfe80)
	for i, n := range "12222424244444222244444444" {
		of[0x621+rune(i)] = form{first, int(n - '0')}
		first += n - '0'
	}
	for i, n := range "4444444224" {
		of[0x641+rune(i)] = form{first, int(n - '0')}
		first += n - '0'
	}
	return of
}()

// lamAlef are the letters that one sign stands for together with a lam before
// them: its isolated form, which the final one follows.
var lamAlef = map[rune]rune{0x622: 0xfef5, 0x623: 0xfef7, 0x625: 0xfef9, 0x627: 0xfefb}

const lam = 0x644

// mark reports whether a letter is a mark on the one before it.
func mark(r rune) bool { return r >= 0x64b && r <= 0x65f || r == 0x670 }

// joined replaces the letters of Arabic by the forms in which they join.
func joined(text string) string {
	letters := []rune(text)
	out := make([]rune, 0, len(letters))
	joins := false // the letter before joins this one
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		if mark(r) {
			out = append(out, r)
			continue
		}
		f, ok := arabic[r]
		if !ok {
			joins = r == 0x640 // the line that lengthens a word
			out = append(out, r)
			continue
		}
		next := i + 1
		for next < len(letters) && mark(letters[next]) {
			next++
		}
		if r == lam && next == i+1 && next < len(letters) && lamAlef[letters[next]] != 0 {
			sign := lamAlef[letters[next]]
			if joins {
				sign++
			}
			out, joins, i = append(out, sign), false, next
			continue
		}
		after := false
		if next < len(letters) {
			n, letter := arabic[letters[next]]
			after = f.forms == 4 && (letter && n.forms > 1 || letters[next] == 0x640)
		}
		shape := f.first
		switch {
		case joins && f.forms > 1 && after:
			shape += 3
		case after:
			shape += 2
		case joins && f.forms > 1:
			shape++
		}
		out, joins = append(out, shape), after
	}
	return string(out)
}
