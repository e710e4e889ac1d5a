package bt

// selector emits no instruction of its own: a failed child leads to the next.
// Of sequences that begin with guards the guards are emitted in one row and
// what follows them after it, so that looking from branch to branch goes
// straight on.
func (c *compiler) selector(info *nodeInfo, out exits) {
	children := c.program.below(info)
	type rest struct {
		child, from int
		entry       int32
		out         exits
	}
	var later []rest
	for i, child := range children {
		inner := out
		if i < len(children)-1 {
			inner.failure = c.label()
		}
		if guards := c.leading(child); guards > 0 && !c.watching && i < len(children)-1 {
			entry := c.label()
			c.guards(&c.program.nodes[child], guards, exits{entry, inner.failure, inner.running})
			later = append(later, rest{int(child), guards, entry, inner})
		} else {
			c.node(child, inner)
		}
		if i < len(children)-1 {
			c.bind(inner.failure)
		}
	}
	for _, r := range later {
		c.bind(r.entry)
		c.steps(&c.program.nodes[r.child], r.from, r.out)
	}
}

// leading returns with how many guards a sequence begins that has more
// children than those; 0 for other nodes.
func (c *compiler) leading(index int32) int {
	info := &c.program.nodes[index]
	if info.node.Kind != KindSequence {
		return 0
	}
	for i, child := range c.program.below(info) {
		if !c.program.nodes[child].guard {
			return i
		}
	}
	return 0
}

// sequence emits the guards and children in a row.
func (c *compiler) sequence(info *nodeInfo, index int32, out exits) {
	guards := c.leading(index)
	if guards == 0 {
		c.steps(info, 0, out)
		return
	}
	entry := c.label()
	c.guards(info, guards, exits{entry, out.failure, out.running})
	c.bind(entry)
	c.steps(info, guards, out)
}

// guards emits the first count children of a sequence.
func (c *compiler) guards(info *nodeInfo, count int, out exits) {
	for i, child := range c.program.below(info)[:count] {
		inner := out
		if i < count-1 {
			inner.success = c.label()
		}
		c.node(child, inner)
		if i < count-1 {
			c.bind(inner.success)
		}
	}
}

// steps emits the children of a sequence from the given one on. Only a sequence
// with two children that are no guards has progress to remember; then a way in
// for the resuming tick passes the guards left of the running child.
func (c *compiler) steps(info *nodeInfo, first int, out exits) {
	children := c.program.below(info)
	nodes := c.program.nodes
	last := len(children) - 1
	if info.head == 0 {
		for i, child := range children[first:] {
			inner := out
			if first+i < last {
				inner.success = c.label()
			}
			c.node(child, inner)
			if first+i < last {
				c.bind(inner.success)
			}
		}
		return
	}
	guarded := false // a guard stands between two of them
	for _, child := range children[first : last+1] {
		guarded = guarded || nodes[child].guard
	}
	resume := c.label()
	c.emit(instruction{op: opActive, x: info.head, f: resume}, onward)
	starts := c.table(len(children))
	for i := first; i <= last; i++ {
		c.tables[int(starts)+i] = c.here()
		inner := out
		if i < last {
			inner.success = c.label()
		}
		if nodes[children[i]].guard {
			c.node(children[i], inner)
		} else {
			c.step(info, i, inner)
		}
		if i < last {
			c.bind(inner.success)
		}
	}
	c.bind(resume)
	if !guarded {
		for i := range first { // nothing before the first step ever runs
			c.tables[int(starts)+i] = c.tables[int(starts)+first]
		}
		c.emit(instruction{op: opResume, x: info.head, y: starts}, onward)
		c.emit(instruction{op: opEnd, x: int32(Failure)}, onward)
		return
	}
	lastStep := last
	for nodes[children[lastStep]].guard {
		lastStep--
	}
	for i := first; i <= lastStep; i++ {
		if nodes[children[i]].guard {
			then := c.label()
			c.node(children[i], exits{then, out.failure, out.running})
			c.bind(then)
			continue
		}
		c.emit(instruction{op: opProgress, x: info.head, y: int32(i), f: c.tables[int(starts)+i]}, onward)
	}
	// A running child is one of those above; this end is never reached.
	c.emit(instruction{op: opEnd, x: int32(Failure)}, onward)
}

