package expression

import "dryad/dsl"

// Syntax reads an expression and gives its names no meaning: what they are,
// [Node.Word] tells. It serves those who write the expression in another
// language. The node is shared and must not be changed.
func Syntax(source string) (*Node, *Fault) {
	s := syntaxOf(source)
	return s.node, s.fault
}

// Word returns the name, or the text without its quotes, that a node of
// [Syntax] is.
func (n *Node) Word() (word string, quoted, ok bool) {
	return n.Name, n.Op == text, n.Op == name || n.Op == text
}

// Unit returns the unit that a number of [Syntax] was written with.
func (n *Node) Unit() dsl.Unit { return n.unit }
