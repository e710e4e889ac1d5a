package dsl

import (
	"sync"

	"github.com/alecthomas/participle/v2/lexer"
)

// forms are the sequences of tokens that the grammar has accepted. Whether it
// accepts the line of a leaf or of a composite depends on the types of its
// tokens and on its punctuation alone, and it makes nothing of them but their
// list; so a line of a known form need not be parsed. There are few: a form has
// at most longestForm tokens.
var forms struct {
	mu       sync.RWMutex
	accepted map[form]bool
}

const longestForm = 16

// form is a sequence of tokens: their types, and the characters of punctuation.
// The zero form is none.
type form [longestForm]byte

// tokensOf returns the tokens of a line, which lie in room, and its form; none
// when a byte means nothing, or when there are too many tokens.
func tokensOf(code string, room *[longestForm]lexer.Token) (tokens []lexer.Token, f form) {
	l := lineLexer{text: code}
	for i := range room {
		t, err := l.Next()
		switch {
		case err != nil:
			return nil, form{}
		case t.EOF():
			return room[:i], f
		}
		room[i], f[i] = t, byte(t.Type)
		if t.Type == tokenPunct {
			f[i] = 0x80 | t.Value[0]
		}
	}
	return nil, form{}
}

// known reports whether the grammar has accepted a form.
func known(f form) bool {
	forms.mu.RLock()
	defer forms.mu.RUnlock()
	return forms.accepted[f]
}

// accept notes that the grammar accepts a form.
func accept(f form) {
	if f == (form{}) {
		return
	}
	forms.mu.Lock()
	defer forms.mu.Unlock()
	if forms.accepted == nil {
		forms.accepted = map[form]bool{}
	}
	forms.accepted[f] = true
}
