package season

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"dryad/dsl"
)

// Fault is something wrong in a file, at a place that counts from 1.
type Fault struct {
	Path         string
	Line, Column int
	Text         string
}

// String is one line, as compilers write it.
func (f Fault) String() string { return fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Line, f.Column, f.Text) }

// Faults are all faults of a file that could be found, in its order; one at least.
type Faults []Fault

// Error has a line for each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].String()
	}
	return strings.Join(lines, "\n")
}

type position struct{ line, column int }

// reader finds the faults of one file.
type reader struct {
	path   string
	text   []byte
	at     map[string]position // of keys and tables, by their path
	faults Faults
}

func (r *reader) add(p position, format string, args ...any) {
	r.faults = append(r.faults, Fault{r.path, max(1, p.line), max(1, p.column), fmt.Sprintf(format, args...)})
}

// fault is at a key, or else at the beginning of the file.
func (r *reader) fault(key, format string, args ...any) { r.add(r.at[key], format, args...) }

func (r *reader) sorted() Faults {
	sort.SliceStable(r.faults, func(a, b int) bool {
		x, y := r.faults[a], r.faults[b]
		return x.Line < y.Line || x.Line == y.Line && x.Column < y.Column
	})
	return r.faults
}

// oneOf refuses a word that is none of some.
func (r *reader) oneOf(key, word string, words []string) {
	for _, w := range words {
		if w == word {
			return
		}
	}
	r.fault(key, "there is no %s %q%s", key[strings.LastIndex(key, ".")+1:], word, orThese(word, words))
}

// orThese ends a sentence about a word that there is not.
func orThese(word string, words []string) string {
	if near, alike := dsl.Nearest(strings.ToLower(word), words); alike {
		return fmt.Sprintf("; did you mean %q?", near[0])
	}
	return "; there are " + strings.Join(words, ", ")
}

// walk notes where keys stand, and refuses those that there are not.
func (r *reader) walk() {
	var p unstable.Parser
	p.Reset(r.text)
	var table []string
	entrants := 0
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = r.keyPath(&p, e.Key(), nil)
			if e.Kind == unstable.ArrayTable && len(table) == 1 && table[0] == "entrant" {
				table = []string{"entrant", fmt.Sprint(entrants)}
				entrants++
				it := e.Key()
				it.Next()
				r.note(&p, table, it.Node())
			} else if len(table) > 0 && table[0] == "entrant" {
				table = append([]string{"entrant", fmt.Sprint(max(0, entrants-1))}, table[1:]...)
			}
		case unstable.KeyValue:
			r.value(&p, e, table)
		}
	}
	// What ends the text early is reported by decode.
}

// keyPath reads a dotted key below a table and judges each of its parts.
func (r *reader) keyPath(p *unstable.Parser, it unstable.Iterator, table []string) []string {
	path := append([]string(nil), table...)
	for it.Next() {
		path = append(path, string(it.Node().Data))
		r.note(p, path, it.Node())
	}
	return path
}

// value notes a key with its value and what an inline table holds.
func (r *reader) value(p *unstable.Parser, e *unstable.Node, table []string) {
	path := r.keyPath(p, e.Key(), table)
	r.inline(p, e.Value(), path)
}

func (r *reader) inline(p *unstable.Parser, value *unstable.Node, path []string) {
	switch value.Kind {
	case unstable.InlineTable:
		for it := value.Children(); it.Next(); {
			if it.Node().Kind == unstable.KeyValue {
				r.value(p, it.Node(), path)
			}
		}
	case unstable.Array:
		n := 0
		for it := value.Children(); it.Next(); n++ {
			if it.Node().Kind == unstable.InlineTable {
				r.inline(p, it.Node(), append(path[:len(path):len(path)], fmt.Sprint(n)))
			}
		}
	}
}

// note remembers where a key stands, the first time, and refuses one that there is
// not.
func (r *reader) note(p *unstable.Parser, path []string, node *unstable.Node) {
	start := p.Shape(node.Raw).Start
	at := position{start.Line, start.Column}
	if name := strings.Join(path, "."); r.at[name] == (position{}) {
		r.at[name] = at
	}
	word := path[len(path)-1]
	var known []key
	switch {
	case len(path) == 1:
		known = topKeys
	case len(path) == 3 && path[0] == "entrant":
		known = entrantKeys
	default:
		return
	}
	names := make([]string, len(known))
	for i, k := range known {
		if names[i] = k.name; k.name == word {
			return
		}
	}
	r.add(at, "there is no key %q here%s", word, orThese(word, names))
}

// decode reads the values, and reports keys that stand twice, values of the wrong
// type and text that is no TOML.
func (r *reader) decode(s *Season) {
	d := toml.NewDecoder(bytes.NewReader(r.text))
	d.DisallowUnknownFields()
	err := d.Decode(s)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case err == nil:
	case errors.As(err, &unknown):
		for i := range unknown.Errors {
			line, column := unknown.Errors[i].Position()
			if !r.reported(line) {
				r.add(position{line, column}, "there is no key %q here", strings.Join(unknown.Errors[i].Key(), "."))
			}
		}
	case errors.As(err, &wrong):
		line, column := wrong.Position()
		r.add(position{line, column}, "%s", reword(wrong))
	default:
		r.add(position{}, "%s", strings.TrimPrefix(err.Error(), "toml: "))
	}
}

// reported reports whether a line has a fault already.
func (r *reader) reported(line int) bool {
	for _, f := range r.faults {
		if f.Line == line {
			return true
		}
	}
	return false
}

// reword says a fault of the decoder in the words of the file.
func reword(wrong *toml.DecodeError) string {
	text := strings.TrimPrefix(wrong.Error(), "toml: ")
	path := wrong.Key()
	switch {
	case len(path) > 0 && strings.HasPrefix(text, "cannot"):
		known := topKeys
		if path[0] == "entrant" && len(path) > 1 {
			known = entrantKeys
		}
		for _, k := range known {
			if k.name == path[len(path)-1] {
				return fmt.Sprintf("%s must be %s", k.name, k.kind)
			}
		}
	case strings.Contains(text, "already"):
		return fmt.Sprintf("%s is given twice", strings.Join(path, "."))
	}
	return text
}
