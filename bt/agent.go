package bt

import "fmt"

// Agent runs a program. What it remembers between ticks is one slab of words.
// An agent is used by one goroutine at a time.
type Agent struct {
	// Host is for the leaves, which reach it with Activation.Host.
	Host any

	program *Program
	slab    []uint64
	slots   []float64
	code    []instruction
	tables  []int32
	act     Activation
	current []int32 // nodes that ran in this tick and take notice of a halt
	halting []int32 // scratch for the order of halts
	taken   uint32  // channels claimed in this tick
	watch   watch
	draws   draws
}

// NewAgent makes an agent whose draws come from the seed.
func (p *Program) NewAgent(seed uint64) *Agent {
	a := &Agent{
		program: p,
		slab:    append([]uint64(nil), p.slab...),
		slots:   append([]float64(nil), p.slots...),
	}
	a.slab[wordSeed] = seed
	a.act.agent = a
	n := len(a.slab) - int(p.running)
	a.current, a.halting = make([]int32, 0, n), make([]int32, 0, n)
	a.choose()
	return a
}

// Program returns the program that the agent runs.
func (a *Agent) Program() *Program { return a.program }

// Inputs returns the values that the next tick reads; the caller sets them.
func (a *Agent) Inputs() []float64 { return a.slots[:a.program.params.Inputs] }

// Clock returns the number of ticks that the agent was given.
func (a *Agent) Clock() int { return int(a.slab[wordClock]) - firstClock }

// Claimed returns the channels that were claimed in the last tick.
func (a *Agent) Claimed() uint32 { return a.taken }

// Key returns the value of a key.
func (a *Agent) Key(name string) (float64, bool) {
	word, ok := a.program.keys[name]
	if !ok {
		return 0, false
	}
	return fromBits(a.slab[word]), true
}

// SetKey writes a key between ticks and reports whether it exists.
func (a *Agent) SetKey(name string, value float64) bool {
	word, ok := a.program.keys[name]
	if ok {
		a.slab[word] = toBits(value)
	}
	return ok
}

// Published calls visit for each team key that was written since the last
// call, in the order of Params.Keys.
func (a *Agent) Published(visit func(name string, value float64)) {
	for _, k := range a.program.params.Keys {
		if !k.Team {
			continue
		}
		word := a.program.keys[k.Name]
		if a.slab[word+2] != 0 {
			a.slab[word+2] = 0
			visit(k.Name, fromBits(a.slab[word+1]))
		}
	}
}

// Tick runs the tree once at a match tick, which never decreases, and returns
// the root's status. What ran in the last tick and was not reached is halted
// before Tick returns.
func (a *Agent) Tick(now int) Status {
	if a.watch.on {
		a.watch.begin()
	}
	a.current = a.current[:0]
	a.act.now = now
	status := a.run(now)
	if status == overrun {
		return a.abandon(now)
	}
	a.settle(now)
	return status
}

// settle halts what ran last and was not reached, and makes this tick the last.
func (a *Agent) settle(now int) {
	slab := a.slab
	clock := slab[wordClock]
	running := slab[a.program.running:]
	if last := slab[wordRunning]; last > 0 {
		list := a.halting[:0]
		for _, node := range running[:last] {
			if slab[a.program.nodes[node].head]>>32 == clock {
				list = insert(list, int32(node))
			}
		}
		for _, node := range list {
			a.haltNode(node, now)
		}
	}
	for i, node := range a.current {
		running[i] = uint64(node)
	}
	slab[wordRunning] = uint64(len(a.current))
	slab[wordClock] = clock + 1
}

// abandon ends a tick that exceeded its budget: all is halted, no claim holds.
func (a *Agent) abandon(now int) Status {
	a.haltRange(0, int32(len(a.program.nodes)), now)
	clear(a.slab[a.program.volatile:a.program.running])
	a.current = a.current[:0]
	a.taken = 0
	a.slab[wordRunning] = 0
	a.slab[wordClock]++
	a.watch.overruns++
	return Failure
}

// Halt halts everything that runs, as at a death. Keys, cooldowns and once
// stay as they are.
func (a *Agent) Halt(now int) {
	a.act.now = now
	a.current = a.current[:0]
	a.haltRange(0, int32(len(a.program.nodes)), now)
	clear(a.slab[a.program.volatile:a.program.running])
	a.taken = 0
	a.slab[wordRunning] = 0
}

// haltRange halts what runs in the nodes from..to, in reverse pre-order.
func (a *Agent) haltRange(from, to int32, now int) {
	slab := a.slab
	list := a.halting[:0]
	running := slab[a.program.running:]
	for _, node := range running[:slab[wordRunning]] {
		head := a.program.nodes[node].head
		if n := int32(node); n >= from && n < to && slab[head]>>32 == slab[wordClock] {
			list = insert(list, n)
		}
	}
	kept := a.current[:0]
	for _, n := range a.current {
		if n >= from && n < to {
			list = insert(list, n)
		} else {
			kept = append(kept, n)
		}
	}
	a.current = kept
	for _, n := range list {
		a.haltNode(n, now)
	}
}

// insert keeps a list in descending order.
func insert(list []int32, node int32) []int32 {
	list = append(list, node)
	for i := len(list) - 1; i > 0 && list[i-1] < node; i-- {
		list[i], list[i-1] = list[i-1], node
	}
	return list
}

// haltNode halts a task or cooldown that ran.
func (a *Agent) haltNode(node int32, now int) {
	n := &a.program.nodes[node]
	head := a.slab[n.head]
	if n.node.Kind == KindCooldown {
		a.slab[n.keeps.from] = uint64(now + n.node.Ticks)
	} else {
		if head>>32 == a.slab[wordClock]+1 {
			a.taken &^= uint32(head)
		}
		a.act.leaf, a.act.now, a.act.phase = n.side, now, resumed
		a.program.behaviours[n.side].Halt(&a.act)
		a.act.claims = 0
	}
	a.slab[n.head] = 0
	if a.watch.on {
		a.watch.halted(a, node)
	}
}

// Running reports whether the node at an index is a task that ran in the last
// tick.
func (a *Agent) Running(node int) bool {
	n := &a.program.nodes[node]
	return n.node.Kind == KindTask && a.slab[n.head]>>32 == a.slab[wordClock]
}

// State returns the state words of the task at an index.
func (a *Agent) State(node int) []uint64 {
	l := &a.program.leaves[a.program.nodes[node].side]
	return a.slab[l.state : l.state+l.words : l.state+l.words]
}

// Arg returns an argument of the task at an index, which has been started.
func (a *Agent) Arg(node, i int) float64 {
	l := &a.program.leaves[a.program.nodes[node].side]
	return fromBits(a.slab[int(l.args)+i])
}

// Snapshot appends what the agent remembers to buf and returns it.
func (a *Agent) Snapshot(buf []uint64) []uint64 { return append(buf, a.slab...) }

// Restore sets what the agent remembers from a snapshot of an agent of the
// same program.
func (a *Agent) Restore(snapshot []uint64) error {
	p := a.program
	if len(snapshot) != len(p.slab) {
		return fmt.Errorf("snapshot has %d words, the program's agents have %d", len(snapshot), len(p.slab))
	}
	if err := p.plausible(snapshot); err != nil {
		return fmt.Errorf("restore an agent: %w", err)
	}
	copy(a.slab, snapshot)
	a.current, a.taken = a.current[:0], 0
	return nil
}
