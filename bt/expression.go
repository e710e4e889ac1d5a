package bt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Expr is an expression over inputs and keys. Truth values are numbers: 0 is
// false, everything else true, and what compares gives 0 or 1. The zero value
// is the constant 0.
type Expr struct {
	op    operator
	value float64 // of a constant
	index int     // of an input
	key   string
	args  []Expr
}

type operator uint8

const (
	exprConst operator = iota
	exprInput
	exprKey
	exprAdd
	exprSub
	exprMul
	exprDiv
	exprMin
	exprMax
	exprNeg
	exprAbs
	exprFloor
	exprCeil
	exprLess
	exprLessEqual
	exprEqual
	exprNotEqual
	exprAnd
	exprOr
	exprNot
	exprIf
)

var operatorNames = [...]string{
	"", "", "", "+", "-", "*", "/", "min", "max", "neg", "abs", "floor", "ceil", "<", "<=", "==", "!=", "and", "or", "not", "if",
}

// Const returns a constant.
func Const(value float64) Expr { return Expr{value: value} }

// Input returns the value of an input of the agent, frozen for the tick.
func Input(index int) Expr { return Expr{op: exprInput, index: index} }

// Read returns the value of a key: one of the subtree around it, else one of
// the agent.
func Read(name string) Expr { return Expr{op: exprKey, key: name} }

// Add returns a + b.
func Add(a, b Expr) Expr { return binary(exprAdd, a, b) }

// Sub returns a - b.
func Sub(a, b Expr) Expr { return binary(exprSub, a, b) }

// Mul returns a * b.
func Mul(a, b Expr) Expr { return binary(exprMul, a, b) }

// Div returns a / b, and 0 when b is 0.
func Div(a, b Expr) Expr { return binary(exprDiv, a, b) }

// Min returns the smaller of a and b.
func Min(a, b Expr) Expr { return binary(exprMin, a, b) }

// Max returns the larger of a and b.
func Max(a, b Expr) Expr { return binary(exprMax, a, b) }

// Neg returns -a.
func Neg(a Expr) Expr { return unary(exprNeg, a) }

// Abs returns the magnitude of a.
func Abs(a Expr) Expr { return unary(exprAbs, a) }

// Floor returns the greatest whole number that is not above a.
func Floor(a Expr) Expr { return unary(exprFloor, a) }

// Ceil returns the least whole number that is not below a.
func Ceil(a Expr) Expr { return unary(exprCeil, a) }

// Less returns a < b.
func Less(a, b Expr) Expr { return binary(exprLess, a, b) }

// LessEqual returns a <= b.
func LessEqual(a, b Expr) Expr { return binary(exprLessEqual, a, b) }

// Greater returns a > b.
func Greater(a, b Expr) Expr { return binary(exprLess, b, a) }

// GreaterEqual returns a >= b.
func GreaterEqual(a, b Expr) Expr { return binary(exprLessEqual, b, a) }

// Equal returns a == b.
func Equal(a, b Expr) Expr { return binary(exprEqual, a, b) }

// NotEqual returns a != b.
func NotEqual(a, b Expr) Expr { return binary(exprNotEqual, a, b) }

// And returns whether a and b are true; b is not computed when a is false.
func And(a, b Expr) Expr { return binary(exprAnd, a, b) }

// Or returns whether a or b is true; b is not computed when a is true.
func Or(a, b Expr) Expr { return binary(exprOr, a, b) }

// Negate returns whether a is false.
func Negate(a Expr) Expr { return unary(exprNot, a) }

// If returns then if test is true, and otherwise els.
func If(test, then, els Expr) Expr { return Expr{op: exprIf, args: []Expr{test, then, els}} }

func unary(op operator, a Expr) Expr     { return Expr{op: op, args: []Expr{a}} }
func binary(op operator, a, b Expr) Expr { return Expr{op: op, args: []Expr{a, b}} }

// Constant returns the value of an expression that reads nothing.
func (e Expr) Constant() (value float64, ok bool) {
	if e.op == exprConst {
		return e.value, true
	}
	if e.op == exprInput || e.op == exprKey {
		return 0, false
	}
	var values [3]float64
	for i, a := range e.args {
		if values[i], ok = a.Constant(); !ok {
			return 0, false
		}
	}
	switch e.op {
	case exprAnd:
		return truth(values[0] != 0 && values[1] != 0), true
	case exprOr:
		return truth(values[0] != 0 || values[1] != 0), true
	case exprIf:
		if values[0] != 0 {
			return values[1], true
		}
		return values[2], true
	}
	return compute(e.op, values[0], values[1]), true
}

// Eval computes the expression by walking it; the compiled program computes
// the same. key returns the value of a key.
func (e Expr) Eval(inputs []float64, key func(string) float64) float64 {
	switch e.op {
	case exprConst:
		return e.value
	case exprInput:
		return inputs[e.index]
	case exprKey:
		return key(e.key)
	case exprAnd:
		return truth(e.args[0].Eval(inputs, key) != 0 && e.args[1].Eval(inputs, key) != 0)
	case exprOr:
		return truth(e.args[0].Eval(inputs, key) != 0 || e.args[1].Eval(inputs, key) != 0)
	case exprIf:
		if e.args[0].Eval(inputs, key) != 0 {
			return e.args[1].Eval(inputs, key)
		}
		return e.args[2].Eval(inputs, key)
	}
	a := e.args[0].Eval(inputs, key)
	b := 0.0
	if len(e.args) == 2 {
		b = e.args[1].Eval(inputs, key)
	}
	return compute(e.op, a, b)
}

// compute applies an operator that needs the values of all its operands.
func compute(op operator, a, b float64) float64 {
	switch op {
	case exprAdd:
		return a + b
	case exprSub:
		return a - b
	case exprMul:
		return float64(a * b)
	case exprDiv:
		if b == 0 {
			return 0
		}
		return a / b
	case exprMin:
		return min(a, b)
	case exprMax:
		return max(a, b)
	case exprNeg:
		return -a
	case exprAbs:
		return math.Abs(a)
	case exprFloor:
		return math.Floor(a)
	case exprCeil:
		return math.Ceil(a)
	case exprLess:
		return truth(a < b)
	case exprLessEqual:
		return truth(a <= b)
	case exprEqual:
		return truth(a == b)
	case exprNotEqual:
		return truth(a != b)
	case exprNot:
		return truth(a == 0)
	}
	panic("bt: no such operator")
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// String writes the expression with full parentheses.
func (e Expr) String() string {
	switch e.op {
	case exprConst:
		return strconv.FormatFloat(e.value, 'g', -1, 64)
	case exprInput:
		return fmt.Sprintf("input[%d]", e.index)
	case exprKey:
		return e.key
	case exprNot:
		return "not " + e.args[0].String()
	}
	parts := make([]string, len(e.args))
	for i, a := range e.args {
		parts[i] = a.String()
	}
	name := operatorNames[e.op]
	if len(parts) == 2 && e.op != exprMin && e.op != exprMax {
		return "(" + parts[0] + " " + name + " " + parts[1] + ")"
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}
