package btcpp

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// term is an expression of BehaviorTree.CPP's scripting language.
type term struct {
	op    string // "number", "bool", "text", "name", "!", "-", "?", "chain" or a binary operator
	text  string // of a text; of a name, as resolved
	value float64
	args  []*term
	links []string // the comparisons of a chain
}

// statement is an assignment, or an expression when name is empty.
type statement struct {
	name, operator string
	value          *term
}

var errBits = errors.New("it computes with bits")

// readScript reads statements divided by semicolons.
func readScript(text string) ([]statement, error) {
	p := &scriptParser{}
	if err := p.lex(text); err != nil {
		return nil, err
	}
	var out []statement
	for {
		for p.take(";") {
		}
		if p.at == len(p.tokens) {
			return out, nil
		}
		var s statement
		if p.at+1 < len(p.tokens) && p.tokens[p.at].kind == 'n' {
			switch op := p.tokens[p.at+1].text; op {
			case ":=", "=", "+=", "-=", "*=", "/=":
				if p.tokens[p.at+1].kind == 'o' {
					s.name, s.operator = p.tokens[p.at].text, op
					p.at += 2
				}
			}
		}
		var err error
		if s.value, err = p.ternary(0); err != nil {
			return nil, err
		}
		out = append(out, s)
		if p.at < len(p.tokens) && !p.take(";") {
			return nil, fmt.Errorf("%q is not expected there", p.tokens[p.at].text)
		}
	}
}

// readExpression reads one expression.
func readExpression(text string) (*term, error) {
	all, err := readScript(text)
	switch {
	case err != nil:
		return nil, err
	case len(all) != 1 || all[0].name != "":
		return nil, errors.New("it is not one expression")
	}
	return all[0].value, nil
}

type scriptToken struct {
	kind byte // 'n' name, 'd' number, 't' text, 'o' operator
	text string
}

type scriptParser struct {
	tokens []scriptToken
	at     int
}

var scriptOperators = []string{":=", "+=", "-=", "*=", "/=", "&&", "||", "==", "!=", "<=", ">=", "..",
	"<", ">", "+", "-", "*", "/", "!", "~", "&", "|", "^", "?", ":", "=", "(", ")", ";"}

func (p *scriptParser) lex(text string) error {
	for i := 0; i < len(text); {
		c := text[i]
		start := i
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
		case nameByte(c) && (c < '0' || c > '9') || c == '@':
			for i++; i < len(text) && nameByte(text[i]); i++ {
			}
			p.tokens = append(p.tokens, scriptToken{'n', text[start:i]})
		case c >= '0' && c <= '9' || c == '.' && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			for i++; i < len(text) && (nameByte(text[i]) || text[i] == '.' && !strings.HasPrefix(text[i:], "..") ||
				(text[i] == '+' || text[i] == '-') && (text[i-1] == 'e' || text[i-1] == 'E') && !strings.HasPrefix(text[start:], "0x")); i++ {
			}
			p.tokens = append(p.tokens, scriptToken{'d', text[start:i]})
		case c == '\'':
			end := strings.IndexByte(text[i+1:], '\'')
			if end < 0 {
				return errors.New("a text has no end")
			}
			i += end + 2
			p.tokens = append(p.tokens, scriptToken{'t', text[start+1 : i-1]})
		default:
			op := ""
			for _, known := range scriptOperators {
				if strings.HasPrefix(text[i:], known) {
					op = known
					break
				}
			}
			if op == "" {
				return fmt.Errorf("%q means nothing there", text[i:i+1])
			}
			i += len(op)
			p.tokens = append(p.tokens, scriptToken{'o', op})
		}
		if len(p.tokens) > 4096 {
			return errors.New("it is too long")
		}
	}
	return nil
}

func nameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func (p *scriptParser) take(op string) bool {
	if p.at < len(p.tokens) && p.tokens[p.at] == (scriptToken{'o', op}) {
		p.at++
		return true
	}
	return false
}

// maxNesting bounds the depth of an expression.
const maxNesting = 100