// remembering emits a memory selector or sequence: a table of places to go on.
func (c *compiler) remembering(info *nodeInfo, out exits) {
	children := c.program.below(info)
	last := len(children) - 1
	table := c.table(len(children))
	c.emit(instruction{op: opResume, x: info.head, y: table}, onward)
	for i := range children {
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
		c.step(info, i, inner)
		c.bind(onward)
	}
}

// step emits child i of a node that remembers which of its children runs. A
// task notes that itself, so that after its success nothing has to be jumped
// over.
func (c *compiler) step(info *nodeInfo, i int, out exits) {
	child := c.program.below(info)[i]
	if task := &c.program.nodes[child]; task.node.Kind == KindTask && !c.watching {
		leaf := &c.program.leaves[task.side]
		leaf.above, leaf.step = info.head, int32(i)
		c.node(child, out)
		return
	}
	running := out.running
	out.running = c.label()
	c.node(child, out)
	c.bind(out.running)
	c.emit(instruction{op: opStamp, x: info.head, y: int32(i)}, running)
}

// table makes room for n jump targets.
func (c *compiler) table(n int) int32 {
	at := int32(len(c.tables))
	c.tables = append(c.tables, make([]int32, n)...)
	return at
}

func (c *compiler) parallel(info *nodeInfo, index int32, out exits) {
	children := c.program.below(info)
	failed := c.label()
	done := info.head + 2
	words := (len(children) + 63) / 64
	c.emit(instruction{op: opGather, x: info.head, y: int32(words)}, onward)
	for i, child := range children {
		next := c.label()
		if c.program.nodes[child].guard {
			c.node(child, exits{next, failed, out.running})
		} else {
			word, bit := done+int32(i/64), int32(i%64)
			c.emit(instruction{op: opFinished, x: word, y: bit, f: next}, onward)
			succeeded, runs := c.label(), c.label()
			c.node(child, exits{succeeded, failed, runs})
			c.bind(succeeded)
			c.emit(instruction{op: opFinish, x: word, y: bit}, next)
			c.bind(runs)
			c.emit(instruction{op: opBusy, x: info.head}, next)
		}
		c.bind(next)
	}
	c.emit(instruction{op: opJoin, x: info.head, r: out.running}, out.success)
	c.bind(failed)
	c.cut(index, out.failure)
}

