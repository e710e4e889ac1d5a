package dsl

import (
	"strings"
	"testing"
)

// FuzzLexer: tokens follow one another without overlapping, and hold all of
// the line except blanks.
func FuzzLexer(f *testing.F) {
	for _, s := range []string{"task: move_to a=1 (b + 1) -2.5s", "utility margin 0.1 x:", "score a ? b : c:", "retry 3 turns:", "set: a = b", "tree x(a: b = 3 turns):", "condition: '#' == \"//\"", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		l := &lineLexer{text: line}
		at := 0
		for range len(line) + 2 {
			token, err := l.Next()
			if err != nil {
				if err.Error() == "" {
					t.Fatal("an error without words")
				}
				return
			}
			if token.EOF() {
				if strings.Trim(line[at:], " \t") != "" {
					t.Fatalf("%q ends before %q", line, line[at:])
				}
				return
			}
			start := token.Pos.Offset
			if start < at || token.Value == "" || strings.Trim(line[at:start], " \t") != "" || line[start:start+len(token.Value)] != token.Value {
				t.Fatalf("%q: token %q at %d after %d", line, token.Value, start, at)
			}
			at = start + len(token.Value)
		}
		t.Fatalf("%q has no end", line)
	})
}
