package lua

import (
	"github.com/yuin/gopher-lua/ast"
)

// block compiles statements in a scope of their own.
func (c *compiler) block(list []ast.Stmt, b *block) statement {
	return c.blockThen(list, b, nil)
}

// blockThen compiles a block, and then, still in its scope, what follows it.
func (c *compiler) blockThen(list []ast.Stmt, b *block, then func()) statement {
	fn := c.fn
	alive := fn.alive
	places := map[*label]int{}
	b.labels = map[string]*label{}
	for i, s := range list {
		if l, ok := s.(*ast.LabelStmt); ok {
			if b.labels[l.Name] != nil {
				refuse(s.Line(), "the label %q is there twice", l.Name)
			}
			b.labels[l.Name] = &label{vars: -1, last: !b.until && onlyLabels(list[i+1:])}
		}
	}
	fn.blocks = append(fn.blocks, b)
	var code []statement
	for _, s := range list {
		if l, ok := s.(*ast.LabelStmt); ok {
			c.met(b, b.labels[l.Name])
			places[b.labels[l.Name]] = len(code)
			continue
		}
		code = append(code, c.statement(s))
	}
	if then != nil {
		then()
	}
	fn.blocks = fn.blocks[:len(fn.blocks)-1]
	fn.alive = alive
	if len(places) == 0 {
		return func(f *frame) signal {
			for _, s := range code {
				f.m.spend(chargeStatement)
				if ended := s(f); ended != goesOn {
					return ended
				}
			}
			return goesOn
		}
	}
	return func(f *frame) signal {
		for i := 0; i < len(code); i++ {
			f.m.spend(chargeStatement)
			switch ended := code[i](f); ended {
			case goesOn:
			case jumps:
				at, here := places[f.m.target]
				if !here {
					return jumps
				}
				f.m.spend(chargeStatement)
				i = at - 1
			default:
				return ended
			}
		}
		return goesOn
	}
}

func onlyLabels(list []ast.Stmt) bool {
	for _, s := range list {
		if _, ok := s.(*ast.LabelStmt); !ok {
			return false
		}
	}
	return true
}

// met settles the gotos that were met before their label.
func (c *compiler) met(b *block, l *label) {
	l.vars = len(b.vars)
	for _, p := range l.pending {
		if l.vars > p.vars && !l.last {
			refuse(p.line, "goto %s jumps into the scope of the variable %q", p.name, b.vars[p.vars].name)
		}
	}
}

// jump compiles goto.
func (c *compiler) jump(s *ast.GotoStmt) statement {
	for i := len(c.fn.blocks) - 1; i >= 0; i-- {
		b := c.fn.blocks[i]
		l := b.labels[s.Label]
		if l == nil {
			continue
		}
		if l.vars < 0 {
			l.pending = append(l.pending, pending{s.Line(), len(b.vars), s.Label})
		}
		return func(f *frame) signal {
			f.m.target = l
			return jumps
		}
	}
	refuse(s.Line(), "there is no label %q to go to", s.Label)
	return nil
}

func (c *compiler) statement(s ast.Stmt) statement {
	c.enter(s.Line())
	defer c.leave()
	switch s := s.(type) {
	case *ast.AssignStmt:
		return c.assign(s)
	case *ast.LocalAssignStmt:
		return c.local(s)
	case *ast.FuncCallStmt:
		e, ok := s.Expr.(*ast.FuncCallExpr)
		if !ok {
			refuse(s.Line(), "this statement is not admitted")
		}
		call := c.call(e)
		return func(f *frame) signal {
			call(f)
			return goesOn
		}
	case *ast.DoBlockStmt:
		return c.block(s.Stmts, &block{})
	case *ast.WhileStmt:
		return c.while(s)
	case *ast.RepeatStmt:
		return c.repeat(s)
	case *ast.IfStmt:
		return c.branch(s)
	case *ast.NumberForStmt:
		return c.count(s)
	case *ast.GenericForStmt:
		return c.each(s)
	case *ast.FuncDefStmt:
		return c.define(s)
	case *ast.ReturnStmt:
		return c.answer(s)
	case *ast.BreakStmt:
		if c.fn.loops == 0 {
			refuse(s.Line(), "break is in no loop")
		}
		return func(*frame) signal { return breaks }
	case *ast.GotoStmt:
		return c.jump(s)
	}
	refuse(s.Line(), "this statement is not admitted")
	return nil
}

// store compiles an assignment to one place in two steps: first what the place
// is, then the value.
func (c *compiler) store(e ast.Expr) (prepare func(f *frame), set func(f *frame, object, key, v value)) {
	switch e := e.(type) {
	case *ast.IdentExpr:
		local, captured := c.resolve(e.Value, e.Line())
		switch {
		case local != nil && local.boxed:
			slot := local.slot
			return nil, func(f *frame, _, _, v value) { *f.slots[slot].o.(*value) = v }
		case local != nil:
			slot := local.slot
			return nil, func(f *frame, _, _, v value) { f.slots[slot] = v }
		case captured >= 0:
			return nil, func(f *frame, _, _, v value) { *f.captured[captured] = v }
		}
		at := c.global(e.Value)
		return nil, func(f *frame, _, _, v value) { f.m.globals[at] = v }
	case *ast.AttrGetExpr:
		object, line, what := c.expression(e.Object), e.Line(), c.what(e.Object)
		if key, ok := e.Key.(*ast.StringExpr); ok {
			c.script.mentioned[key.Value] = true
		}
		key := c.expression(e.Key)
		return func(f *frame) {
				f.m.push(object(f), line)
				f.m.push(key(f), line)
			}, func(f *frame, o, k, v value) {
				f.m.spend(chargeOperation)
				if o.kind != isTable {
					fail(line, "attempt to index %s", describe(o, what))
				}
				f.m.key(k, line)
				f.m.set(o.o.(*table), k, v)
			}
	}
	refuse(e.Line(), "this cannot be assigned to")
	return nil, nil
}

