package terminal_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dryad/internal/terminal"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "",
		"plain":                 "plain",
		" a  b ":                "a b",
		"a\nb\tc\r\nd":          "a b c d",
		"\x1b[31mred\x1b[0m":    "red",
		"\x1b]0;title\x07after": "after",
		"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\": "link",
		"\x1bP1$r\x1b\\x":                          "x",
		"\x1b(Bx":                                  "x",
		"\x1bcx":                                   "x",
		"\x1b":                                     "",
		"\x1b[":                                    "",
		"a\x1b[2Kb":                                "ab",
		"\u009b31mred":                             "red",
		"a\u202eb\u2066c":                          "abc",
		"a\u200bb\ufeffc\u00add":                   "abcd",
		"a\u2028b":                                 "ab",
		"\x00\x07\x08\x7f":                         "",
		"\xff\xfe":                                 "\ufffd\ufffd",
		"über 你好 👩\u200d🚀":                         "über 你好 👩\u200d🚀",
		"a\u00a0b":                                 "a b",
		"\x1b]0;never ended\nnext":                 "next",
	} {
		if got := terminal.Clean(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	if got := terminal.Text("a\r\nb\rc\n\td\x1b[1m"); got != "a\nb\nc\n\td" {
		t.Errorf("%q", got)
	}
	if got := terminal.Clip("äöüäöü", 5); got != "äö..." {
		t.Errorf("%q", got)
	}
}

// FuzzClean: nothing that a terminal obeys is left, and cleaning again changes
// nothing.
func FuzzClean(f *testing.F) {
	for _, seed := range []string{"a\x1b[31mb", "\x1b]0;x\x07", "\u202e\xff", "a\r\nb", "\x1b\x1b[[mm", "\u009bm\u009c", "a\u0300 b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line, lines := terminal.Clean(text), terminal.Text(text)
		if terminal.Clean(line) != line || terminal.Text(lines) != lines {
			t.Fatalf("%q becomes %q, and %q", text, line, lines)
		}
		if !utf8.ValidString(line) || !utf8.ValidString(lines) || strings.ContainsAny(line, "\n\t\r") {
			t.Fatalf("%q becomes %q", text, line)
		}
		for _, r := range line + lines {
			if r != '\n' && r != '\t' && (unicode.Is(unicode.Cc, r) || r != 0x200d && unicode.Is(unicode.Cf, r)) {
				t.Fatalf("%q keeps %U", text, r)
			}
		}
		if len(terminal.Clip(text, 20)) > 23 {
			t.Fatalf("%q is not cut", text)
		}
	})
}
