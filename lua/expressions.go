package lua

import (
	"math"

	"github.com/yuin/gopher-lua/ast"
)

// expression compiles an expression to one value.
func (c *compiler) expression(e ast.Expr) expression {
	c.enter(e.Line())
	defer c.leave()
	switch e := e.(type) {
	case *ast.NilExpr:
		return constant(null)
	case *ast.TrueExpr:
		return constant(truth)
	case *ast.FalseExpr:
		return constant(lie)
	case *ast.NumberExpr:
		n, ok := readNumber(e.Value)
		if !ok {
			refuse(e.Line(), "%.20q is no number of at most %d characters", e.Value, maxNumber)
		}
		return constant(number(n))
	case *ast.StringExpr:
		return constant(c.text(e.Value, e.Line()))
	case *ast.IdentExpr:
		return c.name(e)
	case *ast.AttrGetExpr:
		return c.get(e)
	case *ast.TableExpr:
		return c.table(e)
	case *ast.FuncCallExpr:
		call := c.call(e)
		return func(f *frame) value {
			if results := call(f); len(results) > 0 {
				return results[0]
			}
			return null
		}
	case *ast.LogicalOpExpr:
		return c.logical(e)
	case *ast.RelationalOpExpr:
		return c.relation(e)
	case *ast.ArithmeticOpExpr:
		return c.arithmetic(e)
	case *ast.UnaryMinusOpExpr:
		a, line, what := c.expression(e.Expr), e.Line(), c.what(e.Expr)
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			return number(-f.m.operand(a(f), line, what))
		}
	case *ast.UnaryNotOpExpr:
		a := c.expression(e.Expr)
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			return boolean(!a(f).holds())
		}
	case *ast.UnaryLenOpExpr:
		a, line, what := c.expression(e.Expr), e.Line(), c.what(e.Expr)
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			switch v := a(f); v.kind {
			case isText:
				return number(float64(len(v.str())))
			case isTable:
				return number(float64(len(v.o.(*table).array)))
			default:
				fail(line, "attempt to get the length of %s", describe(v, what))
				return null
			}
		}
	case *ast.FunctionExpr:
		return c.closure(e, "a function", "")
	case *ast.Comma3Expr:
		refuse(e.Line(), "\"...\" is not admitted: name the arguments")
	case *ast.StringConcatOpExpr:
		refuse(e.Line(), "\"..\" is not admitted: texts come from the script as they are")
	}
	refuse(e.Line(), "this expression is not admitted")
	return nil
}

func constant(v value) expression { return func(*frame) value { return v } }

// text admits a text of the script.
func (c *compiler) text(s string, line int) value {
	if len(s) > MaxText {
		refuse(line, "the text %.20q... has %d bytes, at most %d are admitted", s, len(s), MaxText)
	}
	return text(s)
}

// what names an expression for an error, when it is asked.
func (c *compiler) what(e ast.Expr) func() string {
	switch e := e.(type) {
	case *ast.IdentExpr:
		return func() string { return "\"" + e.Value + "\"" }
	case *ast.AttrGetExpr:
		if key, ok := e.Key.(*ast.StringExpr); ok {
			return func() string { return "the field \"" + key.Value + "\"" }
		}
	}
	return nil
}

// name compiles the reading of a variable.
func (c *compiler) name(e *ast.IdentExpr) expression {
	local, captured := c.resolve(e.Value, e.Line())
	switch {
	case local != nil && local.boxed:
		slot := local.slot
		return func(f *frame) value { return *f.slots[slot].o.(*value) }
	case local != nil:
		slot := local.slot
		return func(f *frame) value { return f.slots[slot] }
	case captured >= 0:
		return func(f *frame) value { return *f.captured[captured] }
	}
	at := c.global(e.Value)
	return func(f *frame) value { return f.m.globals[at] }
}

// get compiles the reading of a field.
func (c *compiler) get(e *ast.AttrGetExpr) expression {
	object, line, what := c.expression(e.Object), e.Line(), c.what(e.Object)
	if key, ok := e.Key.(*ast.StringExpr); ok {
		c.script.mentioned[key.Value] = true
	}
	key := c.expression(e.Key)
	return func(f *frame) value {
		f.m.spend(chargeOperation)
		v := object(f)
		if v.kind != isTable {
			fail(line, "attempt to index %s", describe(v, what))
		}
		return f.m.get(v.o.(*table), key(f))
	}
}