// assign compiles places = values.
func (c *compiler) assign(s *ast.AssignStmt) statement {
	type place struct {
		prepare func(f *frame)
		set     func(f *frame, object, key, v value)
	}
	var places []place
	for _, e := range s.Lhs {
		prepare, set := c.store(e)
		places = append(places, place{prepare, set})
	}
	line := s.Line()
	if len(s.Lhs) == 1 && len(s.Rhs) == 1 {
		p, v := places[0], c.expression(s.Rhs[0])
		if p.prepare == nil {
			return func(f *frame) signal {
				p.set(f, null, null, v(f))
				return goesOn
			}
		}
		return func(f *frame) signal {
			m := f.m
			base := m.top
			p.prepare(f)
			x := v(f)
			p.set(f, m.stack[base], m.stack[base+1], x)
			m.top = base
			return goesOn
		}
	}
	values := c.list(s.Rhs, line)
	return func(f *frame) signal {
		m := f.m
		m.spend(len(places))
		base := m.top
		for _, p := range places {
			if p.prepare != nil {
				p.prepare(f)
			}
		}
		first := m.top
		values(f)
		given := m.top
		at := base
		for i, p := range places {
			v := null
			if first+i < given {
				v = m.stack[first+i]
			}
			if p.prepare == nil {
				p.set(f, null, null, v)
				continue
			}
			p.set(f, m.stack[at], m.stack[at+1], v)
			at += 2
		}
		m.top = base
		return goesOn
	}
}

// bind returns how a variable gets its first value.
func bind(v *variable) func(f *frame, x value) {
	slot := v.slot
	if v.boxed {
		return func(f *frame, x value) { f.slots[slot] = f.m.box(x) }
	}
	return func(f *frame, x value) { f.slots[slot] = x }
}

// local compiles local names = values.
func (c *compiler) local(s *ast.LocalAssignStmt) statement {
	line := s.Line()
	if len(s.Names) == 1 && len(s.Exprs) == 1 {
		if e, ok := s.Exprs[0].(*ast.FunctionExpr); ok {
			// The function sees its own name.
			set := bind(c.declare(s.Names[0], line))
			v := c.fn.lookup(s.Names[0])
			made := c.closure(e, s.Names[0], "")
			slot, boxed := v.slot, v.boxed
			return func(f *frame) signal {
				set(f, null)
				x := made(f)
				if boxed {
					*f.slots[slot].o.(*value) = x
				} else {
					f.slots[slot] = x
				}
				return goesOn
			}
		}
		v := c.expression(s.Exprs[0])
		set := bind(c.declare(s.Names[0], line))
		return func(f *frame) signal {
			set(f, v(f))
			return goesOn
		}
	}
	values := c.list(s.Exprs, line)
	var sets []func(f *frame, x value)
	for _, name := range s.Names {
		sets = append(sets, bind(c.declare(name, line)))
	}
	return func(f *frame) signal {
		m := f.m
		m.spend(len(sets) / 2)
		base := m.top
		values(f)
		given := m.top
		for i, set := range sets {
			v := null
			if base+i < given {
				v = m.stack[base+i]
			}
			set(f, v)
		}
		m.top = base
		return goesOn
	}
}

// define compiles function a.b.c:d() ... end.
func (c *compiler) define(s *ast.FuncDefStmt) statement {
	self, name := "", "a function"
	var target ast.Expr = s.Name.Func
	if s.Name.Func == nil {
		self = "self"
		key := &ast.StringExpr{Value: s.Name.Method}
		key.SetLine(s.Line())
		get := &ast.AttrGetExpr{Object: s.Name.Receiver, Key: key}
		get.SetLine(s.Line())
		target = get
	}
	if id, ok := target.(*ast.IdentExpr); ok {
		name = id.Value
	}
	prepare, set := c.store(target)
	made := c.closure(s.Func, name, self)
	return func(f *frame) signal {
		m := f.m
		base := m.top
		object, key := null, null
		if prepare != nil {
			prepare(f)
			object, key = m.stack[base], m.stack[base+1]
		}
		set(f, object, key, made(f))
		m.top = base
		return goesOn
	}
}

// answer compiles return.
func (c *compiler) answer(s *ast.ReturnStmt) statement {
	line := s.Line()
	if len(s.Exprs) == 1 {
		if e, ok := s.Exprs[0].(*ast.FuncCallExpr); ok && !e.AdjustRet {
			prepare, line, what := c.prepare(e)
			return func(f *frame) signal {
				m := f.m
				callee, base := prepare(f)
				if callee.kind != isFunction {
					fail(line, "attempt to call %s", describe(callee, what))
				}
				f.tail, f.line = callee, line
				m.results = append(m.results[:0], m.stack[base:m.top]...)
				m.top = base
				return calls
			}
		}
		v := c.expression(s.Exprs[0])
		return func(f *frame) signal {
			x := v(f)
			f.m.results = append(f.m.results[:0], x)
			return returns
		}
	}
	values := c.list(s.Exprs, line)
	return func(f *frame) signal {
		m := f.m
		base := m.top
		values(f)
		m.results = append(m.results[:0], m.stack[base:m.top]...)
		m.top = base
		return returns
	}
}
