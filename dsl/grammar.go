package dsl

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// line is the grammar of one line of code. Its first token tells the
// alternatives apart, so the parser never backs up.
type line struct {
	Condition *conditionLine `parser:"( @@"`
	Action    *actionLine    `parser:"| @@"`
	Block     *blockLine     `parser:"| @@"`
	Set       *setLine       `parser:"| @@"`
	Wait      *waitLine      `parser:"| @@"`
	Weight    *weightLine    `parser:"| @@"`
	Score     *scoreLine     `parser:"| @@"`
	Tree      *treeLine      `parser:"| @@"`
	Key       *keyLine       `parser:"| @@"`
	Policy    *policyLine    `parser:"| @@ )"`
}

type conditionLine struct {
	Text lexer.Token `parser:"Condition ':' @Text"`
}

type actionLine struct {
	Keyword lexer.Token    `parser:"@Action ':'"`
	Word    lexer.Token    `parser:"@Word"`
	Args    []*argumentOne `parser:"@@*"`
}

// argumentOne is an argument; a word before "=" is the name of the next value.
type argumentOne struct {
	Word  *lexer.Token `parser:"( @Word"`
	Value *valueOne    `parser:"  ( '=' @@ )?"`
	Plain *valueOne    `parser:"| @@ )"`
}

type valueOne struct {
	Word   *lexer.Token `parser:"( @Word"`
	Number *lexer.Token `parser:"| @Number"`
	Text   *lexer.Token `parser:"| @Text )"`
}

type blockLine struct {
	Memory  *lexer.Token `parser:"@Memory?"`
	Keyword lexer.Token  `parser:"@Block"`
	First   *lexer.Token `parser:"@First?"`
	Margin  *lexer.Token `parser:"( Margin @Number"`
	Amount  *lexer.Token `parser:"| @Number )?"`
	Name    *lexer.Token `parser:"@Word? ':'"`
}

type setLine struct {
	Key  lexer.Token `parser:"Set ':' @Word '='"`
	Text lexer.Token `parser:"@Text"`
}

type waitLine struct {
	Amount lexer.Token `parser:"Wait ':' @Number"`
}

type weightLine struct {
	Amount lexer.Token `parser:"Weight @Number ':'"`
}

type scoreLine struct {
	Text lexer.Token `parser:"Score @Text ':'"`
}

type treeLine struct {
	Name   lexer.Token      `parser:"Tree @Word"`
	Params []*parameterLine `parser:"( '(' ( @@ ( ',' @@ )* )? ')' )? ':'"`
}

type parameterLine struct {
	Name    lexer.Token `parser:"@Word ':'"`
	Type    lexer.Token `parser:"@Word"`
	Default *valueOne   `parser:"( '=' @@ )?"`
}

type keyLine struct {
	Name    lexer.Token  `parser:"Key @Word ':'"`
	Type    lexer.Token  `parser:"@Word"`
	Values  []string     `parser:"( '(' @Word ( ',' @Word )* ')' )?"`
	Default *valueOne    `parser:"( '=' @@ )?"`
	Scope   *lexer.Token `parser:"( 'in' @Word )?"`
}

type policyLine struct {
	Name lexer.Token `parser:"Policy @Word 'for'"`
	Game lexer.Token `parser:"@Word"`
}

// grammar returns the parser, built once; it holds no state between lines.
var grammar = sync.OnceValue(func() *participle.Parser[line] {
	return participle.MustBuild[line](participle.Lexer(definition{}))
})
