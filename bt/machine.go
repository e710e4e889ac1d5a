package bt

import "math"

// overrun is the answer of a tick that exceeded its budget.
const overrun Status = 0xff

// run executes the program for one tick.
func (a *Agent) run(now int) Status {
	code, slab, slots := a.code, a.slab, a.slots
	last := slab[wordClock]
	stamp := (last + 1) << 32
	a.taken = 0
	pc := int32(0)
	for {
		in := &code[pc]
		switch in.op {
		case opEnd:
			return Status(in.x)
		case opJump:
			pc = in.f
		case opLess, opNotLess, opLessEqual, opNotLessEqual, opEqual, opNotEqual, opTrue, opFalse:
			pc = skim(code, slots, pc)
		case opLeaf:
			pc = a.row(code, pc, last)
		case opStamp:
			slab[in.x] = stamp | uint64(in.y)
			pc++
		case opActive:
			if slab[in.x]>>32 == last {
				pc = in.f
				continue
			}
			pc++
		case opLoad:
			slots[in.z] = math.Float64frombits(slab[in.x])
			pc++
		default:
			if pc = a.step(in, pc, now); pc < 0 {
				return overrun
			}
		}
	}
}

// row ticks tasks that stand in a row. What it needs in between is little, for
// every call takes all registers.
//
//go:noinline
func (a *Agent) row(code []instruction, pc int32, last uint64) int32 {
	behaviours, act := a.program.behaviours, &a.act
	for {
		in := &code[pc]
		if in.op != opLeaf {
			return pc
		}
		act.leaf, act.phase = in.x, fresh
		if a.slab[in.y]>>32 == last {
			act.phase = resumed
		}
		status := behaviours[in.x].Tick(act)
		if status != Success || act.claims != 0 || act.phase == resumed {
			return a.ended(pc, status, last)
		}
		pc++
	}
}

// ended keeps the books of a task that claimed something, had been running, or
// did not succeed, and returns where to go on.
func (a *Agent) ended(pc int32, status Status, last uint64) int32 {
	in, act := &a.code[pc], &a.act
	claims := act.claims
	act.claims = 0
	switch status {
	case Success:
		a.taken |= claims
		a.slab[in.y] = 0
		return pc + 1
	case Running:
		if act.phase == fresh {
			act.State() // cleared for the ticks to come
		}
		a.taken |= claims
		leaf := &a.program.leaves[in.x]
		a.slab[in.y] = (last+1)<<32 | uint64(claims)
		if in.z != 0 {
			a.slab[in.z] = (last+1)<<32 | uint64(leaf.step)
		}
		a.current = append(a.current, leaf.node)
		return in.r
	}
	a.slab[in.y] = 0
	return in.f
}

// skim works off a row of tests. It calls nothing, so that what it needs stays
// in registers.
//
//go:noinline
func skim(code []instruction, slots []float64, pc int32) int32 {
	for {
		in := &code[pc]
		switch in.op {
		case opLess:
			for in.op == opLess {
				if !(slots[in.x] < slots[in.y]) {
					pc = in.f
					break
				}
				pc++
				in = &code[pc]
			}
		case opNotLess:
			for in.op == opNotLess {
				if slots[in.x] < slots[in.y] {
					pc = in.f
					break
				}
				pc++
				in = &code[pc]
			}
		case opLessEqual:
			for in.op == opLessEqual {
				if !(slots[in.x] <= slots[in.y]) {
					pc = in.f
					break
				}
				pc++
				in = &code[pc]
			}
		case opNotLessEqual:
			for in.op == opNotLessEqual {
				if slots[in.x] <= slots[in.y] {
					pc = in.f
					break
				}
				pc++
				in = &code[pc]
			}
		case opEqual:
			if slots[in.x] == slots[in.y] {
				pc++
				continue
			}
			pc = in.f
		case opNotEqual:
			if slots[in.x] != slots[in.y] {
				pc++
				continue
			}
			pc = in.f
		case opTrue:
			if slots[in.x] != 0 {
				pc++
				continue
			}
			pc = in.f
		case opFalse:
			if slots[in.x] == 0 {
				pc++
				continue
			}
			pc = in.f
		default:
			return pc
		}
	}
}
