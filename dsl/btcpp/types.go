package btcpp

import (
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/vocab"
)

// kind is the type of a name, as far as the scripts tell.
type kind uint8

const (
	unknown kind = iota
	isBool
	isNumber
	isText
	conflicting // a text and something else
)

func (k kind) with(other kind) kind {
	switch {
	case k == unknown || k == other:
		return other
	case other == unknown:
		return k
	case k != isText && other != isText && k != conflicting && other != conflicting:
		return isNumber // a bool is a number in scripts
	}
	return conflicting
}

// variable is a name that scripts read or set.
type variable struct {
	name     string
	assigned bool // a key; otherwise what the game tells
	set      bool // by a script, whose value tells the type
	scope    dsl.Scope
	comment  string
	declared string // its type, where a comment of the document keeps it
	kind     kind
	words    []string // of a text, in the order of their appearance
	initial  *term    // of a key, a constant; nil for the default
}

func (v *variable) word(text string) {
	if !slices.Contains(v.words, text) {
		v.words = append(v.words, text)
	}
}

// pending is an expression whose text is written when all types are known.
type pending struct {
	node *dsl.Node
	at   *source
	term *term
	key  *variable // that is set; nil for a condition
}

// variable returns the entry of a resolved name.
func (r *reader) variable(name string) *variable {
	v := r.variables[name]
	if v == nil {
		v = &variable{name: name}
		r.variables[name] = v
		r.names = append(r.names, name)
		if r.params.Game != nil {
			v.kind, v.words = r.told(name)
		}
	}
	return v
}

// told returns what the game says of a name.
func (r *reader) told(name string) (kind, []string) {
	if _, ok := r.params.Game.Condition(name); ok {
		return isBool, nil
	}
	if i, ok := r.params.Game.Feature(name); ok {
		switch f := &r.params.Game.Features[i]; f.Kind {
		case vocab.Bool:
			return isBool, nil
		case vocab.Enum:
			return isText, slices.Clone(f.Values)
		}
		return isNumber, nil
	}
	return unknown, nil
}

// typeOf returns the type of a term.
func (r *reader) typeOf(t *term) kind {
	switch t.op {
	case "number", "+", "*", "/", "-":
		return isNumber
	case "bool", "!", "chain", "&&", "||":
		return isBool
	case "text":
		return isText
	case "()":
		return r.typeOf(t.args[0])
	case "?":
		return r.typeOf(t.args[1]).with(r.typeOf(t.args[2]))
	}
	return r.variable(t.text).kind
}

// infer finds the types of all names: what is assigned to a key is of its
// type, and what stands beside something in a comparison is of its.
func (r *reader) infer() {
	for range 2 + len(r.names) {
		before := r.kinds()
		for i := range r.pending {
			p := &r.pending[i]
			if p.key != nil {
				p.key.kind = p.key.kind.with(r.typeOf(p.term))
				r.gather(p.key, p.term)
			}
			r.inferTerm(p.term, unknown)
		}
		if before == r.kinds() {
			break
		}
	}
	for i := range r.pending { // what nothing tells: a condition is a bool, the rest numbers
		if p := &r.pending[i]; p.key == nil {
			r.inferTerm(p.term, isBool)
		}
	}
	for _, name := range r.names {
		if v := r.variables[name]; v.kind == unknown {
			v.kind = isNumber
		}
	}
}

func (r *reader) kinds() string {
	var b strings.Builder
	for _, name := range r.names {
		v := r.variables[name]
		b.WriteByte('0' + byte(v.kind))
		b.WriteString(strconv.Itoa(len(v.words)))
	}
	return b.String()
}

// inferTerm gives the type that a place wants to a name of which none is known.
func (r *reader) inferTerm(t *term, want kind) {
	switch t.op {
	case "name":
		if v := r.variable(t.text); v.kind == unknown && !v.set {
			v.kind = want
		}
	case "!", "&&", "||":
		for _, a := range t.args {
			r.inferTerm(a, isBool)
		}
	case "+", "-", "*", "/":
		for _, a := range t.args {
			r.inferTerm(a, isNumber)
		}
	case "()":
		r.inferTerm(t.args[0], want)
	case "?":
		r.inferTerm(t.args[0], isBool)
		r.inferTerm(t.args[1], want)
		r.inferTerm(t.args[2], want)
	case "chain":
		for i := range t.links {
			a, b := t.args[i], t.args[i+1]
			r.inferTerm(a, r.typeOf(b))
			r.inferTerm(b, r.typeOf(a))
			for _, pair := range [][2]*term{{a, b}, {b, a}} {
				if pair[0].op == "name" {
					r.gather(r.variable(pair[0].text), pair[1])
				}
			}
			if t.links[i] != "==" && t.links[i] != "!=" {
				r.inferTerm(a, isNumber)
				r.inferTerm(b, isNumber)
			}
		}
	}
}

