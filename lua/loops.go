package lua

import "github.com/yuin/gopher-lua/ast"

// body compiles the block of a loop.
func (c *compiler) body(list []ast.Stmt, b *block, then func()) statement {
	c.fn.loops++
	defer func() { c.fn.loops-- }()
	return c.blockThen(list, b, then)
}

func (c *compiler) while(s *ast.WhileStmt) statement {
	condition := c.expression(s.Condition)
	body := c.body(s.Stmts, &block{}, nil)
	return func(f *frame) signal {
		for {
			f.m.spend(chargeStatement)
			if !condition(f).holds() {
				return goesOn
			}
			switch ended := body(f); ended {
			case goesOn:
			case breaks:
				return goesOn
			default:
				return ended
			}
		}
	}
}

func (c *compiler) repeat(s *ast.RepeatStmt) statement {
	var condition expression
	body := c.body(s.Stmts, &block{until: true}, func() { condition = c.expression(s.Condition) })
	return func(f *frame) signal {
		for {
			f.m.spend(chargeStatement)
			switch ended := body(f); ended {
			case goesOn:
			case breaks:
				return goesOn
			default:
				return ended
			}
			if condition(f).holds() {
				return goesOn
			}
		}
	}
}

// branch compiles if.
func (c *compiler) branch(s *ast.IfStmt) statement {
	condition := c.expression(s.Condition)
	then := c.block(s.Then, &block{})
	otherwise := c.block(s.Else, &block{})
	return func(f *frame) signal {
		if condition(f).holds() {
			return then(f)
		}
		return otherwise(f)
	}
}

// count compiles for i = first, limit, step.
func (c *compiler) count(s *ast.NumberForStmt) statement {
	line := s.Line()
	first, limit := c.expression(s.Init), c.expression(s.Limit)
	step := constant(number(1))
	if s.Step != nil {
		step = c.expression(s.Step)
	}
	alive := c.fn.alive
	scope := &block{}
	c.fn.blocks = append(c.fn.blocks, scope)
	set := bind(c.declare(s.Name, line))
	body := c.body(s.Stmts, &block{}, nil)
	c.fn.blocks = c.fn.blocks[:len(c.fn.blocks)-1]
	c.fn.alive = alive
	return func(f *frame) signal {
		m := f.m
		i := m.bound(first(f), line, "first value")
		end := m.bound(limit(f), line, "limit")
		by := m.bound(step(f), line, "step")
		if by == 0 {
			fail(line, "the step of a for loop is 0")
		}
		for ; by > 0 && i <= end || by < 0 && i >= end; i += by {
			m.spend(chargeStatement)
			set(f, number(i))
			switch ended := body(f); ended {
			case goesOn:
			case breaks:
				return goesOn
			default:
				return ended
			}
		}
		return goesOn
	}
}

// bound is a number that a for loop is given.
func (m *Machine) bound(v value, line int, what string) float64 {
	n, ok := m.toNumber(v)
	if !ok {
		fail(line, "the %s of a for loop is a %s, not a number", what, v.kind)
	}
	return n
}

// each compiles for names in iterator, state, first.
func (c *compiler) each(s *ast.GenericForStmt) statement {
	line := s.Line()
	values := c.list(s.Exprs, line)
	alive := c.fn.alive
	c.fn.blocks = append(c.fn.blocks, &block{})
	// The iterator, its state and its last key have slots of their own.
	hidden := c.declare("(iterator)", line).slot
	c.declare("(state)", line)
	c.declare("(control)", line)
	var sets []func(f *frame, x value)
	for _, name := range s.Names {
		sets = append(sets, bind(c.declare(name, line)))
	}
	body := c.body(s.Stmts, &block{}, nil)
	c.fn.blocks = c.fn.blocks[:len(c.fn.blocks)-1]
	c.fn.alive = alive
	return func(f *frame) signal {
		m := f.m
		base := m.top
		values(f)
		for i := range 3 {
			f.slots[hidden+i] = null
			if base+i < m.top {
				f.slots[hidden+i] = m.stack[base+i]
			}
		}
		m.top = base
		for {
			m.spend(chargeStatement + len(sets)/2)
			m.push(f.slots[hidden+1], line)
			m.push(f.slots[hidden+2], line)
			results := m.call(f.slots[hidden], base, line, nil)
			if len(results) == 0 || results[0].kind == isNil {
				return goesOn
			}
			f.slots[hidden+2] = results[0]
			for i, set := range sets {
				v := null
				if i < len(results) {
					v = results[i]
				}
				set(f, v)
			}
			switch ended := body(f); ended {
			case goesOn:
			case breaks:
				return goesOn
			default:
				return ended
			}
		}
	}
}
