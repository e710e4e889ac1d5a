package expression

import (
	"dryad/dsl"
	"dryad/vocab"
)

// Op is what a node computes.
type Op uint8

// The operations. Truth is 1 or 0, an enum word its index, a duration whole
// ticks (or turns), an angle degrees.
const (
	Constant Op = iota // Value
	Reading            // the vocabulary's reading number Index
	Key                // the scope's key number Index
	Param              // the scope's parameter number Index

	Not    // Args[0] is 0
	Negate // -Args[0]
	Abs
	Floor
	Ceil

	And // 1 if both are not 0; Args[1] is not computed when Args[0] is 0
	Or  // 1 if either is not 0; Args[1] is not computed when Args[0] is not 0
	Add
	Subtract
	Multiply
	Divide // 0 when the divisor is 0
	Less
	LessEqual
	Greater
	GreaterEqual
	Equal
	NotEqual
	Min
	Max

	Choose // Args[1] if Args[0] is not 0, else Args[2]

	name // an identifier that is not bound yet
	text // a quoted word that is not bound yet
)

var opNames = [...]string{"constant", "reading", "key", "parameter", "not", "negate", "abs", "floor", "ceil",
	"and", "or", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", "min", "max", "?:", "name", "text"}

// String returns the operation's name.
func (o Op) String() string { return opNames[o] }

// Node is a part of an expression. What [Bind] returns is shared and must not
// be changed.
type Node struct {
	Op Op
	// Kind is the type of the value: Bool, Int, Number, Enum, Duration or Angle.
	Kind vocab.Kind
	// Value of a Constant.
	Value float64
	// Index of a Reading, Key or Param.
	Index int
	// Name of a Reading, Key or Param.
	Name string
	Args []*Node
	// Start and End are the bytes of the text that the node was read from.
	Start, End int

	literal  bool           // a number written without a unit
	unit     dsl.Unit       // of a literal, until it is bound
	values   []string       // words of an Enum
	min, max float64        // of a Reading; both 0 when not known
	feature  *vocab.Feature // of a Reading that is one
}

// Size returns the number of nodes; the cost of computing the expression.
func (n *Node) Size() int {
	size := 1
	for _, a := range n.Args {
		size += a.Size()
	}
	return size
}

// Walk visits n and all below it, the node before its arguments.
func (n *Node) Walk(visit func(*Node)) {
	visit(n)
	for _, a := range n.Args {
		a.Walk(visit)
	}
}

// Fault is what is wrong with an expression.
type Fault struct {
	Code       string
	Start, End int // bytes of the text
	Summary    string
	Legal      []string
	Fixes      []Fix
	Warning    bool // the expression still means something
}

// Fix replaces bytes of the text.
type Fix struct {
	Title      string
	Start, End int
	Text       string
	Safe       bool // it is the only reading, and no guess
}
