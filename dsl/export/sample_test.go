package export_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp/syntax"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// grammar is a grammar that was read back from its printed text, so that what
// is sampled is what a decoder would be given.
type grammar struct {
	t     *testing.T
	rules map[string]*part
	start string
	rng   *rand.Rand
}

// part is an expression of a printed grammar.
type part struct {
	kind      byte // 'l' literal, 'c' class, 'r' reference, 's' sequence, 'a' alternatives, 'n' repetition
	text      string
	parts     []*part
	low, high int
}

// readGrammar reads GBNF, EBNF and Lark as far as package export writes them.
func readGrammar(t *testing.T, text string, seed uint64) *grammar {
	t.Helper()
	g := &grammar{t: t, rules: map[string]*part{}, rng: rand.New(rand.NewPCG(seed, 1))}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "//") {
			continue
		}
		name, body, ok := strings.Cut(line, " ::= ")
		if !ok {
			if name, body, ok = strings.Cut(line, ": "); !ok {
				t.Fatalf("no rule: %q", line)
			}
		}
		if g.start == "" {
			g.start = name
		}
		r := &ruleReader{t: t, text: body}
		g.rules[name] = r.alternatives()
		if r.at != len(r.text) {
			t.Fatalf("cannot read %q from %q", line, r.text[r.at:])
		}
	}
	return g
}

type ruleReader struct {
	t    *testing.T
	text string
	at   int
}

func (r *ruleReader) blank() {
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
	}
}

func (r *ruleReader) peek() byte {
	r.blank()
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

func (r *ruleReader) alternatives() *part {
	out := &part{kind: 'a', parts: []*part{r.sequence()}}
	for r.peek() == '|' {
		r.at++
		out.parts = append(out.parts, r.sequence())
	}
	return out
}

func (r *ruleReader) sequence() *part {
	out := &part{kind: 's'}
	for c := r.peek(); c != 0 && c != '|' && c != ')'; c = r.peek() {
		out.parts = append(out.parts, r.repeated(r.one()))
	}
	return out
}

func (r *ruleReader) until(end string) string {
	i := strings.Index(r.text[r.at:], end)
	if i < 0 {
		r.t.Fatalf("no %q in %q", end, r.text[r.at:])
	}
	out := r.text[r.at : r.at+i]
	r.at += i + len(end)
	return out
}

func (r *ruleReader) one() *part {
	switch c := r.text[r.at]; c {
	case '"':
		end := r.at + 1
		for r.text[end] != '"' {
			if r.text[end] == '\\' {
				end++
			}
			end++
		}
		text, err := strconv.Unquote(r.text[r.at : end+1])
		if err != nil {
			r.t.Fatal(err)
		}
		r.at = end + 1
		return &part{kind: 'l', text: text}
	case '[':
		r.at++
		return &part{kind: 'c', text: r.until("]")}
	case '/':
		r.at += 2
		return &part{kind: 'c', text: r.until("]/")}
	case '(':
		r.at++
		out := r.alternatives()
		if r.peek() != ')' {
			r.t.Fatalf("no ) in %q", r.text)
		}
		r.at++
		return out
	}
	start := r.at
	for r.at < len(r.text) && (r.text[r.at] == '-' || r.text[r.at] == '_' || r.text[r.at] >= '0' && r.text[r.at] <= '9' || r.text[r.at] >= 'a' && r.text[r.at] <= 'z') {
		r.at++
	}
	if r.at == start {
		r.t.Fatalf("cannot read %q", r.text[r.at:])
	}
	return &part{kind: 'r', text: r.text[start:r.at]}
}

func (r *ruleReader) repeated(of *part) *part {
	rest := r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "?"):
		r.at++
		return &part{kind: 'n', parts: []*part{of}, high: 1}
	case strings.HasPrefix(rest, "{"):
		r.at++
		return r.times(of, r.until("}"), ",")
	case strings.HasPrefix(rest, "~"):
		end := 1
		for end < len(rest) && (rest[end] == '.' || rest[end] >= '0' && rest[end] <= '9') {
			end++
		}
		r.at += end
		return r.times(of, rest[1:end], "..")
	}
	return of
}

func (r *ruleReader) times(of *part, text, between string) *part {
	low, high, _ := strings.Cut(text, between)
	a, err1 := strconv.Atoi(low)
	b, err2 := strconv.Atoi(high)
	if err1 != nil || err2 != nil {
		r.t.Fatalf("bad repetition %q", text)
	}
	return &part{kind: 'n', parts: []*part{of}, low: a, high: b}
}

// sample draws a string of the grammar.
func (g *grammar) sample() string {
	var b strings.Builder
	g.draw(&b, &part{kind: 'r', text: g.start})
	return b.String()
}

