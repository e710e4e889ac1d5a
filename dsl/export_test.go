package dsl

import (
	"slices"

	"github.com/alecthomas/participle/v2/lexer"
)

// FormAgrees reports whether a line whose form the grammar has accepted is read to
// the same tokens by the grammar.
func FormAgrees(code string) bool {
	var room [longestForm]lexer.Token
	tokens, f := tokensOf(code, &room)
	if !known(f) {
		return true
	}
	var want []lexer.Token
	if action, err := grammar().action.ParseString("", code); err == nil {
		want = action.Tokens
	} else if block, err := grammar().block.ParseString("", code); err == nil {
		want = block.Tokens
	}
	return slices.Equal(tokens, want)
}
