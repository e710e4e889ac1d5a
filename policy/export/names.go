package export

import "strings"

// namer gives names that differ from each other and from words that mean
// something else; it appends underscores to those that do not.
type namer struct{ used map[string]bool }

// newNamer makes a namer that avoids the given words.
func newNamer(avoid map[string]bool, more ...string) *namer {
	n := &namer{used: map[string]bool{}}
	for word := range avoid {
		n.used[word] = true
	}
	for _, word := range more {
		n.used[word] = true
	}
	return n
}

// name returns the wanted name, changed as far as it must be.
func (n *namer) name(want string) string {
	for n.used[want] {
		want += "_"
	}
	n.used[want] = true
	return want
}

// camel turns a name with underscores into one of Go that is exported.
func camel(name string) string {
	var b strings.Builder
	for _, part := range strings.Split(name, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	if s := b.String(); s != "" && s[0] >= 'A' && s[0] <= 'Z' {
		return s
	}
	return "X" + b.String()
}

// comment makes a text safe to stand in a comment of one line.
func comment(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	text = strings.ReplaceAll(strings.ReplaceAll(text, "*/", "* /"), "/*", "/ *")
	return strings.TrimRight(strings.ReplaceAll(text, "??/", "? ?/"), " \\")
}

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

// keywords returns the words that a name of the language must not be.
func keywords(to Language) map[string]bool {
	if to == Go {
		return goWords
	}
	return cWords
}

// cWords are the keywords of C and C++, and what the included headers and widely
// used compilers define as macros.
var cWords = words(`auto break case char const continue default do double else enum extern float for goto if inline int
	long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
	alignas alignof bool constexpr false nullptr static_assert thread_local true typeof typeof_unqual
	and and_eq asm atomic_cancel atomic_commit atomic_noexcept bitand bitor catch char8_t char16_t char32_t class
	compl concept consteval constinit const_cast co_await co_return co_yield decltype delete dynamic_cast explicit
	export friend mutable namespace new noexcept not not_eq operator or or_eq private protected public reflexpr
	reinterpret_cast requires static_cast synchronized template this throw try typeid typename using virtual wchar_t
	xor xor_eq fortran near far interface small min max unix linux i386 errno assert NULL offsetof main
	IN OUT TRUE FALSE ERROR DELETE VOID CONST OPTIONAL BOOL`)

// goWords are the keywords of Go, its predeclared names that matter here, and
// the package's imports.
var goWords = words(`break case chan const continue default defer else fallthrough for func go goto if import interface
	map package range return select struct switch type var main init math`)
