package dsl

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// The token types of one line. The first word of a line has a type of its own
// so that the grammar knows with one look what the line is.
const (
	tokenWord lexer.TokenType = iota + 1
	tokenNumber
	tokenText // an expression
	tokenPunct

	tokenPolicy
	tokenKey
	tokenTree   // "tree" of a header
	tokenMemory // "memory"
	tokenBlock  // a composite's or decorator's keyword
	tokenFirst  // "first" after "parallel"
	tokenMargin // "margin" after "utility"
	tokenWeight
	tokenScore
	tokenCondition
	tokenAction // task, net, lua, "tree" of a call
	tokenSet
	tokenWait
	tokenUnit  // input, hidden, output: a line of a scheduler's network
	tokenPiece // of a leaf's arguments: a word, a number, an expression in parentheses, "="
)

var symbols = map[string]lexer.TokenType{
	"EOF": lexer.EOF, "Word": tokenWord, "Number": tokenNumber, "Text": tokenText, "Punct": tokenPunct,
	"Policy": tokenPolicy, "Key": tokenKey, "Tree": tokenTree, "Memory": tokenMemory, "Block": tokenBlock,
	"First": tokenFirst, "Margin": tokenMargin, "Weight": tokenWeight, "Score": tokenScore,
	"Condition": tokenCondition, "Action": tokenAction, "Set": tokenSet, "Wait": tokenWait, "Unit": tokenUnit, "Piece": tokenPiece,
}

// firstWords gives the type of a line's first word.
var firstWords = map[string]lexer.TokenType{
	"policy": tokenPolicy, "key": tokenKey, "tree": tokenTree, "memory": tokenMemory,
	"selector": tokenBlock, "sequence": tokenBlock, "parallel": tokenBlock, "random": tokenBlock, "utility": tokenBlock,
	"not": tokenBlock, "retry": tokenBlock, "repeat": tokenBlock, "timeout": tokenBlock, "cooldown": tokenBlock,
	"succeed": tokenBlock, "fail": tokenBlock, "once": tokenBlock,
	"weight": tokenWeight, "score": tokenScore, "condition": tokenCondition,
	"task": tokenAction, "net": tokenAction, "lua": tokenAction, "set": tokenSet, "wait": tokenWait,
	"input": tokenUnit, "hidden": tokenUnit, "output": tokenUnit,
}

// definition is the lexer that participle is given: it reads one line of
// code, without indentation and comment.
type definition struct{}

var (
	_ lexer.Definition       = definition{}
	_ lexer.StringDefinition = definition{}
)

func (definition) Symbols() map[string]lexer.TokenType { return symbols }

func (d definition) Lex(name string, r io.Reader) (lexer.Lexer, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxLine+1))
	if err != nil {
		return nil, err
	}
	return d.LexString(name, string(text))
}

func (definition) LexString(_ string, line string) (lexer.Lexer, error) {
	return &lineLexer{text: line}, nil
}

// lineLexer walks over the tokens of a line.
type lineLexer struct {
	text  string
	at    int
	count int             // tokens given so far
	head  lexer.TokenType // type of the first one
	block string          // keyword of a block line
}

func (l *lineLexer) token(kind lexer.TokenType, start, end int) (lexer.Token, error) {
	l.at = end
	l.count++
	// One type for all that can follow spares the parser an alternative each.
	if l.head == tokenAction && l.count > 3 && (kind != tokenPunct || l.text[start] == '=') {
		kind = tokenPiece
	}
	return lexer.Token{Type: kind, Value: l.text[start:end], Pos: lexer.Position{Offset: start, Line: 1, Column: start + 1}}, nil
}

// Next returns the next token. It fails only on a byte that begins none.
func (l *lineLexer) Next() (lexer.Token, error) {
	for l.at < len(l.text) && blank(l.text[l.at]) {
		l.at++
	}
	start := l.at
	if start == len(l.text) {
		return lexer.EOFToken(lexer.Position{Offset: start, Line: 1, Column: start + 1}), nil
	}
	if end, ok := l.expression(start); ok {
		return l.token(tokenText, start, end)
	}
	c := l.text[start]
	switch {
	case letter(c):
		end := start
		for end < len(l.text) && (letter(l.text[end]) || digit(l.text[end])) {
			end++
		}
		return l.token(l.wordType(start, end), start, end)
	case c == ':' || c == '=' || c == ',' || c == ')' || c == '(':
		return l.token(tokenPunct, start, start+1)
	}
	if n := numberLength(l.text[start:]); n > 0 {
		return l.token(tokenNumber, start, l.unitEnd(start+n))
	}
	return lexer.Token{}, &badByte{offset: start, text: l.text}
}

// expression reports whether an expression begins here, and where it ends.
func (l *lineLexer) expression(start int) (end int, ok bool) {
	switch l.head {
	case tokenCondition, tokenUnit:
		return len(l.text), l.count == 2
	case tokenSet:
		return len(l.text), l.count == 4
	case tokenScore:
		// The last colon ends the line; others belong to "a ? b : c".
		if colon := strings.LastIndexByte(l.text, ':'); colon > start && l.count == 1 {
			return len(strings.TrimRight(l.text[:colon], " \t")), true
		}
	case tokenAction:
		if l.text[start] == '(' && l.count >= 2 {
			return closing(l.text, start)
		}
	}
	return 0, false
}

// wordType returns the type of the word text[start:end].
func (l *lineLexer) wordType(start, end int) lexer.TokenType {
	word := l.text[start:end]
	if l.count == 0 {
		kind, ok := firstWords[word]
		if !ok {
			kind = tokenWord
		}
		if kind == tokenTree && strings.HasPrefix(strings.TrimLeft(l.text[end:], " \t"), ":") {
			kind = tokenAction
		}
		l.head, l.block = kind, word
		return kind
	}
	switch {
	case l.head == tokenMemory && l.count == 1 && firstWords[word] == tokenBlock:
		return tokenBlock
	case l.block == "parallel" && l.count == 1 && word == "first":
		return tokenFirst
	case l.block == "utility" && l.count == 1 && word == "margin" && numberLength(strings.TrimLeft(l.text[end:], " \t")) > 0:
		return tokenMargin
	}
	return tokenWord
}

// unitEnd returns the end of the unit after a number that ends at end, or end.
func (l *lineLexer) unitEnd(end int) int {
	i := end
	for i < len(l.text) && (letter(l.text[i]) || digit(l.text[i])) {
		i++
	}
	if i > end || l.block == "retry" || l.block == "repeat" {
		return i // "5s", and "5x", which is told apart later; "retry 3 turns" has a name
	}
	for i < len(l.text) && blank(l.text[i]) {
		i++
	}
	for _, unit := range []string{"turns", "turn", "ticks", "tick"} {
		if rest, ok := strings.CutPrefix(l.text[i:], unit); ok && i > end &&
			(rest == "" || !letter(rest[0]) && !digit(rest[0])) {
			return i + len(unit)
		}
	}
	return end
}

// closing returns the end of the bracket that opens at start.
func closing(text string, start int) (end int, ok bool) {
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1, true
			}
		case '"', '\'':
			if quote := strings.IndexByte(text[i+1:], text[i]); quote >= 0 {
				i += quote + 1
			}
		}
	}
	return 0, false
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// badByte is the error of a byte that begins no token.
type badByte struct {
	offset int
	text   string
}

func (b *badByte) Error() string {
	for _, r := range b.text[b.offset:] {
		return fmt.Sprintf("the character %q means nothing here", r)
	}
	return "the line ends too early"
}
