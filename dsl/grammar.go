package dsl

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// line is the grammar of one line of code. Its first token tells the
// alternatives apart, so [readLine] parses the right one at once.
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
	Unit      *unitLine      `parser:"| @@"`
	Policy    *policyLine    `parser:"| @@ )"`
}

type conditionLine struct {
	Text lexer.Token `parser:"Condition ':' @Text"`
}

// actionLine is a leaf that refers to something; the pieces of its arguments
// are WORD, NUMBER, TEXT or WORD = VALUE, told apart by [argumentsOf].
type actionLine struct {
	Tokens []lexer.Token // all of the line
	Form   struct{}      `parser:"Action ':' Word Piece*"`
}

// valueOne is a default.
type valueOne struct {
	Word   *lexer.Token `parser:"( @Word"`
	Number *lexer.Token `parser:"| @Number )"`
}

// blockLine is a composite or decorator; [blockOf] reads its tokens.
type blockLine struct {
	Tokens []lexer.Token // all of the line
	Form   struct{}      `parser:"Memory? Block First? ( Margin? Number )? Word? ':'"`
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
	Name lexer.Token  `parser:"Policy @Word 'for'"`
	Game lexer.Token  `parser:"@Word"`
	By   *lexer.Token `parser:"( 'by' @'scheduler' )?"`
}

// unitLine is a line of a scheduler's network; [unitOf] reads its text.
type unitLine struct {
	Role lexer.Token `parser:"@Unit ':'"`
	Text lexer.Token `parser:"@Text"`
}

// productions are the parsers of the alternatives; all share one grammar.
type productions struct {
	condition *participle.Parser[conditionLine]
	action    *participle.Parser[actionLine]
	block     *participle.Parser[blockLine]
	set       *participle.Parser[setLine]
	wait      *participle.Parser[waitLine]
	weight    *participle.Parser[weightLine]
	score     *participle.Parser[scoreLine]
	tree      *participle.Parser[treeLine]
	key       *participle.Parser[keyLine]
	policy    *participle.Parser[policyLine]
	unit      *participle.Parser[unitLine]
}

// grammar returns the parsers, built once; they hold no state between lines.
var grammar = sync.OnceValue(func() *productions {
	whole := participle.MustBuild[line](participle.Lexer(definition{}))
	return &productions{
		condition: production[conditionLine](whole),
		action:    production[actionLine](whole),
		block:     production[blockLine](whole),
		set:       production[setLine](whole),
		wait:      production[waitLine](whole),
		weight:    production[weightLine](whole),
		score:     production[scoreLine](whole),
		tree:      production[treeLine](whole),
		key:       production[keyLine](whole),
		policy:    production[policyLine](whole),
		unit:      production[unitLine](whole),
	}
})

func production[P any](whole *participle.Parser[line]) *participle.Parser[P] {
	parser, err := participle.ParserForProduction[P](whole)
	if err != nil {
		panic("dsl: bug in the grammar: " + err.Error())
	}
	return parser
}