func (c *compiler) race(info *nodeInfo, index int32, out exits) {
	children := c.program.below(info)
	succeeded, failed := c.label(), c.label()
	for i, child := range children {
		inner := exits{succeeded, failed, out.running}
		if i < len(children)-1 {
			inner.running = c.label()
		}
		c.node(child, inner)
		if i < len(children)-1 {
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
	c.emit(instruction{op: opCut, x: index}, then)
}

func (c *compiler) random(info *nodeInfo, out exits) {
	children := c.program.below(info)
	table := c.table(len(children))
	mark := c.temporary
	weights := c.reserve(len(children))
	c.emit(instruction{op: opResume, x: info.head, y: table}, onward)
	c.charge(info)
	for i, w := range c.program.computes(info) {
		c.value(info.scope, w, weights+int32(i))
	}
	c.emit(instruction{op: opDraw, x: info.side, y: table, z: weights, f: out.failure}, onward)
	c.temporary = mark
	c.options(info, table, out.success, func(int) int32 { return out.failure }, out.running)
}

// utility keeps its scores in temporaries while its children are ticked.
func (c *compiler) utility(info *nodeInfo, out exits) {
	children := c.program.below(info)
	table := c.table(len(children))
	mark := c.temporary
	scores := c.reserve(len(children))
	c.charge(info)
	for i, s := range c.program.computes(info) {
		c.value(info.scope, s, scores+int32(i))
	}
	c.emit(instruction{op: opUtility, x: info.side, y: table, z: scores}, onward)
	next := c.here()
	c.emit(instruction{op: opNext, x: info.side, y: table, z: scores, f: out.failure}, onward)
	c.options(info, table, out.success, func(int) int32 { return next }, out.running)
	c.temporary = mark
}

// options emits the children of a node that runs one of them by its table.
func (c *compiler) options(info *nodeInfo, table, success int32, failure func(int) int32, running int32) {
	for i := range c.program.below(info) {
		c.tables[int(table)+i] = c.here()
		c.step(info, i, exits{success, failure(i), running})
	}
}

func (c *compiler) once(info *nodeInfo, out exits) {
	keep := info.keeps.from
	begin, succeeded, failed := c.label(), c.label(), c.label()
	c.emit(instruction{op: opOnce, x: keep, f: out.failure, r: begin}, out.success)
	c.bind(begin)
	c.node(c.program.only(info), exits{succeeded, failed, out.running})
	c.bind(succeeded)
	c.emit(instruction{op: opComplete, x: keep, y: int32(Success)}, out.success)
	c.bind(failed)
	c.emit(instruction{op: opComplete, x: keep, y: int32(Failure)}, out.failure)
}

// attempts emits a retry or repeat: again is the child's ending after which
// another attempt is made, enough the result when they are used up.
func (c *compiler) attempts(info *nodeInfo, done, enough, running int32, repeat bool) {
	again, runs := c.label(), c.label()
	inner := exits{done, again, runs}
	if repeat {
		inner = exits{again, done, runs}
	}
	c.node(c.program.only(info), inner)
	c.bind(again)
	c.emit(instruction{op: opAttempt, x: info.head, y: clampTicks(info.node.Count), r: running}, enough)
	c.bind(runs)
	c.emit(instruction{op: opAttempts, x: info.head}, running)
}

func (c *compiler) timeout(info *nodeInfo, out exits) {
	c.emit(instruction{op: opTimeout, x: info.head, y: clampTicks(info.node.Ticks), f: out.failure}, onward)
	runs := c.label()
	c.node(c.program.only(info), exits{out.success, out.failure, runs})
	c.bind(runs)
	c.emit(instruction{op: opElapse, x: info.head}, out.running)
}

func (c *compiler) cooldown(info *nodeInfo, index int32, out exits) {
	c.emit(instruction{op: opCool, x: info.head, y: info.keeps.from, f: out.failure}, onward)
	succeeded, failed, runs := c.label(), c.label(), c.label()
	c.node(c.program.only(info), exits{succeeded, failed, runs})
	c.bind(succeeded)
	c.emit(instruction{op: opCooled, x: index}, out.success)
	c.bind(failed)
	c.emit(instruction{op: opCooled, x: index}, out.failure)
	c.bind(runs)
	c.emit(instruction{op: opCooling, x: index}, out.running)
}

func (c *compiler) set(info *nodeInfo, out exits) {
	mark := c.temporary
	c.charge(info)
	slot := c.operand(info.scope, c.program.values[info.values])
	word, team, _ := c.program.key(info.scope, info.node.Key)
	op := opStore
	if team {
		op = opPublish
	}
	c.emit(instruction{op: op, x: slot, z: word}, out.success)
	c.temporary = mark
}

func (c *compiler) task(info *nodeInfo, out exits) {
	if info.computes > 0 {
		ready := c.label()
		c.emit(instruction{op: opActive, x: info.head, f: ready}, onward)
		c.charge(info)
		c.storeAll(info.scope, c.program.computes(info), c.program.leaves[info.side].args)
		c.bind(ready)
	}
	leaf := instruction{op: opLeaf, x: info.side, y: info.head, f: out.failure, r: out.running}
	if !c.watching {
		leaf.z = c.program.leaves[info.side].above
	}
	c.emit(leaf, out.success)
}

func (c *compiler) subtree(info *nodeInfo, out exits) {
	if info.head == 0 {
		c.node(c.program.only(info), out)
		return
	}
	body := c.label()
	c.emit(instruction{op: opActive, x: info.head, f: body}, onward)
	c.charge(info)
	c.storeAll(info.scope, c.program.computes(info), info.locals)
	if info.node.Binder != nil {
		c.emit(instruction{op: opBind, x: info.side, f: out.failure}, onward)
	}
	c.bind(body)
	runs := c.label()
	c.node(c.program.only(info), exits{out.success, out.failure, runs})
	c.bind(runs)
	c.emit(instruction{op: opStamp, x: info.head}, out.running)
}

// storeAll computes values into consecutive words.
func (c *compiler) storeAll(scope int32, values []Expr, word int32) {
	for i, v := range values {
		mark := c.temporary
		slot := c.operand(scope, v)
		c.emit(instruction{op: opStore, x: slot, z: word + int32(i)}, onward)
		c.temporary = mark
	}
}
