package dsl

// Node is one construct of a tree: a line of the text and the lines below it.
// Programs may build and change nodes freely; a change is seen by [Format],
// never by the text that the node was read from.
type Node struct {
	Kind Kind
	// Memory marks a selector or sequence that remembers its progress.
	Memory bool
	// ByNet marks a Net that is written "task: WORD by net": Word is the task in
	// whose place the network acts.
	ByNet bool
	// Blank says that an empty line stands above the node and its comments.
	Blank bool
	// Name is the author's own name of a composite or decorator; may be empty.
	Name string
	// Word is what a leaf refers to: the task, net, subtree, Lua function, or
	// the key that is set.
	Word string
	// Args are the node's arguments. Retry and Repeat: at most one count.
	// Timeout, Cooldown, Wait: one duration. Utility: at most one, named
	// "margin". Weight: one number. Score, Condition, Set: one expression.
	// Task, Net, Call, Lua: any.
	Args []Arg
	// Children are the nodes below, in order.
	Children []*Node

	// Comments are the comment lines above the node, Comment the one at the
	// end of its line, each with its marker ("# ..." or "// ...").
	Comments []string
	Comment  string

	// Range is the node's own line, from its keyword to the end of its code;
	// WordRange is where Word (or, without one, Name) is written.
	Range, WordRange Range

	line *lineMeaning // the one it was read from; nil when a program built it
}

// ArgKind says how an argument is written.
type ArgKind uint8

// The kinds of argument.
const (
	WordArg       ArgKind = iota // a name: chooser, enum word, parameter, key, feature, true, false
	AmountArg                    // a number with an optional unit
	ExpressionArg                // an expression; among a leaf's arguments in parentheses
)

// Arg is one argument.
type Arg struct {
	Kind ArgKind
	// Name is the parameter of a named argument ("name=value"); may be empty.
	Name string
	// Text is the word, or the expression without enclosing parentheses.
	Text string
	// Amount is the value of an AmountArg.
	Amount Amount
	// Range is where the value stands in the text.
	Range Range

	// shift is how many bytes of Text were put in front of what stands at
	// Range ("not " of a condition after "condition: no").
	shift int
}

// At returns the range of the bytes from start to end of the argument's Text
// in the source; the whole argument when they are not in it.
func (a *Arg) At(start, end int) Range {
	r := a.Exactly(start, end)
	if !r.Start.Before(r.End) {
		return a.Range
	}
	return r
}

// Exactly is At for edits: the range may be empty.
func (a *Arg) Exactly(start, end int) Range {
	if a.Range.Start.Line == 0 {
		return Range{}
	}
	place := func(offset int) Position {
		column := a.Range.Start.Column + max(0, offset-a.shift)
		return Position{a.Range.Start.Line, min(column, a.Range.End.Column)}
	}
	return Range{place(start), place(end)}
}

// Arg returns the argument with the given name, or nil.
func (n *Node) Arg(name string) *Arg {
	for i := range n.Args {
		if n.Args[i].Name == name {
			return &n.Args[i]
		}
	}
	return nil
}

// Expression returns the text of the node's expression: the test of a
// Condition, the value of a Set, the score of a Score; otherwise "".
func (n *Node) Expression() string {
	switch n.Kind {
	case Condition, Set, Score:
		if len(n.Args) > 0 {
			return n.Args[0].Text
		}
	}
	return ""
}

// Amount returns the node's number: a count, duration, weight or margin. The
// zero Amount when it has none.
func (n *Node) Amount() Amount {
	switch n.Kind {
	case Retry, Repeat, Timeout, Cooldown, Wait, Weight, Utility:
		if len(n.Args) > 0 && n.Args[0].Kind == AmountArg {
			return n.Args[0].Amount
		}
	}
	return Amount{}
}

// Clone returns a deep copy.
func (n *Node) Clone() *Node {
	if n == nil {
		return nil
	}
	c := *n
	c.Args = append([]Arg(nil), n.Args...)
	c.Comments = append([]string(nil), n.Comments...)
	c.Children = nil
	if len(n.Children) > 0 {
		c.Children = make([]*Node, len(n.Children))
		for i, child := range n.Children {
			c.Children[i] = child.Clone()
		}
	}
	return &c
}

// Walk visits n and what is below it in the order of the text. It goes below a
// node only if visit returns true.
func (n *Node) Walk(visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, child := range n.Children {
		child.Walk(visit)
	}
}

// Size returns the number of nodes from n down.
func (n *Node) Size() int {
	size := 0
	n.Walk(func(*Node) bool { size++; return true })
	return size
}

// Equal reports whether two nodes mean the same: the same constructs in the same
// order. Comments, blank lines and ranges do not matter.
func (n *Node) Equal(m *Node) bool {
	if n == nil || m == nil {
		return n == m
	}
	if !n.SameLine(m) || len(n.Children) != len(m.Children) {
		return false
	}
	for i := range n.Children {
		if !n.Children[i].Equal(m.Children[i]) {
			return false
		}
	}
	return true
}

// SameLine is Equal for the two lines alone, whatever stands below them.
func (n *Node) SameLine(m *Node) bool {
	if n.Kind != m.Kind || n.Memory != m.Memory || n.ByNet != m.ByNet || n.Name != m.Name || n.Word != m.Word || len(n.Args) != len(m.Args) {
		return false
	}
	for i := range n.Args {
		a, b := &n.Args[i], &m.Args[i]
		if a.Kind != b.Kind || a.Name != b.Name || a.Text != b.Text || a.Amount != b.Amount {
			return false
		}
	}
	return true
}