func (g *grammar) draw(b *strings.Builder, p *part) {
	switch p.kind {
	case 'l':
		b.WriteString(p.text)
	case 'c':
		var all []byte
		for i := 0; i < len(p.text); i++ {
			if i+2 < len(p.text) && p.text[i+1] == '-' {
				for c := p.text[i]; c <= p.text[i+2]; c++ {
					all = append(all, c)
				}
				i += 2
				continue
			}
			all = append(all, p.text[i])
		}
		b.WriteByte(all[g.rng.IntN(len(all))])
	case 'r':
		body := g.rules[p.text]
		if body == nil {
			g.t.Fatalf("no rule %q", p.text)
		}
		g.draw(b, body)
	case 's':
		for _, q := range p.parts {
			g.draw(b, q)
		}
	case 'a':
		g.draw(b, p.parts[g.rng.IntN(len(p.parts))])
	case 'n':
		n := p.low
		for n < p.high && g.rng.IntN(2) == 0 {
			n++
		}
		for range n {
			g.draw(b, p.parts[0])
		}
	}
}

// schemaSampler draws values of a JSON Schema as far as package export writes
// one.
type schemaSampler struct {
	t        *testing.T
	root     map[string]any
	rng      *rand.Rand
	patterns map[string]*syntax.Regexp
}

func (s *schemaSampler) value(schema map[string]any) any {
	if to, ok := schema["$ref"].(string); ok {
		return s.value(s.root["$defs"].(map[string]any)[strings.TrimPrefix(to, "#/$defs/")].(map[string]any))
	}
	if value, ok := schema["const"]; ok {
		return value
	}
	if values, ok := schema["enum"].([]any); ok {
		return values[s.rng.IntN(len(values))]
	}
	if choices, ok := schema["anyOf"].([]any); ok {
		return s.value(choices[s.rng.IntN(len(choices))].(map[string]any))
	}
	switch schema["type"] {
	case "boolean":
		return s.rng.IntN(2) == 0
	case "string":
		return s.text(schema["pattern"].(string))
	case "array":
		return s.array(schema)
	case "object":
		needed := map[string]bool{}
		for _, r := range schema["required"].([]any) {
			needed[r.(string)] = true
		}
		out := map[string]any{}
		properties := schema["properties"].(map[string]any)
		names := make([]string, 0, len(properties))
		for name := range properties {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			if needed[name] || s.rng.IntN(2) == 0 {
				out[name] = s.value(properties[name].(map[string]any))
			}
		}
		return out
	}
	s.t.Fatalf("cannot sample %v", schema)
	return nil
}

func (s *schemaSampler) array(schema map[string]any) any {
	number := func(name string) int {
		v, _ := schema[name].(float64)
		return int(v)
	}
	n := number("minItems")
	for n < number("maxItems") && s.rng.IntN(2) == 0 {
		n++
	}
	first, _ := schema["prefixItems"].([]any)
	out := []any{}
	for i := range n {
		if i < len(first) {
			out = append(out, s.value(first[i].(map[string]any)))
		} else {
			out = append(out, s.value(schema["items"].(map[string]any)))
		}
	}
	return out
}

func (s *schemaSampler) text(pattern string) string {
	re := s.patterns[pattern]
	if re == nil {
		var err error
		if re, err = syntax.Parse(pattern, syntax.Perl); err != nil {
			s.t.Fatal(err)
		}
		s.patterns[pattern] = re
	}
	var b strings.Builder
	s.match(&b, re)
	return b.String()
}

// match draws a text that a regular expression matches.
func (s *schemaSampler) match(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		pair := 2 * s.rng.IntN(len(re.Rune)/2)
		b.WriteRune(re.Rune[pair] + rune(s.rng.IntN(int(re.Rune[pair+1]-re.Rune[pair])+1)))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			s.match(b, sub)
		}
	case syntax.OpAlternate:
		s.match(b, re.Sub[s.rng.IntN(len(re.Sub))])
	case syntax.OpCapture:
		s.match(b, re.Sub[0])
	case syntax.OpQuest:
		if s.rng.IntN(2) == 0 {
			s.match(b, re.Sub[0])
		}
	case syntax.OpRepeat:
		n := re.Min
		for n < re.Max && s.rng.IntN(2) == 0 {
			n++
		}
		for range n {
			s.match(b, re.Sub[0])
		}
	case syntax.OpBeginText, syntax.OpEndText, syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine:
	default:
		s.t.Fatal(fmt.Sprint("cannot sample ", re))
	}
}

func readSchema(t *testing.T, text string, seed uint64) *schemaSampler {
	s := &schemaSampler{t: t, rng: rand.New(rand.NewPCG(seed, 2)), patterns: map[string]*syntax.Regexp{}}
	if err := json.Unmarshal([]byte(text), &s.root); err != nil {
		t.Fatal(err)
	}
	return s
}
