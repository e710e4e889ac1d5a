package bt

// charge emits, in the instrumented program, what the node's expressions cost.
func (c *compiler) charge(info *nodeInfo) {
	if c.watching && info.cost > 0 {
		c.emit(instruction{op: opCharge, x: info.cost}, onward)
	}
}

// reserve takes n consecutive temporaries.
func (c *compiler) reserve(n int) int32 {
	at := c.program.temporary + int32(c.temporary)
	c.temporary += n
	c.temporaries = max(c.temporaries, c.temporary)
	return at
}

// operand returns a slot that holds the value of an expression, emitting what
// computes it.
func (c *compiler) operand(scope int32, e Expr) int32 {
	switch e.op {
	case exprConst:
		slot, _ := c.program.constant(e.value)
		return slot
	case exprInput:
		return int32(e.index)
	}
	slot := c.reserve(1)
	c.value(scope, e, slot)
	return slot
}

// value emits what computes an expression into a slot.
func (c *compiler) value(scope int32, e Expr, slot int32) {
	mark := c.temporary
	switch e.op {
	case exprConst, exprInput:
		c.emit(instruction{op: opCopy, x: c.operand(scope, e), z: slot}, onward)
	case exprKey:
		word, _, _ := c.program.key(scope, e.key)
		c.emit(instruction{op: opLoad, x: word, z: slot}, onward)
	case exprLess, exprLessEqual, exprEqual, exprNotEqual, exprAnd, exprOr, exprNot:
		yes, no, end := c.label(), c.label(), c.label()
		c.test(scope, e, yes, no)
		c.bind(yes)
		c.emit(instruction{op: opCopy, x: c.operand(scope, Const(1)), z: slot}, end)
		c.bind(no)
		c.emit(instruction{op: opCopy, x: c.operand(scope, Const(0)), z: slot}, end)
		c.bind(end)
	case exprIf:
		yes, no, end := c.label(), c.label(), c.label()
		c.test(scope, e.args[0], yes, no)
		c.bind(yes)
		c.value(scope, e.args[1], slot)
		c.emit(instruction{op: opCopy, x: slot, z: slot}, end)
		c.bind(no)
		c.value(scope, e.args[2], slot)
		c.bind(end)
	default:
		x := c.operand(scope, e.args[0])
		y := x
		if len(e.args) == 2 {
			y = c.operand(scope, e.args[1])
		}
		c.emit(instruction{op: opCompute, x: x, y: y, z: slot, r: int32(e.op)}, onward)
	}
	c.temporary = mark
}

// test emits a jump by the truth of an expression.
func (c *compiler) test(scope int32, e Expr, yes, no int32) {
	mark := c.temporary
	switch e.op {
	case exprNot:
		c.test(scope, e.args[0], no, yes)
	case exprAnd:
		more := c.label()
		c.test(scope, e.args[0], more, no)
		c.bind(more)
		c.test(scope, e.args[1], yes, no)
	case exprOr:
		more := c.label()
		c.test(scope, e.args[0], yes, more)
		c.bind(more)
		c.test(scope, e.args[1], yes, no)
	case exprLess, exprLessEqual, exprEqual, exprNotEqual:
		x := c.operand(scope, e.args[0])
		y := c.operand(scope, e.args[1])
		op := opLess
		switch e.op {
		case exprLessEqual:
			op = opLessEqual
		case exprEqual:
			op = opEqual
		case exprNotEqual:
			op = opNotEqual
		}
		c.emit(instruction{op: op, x: x, y: y, f: no}, yes)
	default:
		c.emit(instruction{op: opTrue, x: c.operand(scope, e), f: no}, yes)
	}
	c.temporary = mark
}