func (p *scriptParser) ternary(depth int) (*term, error) {
	if depth > maxNesting {
		return nil, errors.New("it is nested too deep")
	}
	test, err := p.binary(0, depth)
	if err != nil || !p.take("?") {
		return test, err
	}
	then, err := p.ternary(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.take(":") {
		return nil, errors.New("a \":\" is missing after \"?\"")
	}
	otherwise, err := p.ternary(depth + 1)
	if err != nil {
		return nil, err
	}
	return &term{op: "?", args: []*term{test, then, otherwise}}, nil
}

// scriptLevel holds binary operators that bind alike. In BehaviorTree.CPP "&&"
// and "||" bind alike and group to the left, and the operators of arithmetic
// group to the right: 5 - 3 - 1 is 3 there.
type scriptLevel struct {
	operators []string
	right     bool
}

// scriptLevels are the levels, the loosest first.
var scriptLevels = []scriptLevel{{[]string{"||", "&&"}, false}, {[]string{"==", "!=", "<", ">", "<=", ">="}, false},
	{[]string{"|", "^", "&"}, false}, {[]string{"+", "-", ".."}, true}, {[]string{"*", "/"}, true}}

const comparisonLevel = 1

func (p *scriptParser) binary(level, depth int) (*term, error) {
	if depth > maxNesting {
		return nil, errors.New("it is nested too deep")
	}
	if level == len(scriptLevels) {
		return p.unary(depth + 1)
	}
	left, err := p.binary(level+1, depth)
	if err != nil {
		return nil, err
	}
	for {
		op := ""
		for _, known := range scriptLevels[level].operators {
			if p.take(known) {
				op = known
				break
			}
		}
		switch op {
		case "":
			return left, nil
		case "|", "^", "&":
			return nil, errBits
		case "..":
			return nil, errors.New("it joins texts")
		}
		if scriptLevels[level].right {
			right, err := p.binary(level, depth+1)
			if err != nil {
				return nil, err
			}
			return &term{op: op, args: []*term{left, right}}, nil
		}
		right, err := p.binary(level+1, depth)
		if err != nil {
			return nil, err
		}
		switch {
		case level != comparisonLevel:
			left = &term{op: op, args: []*term{left, right}}
		case left.op == "chain":
			left.args, left.links = append(left.args, right), append(left.links, op)
		default:
			left = &term{op: "chain", args: []*term{left, right}, links: []string{op}}
		}
	}
}

func (p *scriptParser) unary(depth int) (*term, error) {
	if depth > maxNesting {
		return nil, errors.New("it is nested too deep")
	}
	for _, op := range []string{"!", "-"} {
		if p.take(op) {
			arg, err := p.unary(depth + 1)
			if err != nil {
				return nil, err
			}
			if op == "-" && arg.op == "number" {
				arg.value = -arg.value
				return arg, nil
			}
			return &term{op: op, args: []*term{arg}}, nil
		}
	}
	if p.take("~") {
		return nil, errBits
	}
	if p.take("(") {
		inner, err := p.ternary(depth + 1)
		if err != nil {
			return nil, err
		}
		if !p.take(")") {
			return nil, errors.New("a bracket is not closed")
		}
		if inner.op == "chain" { // a bracket ends a chain
			inner = &term{op: "()", args: []*term{inner}}
		}
		return inner, nil
	}
	if p.at == len(p.tokens) {
		return nil, errors.New("something is missing at its end")
	}
	t := p.tokens[p.at]
	p.at++
	switch {
	case t.kind == 't':
		return &term{op: "text", text: t.text}, nil
	case t.kind == 'd':
		v, ok := number(t.text)
		if !ok {
			return nil, fmt.Errorf("%q is no number", t.text)
		}
		return &term{op: "number", value: v}, nil
	case t.kind == 'n' && (t.text == "true" || t.text == "false"):
		return boolean(t.text == "true"), nil
	case t.kind == 'n':
		return &term{op: "name", text: t.text}, nil
	}
	return nil, fmt.Errorf("%q is not expected there", t.text)
}

// number reads decimals, exponents and hexadecimal integers.
func number(text string) (float64, bool) {
	if digits, ok := strings.CutPrefix(strings.ToLower(text), "0x"); ok {
		v, err := strconv.ParseUint(digits, 16, 53)
		return float64(v), err == nil
	}
	for i := range len(text) {
		if c := text[i]; (c < '0' || c > '9') && !strings.ContainsRune("+-.eE", rune(c)) {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && v-v == 0
}

func boolean(v bool) *term {
	t := &term{op: "bool"}
	if v {
		t.value = 1
	}
	return t
}

func negate(t *term) *term { return &term{op: "!", args: []*term{t}} }

func and(terms ...*term) *term { return join("&&", terms) }

func join(op string, terms []*term) *term {
	var out *term
	for _, t := range terms {
		switch {
		case t == nil:
		case out == nil:
			out = t
		default:
			out = &term{op: op, args: []*term{out, t}}
		}
	}
	return out
}

// name is a term that reads a key of the policy.
func name(key string) *term { return &term{op: "name", text: key} }

func constant(v float64) *term { return &term{op: "number", value: v} }

func compare(left *term, op string, right *term) *term {
	return &term{op: "chain", args: []*term{left, right}, links: []string{op}}
}