// gather collects the words that a name of a text can have.
func (r *reader) gather(v *variable, t *term) {
	switch t.op {
	case "text":
		v.word(t.text)
	case "()":
		r.gather(v, t.args[0])
	case "?":
		r.gather(v, t.args[1])
		r.gather(v, t.args[2])
	case "name":
		if o := r.variable(t.text); o != v && o.kind == isText {
			for _, w := range o.words {
				v.word(w)
			}
		}
	}
}

// The levels of the language's operators, the loosest first.
const (
	levelTernary = iota
	levelOr
	levelAnd
	levelCompare
	levelAdd
	levelMultiply
	levelUnary
	levelAtom
)

// write returns the text of a term, of the type that its place wants.
func (r *reader) write(e *source, t *term, want kind) string { return r.text(e, t, want, levelTernary) }

func (r *reader) text(e *source, t *term, want kind, above int) string {
	have := r.typeOf(t)
	out, level := "", levelAtom
	binary := func(word string, inside kind, at int) {
		level = at
		right := at + 1 // - and / group to the left
		out = r.text(e, t.args[0], inside, at) + " " + word + " " + r.text(e, t.args[1], inside, right)
	}
	switch t.op {
	case "number":
		out = strconv.FormatFloat(t.value, 'f', -1, 64)
		if t.value < 0 {
			level = levelUnary
		}
	case "bool":
		out = strconv.FormatBool(t.value != 0)
	case "text":
		out = r.word(e, t.text)
		if r.taken(out) {
			out = "'" + out + "'"
		}
	case "name":
		out = t.text
	case "()":
		return r.text(e, t.args[0], want, above)
	case "!":
		level, out = levelUnary, "not "+r.text(e, t.args[0], isBool, levelUnary+1)
	case "&&":
		binary("and", isBool, levelAnd)
	case "||":
		binary("or", isBool, levelOr)
	case "+":
		binary("+", isNumber, levelAdd)
	case "-":
		if len(t.args) == 1 {
			level, out = levelUnary, "-"+r.text(e, t.args[0], isNumber, levelUnary+1)
			break
		}
		binary("-", isNumber, levelAdd)
	case "*":
		binary("*", isNumber, levelMultiply)
	case "/":
		if d := t.args[1]; d.op != "number" || d.value == 0 {
			r.warn(e, "a division by zero is infinite in BehaviorTree.CPP; here it is 0")
		}
		binary("/", isNumber, levelMultiply)
	case "?":
		level = levelTernary
		out = r.text(e, t.args[0], isBool, levelOr) + " ? " + r.text(e, t.args[1], have, levelOr) + " : " + r.text(e, t.args[2], have, levelTernary)
	case "chain":
		level, out = levelCompare, r.chain(e, t)
	}
	switch {
	case want == isBool && have == isNumber:
		out, level = bracketed(out, level, levelAdd)+" != 0", levelCompare
	case want == isNumber && have == isBool:
		out, level = bracketed(out, level, levelOr)+" ? 1 : 0", levelTernary
	case want != unknown && want != have && (want == isText || have == isText || want == conflicting || have == conflicting):
		r.fail(e, "no-counterpart", "a text is used as a number in a script: %s", out)
	}
	return bracketed(out, level, above)
}

func bracketed(text string, level, above int) string {
	if level < above {
		return "(" + text + ")"
	}
	return text
}

// chain writes comparisons; each compares values of one type.
func (r *reader) chain(e *source, t *term) string {
	want := unknown
	for _, a := range t.args {
		want = want.with(r.typeOf(a))
	}
	if want == conflicting {
		r.fail(e, "no-counterpart", "a script compares a text with a number")
		return "false"
	}
	out := r.text(e, t.args[0], want, levelAdd)
	for i, link := range t.links {
		if want == isText && link != "==" && link != "!=" {
			r.fail(e, "no-counterpart", "a script asks which of two texts is larger")
		}
		out += " " + link + " " + r.text(e, t.args[i+1], want, levelAdd)
	}
	return out
}

// taken reports whether a word of a text is also a name.
func (r *reader) taken(word string) bool {
	return r.variables[word] != nil || word == "true" || word == "false" || word == "and" || word == "or" || word == "not" || word == "no"
}

// word writes a text as a word of an enum. Different texts become different
// words, so that comparisons hold.
func (r *reader) word(e *source, text string) string {
	if dsl.Identifier(text) {
		return text
	}
	word, known := r.words[text]
	if !known {
		word = strings.Map(func(c rune) rune {
			if c < 0x80 && nameByte(byte(c)) {
				return c
			}
			return '_'
		}, text)
		if len(word) > 60 {
			word = word[:60]
		}
		if !dsl.Identifier(word) {
			word = "text_" + word
		}
		first := word
		for n := 2; r.isWord(word); n++ {
			word = first + "_" + strconv.Itoa(n)
		}
		r.words[text] = word
		r.warn(e, "the text %.80q is written as the word %s", text, word)
	}
	return word
}

// isWord reports whether a word stands for a text already.
func (r *reader) isWord(word string) bool {
	for _, name := range r.names {
		if slices.Contains(r.variables[name].words, word) {
			return true
		}
	}
	for _, used := range r.words {
		if used == word {
			return true
		}
	}
	return false
}
