package dsl

import (
	"slices"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// lineMeaning is what a line of code says, wherever it stands: exactly one of
// the pointers, or a fault. Ranges in it have line 1, columns from 1. It is
// shared through the cache and never changed.
type lineMeaning struct {
	node   *Node
	tree   *Tree
	key    *Key
	policy *Policy
	unit   *Neuron
	fault  *lineFault
	// negates marks "condition: no", which negates the next condition.
	negates bool
	seen    Seen // of the node
}

// lineFault is why a line could not be read, with what can still be made of
// it so that the lines below it are read too.
type lineFault struct {
	code       string
	head       string // the first word that was meant, as far as can be told
	start, end int    // bytes of the line
	summary    string
	legal      []string
	fixes      []lineFix
}

// lineFix replaces bytes of the line.
type lineFix struct {
	title      string
	start, end int
	text       string
	safe       bool // see [Fix]
}

// meaningOf reads one line of code, from the cache if it was read before.
func meaningOf(code string) *lineMeaning {
	if m := lines.get(code); m != nil {
		return m
	}
	code = strings.Clone(code) // what is cached must not hold a whole file
	m := readLine(code)
	lines.put(code, m)
	return m
}

// readLine parses one line of code.
func readLine(code string) *lineMeaning {
	word := firstWord(code)
	if _, known := firstWords[word]; !known {
		return &lineMeaning{fault: unknownLine(code, word)}
	}
	m, fault, err := readKnown(code, word)
	switch {
	case err != nil:
		return &lineMeaning{fault: explain(code, word, err)}
	case fault != nil:
		fault.head = word
		return &lineMeaning{fault: fault}
	}
	if m.node != nil {
		var room [128]byte
		m.node.line, m.seen.text = m, code
		if text := appendLine(room[:0], m.node); string(text) != code {
			m.seen.text = string(text)
		}
	}
	return m
}

// readKnown parses a line whose first word is known. The fault is one of
// meaning, the error one of form.
func readKnown(code, word string) (m *lineMeaning, fault *lineFault, err error) {
	m = new(lineMeaning)
	var room [longestForm]lexer.Token
	whole := on(1, 1, len(code))
	g := grammar()
	switch head := firstWords[word]; {
	case head == tokenCondition:
		var l *conditionLine
		if l, err = g.condition.ParseString("", code); err == nil {
			m.node, m.negates, fault = conditionOf(l, whole)
		}
	case head == tokenAction, head == tokenTree && isCall(code):
		tokens, f := tokensOf(code, &room)
		if !known(f) {
			var l *actionLine
			if l, err = g.action.ParseString("", code); err != nil {
				break
			}
			tokens = l.Tokens
			accept(f)
		}
		m.node, fault = actionOf(tokens, whole)
	case head == tokenBlock, head == tokenMemory:
		tokens, f := tokensOf(code, &room)
		if !known(f) {
			var l *blockLine
			if l, err = g.block.ParseString("", code); err != nil {
				break
			}
			tokens = l.Tokens
			accept(f)
		}
		m.node, fault = blockOf(tokens, whole)
	case head == tokenSet:
		var l *setLine
		if l, err = g.set.ParseString("", code); err == nil {
			m.node = &Node{Kind: Set, Word: l.Key.Value, WordRange: tokenRange(l.Key), Range: whole, Args: []Arg{expressionArg(l.Text)}}
		}
	case head == tokenWait:
		var l *waitLine
		if l, err = g.wait.ParseString("", code); err == nil {
			m.node, fault = amountNode(Wait, l.Amount, whole)
		}
	case head == tokenWeight:
		var l *weightLine
		if l, err = g.weight.ParseString("", code); err == nil {
			m.node, fault = amountNode(Weight, l.Amount, whole)
		}
	case head == tokenScore:
		var l *scoreLine
		if l, err = g.score.ParseString("", code); err == nil {
			m.node = &Node{Kind: Score, Range: whole, Args: []Arg{expressionArg(l.Text)}}
		}
	case head == tokenTree:
		var l *treeLine
		if l, err = g.tree.ParseString("", code); err == nil {
			m.tree, fault = treeOf(l, whole)
		}
	case head == tokenKey:
		var l *keyLine
		if l, err = g.key.ParseString("", code); err == nil {
			m.key, fault = keyOf(l, whole)
		}
	case head == tokenPolicy:
		var l *policyLine
		if l, err = g.policy.ParseString("", code); err == nil {
			m.policy = &Policy{Name: l.Name.Value, NameRange: tokenRange(l.Name), Game: l.Game.Value, GameRange: tokenRange(l.Game), Scheduler: l.By != nil}
		}
	case head == tokenUnit:
		var l *unitLine
		if l, err = g.unit.ParseString("", code); err == nil {
			m.unit, fault = unitOf(l, whole)
		}
	}
	return m, fault, err
}

// isCall tells "tree: NAME" from "tree NAME:".
func isCall(code string) bool {
	return strings.HasPrefix(strings.TrimLeft(code[len(firstWord(code)):], " \t"), ":")
}

func firstWord(code string) string {
	end := 0
	for end < len(code) && (letter(code[end]) || digit(code[end])) {
		end++
	}
	return code[:end]
}

func tokenRange(t lexer.Token) Range { return on(1, t.Pos.Column, len(t.Value)) }

func expressionArg(t lexer.Token) Arg {
	return Arg{Kind: ExpressionArg, Text: t.Value, Range: tokenRange(t)}
}

// conditionOf reads "NAME", "no", "no EXPRESSION" or "EXPRESSION".
func conditionOf(l *conditionLine, whole Range) (n *Node, negates bool, fault *lineFault) {
	n = &Node{Kind: Condition, Range: whole}
	text := l.Text.Value
	if text == "no" {
		return n, true, nil
	}
	arg := expressionArg(l.Text)
	if rest, ok := strings.CutPrefix(text, "no "); ok {
		inner := strings.TrimLeft(rest, " \t")
		arg.Text = inner
		arg.Range.Start.Column += len(text) - len(inner)
		arg = negated(arg)
	}
	n.Args = []Arg{arg}
	return n, false, nil
}

// negated returns the negation of an expression.
func negated(arg Arg) Arg {
	front, back := "not ", ""
	if !Identifier(arg.Text) {
		front, back = "not (", ")"
	}
	arg.Text = front + arg.Text + back
	arg.shift += len(front)
	return arg
}

func actionOf(tokens []lexer.Token, whole Range) (*Node, *lineFault) {
	kind, _ := KindOf(tokens[0].Value)
	word := tokens[2] // after the colon
	n := &Node{Kind: kind, Word: word.Value, WordRange: tokenRange(word), Range: whole}
	if last := len(tokens) - 2; kind == Task && last >= 3 && tokens[last].Value == "by" && tokens[last+1].Value == "net" {
		n.Kind, n.ByNet = Net, true
		tokens = tokens[:last]
	}
	if len(tokens) == 3 {
		return n, nil
	}
	var fault *lineFault
	n.Args, fault = argumentsOf(tokens[3:])
	return n, fault
}

// argumentsOf reads the arguments of a leaf.
func argumentsOf(tokens []lexer.Token) ([]Arg, *lineFault) {
	args := make([]Arg, 0, len(tokens))
	named := ""
	for len(tokens) > 0 {
		first, name := tokens[0], ""
		if len(tokens) > 1 && letter(first.Value[0]) && tokens[1].Value == "=" {
			name, tokens = first.Value, tokens[2:]
		}
		if len(tokens) == 0 || tokens[0].Value == "=" {
			return nil, &lineFault{code: "syntax", start: first.Pos.Offset, end: first.Pos.Offset + len(first.Value),
				summary: "a value is missing beside \"=\"", legal: []string{"NAME=VALUE"}}
		}
		arg, fault := argOf(tokens[0])
		if fault != nil {
			return nil, fault
		}
		tokens = tokens[1:]
		arg.Name = name
		switch {
		case name == "" && named != "":
			return nil, &lineFault{code: "argument-order", start: arg.Range.Start.Column - 1, end: arg.Range.End.Column - 1,
				summary: "an argument without a name cannot follow \"" + named + "=\""}
		case name != "" && slices.ContainsFunc(args, func(a Arg) bool { return a.Name == name }):
			return nil, &lineFault{code: "argument-twice", start: first.Pos.Offset, end: first.Pos.Offset + len(name),
				summary: "the argument \"" + name + "\" is given twice"}
		}
		named = name
		args = append(args, arg)
	}
	return args, nil
}

func argOf(t lexer.Token) (Arg, *lineFault) {
	switch c := t.Value[0]; {
	case letter(c):
		return Arg{Kind: WordArg, Text: t.Value, Range: tokenRange(t)}, nil
	case c != '(':
		return amountArg(t)
	}
	inner := t.Value[1 : len(t.Value)-1]
	trimmed := strings.Trim(inner, " \t")
	start := t.Pos.Column + 1 + strings.Index(inner, trimmed)
	return Arg{Kind: ExpressionArg, Text: trimmed, Range: on(1, start, len(trimmed))}, nil
}

// valueOf reads a default.
func valueOf(v *valueOne) (Arg, *lineFault) {
	if v.Word != nil {
		return argOf(*v.Word)
	}
	return argOf(*v.Number)
}

func amountArg(t lexer.Token) (Arg, *lineFault) {
	amount, ok := ParseAmount(t.Value)
	if !ok {
		return Arg{}, unknownUnit(t)
	}
	return Arg{Kind: AmountArg, Amount: amount, Range: tokenRange(t)}, nil
}

func amountNode(kind Kind, t lexer.Token, whole Range) (*Node, *lineFault) {
	arg, fault := amountArg(t)
	if fault != nil {
		return nil, fault
	}
	return &Node{Kind: kind, Range: whole, Args: []Arg{arg}}, nil
}

func blockOf(tokens []lexer.Token, whole Range) (*Node, *lineFault) {
	n := &Node{Range: whole}
	var keyword lexer.Token
	var number *lexer.Token
	margin := false
	for i := range tokens {
		switch t := &tokens[i]; t.Type {
		case tokenMemory:
			n.Memory = true
		case tokenBlock:
			keyword = *t
			n.Kind, _ = KindOf(t.Value)
		case tokenFirst:
			n.Kind = ParallelFirst
		case tokenMargin:
			margin = true
		case tokenNumber:
			number = t
		case tokenWord:
			n.Name, n.WordRange = t.Value, tokenRange(*t)
		}
	}
	kind := n.Kind
	if n.Memory && kind != Selector && kind != Sequence {
		return nil, &lineFault{code: "memory", start: 0, end: len("memory"),
			summary: "only a selector or a sequence can have memory, not " + kind.String(),
			legal:   []string{"memory selector", "memory sequence"},
			fixes:   []lineFix{{"remove \"memory\"", 0, keyword.Pos.Offset, "", false}}}
	}
	wants := kind == Retry || kind == Repeat || kind == Timeout || kind == Cooldown || margin
	switch {
	case number != nil && !wants:
		at := number.Pos.Offset
		return nil, &lineFault{code: "syntax", start: at, end: at + len(number.Value),
			summary: kind.String() + " takes no number", legal: []string{kind.Usage()},
			fixes: []lineFix{{"remove the number", at, at + len(number.Value), "", false}}}
	case number == nil && (kind == Timeout || kind == Cooldown):
		at := keyword.Pos.Offset + len(keyword.Value)
		return nil, &lineFault{code: "syntax", start: keyword.Pos.Offset, end: at,
			summary: kind.String() + " needs a duration", legal: []string{kind.Usage(), kind.String() + " 5s:"},
			fixes: []lineFix{{"add a duration of 5s", at, at, " 5s", false}}}
	case number != nil:
		arg, fault := amountArg(*number)
		if fault != nil {
			return nil, fault
		}
		if margin {
			arg.Name = "margin"
		}
		n.Args = []Arg{arg}
	}
	return n, nil
}

func treeOf(l *treeLine, whole Range) (*Tree, *lineFault) {
	t := &Tree{Name: l.Name.Value, NameRange: tokenRange(l.Name), Range: whole}
	for _, p := range l.Params {
		param := Param{Name: p.Name.Value, Type: p.Type.Value, Range: tokenRange(p.Name)}
		if p.Default != nil {
			var fault *lineFault
			if param.Default, fault = valueOf(p.Default); fault != nil {
				return nil, fault
			}
			param.HasDefault = true
		}
		t.Params = append(t.Params, param)
	}
	return t, nil
}

func keyOf(l *keyLine, whole Range) (*Key, *lineFault) {
	k := &Key{Name: l.Name.Value, NameRange: tokenRange(l.Name), Type: l.Type.Value, TypeRange: tokenRange(l.Type), Values: l.Values, Range: whole}
	if l.Default != nil {
		var fault *lineFault
		if k.Default, fault = valueOf(l.Default); fault != nil {
			return nil, fault
		}
		k.HasDefault = true
	}
	if l.Scope != nil {
		switch l.Scope.Value {
		case "agent":
		case "tree":
			k.Scope = TreeScope
		case "team":
			k.Scope = TeamScope
		default:
			at := l.Scope.Pos.Offset
			near, _ := Nearest(l.Scope.Value, scopeWords[:])
			return nil, &lineFault{code: "unknown-scope", start: at, end: at + len(l.Scope.Value),
				summary: "there is no scope \"" + l.Scope.Value + "\"", legal: near,
				fixes: []lineFix{{"use \"" + near[0] + "\"", at, at + len(l.Scope.Value), near[0], false}}}
		}
	}
	return k, nil
}
