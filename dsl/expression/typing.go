package expression

import (
	"slices"

	"dryad/internal/english"
	"dryad/vocab"
)

// typed gives an operation its type, or reports why it has none.
func (b *binder) typed(n *Node) {
	switch n.Op {
	case Not:
		b.truth(n.Args[0], "not")
		n.Kind = kindBool
	case And, Or:
		b.truth(n.Args[0], n.Op.String())
		b.truth(n.Args[1], n.Op.String())
		n.Kind = kindBool
	case Negate, Abs:
		b.computable(n.Args[0], n.Op.String())
		n.Kind = n.Args[0].Kind
		n.literal = n.Args[0].literal
	case Floor, Ceil:
		b.computable(n.Args[0], n.Op.String())
		if n.Kind = n.Args[0].Kind; n.Kind == kindNumber {
			n.Kind = kindInt
		}
	case Add, Subtract, Min, Max:
		n.Kind = b.join(n, n.Args[0], n.Args[1])
	case Multiply:
		n.Kind = b.product(n)
	case Divide:
		n.Kind = b.quotient(n)
	case Less, LessEqual, Greater, GreaterEqual:
		if b.computable(n.Args[0], n.Op.String()) && b.computable(n.Args[1], n.Op.String()) {
			b.join(n, n.Args[0], n.Args[1])
		}
		n.Kind = kindBool
	case Equal, NotEqual:
		b.comparable(n)
		n.Kind = kindBool
	case Choose:
		b.truth(n.Args[0], "?")
		n.Kind = b.alternatives(n)
	}
}

// truth requires a Bool.
func (b *binder) truth(n *Node, by string) {
	if n.Kind == kindBool || n.Kind == vocab.None {
		return
	}
	f := b.fault(n, "type", "%q needs true or false, and this is a %s", by, n.Kind)
	if n.Op == Reading || n.Op == Key || n.Op == Param {
		f.Summary += "; compare it"
		f.Legal = []string{n.Name + " > 0", n.Name + " == 0"}
	}
}

// computable requires a number, an angle or a duration.
func (b *binder) computable(n *Node, by string) bool {
	switch n.Kind {
	case kindBool, vocab.Enum:
		f := b.fault(n, "type", "%q computes with numbers, and this is a %s", by, n.Kind)
		if n.Kind == vocab.Enum {
			f.Legal = []string{"==", "!="}
		}
		if n.Op == Not {
			// "not a < b" reads as "(not a) < b".
			f.Summary += "; \"not\" binds tighter, write not ( ... )"
		}
		return false
	}
	return true
}

// join returns the type that two numbers have in common.
func (b *binder) join(n, x, y *Node) vocab.Kind {
	if !b.computable(x, n.Op.String()) || !b.computable(y, n.Op.String()) {
		return vocab.None
	}
	kind, ok := common(x, y)
	if !ok {
		f := b.fault(n, "unit", "%s and %s cannot be compared or added", english.Article(x.Kind.String()), english.Article(y.Kind.String()))
		if (x.Kind == vocab.Duration) != (y.Kind == vocab.Duration) {
			literal := y
			if x.literal {
				literal = x
			}
			if literal.literal {
				word, title := "s", "make it seconds"
				if b.scope.Vocabulary != nil && b.scope.Vocabulary.TicksPerSecond == 0 {
					word, title = "turns", "make it turns"
				}
				f.Start, f.End = literal.Start, literal.End
				f.Summary = "a duration needs a unit"
				f.Fixes = []Fix{{title, literal.End, literal.End, word, false}}
				f.Legal = []string{b.source[literal.Start:literal.End] + word}
			}
		}
	}
	return kind
}

// common returns the type of a sum of x and y.
func common(x, y *Node) (vocab.Kind, bool) {
	a, c := x.Kind, y.Kind
	switch {
	case a == vocab.None || c == vocab.None:
		return vocab.None, true
	case a == c:
		return a, true
	case a == vocab.Duration:
		return a, y.literal && y.Value == 0 && y.Op == Constant
	case c == vocab.Duration:
		return c, x.literal && x.Value == 0 && x.Op == Constant
	case a == vocab.Angle || c == vocab.Angle:
		return vocab.Angle, true // a bare number beside an angle is degrees
	case a == kindNumber || c == kindNumber:
		return kindNumber, true
	}
	return kindInt, true
}

