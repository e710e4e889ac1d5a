package bt

// selector emits no instruction of its own: a failed child leads to the next.
func (c *compiler) selector(info *nodeInfo, out exits) {
	for i, child := range info.children {
		inner := out
		if i < len(info.children)-1 {
			inner.failure = c.label()
		}
		c.node(child, inner)
		if i < len(info.children)-1 {
			c.bind(inner.failure)
		}
	}
}

// sequence emits the guards and children in a row. Only a sequence with two
// children that are no guards has progress to remember; then a way in for the
// resuming tick passes the guards left of the running child.
func (c *compiler) sequence(info *nodeInfo, out exits) {
	nodes := c.program.nodes
	last := len(info.children) - 1
	if info.head == 0 {
		for i, child := range info.children {
			inner := out
			if i < last {
				inner.success = c.label()
			}
			c.node(child, inner)
			if i < last {
				c.bind(inner.success)
			}
		}
		return
	}
	first := 0
	for nodes[info.children[first]].node.guard() {
		then := c.label()
		c.node(info.children[first], exits{then, out.failure, out.running})
		c.bind(then)
		first++
	}
	resume := c.label()
	c.emit(instruction{op: opActive, x: info.head, s: resume, f: c.next()})
	starts := make([]int32, len(info.children))
	for i := first; i <= last; i++ {
		starts[i] = c.here()
		inner := out
		if i < last {
			inner.success = c.label()
		}
		guard := nodes[info.children[i]].node.guard()
		if !guard {
			inner.running = c.label()
		}
		c.node(info.children[i], inner)
		if !guard {
			c.bind(inner.running)
			c.emit(instruction{op: opStamp, x: info.head, y: int32(i), s: out.running})
		}
		if i < last {
			c.bind(inner.success)
		}
	}
	c.bind(resume)
	lastStep := last
	for nodes[info.children[lastStep]].node.guard() {
		lastStep--
	}
	for i := first; i <= lastStep; i++ {
		if nodes[info.children[i]].node.guard() {
			then := c.label()
			c.node(info.children[i], exits{then, out.failure, out.running})
			c.bind(then)
			continue
		}
		c.emit(instruction{op: opProgress, x: info.head, y: int32(i), s: starts[i], f: c.next()})
	}
	// A running child is one of those above; this end is never reached.
	c.emit(instruction{op: opEnd, x: int32(Failure)})
}

// remembering emits a memory selector or sequence: a table of places to go on.
func (c *compiler) remembering(info *nodeInfo, out exits) {
	last := len(info.children) - 1
	table := c.table(len(info.children))
	c.emit(instruction{op: opResume, x: info.head, y: table, s: c.next()})
	for i, child := range info.children {
		c.tables[int(table)+i] = c.here()
		inner := out
		onward := c.label()
		if i < last {
			if info.node.Kind == KindMemorySelector {
				inner.failure = onward
			} else {
				inner.success = onward
			}
		}
		inner.running = c.label()
		c.node(child, inner)
		c.bind(inner.running)
		c.emit(instruction{op: opStamp, x: info.head, y: int32(i), s: out.running})
		c.bind(onward)
	}
}

// table makes room for n jump targets.
func (c *compiler) table(n int) int32 {
	at := int32(len(c.tables))
	c.tables = append(c.tables, make([]int32, n)...)
	return at
}

func (c *compiler) parallel(info *nodeInfo, index int32, out exits) {
	failed := c.label()
	done := info.head + 2
	words := (len(info.children) + 63) / 64
	c.emit(instruction{op: opGather, x: info.head, y: int32(words), s: c.next()})
	for i, child := range info.children {
		next := c.label()
		if c.program.nodes[child].node.guard() {
			c.node(child, exits{next, failed, out.running})
		} else {
			word, bit := done+int32(i/64), int32(i%64)
			c.emit(instruction{op: opFinished, x: word, y: bit, s: next, f: c.next()})
			succeeded, runs := c.label(), c.label()
			c.node(child, exits{succeeded, failed, runs})
			c.bind(succeeded)
			c.emit(instruction{op: opFinish, x: word, y: bit, s: next})
			c.bind(runs)
			c.emit(instruction{op: opBusy, x: info.head, s: next})
		}
		c.bind(next)
	}
	c.emit(instruction{op: opJoin, x: info.head, s: out.success, r: out.running})
	c.bind(failed)
	c.cut(index, out.failure)
}

func (c *compiler) race(info *nodeInfo, index int32, out exits) {
	succeeded, failed := c.label(), c.label()
	for i, child := range info.children {
		inner := exits{succeeded, failed, out.running}
		if i < len(info.children)-1 {
			inner.running = c.label()
		}
		c.node(child, inner)
		if i < len(info.children)-1 {
			c.bind(inner.running)
		}
	}
	c.bind(succeeded)
	c.cut(index, out.success)
	c.bind(failed)
	c.cut(index, out.failure)
}

// cut emits the halt of all that still runs below a node.
func (c *compiler) cut(index, then int32) {
	c.emit(instruction{op: opCut, x: index, s: then})
}

func (c *compiler) random(info *nodeInfo, out exits) {
	table := c.table(len(info.children))
	mark := c.temporary
	weights := c.reserve(len(info.children))
	c.emit(instruction{op: opResume, x: info.head, y: table, s: c.next()})
	c.charge(info)
	for i, w := range info.values {
		c.value(info.scope, w, weights+int32(i))
	}
	c.emit(instruction{op: opDraw, x: info.side, y: table, z: weights, f: out.failure})
	c.temporary = mark
	c.options(info, table, out.success, func(int) int32 { return out.failure }, out.running)
}

