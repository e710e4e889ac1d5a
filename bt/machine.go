package bt

import "math"

// overrun is the answer of a tick that exceeded its budget.
const overrun Status = 0xff

// run executes the program for one tick.
func (a *Agent) run(now int) Status {
	code, slab, slots, behaviours := a.code, a.slab, a.slots, a.program.behaviours
	last := slab[wordClock]
	stamp := (last + 1) << 32
	a.taken = 0
	for pc := int32(0); ; {
		in := &code[pc]
		switch in.op {
		case opEnd:
			return Status(in.x)
		case opLess:
			// Guards of neighbouring branches often compare the same way, so a
			// row of them is worked off without going through the switch.
			for {
				pc = in.f
				if slots[in.x] < slots[in.y] {
					pc = in.s
				}
				if in = &code[pc]; in.op != opLess {
					break
				}
			}
		case opLessEqual:
			pc = in.f
			if slots[in.x] <= slots[in.y] {
				pc = in.s
			}
		case opEqual:
			pc = in.f
			if slots[in.x] == slots[in.y] {
				pc = in.s
			}
		case opTrue:
			pc = in.f
			if slots[in.x] != 0 {
				pc = in.s
			}
		case opLeaf:
			resumed := slab[in.y]>>32 == last
			act := &a.act
			act.leaf, act.started = in.x, !resumed
			if !resumed && in.z > 0 {
				leaf := &a.program.leaves[in.x]
				clear(slab[leaf.state : leaf.state+leaf.words])
			}
			status := behaviours[in.x].Tick(act)
			claims := act.claims
			if claims != 0 {
				act.claims = 0
				if status == Success || status == Running {
					a.taken |= claims
				}
			}
			switch status {
			case Success:
				if resumed {
					slab[in.y] = 0
				}
				pc = in.s
			case Running:
				slab[in.y] = stamp | uint64(claims)
				a.current = append(a.current, a.program.leaves[in.x].node)
				pc = in.r
			default:
				if resumed {
					slab[in.y] = 0
				}
				pc = in.f
			}
		case opStamp:
			slab[in.x] = stamp | uint64(in.y)
			pc = in.s
		case opActive:
			pc = in.f
			if slab[in.x]>>32 == last {
				pc = in.s
			}
		case opProgress:
			pc = in.f
			if uint32(slab[in.x]) == uint32(in.y) {
				pc = in.s
			}
		case opResume:
			pc = in.s
			if head := slab[in.x]; head>>32 == last {
				pc = a.tables[in.y+int32(uint32(head))]
			}

		case opCopy:
			slots[in.z] = slots[in.x]
			pc = in.s
		case opLoad:
			slots[in.z] = math.Float64frombits(slab[in.x])
			pc = in.s
		case opCompute:
			slots[in.z] = compute(operator(in.f), slots[in.x], slots[in.y])
			pc = in.s
		case opStore:
			slab[in.z] = math.Float64bits(slots[in.x])
			pc = in.s
		case opPublish:
			slab[in.z+1] = math.Float64bits(slots[in.x])
			slab[in.z+2] = 1
			pc = in.s

		case opBind:
			leaf := &a.program.leaves[in.x]
			clear(slab[leaf.state : leaf.state+leaf.words])
			act := &a.act
			act.leaf, act.started = in.x, true
			pc = in.f
			if leaf.binder.Bind(act) {
				pc = in.s
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
				pc = in.s
			case Failure:
				pc = in.f
			default:
				pc = in.r
			}
		case opComplete:
			slab[in.x] = uint64(in.y)
			pc = in.s
		case opAttempt:
			count := uint64(1)
			if head := slab[in.x]; head>>32 == last {
				count += uint64(uint32(head))
			}
			pc = in.r
			if in.y > 0 && count >= uint64(in.y) {
				pc = in.s
			} else {
				slab[in.x] = stamp | min(count, math.MaxUint32)
			}
		case opAttempts:
			count := uint64(0)
			if head := slab[in.x]; head>>32 == last {
				count = uint64(uint32(head))
			}
			slab[in.x] = stamp | count
			pc = in.s
		case opTimeout:
			pc = in.s
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
			pc = in.s
		case opWait:
			start := uint32(now)
			if head := slab[in.x]; head>>32 == last {
				start = uint32(head)
			}
			pc = in.s
			if uint32(now)-start < uint32(in.y) {
				slab[in.x] = stamp | uint64(start)
				pc = in.r
			}
		case opCool:
			pc = in.s
			if slab[in.x]>>32 != last && uint64(now) < slab[in.y] {
				pc = in.f
			}
		case opCooled:
			n := &a.program.nodes[in.x]
			slab[n.keeps.from] = uint64(now + n.node.Ticks)
			slab[n.head] = 0
			pc = in.s
		case opCooling:
			slab[a.program.nodes[in.x].head] = stamp
			a.current = append(a.current, in.x)
			pc = in.s
		case opGather:
			if slab[in.x]>>32 != last {
				clear(slab[in.x+2 : in.x+2+in.y])
			}
			slab[in.x+1] = 0
			pc = in.s
		case opFinished:
			pc = in.f
			if slab[in.x]>>uint(in.y)&1 != 0 {
				pc = in.s
			}
		case opFinish:
			slab[in.x] |= 1 << uint(in.y)
			pc = in.s
		case opBusy:
			slab[in.x+1] = 1
			pc = in.s
		case opJoin:
			pc = in.s
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
			pc = in.s

		case opEnter:
			if a.watch.enter(a, in.x) {
				return overrun
			}
			pc = in.s
		case opLeave:
			a.watch.leave(a, in.x, Status(in.y))
			pc = in.s
		case opCharge:
			if a.watch.charge(a, int(in.x)) {
				return overrun
			}
			pc = in.s
		}
	}
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
