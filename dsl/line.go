package dsl

import (
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
	fault  *lineFault
	// negates marks "condition: no", which negates the next condition.
	negates bool
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
	parsed, err := grammar().ParseString("", code)
	if err != nil {
		return &lineMeaning{fault: explain(code, word, err)}
	}
	m := &lineMeaning{}
	whole := on(1, 1, len(code))
	var fault *lineFault
	switch {
	case parsed.Condition != nil:
		m.node, m.negates, fault = conditionOf(parsed.Condition, whole)
	case parsed.Action != nil:
		m.node, fault = actionOf(parsed.Action, whole)
	case parsed.Block != nil:
		m.node, fault = blockOf(parsed.Block, whole)
	case parsed.Set != nil:
		m.node = &Node{Kind: Set, Word: parsed.Set.Key.Value, WordRange: tokenRange(parsed.Set.Key), Range: whole,
			Args: []Arg{expressionArg(parsed.Set.Text)}}
	case parsed.Wait != nil:
		m.node, fault = amountNode(Wait, parsed.Wait.Amount, whole)
	case parsed.Weight != nil:
		m.node, fault = amountNode(Weight, parsed.Weight.Amount, whole)
	case parsed.Score != nil:
		m.node = &Node{Kind: Score, Range: whole, Args: []Arg{expressionArg(parsed.Score.Text)}}
	case parsed.Tree != nil:
		m.tree, fault = treeOf(parsed.Tree, whole)
	case parsed.Key != nil:
		m.key, fault = keyOf(parsed.Key, whole)
	case parsed.Policy != nil:
		p := parsed.Policy
		m.policy = &Policy{Name: p.Name.Value, NameRange: tokenRange(p.Name), Game: p.Game.Value, GameRange: tokenRange(p.Game)}
	}
	if fault != nil {
		fault.head = word
		return &lineMeaning{fault: fault}
	}
	return m
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

func actionOf(l *actionLine, whole Range) (*Node, *lineFault) {
	kind, _ := KindOf(l.Keyword.Value)
	n := &Node{Kind: kind, Word: l.Word.Value, WordRange: tokenRange(l.Word), Range: whole}
	named := ""
	for _, one := range l.Args {
		name, value := "", one.Plain
		switch {
		case one.Value != nil:
			name, value = one.Word.Value, one.Value
		case one.Word != nil:
			value = &valueOne{Word: one.Word}
		}
		arg, fault := argOf(value)
		if fault != nil {
			return nil, fault
		}
		arg.Name = name
		if name == "" && named != "" {
			return nil, &lineFault{code: "argument-order", start: arg.Range.Start.Column - 1, end: arg.Range.End.Column - 1,
				summary: "an argument without a name cannot follow \"" + named + "=\""}
		}
		if name != "" {
			if n.Arg(name) != nil {
				return nil, &lineFault{code: "argument-twice", start: one.Word.Pos.Offset, end: one.Word.Pos.Offset + len(name),
					summary: "the argument \"" + name + "\" is given twice"}
			}
			named = name
		}
		n.Args = append(n.Args, arg)
	}
	return n, nil
}

func argOf(v *valueOne) (Arg, *lineFault) {
	switch {
	case v.Word != nil:
		return Arg{Kind: WordArg, Text: v.Word.Value, Range: tokenRange(*v.Word)}, nil
	case v.Number != nil:
		return amountArg(*v.Number)
	}
	inner := v.Text.Value[1 : len(v.Text.Value)-1]
	trimmed := strings.Trim(inner, " \t")
	start := v.Text.Pos.Column + 1 + strings.Index(inner, trimmed)
	return Arg{Kind: ExpressionArg, Text: trimmed, Range: on(1, start, len(trimmed))}, nil
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

func blockOf(l *blockLine, whole Range) (*Node, *lineFault) {
	kind, _ := KindOf(l.Keyword.Value)
	if l.First != nil {
		kind = ParallelFirst
	}
	n := &Node{Kind: kind, Range: whole, Memory: l.Memory != nil}
	if n.Memory && kind != Selector && kind != Sequence {
		return nil, &lineFault{code: "memory", start: 0, end: len("memory"),
			summary: "only a selector or a sequence can have memory, not " + kind.String(),
			legal:   []string{"memory selector", "memory sequence"},
			fixes:   []lineFix{{"remove \"memory\"", 0, l.Keyword.Pos.Offset, ""}}}
	}
	if l.Name != nil {
		n.Name, n.WordRange = l.Name.Value, tokenRange(*l.Name)
	}
	number := l.Amount
	if l.Margin != nil {
		number = l.Margin
	}
	wants := kind == Retry || kind == Repeat || kind == Timeout || kind == Cooldown || l.Margin != nil
	switch {
	case number != nil && !wants:
		at := number.Pos.Offset
		return nil, &lineFault{code: "syntax", start: at, end: at + len(number.Value),
			summary: kind.String() + " takes no number", legal: []string{kind.Usage()},
			fixes: []lineFix{{"remove the number", at, at + len(number.Value), ""}}}
	case number == nil && (kind == Timeout || kind == Cooldown):
		at := l.Keyword.Pos.Offset + len(l.Keyword.Value)
		return nil, &lineFault{code: "syntax", start: l.Keyword.Pos.Offset, end: at,
			summary: kind.String() + " needs a duration", legal: []string{kind.Usage(), kind.String() + " 5s:"},
			fixes: []lineFix{{"add a duration of 5s", at, at, " 5s"}}}
	case number != nil:
		arg, fault := amountArg(*number)
		if fault != nil {
			return nil, fault
		}
		if l.Margin != nil {
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
			if param.Default, fault = argOf(p.Default); fault != nil {
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
		if k.Default, fault = argOf(l.Default); fault != nil {
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
				fixes: []lineFix{{"use \"" + near[0] + "\"", at, at + len(l.Scope.Value), near[0]}}}
		}
	}
	return k, nil
}
