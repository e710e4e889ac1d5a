package dsl

// WordOf returns the argument that names word.
func WordOf(word string) Arg { return Arg{Kind: WordArg, Text: word} }

// AmountOf returns the argument of a number with a unit.
func AmountOf(value float64, unit Unit) Arg {
	return Arg{Kind: AmountArg, Amount: Amount{value, unit}}
}

// ExpressionOf returns the argument of an expression.
func ExpressionOf(text string) Arg { return Arg{Kind: ExpressionArg, Text: text} }

// Composed returns a composite or decorator over children; name may be empty.
func Composed(kind Kind, name string, children ...*Node) *Node {
	return &Node{Kind: kind, Name: name, Children: children}
}

// Counted returns a retry or repeat of child; a count of 0 sets no bound.
func Counted(kind Kind, count int, child *Node) *Node {
	n := &Node{Kind: kind, Children: []*Node{child}}
	if count > 0 {
		n.Args = []Arg{AmountOf(float64(count), NoUnit)}
	}
	return n
}

// Timed returns a timeout or cooldown over child.
func Timed(kind Kind, value float64, unit Unit, child *Node) *Node {
	return &Node{Kind: kind, Args: []Arg{AmountOf(value, unit)}, Children: []*Node{child}}
}

// Test returns a condition.
func Test(expression string) *Node {
	return &Node{Kind: Condition, Args: []Arg{ExpressionOf(expression)}}
}

// Do returns a leaf that refers to word: a Task, Net, Call or Lua.
func Do(kind Kind, word string, args ...Arg) *Node {
	return &Node{Kind: kind, Word: word, Args: args}
}

// Assign returns a node that sets key to the value of an expression.
func Assign(key, expression string) *Node {
	return &Node{Kind: Set, Word: key, Args: []Arg{ExpressionOf(expression)}}
}
