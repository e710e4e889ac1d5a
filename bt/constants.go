package bt

import "math"

func toBits(f float64) uint64   { return math.Float64bits(f) }
func fromBits(w uint64) float64 { return math.Float64frombits(w) }

// foldable reports whether an expression reads nothing, and whether a part of it
// that is no constant does.
func foldable(e Expr) (constant, folds bool) {
	constant = e.op != exprInput && e.op != exprKey
	for _, a := range e.args {
		c, f := foldable(a)
		constant, folds = constant && c, folds || f
	}
	return constant, folds || constant && e.op != exprConst
}

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

// fewConstants is up to where they are searched one by one.
const fewConstants = 32

// constant returns the slot of a constant.
func (p *Program) constant(value float64) (slot int32, ok bool) {
	bits := toBits(value)
	if p.constants != nil {
		slot, ok = p.constants[bits]
		return slot, ok
	}
	for i, known := range p.slots[p.params.Inputs:] {
		if toBits(known) == bits {
			return int32(p.params.Inputs + i), true
		}
	}
	return 0, false
}

// keep gives a constant a slot if it has none.
func (p *Program) keep(value float64) {
	if _, known := p.constant(value); known {
		return
	}
	p.slots = append(p.slots, value)
	switch count := len(p.slots) - p.params.Inputs; {
	case p.constants != nil:
		p.constants[toBits(value)] = int32(len(p.slots) - 1)
	case count > fewConstants:
		p.constants = make(map[uint64]int32, 2*count)
		for i, known := range p.slots[p.params.Inputs:] {
			p.constants[toBits(known)] = int32(p.params.Inputs + i)
		}
	}
}

// keepAll gives the constants of an expression slots.
func (p *Program) keepAll(e Expr) {
	if e.op == exprConst {
		p.keep(e.value)
	}
	for _, a := range e.args {
		p.keepAll(a)
	}
}

// collect folds the expressions of all nodes and gives their constants slots
// after the inputs.
func (p *Program) collect() {
	p.slots = make([]float64, p.params.Inputs, p.params.Inputs+len(p.nodes)/8+4)
	p.keep(0)
	p.keep(1)
	for i := range p.nodes {
		n := &p.nodes[i]
		if len(n.node.Values) == 0 && len(n.node.Locals) == 0 {
			continue
		}
		n.values = int32(len(p.values))
		for _, e := range p.expressions(n.node) {
			if _, folds := foldable(e); folds {
				e = fold(e)
			}
			p.values = append(p.values, e)
			n.cost += operations(e)
			p.keepAll(e)
		}
		n.computes = int32(len(p.values)) - n.values
		p.cost.Operations += int(n.cost)
	}
	p.temporary = int32(len(p.slots))
}
