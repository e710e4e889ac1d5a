package classic

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// maxGambitFile bounds what is read of a game file.
const maxGambitFile = 64 << 20

// FormatError is a fault of a game file.
type FormatError struct {
	Line    int
	Problem string
}

func (e *FormatError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Problem) }

// Kinds of tokens in Gambit's files.
const (
	gambitEnd    = iota
	gambitText   // a quoted string
	gambitWord   // anything else
	gambitSymbol // { or }
)

type gambitToken struct {
	kind int
	text string
	line int
}

// gambitLexer cuts a file into tokens, one ahead.
type gambitLexer struct {
	in   string
	at   int
	line int
	next gambitToken
}

func newGambitLexer(r io.Reader) (*gambitLexer, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxGambitFile+1))
	if err != nil {
		return nil, fmt.Errorf("read game file: %w", err)
	}
	if len(data) > maxGambitFile {
		return nil, fmt.Errorf("read game file: it is longer than %d bytes", maxGambitFile)
	}
	l := &gambitLexer{in: string(data), line: 1}
	if err := l.advance(); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *gambitLexer) fault(format string, args ...any) error {
	return &FormatError{Line: l.next.line, Problem: fmt.Sprintf(format, args...)}
}

// advance reads the next token. Commas are spaces.
func (l *gambitLexer) advance() error {
	for l.at < len(l.in) && strings.IndexByte(" \t\r\n,", l.in[l.at]) >= 0 {
		if l.in[l.at] == '\n' {
			l.line++
		}
		l.at++
	}
	l.next = gambitToken{kind: gambitEnd, line: l.line}
	if l.at == len(l.in) {
		return nil
	}
	switch c := l.in[l.at]; c {
	case '{', '}':
		l.next.kind, l.next.text = gambitSymbol, string(c)
		l.at++
	case '"':
		var b strings.Builder
		l.at++
		for {
			if l.at == len(l.in) {
				return l.fault("a text has no end")
			}
			c := l.in[l.at]
			l.at++
			if c == '"' {
				break
			}
			if c == '\\' && l.at < len(l.in) && (l.in[l.at] == '"' || l.in[l.at] == '\\') {
				c = l.in[l.at]
				l.at++
			}
			if c == '\n' {
				l.line++
			}
			b.WriteByte(c)
		}
		l.next.kind, l.next.text = gambitText, b.String()
	default:
		end := l.at
		for end < len(l.in) && strings.IndexByte(" \t\r\n,{}\"", l.in[end]) < 0 {
			end++
		}
		l.next.kind, l.next.text = gambitWord, l.in[l.at:end]
		l.at = end
	}
	return nil
}

// take returns the next token, which must be of a kind.
func (l *gambitLexer) take(kind int, what string) (string, error) {
	if l.next.kind != kind {
		return "", l.fault("%s expected, found %q", what, l.next.text)
	}
	text := l.next.text
	return text, l.advance()
}

func (l *gambitLexer) is(symbol string) bool {
	return l.next.kind == gambitSymbol && l.next.text == symbol
}

func (l *gambitLexer) symbol(symbol string) error {
	if !l.is(symbol) {
		return l.fault("%q expected, found %q", symbol, l.next.text)
	}
	return l.advance()
}

func (l *gambitLexer) text(what string) (string, error) { return l.take(gambitText, what) }

func (l *gambitLexer) whole(what string) (int, error) {
	text, err := l.take(gambitWord, what)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > math.MaxInt32 {
		return 0, l.fault("%s: %q is no number from 0 up", what, text)
	}
	return n, nil
}

// number reads a decimal or a fraction such as 1/3.
func (l *gambitLexer) number(what string) (float64, error) {
	text, err := l.take(gambitWord, what)
	if err != nil {
		return 0, err
	}
	above, below, fraction := strings.Cut(text, "/")
	x, err := strconv.ParseFloat(above, 64)
	if err == nil && fraction {
		var y float64
		y, err = strconv.ParseFloat(below, 64)
		x /= y
	}
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, l.fault("%s: %q is no number", what, text)
	}
	return x, nil
}

// texts reads a list of texts in braces.
func (l *gambitLexer) texts(what string) ([]string, error) {
	if err := l.symbol("{"); err != nil {
		return nil, err
	}
	var all []string
	for !l.is("}") {
		text, err := l.text(what)
		if err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, l.symbol("}")
}

// numbers reads numbers in braces, as many as there are players.
func (l *gambitLexer) numbers(what string, count int) ([]float64, error) {
	if err := l.symbol("{"); err != nil {
		return nil, err
	}
	var all []float64
	for !l.is("}") {
		x, err := l.number(what)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	if len(all) != count {
		return nil, l.fault("%d payoffs for %d players", len(all), count)
	}
	return all, l.symbol("}")
}

// header reads the first words, the title and the players' names.
func (l *gambitLexer) header(magic, version string) (title string, players []string, err error) {
	for _, want := range []string{magic, version} {
		if l.next.kind != gambitWord || l.next.text != want {
			return "", nil, l.fault("%q expected, found %q: this is no %s file", want, l.next.text, strings.ToLower(magic))
		}
		if err := l.advance(); err != nil {
			return "", nil, err
		}
	}
	if l.next.kind != gambitWord || l.next.text != "R" && l.next.text != "D" {
		return "", nil, l.fault("R or D expected, found %q", l.next.text)
	}
	if err := l.advance(); err != nil {
		return "", nil, err
	}
	if title, err = l.text("the title"); err != nil {
		return "", nil, err
	}
	if players, err = l.texts("a player's name"); err != nil {
		return "", nil, err
	}
	if len(players) < 1 || len(players) > 64 {
		return "", nil, l.fault("%d players; 1 to 64 are possible", len(players))
	}
	return title, players, nil
}

// comment skips the text that may follow the header.
func (l *gambitLexer) comment() error {
	if l.next.kind == gambitText {
		return l.advance()
	}
	return nil
}