func (b *binder) product(n *Node) vocab.Kind {
	x, y := n.Args[0], n.Args[1]
	if !b.computable(x, "*") || !b.computable(y, "*") {
		return vocab.None
	}
	plain := func(k vocab.Kind) bool { return k == kindInt || k == kindNumber || k == vocab.None }
	switch {
	case plain(x.Kind) && plain(y.Kind):
		kind, _ := common(x, y)
		return kind
	case plain(x.Kind):
		return y.Kind
	case plain(y.Kind):
		return x.Kind
	}
	b.fault(n, "unit", "a %s cannot be multiplied by a %s", x.Kind, y.Kind)
	return vocab.None
}

func (b *binder) quotient(n *Node) vocab.Kind {
	x, y := n.Args[0], n.Args[1]
	if !b.computable(x, "/") || !b.computable(y, "/") {
		return vocab.None
	}
	if y.Op == Constant && y.Value == 0 {
		b.fault(n, "division-by-zero", "this divides by zero")
	}
	switch {
	case x.Kind == y.Kind:
		return kindNumber
	case y.Kind == kindInt || y.Kind == kindNumber || y.Kind == vocab.None:
		if x.Kind == kindInt {
			return kindNumber
		}
		return x.Kind
	}
	if x.Kind == kindInt && y.Kind == kindNumber || x.Kind == kindNumber && y.Kind == kindInt {
		return kindNumber
	}
	b.fault(n, "unit", "a %s cannot be divided by a %s", x.Kind, y.Kind)
	return vocab.None
}

// comparable checks "==" and "!=".
func (b *binder) comparable(n *Node) {
	x, y := n.Args[0], n.Args[1]
	switch {
	case x.Kind == vocab.None || y.Kind == vocab.None:
	case x.Kind == vocab.Enum && y.Kind == vocab.Enum:
		if !slices.Equal(x.values, y.values) {
			b.fault(n, "type", "the two have different words")
		}
	case x.Kind == kindBool && y.Kind == kindBool:
	case x.Kind == kindBool || y.Kind == kindBool || x.Kind == vocab.Enum || y.Kind == vocab.Enum:
		f := b.fault(n, "type", "a %s and a %s cannot be compared", x.Kind, y.Kind)
		if x.Kind == vocab.Enum {
			f.Legal = x.values
		} else if y.Kind == vocab.Enum {
			f.Legal = y.values
		}
	default:
		b.join(n, x, y)
	}
}

// alternatives types the two results of "a ? b : c".
func (b *binder) alternatives(n *Node) vocab.Kind {
	x, y := n.Args[1], n.Args[2]
	if x.Kind == y.Kind && (x.Kind == kindBool || x.Kind == vocab.Enum && slices.Equal(x.values, y.values)) {
		n.values = x.values
		return x.Kind
	}
	if x.Kind == kindBool || y.Kind == kindBool || x.Kind == vocab.Enum || y.Kind == vocab.Enum {
		if x.Kind != vocab.None && y.Kind != vocab.None {
			b.fault(n, "type", "\"?\" chooses between a %s and a %s", x.Kind, y.Kind)
		}
		return vocab.None
	}
	kind, ok := common(x, y)
	if !ok {
		b.fault(n, "type", "\"?\" chooses between a %s and a %s", x.Kind, y.Kind)
	}
	return kind
}

// want requires that the whole expression fits where it stands.
func (b *binder) want(n *Node, want vocab.Kind) {
	if want == vocab.None || n.Kind == want || n.Kind == vocab.None {
		return
	}
	number := n.Kind == kindInt || n.Kind == kindNumber
	switch want {
	case kindBool:
		b.truth(n, "condition")
		return
	case kindNumber:
		if n.Kind != vocab.Enum {
			return
		}
	case vocab.Angle:
		if number {
			return
		}
	case kindInt:
		if n.Kind == kindNumber {
			f := b.fault(n, "type", "a whole number is needed here, and this may be a fraction")
			f.Fixes = []Fix{{"round down", n.Start, n.End, "floor(" + b.source[n.Start:n.End] + ")", false}}
			return
		}
	case vocab.Duration:
		if n.literal && n.Op == Constant && n.Value == 0 {
			return
		}
		if n.literal && n.Op == Constant {
			word := "s"
			if b.scope.Vocabulary != nil && b.scope.Vocabulary.TicksPerSecond == 0 {
				word = "turns"
			}
			b.fault(n, "unit", "a duration needs a unit").Fixes = []Fix{{"add a unit", n.End, n.End, word, false}}
			return
		}
	}
	b.fault(n, "type", "%s is needed here, and this is %s", english.Article(want.String()), english.Article(n.Kind.String()))
}