// utility keeps its scores in temporaries while its children are ticked.
func (c *compiler) utility(info *nodeInfo, out exits) {
	table := c.table(len(info.children))
	mark := c.temporary
	scores := c.reserve(len(info.children))
	c.charge(info)
	for i, s := range info.values {
		c.value(info.scope, s, scores+int32(i))
	}
	c.emit(instruction{op: opUtility, x: info.side, y: table, z: scores})
	next := c.here()
	c.emit(instruction{op: opNext, x: info.side, y: table, z: scores, f: out.failure})
	c.options(info, table, out.success, func(int) int32 { return next }, out.running)
	c.temporary = mark
}

// options emits the children of a node that runs one of them by its table.
func (c *compiler) options(info *nodeInfo, table, success int32, failure func(int) int32, running int32) {
	for i, child := range info.children {
		c.tables[int(table)+i] = c.here()
		runs := c.label()
		c.node(child, exits{success, failure(i), runs})
		c.bind(runs)
		c.emit(instruction{op: opStamp, x: info.head, y: int32(i), s: running})
	}
}

func (c *compiler) once(info *nodeInfo, out exits) {
	keep := info.keeps.from
	c.emit(instruction{op: opOnce, x: keep, s: out.success, f: out.failure, r: c.next()})
	succeeded, failed := c.label(), c.label()
	c.node(info.children[0], exits{succeeded, failed, out.running})
	c.bind(succeeded)
	c.emit(instruction{op: opComplete, x: keep, y: int32(Success), s: out.success})
	c.bind(failed)
	c.emit(instruction{op: opComplete, x: keep, y: int32(Failure), s: out.failure})
}

// attempts emits a retry or repeat: again is the child's ending after which
// another attempt is made, enough the result when they are used up.
func (c *compiler) attempts(info *nodeInfo, done, enough, running int32, repeat bool) {
	again, runs := c.label(), c.label()
	inner := exits{done, again, runs}
	if repeat {
		inner = exits{again, done, runs}
	}
	c.node(info.children[0], inner)
	c.bind(again)
	c.emit(instruction{op: opAttempt, x: info.head, y: clampTicks(info.node.Count), s: enough, r: running})
	c.bind(runs)
	c.emit(instruction{op: opAttempts, x: info.head, s: running})
}

func (c *compiler) timeout(info *nodeInfo, out exits) {
	c.emit(instruction{op: opTimeout, x: info.head, y: clampTicks(info.node.Ticks), s: c.next(), f: out.failure})
	runs := c.label()
	c.node(info.children[0], exits{out.success, out.failure, runs})
	c.bind(runs)
	c.emit(instruction{op: opElapse, x: info.head, s: out.running})
}

func (c *compiler) cooldown(info *nodeInfo, index int32, out exits) {
	c.emit(instruction{op: opCool, x: info.head, y: info.keeps.from, s: c.next(), f: out.failure})
	succeeded, failed, runs := c.label(), c.label(), c.label()
	c.node(info.children[0], exits{succeeded, failed, runs})
	c.bind(succeeded)
	c.emit(instruction{op: opCooled, x: index, s: out.success})
	c.bind(failed)
	c.emit(instruction{op: opCooled, x: index, s: out.failure})
	c.bind(runs)
	c.emit(instruction{op: opCooling, x: index, s: out.running})
}

func (c *compiler) set(info *nodeInfo, out exits) {
	mark := c.temporary
	c.charge(info)
	slot := c.operand(info.scope, info.values[0])
	word, team, _ := c.program.key(info.scope, info.node.Key)
	op := opStore
	if team {
		op = opPublish
	}
	c.emit(instruction{op: op, x: slot, z: word, s: out.success})
	c.temporary = mark
}

func (c *compiler) task(info *nodeInfo, out exits) {
	if len(info.values) > 0 {
		ready := c.label()
		c.emit(instruction{op: opActive, x: info.head, s: ready, f: c.next()})
		c.charge(info)
		c.storeAll(info.scope, info.values, c.program.leaves[info.side].args)
		c.bind(ready)
	}
	c.emit(instruction{op: opLeaf, x: info.side, y: info.head, z: c.program.leaves[info.side].words, s: out.success, f: out.failure, r: out.running})
}

func (c *compiler) subtree(info *nodeInfo, out exits) {
	if info.head == 0 {
		c.node(info.children[0], out)
		return
	}
	body := c.label()
	c.emit(instruction{op: opActive, x: info.head, s: body, f: c.next()})
	c.charge(info)
	c.storeAll(info.scope, info.values, info.locals)
	if info.node.Binder != nil {
		c.emit(instruction{op: opBind, x: info.side, s: c.next(), f: out.failure})
	}
	c.bind(body)
	runs := c.label()
	c.node(info.children[0], exits{out.success, out.failure, runs})
	c.bind(runs)
	c.emit(instruction{op: opStamp, x: info.head, s: out.running})
}

// storeAll computes values into consecutive words.
func (c *compiler) storeAll(scope int32, values []Expr, word int32) {
	for i, v := range values {
		mark := c.temporary
		slot := c.operand(scope, v)
		c.emit(instruction{op: opStore, x: slot, z: word + int32(i), s: c.next()})
		c.temporary = mark
	}
}
