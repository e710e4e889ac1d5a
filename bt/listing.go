package bt

// Listing is a program as plain data, from which the same program can be
// written in another language. Its parts must not be changed.
type Listing struct {
	// Steps are the instructions. A step without a target goes on with the next.
	Steps []Step
	// Inputs is the number of input slots; Constants are the values of the slots
	// after them, and Temporaries the number of slots after those.
	Inputs      int
	Constants   []float64
	Temporaries int
	// Words is the slab of a new agent.
	Words []uint64
	// Volatile is the first word that an activation holds, and Running the first
	// of the list of running nodes, which reaches to the end.
	Volatile, Running int
	// Budget bounds a tick; zero fields are bounds that no tick can reach.
	Budget Budget
	Keys   []ListedKey
	Nodes  []ListedNode
	Leaves []ListedLeaf
}

// The words at the front of a slab.
const (
	ClockWord   = wordClock   // ticks of the agent
	SeedWord    = wordSeed    // of the agent's draws
	RunningWord = wordRunning // number of running leaves and cooldowns
)

// Step is one instruction.
type Step struct {
	Op      Opcode
	X, Y, Z int
	// OnFailure and OnRunning are steps to go on at; not every instruction has
	// them.
	OnFailure, OnRunning int
	// Targets are the steps of a table, by child.
	Targets []int
	// Operator is the operator of a Compute: + - * / min max neg abs floor ceil.
	Operator string
	// Identity, Count and Margin belong to a Draw, Utility or Next.
	Identity    uint64
	Count       int
	Head, Keeps int
	Margin      float64
}

// ListedKey is a key of an agent.
type ListedKey struct {
	Key
	// Word holds the value. Of a team's key the next word holds what was
	// written in this tick, and the one after it whether something was.
	Word int
}

// ListedNode is what a running or halted node needs.
type ListedNode struct {
	Kind Kind
	Text string
	// End is the index after the last descendant, Head the node's head word or
	// 0, Keeps the first word that outlives activations.
	End, Head, Keeps int
	// BelowFrom and BelowTo are the words that its descendants' activations hold.
	BelowFrom, BelowTo int
	Children, Ticks    int
	// Leaf is the index of a task's leaf.
	Leaf int
}

// ListedLeaf is a task, or the binder of a subtree.
type ListedLeaf struct {
	Node, Head, Arguments, State, Words, Outer int
	Step                                       int           // which of its children the leaf is to the node above
	Draw                                       uint64        // the node's part of a draw
	Leaf                                       Leaf          // nil for a binder
	Binder                                     SubtreeBinder // nil for a task
}

// Opcode names an instruction.
type Opcode = opcode

// The instructions of a listing; see instruction.go for what each does.
const (
	OpEnd, OpJump                                    = opEnd, opJump
	OpLess, OpNotLess, OpLessEqual, OpNotLessEqual   = opLess, opNotLess, opLessEqual, opNotLessEqual
	OpEqual, OpNotEqual, OpTrue, OpFalse             = opEqual, opNotEqual, opTrue, opFalse
	OpCopy, OpLoad, OpCompute, OpStore, OpPublish    = opCopy, opLoad, opCompute, opStore, opPublish
	OpLeaf, OpBind, OpActive, OpResume               = opLeaf, opBind, opActive, opResume
	OpProgress, OpStamp, OpDraw, OpUtility, OpNext   = opProgress, opStamp, opDraw, opUtility, opNext
	OpOnce, OpComplete, OpAttempt, OpAttempts        = opOnce, opComplete, opAttempt, opAttempts
	OpTimeout, OpElapse, OpCool, OpCooled, OpCooling = opTimeout, opElapse, opCool, opCooled, opCooling
	OpWait, OpGather, OpFinished, OpFinish, OpBusy   = opWait, opGather, opFinished, opFinish, opBusy
	OpJoin, OpCut, OpEnter, OpLeave, OpCharge        = opJoin, opCut, opEnter, opLeave, opCharge
)

// Listing returns the program as plain data. When a tick might exceed the
// program's budget, the listing counts what it does with Enter and Charge.
func (p *Program) Listing() Listing {
	code, tables := p.plain, p.tables
	l := Listing{
		Inputs: p.params.Inputs, Constants: p.slots[p.params.Inputs:p.temporary],
		Temporaries: len(p.slots) - int(p.temporary),
		Words:       p.slab, Volatile: int(p.volatile), Running: int(p.running),
	}
	if p.counted {
		code, tables = p.instrumented()
		if b := p.params.Budget; p.cost.Nodes > b.Nodes {
			l.Budget.Nodes = b.Nodes
		}
		if b := p.params.Budget; p.cost.Operations > b.Operations {
			l.Budget.Operations = b.Operations
		}
	}
	for _, k := range p.params.Keys {
		l.Keys = append(l.Keys, ListedKey{k, int(p.keys[k.Name])})
	}
	children := map[int32]int{} // of the node with a head
	for i := range p.nodes {
		n := &p.nodes[i]
		listed := ListedNode{
			Kind: n.node.Kind, Text: label(n.node), End: int(n.end), Head: int(n.head), Keeps: int(n.keeps.from),
			BelowFrom: int(n.below.from), BelowTo: int(n.below.to), Children: int(n.count), Ticks: n.node.Ticks,
		}
		if n.node.Kind == KindTask {
			listed.Leaf = int(n.side)
		}
		if n.head != 0 {
			children[n.head] = int(n.count)
		}
		l.Nodes = append(l.Nodes, listed)
	}
	for i := range p.leaves {
		f := &p.leaves[i]
		listed := ListedLeaf{
			Node: int(f.node), Head: int(f.head), Arguments: int(f.args), State: int(f.state), Words: int(f.words),
			Outer: int(f.outer), Step: int(f.step), Draw: f.draw, Leaf: p.behaviours[i],
		}
		if n := p.nodes[f.node].node; n.Kind == KindSubtree {
			listed.Binder = n.Binder
		}
		l.Leaves = append(l.Leaves, listed)
	}
	for _, in := range code {
		l.Steps = append(l.Steps, p.listed(in, tables, children))
	}
	return l
}

// listed returns an instruction as plain data.
func (p *Program) listed(in instruction, tables []int32, children map[int32]int) Step {
	s := Step{Op: in.op, X: int(in.x), Y: int(in.y), Z: int(in.z), OnFailure: int(in.f), OnRunning: int(in.r)}
	switch in.op {
	case opCompute:
		s.Operator = operatorNames[in.r]
	case opResume:
		s.Count = children[in.x]
	case opDraw:
		r := &p.randoms[in.x]
		s.Count, s.Head, s.Keeps, s.Identity = int(r.count), int(r.head), int(r.keep), r.id
	case opUtility, opNext:
		u := &p.utils[in.x]
		s.Count, s.Head, s.Margin = int(u.count), int(u.head), u.margin
	}
	for i := range s.Count {
		s.Targets = append(s.Targets, int(tables[s.Y+i]))
	}
	return s
}
