package bt

import "math"

func toBits(f float64) uint64   { return math.Float64bits(f) }
func fromBits(w uint64) float64 { return math.Float64frombits(w) }

// fold replaces what reads nothing by its value.
func fold(e Expr) Expr {
	if len(e.args) == 0 {
		return e
	}
	args := make([]Expr, len(e.args))
	constant := true
	for i, a := range e.args {
		args[i] = fold(a)
		constant = constant && args[i].op == exprConst
	}
	e.args = args
	if constant {
		v, _ := e.Constant()
		return Const(v)
	}
	return e
}

// operations counts the operators and keys of an expression.
func operations(e Expr) int32 {
	var count int32
	if e.op != exprConst && e.op != exprInput {
		count = 1
	}
	for _, a := range e.args {
		count += operations(a)
	}
	return count
}

// collect folds the expressions of all nodes and gives their constants slots
// after the inputs.
func (p *Program) collect() {
	p.slots = make([]float64, p.params.Inputs)
	p.constants = map[uint64]int32{}
	var keep func(e Expr)
	keep = func(e Expr) {
		if e.op == exprConst {
			bits := toBits(e.value)
			if _, ok := p.constants[bits]; !ok {
				p.constants[bits] = int32(len(p.slots))
				p.slots = append(p.slots, e.value)
			}
		}
		for _, a := range e.args {
			keep(a)
		}
	}
	keep(Const(0))
	keep(Const(1))
	for i := range p.nodes {
		n := &p.nodes[i]
		if len(n.node.Values) == 0 && len(n.node.Locals) == 0 {
			continue
		}
		for _, e := range p.expressions(n.node) {
			e = fold(e)
			n.values = append(n.values, e)
			n.cost += operations(e)
			keep(e)
		}
		p.cost.Operations += int(n.cost)
	}
	p.temporary = int32(len(p.slots))
}
