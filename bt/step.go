package bt

import "math"

// step executes one of the instructions that are too rare to lie in the loop of
// run, whose registers are few. It returns the place of the next one, or -1
// when the tick exceeds its budget.
func (a *Agent) step(in *instruction, pc int32, now int) int32 {
	slab, slots := a.slab, a.slots
	last := slab[wordClock]
	stamp := (last + 1) << 32
	switch in.op {
	case opProgress:
		pc++
		if uint32(slab[in.x]) == uint32(in.y) {
			pc = in.f
		}
	case opResume:
		pc++
		if head := slab[in.x]; head>>32 == last {
			pc = a.tables[in.y+int32(uint32(head))]
		}
	case opCopy:
		slots[in.z] = slots[in.x]
		pc++
	case opCompute:
		slots[in.z] = compute(operator(in.r), slots[in.x], slots[in.y])
		pc++
	case opStore:
		slab[in.z] = math.Float64bits(slots[in.x])
		pc++
	case opPublish:
		slab[in.z+1] = math.Float64bits(slots[in.x])
		slab[in.z+2] = 1
		pc++
	case opBind:
		binder := a.program.nodes[a.program.leaves[in.x].node].node.Binder
		act := &a.act
		act.leaf, act.phase = in.x, fresh
		if binder.Bind(act) {
			pc++
		} else {
			pc = in.f
		}
		act.claims = 0
	case opDraw:
		r := &a.program.randoms[in.x]
		slab[r.keep]++
		word := mix(slab[wordSeed], r.id, slab[r.keep])
		pc = in.f
		if i := draw(slots[in.z:in.z+r.count], word); i >= 0 {
			pc = a.tables[in.y+int32(i)]
		}
	case opUtility:
		u := &a.program.utils[in.x]
		tried := slab[u.head+2 : u.head+2+(u.count+63)/64]
		clear(tried)
		if head := slab[u.head]; head>>32 == last {
			slots[in.z+int32(uint32(head))] += u.margin
		}
		if a.watch.hook != nil {
			a.watch.score(int(u.node), slots[in.z:in.z+u.count])
		}
		pick := best(slots[in.z:in.z+u.count], tried)
		slab[u.head+1] = uint64(pick)
		pc = a.tables[in.y+pick]
	case opNext:
		u := &a.program.utils[in.x]
		tried := slab[u.head+2 : u.head+2+(u.count+63)/64]
		failed := slab[u.head+1]
		tried[failed/64] |= 1 << (failed % 64)
		pc = in.f
		if pick := best(slots[in.z:in.z+u.count], tried); pick >= 0 {
			slab[u.head+1] = uint64(pick)
			pc = a.tables[in.y+pick]
		}
	case opOnce:
		switch Status(slab[in.x]) {
		case Success:
			pc++
		case Failure:
			pc = in.f
		default:
			pc = in.r
		}
	case opComplete:
		slab[in.x] = uint64(in.y)
		pc++
	case opAttempt:
		count := uint64(1)
		if head := slab[in.x]; head>>32 == last {
			count += uint64(uint32(head))
		}
		pc++
		if in.y == 0 || count < uint64(in.y) {
			slab[in.x] = stamp | min(count, math.MaxUint32)
			pc = in.r
		}
	case opAttempts:
		count := uint64(0)
		if head := slab[in.x]; head>>32 == last {
			count = uint64(uint32(head))
		}
		slab[in.x] = stamp | count
		pc++
	case opTimeout:
		pc++
		if head := slab[in.x]; head>>32 == last && uint32(now)-uint32(head) >= uint32(in.y) {
			pc = in.f
		} else if in.y == 0 {
			pc = in.f
		}
	case opElapse:
		start := uint64(uint32(now))
		if head := slab[in.x]; head>>32 == last {
			start = uint64(uint32(head))
		}
		slab[in.x] = stamp | start
		pc++
	case opWait:
		start := uint32(now)
		if head := slab[in.x]; head>>32 == last {
			start = uint32(head)
		}
		pc++
		if uint32(now)-start < uint32(in.y) {
			slab[in.x] = stamp | uint64(start)
			pc = in.r
		}
	case opCool:
		pc++
		if slab[in.x]>>32 != last && uint64(now) < slab[in.y] {
			pc = in.f
		}
	case opCooled:
		n := &a.program.nodes[in.x]
		slab[n.keeps.from] = uint64(now + n.node.Ticks)
		slab[n.head] = 0
		pc++
	case opCooling:
		slab[a.program.nodes[in.x].head] = stamp
		a.current = append(a.current, in.x)
		pc++
	case opGather:
		if slab[in.x]>>32 != last {
			clear(slab[in.x+2 : in.x+2+in.y])
		}
		slab[in.x+1] = 0
		pc++
	case opFinished:
		pc++
		if slab[in.x]>>uint(in.y)&1 != 0 {
			pc = in.f
		}
	case opFinish:
		slab[in.x] |= 1 << uint(in.y)
		pc++
	case opBusy:
		slab[in.x+1] = 1
		pc++
	case opJoin:
		pc++
		if slab[in.x+1] != 0 {
			slab[in.x] = stamp
			pc = in.r
		}
	case opCut:
		n := &a.program.nodes[in.x]
		if len(a.current) > 0 || slab[wordRunning] > 0 {
			a.haltRange(in.x+1, n.end, now)
		}
		clear(slab[n.below.from:n.below.to])
		pc++
	case opEnter:
		if a.watch.enter(a, in.x) {
			return -1
		}
		pc++
	case opLeave:
		a.watch.leave(a, in.x, Status(in.y))
		pc++
	case opCharge:
		if a.watch.charge(a, int(in.x)) {
			return -1
		}
		pc++
	}
	return pc
}

// best returns the index of the highest value that was not tried, the first of
// equals, a value that is not a number being the lowest; -1 when all were.
func best(values []float64, tried []uint64) int32 {
	pick, top := int32(-1), 0.0
	for i, v := range values {
		if tried[i/64]>>(i%64)&1 != 0 {
			continue
		}
		if pick < 0 || v > top || (top != top && v == v) {
			pick, top = int32(i), v
		}
	}
	return pick
}
