package expression

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"dryad/dsl"
)

// The bounds of an expression.
const (
	maxText  = 1024 // bytes
	maxDepth = 64   // nested brackets and signs
)

// config is expr's, with its builtin functions; it is only read.
var config = sync.OnceValue(func() *conf.Config {
	c := conf.CreateNew()
	c.MaxNodes = 0 // maxText bounds them
	c.DisableIfOperator = true
	return c
})

// parse reads an expression; names in it are not bound yet.
func parse(source string) (*Node, *Fault) {
	if len(source) > maxText {
		return nil, &Fault{Code: "expression-too-long", End: len(source),
			Summary: fmt.Sprintf("the expression has %d bytes, at most %d are read", len(source), maxText)}
	}
	plain, units, fault := withoutUnits(source)
	if fault != nil {
		return nil, fault
	}
	tree, err := parser.ParseWithConfig(plain, config())
	if err != nil {
		return nil, syntaxFault(source, err)
	}
	c := converter{source: source, units: units}
	node := c.node(tree.Node)
	if c.fault != nil {
		return nil, c.fault
	}
	return node, nil
}

// withoutUnits replaces units after numbers by spaces, so that expr can read
// the text and every offset stays what it was. It also rejects what would
// cost the parser too much.
func withoutUnits(source string) (plain string, units map[int]dsl.Unit, fault *Fault) {
	var out []byte
	depth := 0
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c >= 0x80 || c < ' ' && c != '\t':
			return "", nil, &Fault{Code: "expression", Start: i, End: i + 1, Summary: "an expression holds plain ASCII characters only"}
		case c == '(' || c == '-' || c == '+' || c == '!' || c == '?' || c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return "", nil, &Fault{Code: "expression-too-deep", Start: i, End: i + 1,
					Summary: "the expression has more than " + strconv.Itoa(maxDepth) + " brackets, signs and choices"}
			}
		case c == '"' || c == '\'':
			if quote := strings.IndexByte(source[i+1:], c); quote >= 0 {
				i += quote + 1
			}
		case wordByte(c) && (c < '0' || c > '9'):
			for i+1 < len(source) && wordByte(source[i+1]) {
				i++
			}
		case c >= '0' && c <= '9':
			start := i
			for i+1 < len(source) && (source[i+1] >= '0' && source[i+1] <= '9' || source[i+1] == '.') {
				i++
			}
			from := i + 1
			to := from
			for to < len(source) && wordByte(source[to]) {
				to++
			}
			word := source[from:to]
			if word == "" { // "3 turns"
				for from < len(source) && source[from] == ' ' {
					from++
				}
				to = from
				for to < len(source) && wordByte(source[to]) {
					to++
				}
				if word = source[from:to]; len(word) < 4 {
					continue
				}
			}
			if u, ok := dsl.UnitOf(word); ok {
				if out == nil {
					out, units = []byte(source), map[int]dsl.Unit{}
				}
				units[start] = u
				for ; from < to; from++ {
					out[from] = ' '
				}
				i = to - 1
			}
		}
	}
	if out == nil {
		return source, nil, nil
	}
	return string(out), units, nil
}

func wordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// syntaxFault turns expr's error into a fault.
func syntaxFault(source string, err error) *Fault {
	fault := &Fault{Code: "expression", End: len(source), Summary: "the expression cannot be read"}
	if e, ok := err.(*file.Error); ok {
		fault.Start = min(e.From, len(source))
		fault.End = min(max(e.To, fault.Start+1), max(len(source), 1))
		message, _, _ := strings.Cut(e.Message, "\n")
		fault.Summary = "the expression cannot be read: " + message
		if strings.Contains(message, "EOF") {
			fault.Summary = "the expression ends too early"
		}
	}
	if i := strings.Index(source, "="); i > 0 && !strings.ContainsAny(source[i-1:i], "=<>!") && (i+1 == len(source) || source[i+1] != '=') {
		fault.Start, fault.End = i, i+1
		fault.Summary = "a comparison is written \"==\""
		fault.Fixes = []Fix{{"write \"==\"", i, i + 1, "==", true}}
	}
	return fault
}

// converter admits what the whitelist holds.
type converter struct {
	source string
	units  map[int]dsl.Unit
	fault  *Fault
}

func (c *converter) refuse(n ast.Node, what string) *Node {
	if c.fault == nil {
		l := n.Location()
		c.fault = &Fault{Code: "expression", Start: l.From, End: max(l.To, l.From+1), Summary: what,
			Legal: []string{"numbers", "names", "== != < <= > >=", "and or not", "+ - * /", "a ? b : c", "min max abs floor ceil"}}
	}
	return &Node{}
}