// table compiles {...}.
func (c *compiler) table(e *ast.TableExpr) expression {
	type field struct{ key, value expression }
	var fields []field
	var last func(f *frame) []value
	line := e.Line()
	for i, x := range e.Fields {
		if x.Key != nil {
			fields = append(fields, field{c.expression(x.Key), c.expression(x.Value)})
			continue
		}
		if call, ok := x.Value.(*ast.FuncCallExpr); ok && i == len(e.Fields)-1 && !call.AdjustRet {
			last = c.call(call)
			break
		}
		fields = append(fields, field{nil, c.expression(x.Value)})
	}
	return func(f *frame) value {
		m := f.m
		m.spend(chargeTable)
		t := &table{}
		for i := range fields {
			m.spend(chargeOperation)
			if fields[i].key == nil {
				v := fields[i].value(f)
				m.spend(chargeAppend)
				t.array = append(t.array, v)
				continue
			}
			key := fields[i].key(f)
			m.key(key, line)
			m.set(t, key, fields[i].value(f))
		}
		if last != nil {
			results := last(f)
			m.spend(chargeAppend * len(results))
			t.array = append(t.array, results...)
		}
		for n := len(t.array); n > 0 && t.array[n-1].kind == isNil; n-- {
			t.array = t.array[:n-1]
		}
		return value{kind: isTable, o: t}
	}
}

// key refuses what can be no key of a table.
func (m *Machine) key(key value, line int) {
	if key.kind == isNil || key.kind == isNumber && math.IsNaN(key.n) {
		fail(line, "a key of a table is %s", map[bool]string{true: "nil", false: "not a number"}[key.kind == isNil])
	}
}

// closure compiles a function expression.
func (c *compiler) closure(e *ast.FunctionExpr, name, self string) expression {
	if e.ParList != nil && e.ParList.HasVargs {
		refuse(e.Line(), "\"...\" is not admitted: name the arguments")
	}
	var params []string
	if self != "" {
		params = append(params, self)
	}
	if e.ParList != nil {
		params = append(params, e.ParList.Names...)
	}
	p := c.function(name, e.Line(), params, e.Stmts)
	return func(f *frame) value {
		f.m.spend(chargeClosure + len(p.captures))
		made := &closure{proto: p, captured: make([]*value, len(p.captures))}
		for i, from := range p.captures {
			if from.slot {
				made.captured[i] = f.slots[from.index].o.(*value)
			} else {
				made.captured[i] = f.captured[from.index]
			}
		}
		return value{kind: isFunction, o: made}
	}
}

// logical compiles "and" and "or".
func (c *compiler) logical(e *ast.LogicalOpExpr) expression {
	a, b, and := c.expression(e.Lhs), c.expression(e.Rhs), e.Operator == "and"
	return func(f *frame) value {
		f.m.spend(chargeOperation)
		if v := a(f); v.holds() != and {
			return v
		}
		return b(f)
	}
}

// relation compiles a comparison.
func (c *compiler) relation(e *ast.RelationalOpExpr) expression {
	a, b, line := c.expression(e.Lhs), c.expression(e.Rhs), e.Line()
	switch e.Operator {
	case "==":
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			x := a(f)
			return boolean(f.m.equal(x, b(f)))
		}
	case "~=":
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			x := a(f)
			return boolean(!f.m.equal(x, b(f)))
		}
	case ">", ">=":
		less := c.less(e.Operator == ">=", line)
		return func(f *frame) value {
			f.m.spend(chargeOperation)
			x := a(f)
			return boolean(less(f.m, b(f), x))
		}
	}
	less := c.less(e.Operator == "<=", line)
	return func(f *frame) value {
		f.m.spend(chargeOperation)
		x := a(f)
		return boolean(less(f.m, x, b(f)))
	}
}

