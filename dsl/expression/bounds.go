package expression

import (
	"fmt"
	"math"

	"dryad/vocab"
)

// Interval is a range of values, both ends included.
type Interval struct{ Low, High float64 }

var everything = Interval{math.Inf(-1), math.Inf(1)}

// Decided reports whether a Bool has the same value for all values that its
// readings can take.
func Decided(n *Node) (value, decided bool) {
	r := Bounds(n)
	return r.Low != 0, r.Low == r.High
}

// Bounds returns a range that holds every value the expression can take, by
// the ranges that the vocabulary declares.
func Bounds(n *Node) Interval {
	switch n.Op {
	case Constant:
		return Interval{n.Value, n.Value}
	case Reading, Key, Param:
		switch {
		case n.Kind == kindBool:
			return Interval{0, 1}
		case n.Kind == vocab.Enum:
			return Interval{0, float64(len(n.values) - 1)}
		case n.Op == Reading && n.min < n.max:
			return Interval{n.min, n.max}
		}
		return everything
	case Choose:
		a, b := Bounds(n.Args[1]), Bounds(n.Args[2])
		return Interval{min(a.Low, b.Low), max(a.High, b.High)}
	}
	a := Bounds(n.Args[0])
	switch n.Op {
	case Not:
		return Interval{1 - a.High, 1 - a.Low}.truth()
	case Negate:
		return Interval{-a.High, -a.Low}
	case Abs:
		high := max(math.Abs(a.Low), math.Abs(a.High))
		if a.Low <= 0 && a.High >= 0 {
			return Interval{0, high}
		}
		return Interval{min(math.Abs(a.Low), math.Abs(a.High)), high}
	case Floor:
		return Interval{math.Floor(a.Low), math.Floor(a.High)}
	case Ceil:
		return Interval{math.Ceil(a.Low), math.Ceil(a.High)}
	}
	b := Bounds(n.Args[1])
	switch n.Op {
	case And:
		return Interval{min(a.Low, b.Low), min(a.High, b.High)}.truth()
	case Or:
		return Interval{max(a.Low, b.Low), max(a.High, b.High)}.truth()
	case Add:
		return Interval{a.Low + b.Low, a.High + b.High}.sound()
	case Subtract:
		return Interval{a.Low - b.High, a.High - b.Low}.sound()
	case Min:
		return Interval{min(a.Low, b.Low), min(a.High, b.High)}
	case Max:
		return Interval{max(a.Low, b.Low), max(a.High, b.High)}
	case Multiply:
		p := [...]float64{a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High}
		return Interval{min(p[0], p[1], p[2], p[3]), max(p[0], p[1], p[2], p[3])}.sound()
	case Divide:
		if b.Low <= 0 && b.High >= 0 {
			return everything
		}
		p := [...]float64{a.Low / b.Low, a.Low / b.High, a.High / b.Low, a.High / b.High}
		return Interval{min(p[0], p[1], p[2], p[3]), max(p[0], p[1], p[2], p[3])}.sound()
	case Less:
		return compared(a.High < b.Low, a.Low >= b.High)
	case LessEqual:
		return compared(a.High <= b.Low, a.Low > b.High)
	case Greater:
		return compared(a.Low > b.High, a.High <= b.Low)
	case GreaterEqual:
		return compared(a.Low >= b.High, a.High < b.Low)
	case Equal:
		return compared(a.Low == a.High && a == b, a.High < b.Low || b.High < a.Low)
	case NotEqual:
		return compared(a.High < b.Low || b.High < a.Low, a.Low == a.High && a == b)
	}
	return everything
}

// sound gives up when infinities met.
func (i Interval) sound() Interval {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return everything
	}
	return i
}

// truth clips to 0 and 1.
func (i Interval) truth() Interval { return Interval{max(0, min(1, i.Low)), max(0, min(1, i.High))} }

func compared(always, never bool) Interval {
	switch {
	case always:
		return Interval{1, 1}
	case never:
		return Interval{0, 0}
	}
	return Interval{0, 1}
}

// decided warns of comparisons that the ranges of the readings decide.
func (b *binder) decided(n *Node) (faults []Fault) {
	n.Walk(func(n *Node) {
		if n.Op < Less || n.Op > NotEqual {
			return
		}
		value, ok := Decided(n)
		if !ok || len(faults) > 0 {
			return
		}
		f := Fault{Code: "always-" + fmt.Sprint(value), Start: n.Start, End: n.End, Warning: true,
			Summary: fmt.Sprintf("%q is always %v", b.source[n.Start:n.End], value)}
		for _, a := range n.Args {
			if a.Op == Reading && a.min < a.max {
				f.Summary += fmt.Sprintf(": %s lies between %g and %g", a.Name, a.min, a.max)
				f.Legal = []string{fmt.Sprintf("%g to %g", a.min, a.max)}
			}
		}
		faults = append(faults, f)
	})
	return faults
}