var binaryOps = map[string]Op{
	"and": And, "&&": And, "or": Or, "||": Or, "+": Add, "-": Subtract, "*": Multiply, "/": Divide,
	"<": Less, "<=": LessEqual, ">": Greater, ">=": GreaterEqual, "==": Equal, "!=": NotEqual,
}

var functionOps = map[string]Op{"min": Min, "max": Max, "abs": Abs, "floor": Floor, "ceil": Ceil}

func (c *converter) node(n ast.Node) *Node {
	l := n.Location()
	out := &Node{Start: l.From, End: l.To}
	switch n := n.(type) {
	case *ast.IdentifierNode:
		out.Op, out.Name = name, n.Value
	case *ast.StringNode:
		out.Op, out.Name = text, n.Value
	case *ast.BoolNode:
		out.Op = Constant
		out.Kind = kindBool
		if n.Value {
			out.Value = 1
		}
	case *ast.IntegerNode:
		c.number(out, float64(n.Value))
	case *ast.FloatNode:
		c.number(out, n.Value)
	case *ast.UnaryNode:
		switch n.Operator {
		case "not", "!":
			out.Op = Not
		case "-":
			out.Op = Negate
		case "+":
			return c.node(n.Node)
		default:
			return c.refuse(n, fmt.Sprintf("the operator %q is not part of the language", n.Operator))
		}
		c.args(out, n.Node)
	case *ast.BinaryNode:
		op, ok := binaryOps[n.Operator]
		if !ok {
			return c.refuse(n, fmt.Sprintf("the operator %q is not part of the language", n.Operator))
		}
		out.Op = op
		c.args(out, n.Left, n.Right)
	case *ast.ConditionalNode:
		if !n.Ternary {
			return c.refuse(n, "write \"a ? b : c\" instead of \"if\"")
		}
		out.Op = Choose
		c.args(out, n.Cond, n.Exp1, n.Exp2)
	case *ast.BuiltinNode:
		return c.call(n, out, n.Name, n.Arguments)
	case *ast.CallNode:
		callee, _ := n.Callee.(*ast.IdentifierNode)
		if callee == nil {
			return c.refuse(n, "methods are not part of the language")
		}
		return c.call(n, out, callee.Value, n.Arguments)
	default:
		return c.refuse(n, "this is not part of the language")
	}
	return out
}

// number makes a constant of a literal.
func (c *converter) number(out *Node, value float64) {
	out.Op, out.Value = Constant, value
	out.unit = c.units[out.Start]
	out.literal = out.unit == dsl.NoUnit
	if out.unit != dsl.NoUnit {
		for out.End < len(c.source) && (wordByte(c.source[out.End]) || c.source[out.End] == ' ' && !out.literal && c.spaceBeforeUnit(out.End)) {
			out.End++
		}
	}
	out.Kind = kindNumber
	if value == float64(int64(value)) {
		out.Kind = kindInt
	}
}

// spaceBeforeUnit reports whether the blanks at offset lead to a unit.
func (c *converter) spaceBeforeUnit(offset int) bool {
	rest := strings.TrimLeft(c.source[offset:], " ")
	end := 0
	for end < len(rest) && wordByte(rest[end]) {
		end++
	}
	_, ok := dsl.UnitOf(rest[:end])
	return ok && offset > 0 && c.source[offset-1] >= '0' && c.source[offset-1] <= '9'
}

// args converts the arguments; the node spans them.
func (c *converter) args(out *Node, args ...ast.Node) {
	out.Args = make([]*Node, len(args))
	for i, a := range args {
		arg := c.node(a)
		out.Args[i] = arg
		out.Start, out.End = min(out.Start, arg.Start), max(out.End, arg.End)
	}
}

// call converts a call of a function.
func (c *converter) call(n ast.Node, out *Node, function string, args []ast.Node) *Node {
	op, ok := functionOps[function]
	if !ok {
		return c.refuse(n, fmt.Sprintf("there is no function %q", function))
	}
	one := op == Abs || op == Floor || op == Ceil
	if one && len(args) != 1 || !one && (len(args) < 2 || len(args) > 16) {
		wants := "one argument"
		if !one {
			wants = "two arguments or more"
		}
		return c.refuse(n, fmt.Sprintf("%s takes %s", function, wants))
	}
	out.Op = op
	c.args(out, args...)
	if i := strings.IndexByte(c.source[min(out.End, len(c.source)):], ')'); i >= 0 {
		out.End += i + 1
	}
	// min(a, b, c) is min(min(a, b), c).
	for len(out.Args) > 2 {
		inner := &Node{Op: op, Args: out.Args[:2:2], Start: out.Start, End: out.End}
		out.Args = append([]*Node{inner}, out.Args[2:]...)
	}
	return out
}