// less compares two numbers or two texts.
func (c *compiler) less(orEqual bool, line int) func(m *Machine, a, b value) bool {
	return func(m *Machine, a, b value) bool {
		switch {
		case a.kind == isNumber && b.kind == isNumber:
			return a.n < b.n || orEqual && a.n == b.n
		case a.kind == isText && b.kind == isText:
			x, y := a.str(), b.str()
			m.text(min(len(x), len(y)))
			return x < y || orEqual && x == y
		}
		fail(line, "attempt to compare a %s value with a %s value", a.kind, b.kind)
		return false
	}
}

// arithmetic compiles + - * / %.
func (c *compiler) arithmetic(e *ast.ArithmeticOpExpr) expression {
	if e.Operator == "^" {
		refuse(e.Line(), "\"^\" is not admitted: it is not the same on every machine")
	}
	a, b, line := c.expression(e.Lhs), c.expression(e.Rhs), e.Line()
	whatA, whatB := c.what(e.Lhs), c.what(e.Rhs)
	operands := func(f *frame) (x, y float64) {
		f.m.spend(chargeOperation)
		v := a(f)
		w := b(f)
		if v.kind == isNumber && w.kind == isNumber {
			return v.n, w.n
		}
		return f.m.operand(v, line, whatA), f.m.operand(w, line, whatB)
	}
	switch e.Operator {
	case "+":
		return func(f *frame) value { x, y := operands(f); return number(x + y) }
	case "-":
		return func(f *frame) value { x, y := operands(f); return number(x - y) }
	case "*":
		return func(f *frame) value { x, y := operands(f); return number(float64(x * y)) }
	case "/":
		return func(f *frame) value { x, y := operands(f); return number(x / y) }
	case "%":
		return func(f *frame) value {
			x, y := operands(f)
			return number(f.m.modulo(x, y))
		}
	}
	refuse(line, "the operator %q is not admitted", e.Operator)
	return nil
}

// operand is a value as a number of a calculation.
func (m *Machine) operand(v value, line int, what func() string) float64 {
	n, ok := m.toNumber(v)
	if !ok {
		fail(line, "attempt to calculate with %s", describe(v, what))
	}
	return n
}

// call compiles a call to its results, which are valid until the next call.
func (c *compiler) call(e *ast.FuncCallExpr) func(f *frame) []value {
	prepare, line, what := c.prepare(e)
	return func(f *frame) []value {
		callee, base := prepare(f)
		return f.m.call(callee, base, line, what)
	}
}

// prepare compiles the function and the arguments of a call: they are put onto
// the stack from base on.
func (c *compiler) prepare(e *ast.FuncCallExpr) (prepare func(f *frame) (callee value, base int), line int, what func() string) {
	c.enter(e.Line())
	defer c.leave()
	line = e.Line()
	var callee, object expression
	method := null
	if e.Receiver != nil {
		object, method = c.expression(e.Receiver), c.text(e.Method, line)
		c.script.mentioned[e.Method] = true
		what = c.what(e.Receiver)
	} else {
		callee, what = c.expression(e.Func), c.what(e.Func)
	}
	fill := c.list(e.Args, line)
	named := what
	return func(f *frame) (value, int) {
		m := f.m
		m.spend(chargeOperation)
		base := m.top
		var v value
		if object != nil {
			self := object(f)
			if self.kind != isTable {
				fail(line, "attempt to index %s", describe(self, named))
			}
			v = m.get(self.o.(*table), method)
			m.push(self, line)
		} else {
			v = callee(f)
		}
		fill(f)
		return v, base
	}, line, what
}

// list compiles expressions whose values are pushed onto the stack; the last
// one gives all of its values if it is a call.
func (c *compiler) list(all []ast.Expr, line int) func(f *frame) {
	var one []expression
	var last func(f *frame) []value
	for i, e := range all {
		if call, ok := e.(*ast.FuncCallExpr); ok && i == len(all)-1 && !call.AdjustRet {
			last = c.call(call)
			break
		}
		one = append(one, c.expression(e))
	}
	return func(f *frame) {
		m := f.m
		m.spend(len(one) / 2)
		for _, e := range one {
			m.push(e(f), line)
		}
		if last != nil {
			results := last(f)
			m.spend(len(results) / 2)
			for _, v := range results {
				m.push(v, line)
			}
		}
	}
}
