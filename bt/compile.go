package bt

import (
	"fmt"
	"math"
	"slices"
	"sync"
)

// maxWords bounds an agent's slab.
const maxWords = 1 << 26

// Compile checks a tree and compiles it. It reports children that are missing
// or too many, keys and inputs that do not exist, and a node that stands twice
// in the tree.
func Compile(root *Node, params Params) (*Program, error) {
	if root == nil {
		return nil, fmt.Errorf("compile a tree: no root")
	}
	p := &Program{root: root, params: params, keys: make(map[string]int32, len(params.Keys))}
	l := &layout{program: p}
	if err := l.place(root); err != nil {
		return nil, fmt.Errorf("compile a tree: %w", err)
	}
	var temporaries int
	p.plain, p.tables, temporaries = emit(p, false)
	p.slots = append(p.slots, make([]float64, temporaries)...)
	b := params.Budget
	p.counted = b.Nodes > 0 && p.cost.Nodes > b.Nodes || b.Operations > 0 && p.cost.Operations > b.Operations
	return p, nil
}

// compiler emits a program, plain or instrumented.
type compiler struct {
	program     *Program
	watching    bool
	code        []instruction
	tables      []int32
	labels      []int32 // the instruction at which each label is bound
	temporary   int     // temporaries in use
	temporaries int     // the most that were in use at once
	moved       []int32 // scratch of link
}

// exits are the labels at which it goes on after a node.
type exits struct{ success, failure, running int32 }

const unbound = math.MinInt32

// label makes a label; labels are negative until they are resolved.
func (c *compiler) label() int32 {
	c.labels = append(c.labels, unbound)
	return int32(len(c.labels) - 1)
}

// bind puts a label at the next instruction.
func (c *compiler) bind(label int32) { c.labels[label] = int32(len(c.code)) }

// onward is the label of the next instruction.
const onward = -1

// emit appends an instruction that goes on at a label after success.
func (c *compiler) emit(i instruction, then int32) {
	c.code = append(c.code, i)
	if then != onward {
		c.code = append(c.code, instruction{op: opJump, f: then})
	}
}

// here returns a label of the next instruction.
func (c *compiler) here() int32 {
	l := c.label()
	c.bind(l)
	return l
}

// spare are compilers that wait for another tree, with room for its code.
var spare = sync.Pool{New: func() any { return new(compiler) }}

// emit compiles the program's tree, and tells how many temporaries it needs.
func emit(p *Program, watching bool) (code []instruction, tables []int32, temporaries int) {
	c := spare.Get().(*compiler)
	defer spare.Put(c)
	*c = compiler{program: p, watching: watching, code: c.code[:0], tables: c.tables[:0], labels: c.labels[:0], moved: c.moved}
	c.whole()
	c.program = nil
	return slices.Clone(c.code), slices.Clone(c.tables), c.temporaries
}

// whole emits the whole tree and resolves its labels.
func (c *compiler) whole() {
	out := exits{c.label(), c.label(), c.label()}
	c.node(0, out)
	for i, status := range [...]Status{Success, Failure, Running} {
		c.bind([...]int32{out.success, out.failure, out.running}[i])
		c.emit(instruction{op: opEnd, x: int32(status)}, onward)
	}
	c.link()
}

// link removes jumps to the next instruction, turns tests around whose other
// way is the next instruction, and puts places for labels.
func (c *compiler) link() {
	moved := slices.Grow(c.moved[:0], len(c.code)+1)[:len(c.code)+1]
	kept := c.code[:0]
	for i := 0; i < len(c.code); i++ {
		in := c.code[i]
		moved[i] = int32(len(kept))
		if in.op == opJump && c.labels[in.f] == int32(i+1) {
			continue
		}
		if opposite := inverse[in.op]; opposite != 0 && c.labels[in.f] == int32(i+2) && c.code[i+1].op == opJump {
			in.op, in.f = opposite, c.code[i+1].f
			i++
			moved[i] = int32(len(kept) + 1)
		}
		kept = append(kept, in)
	}
	moved[len(c.code)] = int32(len(kept))
	place := func(label int32) int32 { return moved[c.labels[label]] }
	c.code, c.moved = kept, moved
	for i := range c.code {
		in := &c.code[i]
		in.f = place(in.f)
		if in.op != opCompute {
			in.r = place(in.r)
		}
	}
	for i, l := range c.tables {
		c.tables[i] = place(l)
	}
}

// node emits a node, in the instrumented program with its reports around.
func (c *compiler) node(index int32, out exits) {
	if !c.watching {
		c.bare(index, out)
		return
	}
	c.emit(instruction{op: opEnter, x: index}, onward)
	inner := exits{c.label(), c.label(), c.label()}
	c.bare(index, inner)
	for i, status := range [...]Status{Success, Failure, Running} {
		c.bind([...]int32{inner.success, inner.failure, inner.running}[i])
		c.emit(instruction{op: opLeave, x: index, y: int32(status)}, [...]int32{out.success, out.failure, out.running}[i])
	}
}

// bare emits what a node does.
func (c *compiler) bare(index int32, out exits) {
	info := &c.program.nodes[index]
	n := info.node
	switch n.Kind {
	case KindSelector:
		c.selector(info, out)
	case KindSequence:
		c.sequence(info, index, out)
	case KindMemorySelector, KindMemorySequence:
		c.remembering(info, out)
	case KindParallel:
		c.parallel(info, index, out)
	case KindParallelFirst:
		c.race(info, index, out)
	case KindRandom:
		c.random(info, out)
	case KindUtility:
		c.utility(info, out)
	case KindNot:
		c.node(c.program.only(info), exits{out.failure, out.success, out.running})
	case KindSucceed:
		c.node(c.program.only(info), exits{out.success, out.success, out.running})
	case KindFail:
		c.node(c.program.only(info), exits{out.failure, out.failure, out.running})
	case KindOnce:
		c.once(info, out)
	case KindRetry:
		c.attempts(info, out.success, out.failure, out.running, false)
	case KindRepeat:
		c.attempts(info, out.failure, out.success, out.running, true)
	case KindTimeout:
		c.timeout(info, out)
	case KindCooldown:
		c.cooldown(info, index, out)
	case KindWait:
		c.emit(instruction{op: opWait, x: info.head, y: clampTicks(n.Ticks), r: out.running}, out.success)
	case KindCondition:
		c.charge(info)
		c.test(info.scope, c.program.values[info.values], out.success, out.failure)
	case KindSet:
		c.set(info, out)
	case KindTask:
		c.task(info, out)
	case KindSubtree:
		c.subtree(info, out)
	}
}

func clampTicks(ticks int) int32 { return int32(min(max(ticks, 0), math.MaxInt32)) }
