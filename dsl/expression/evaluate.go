package expression

import "math"

// Env holds the values that an expression reads, by index.
type Env struct {
	Readings, Keys, Params []float64
}

// Evaluate computes a bound expression, plainly: the reference for what every
// faster way must give. Products are rounded before they are added.
func Evaluate(n *Node, env Env) float64 {
	arg := func(i int) float64 { return Evaluate(n.Args[i], env) }
	truth := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	switch n.Op {
	case Constant:
		return n.Value
	case Reading:
		return env.Readings[n.Index]
	case Key:
		return env.Keys[n.Index]
	case Param:
		return env.Params[n.Index]
	case Not:
		return truth(arg(0) == 0)
	case Negate:
		return -arg(0)
	case Abs:
		return math.Abs(arg(0))
	case Floor:
		return math.Floor(arg(0))
	case Ceil:
		return math.Ceil(arg(0))
	case And:
		return truth(arg(0) != 0 && arg(1) != 0)
	case Or:
		return truth(arg(0) != 0 || arg(1) != 0)
	case Choose:
		if arg(0) != 0 {
			return arg(1)
		}
		return arg(2)
	}
	x, y := arg(0), arg(1)
	switch n.Op {
	case Add:
		return x + y
	case Subtract:
		return x - y
	case Multiply:
		return float64(x * y)
	case Divide:
		if y == 0 {
			return 0
		}
		return x / y
	case Less:
		return truth(x < y)
	case LessEqual:
		return truth(x <= y)
	case Greater:
		return truth(x > y)
	case GreaterEqual:
		return truth(x >= y)
	case Equal:
		return truth(x == y)
	case NotEqual:
		return truth(x != y)
	case Min:
		return min(x, y)
	case Max:
		return max(x, y)
	}
	panic("expression: bug: a node with operation " + n.Op.String() + " was not bound")
}
