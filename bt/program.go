package bt

import "sync"

// Params says what a tree may refer to, and how much a tick may do.
type Params struct {
	// Name is the tree's name, with which every path begins; it may be empty.
	Name string
	// Inputs is the number of values that an agent is given in each tick.
	Inputs int
	// Keys are the agent's keys.
	Keys []Key
	// Budget bounds a tick; zero fields set no bound.
	Budget Budget
}

// Key is a value that lives as long as the agent.
type Key struct {
	Name    string
	Default float64
	// Team marks a key that is shared: what is written is handed out with
	// [Agent.Published] and seen once it came back through [Agent.SetKey].
	Team bool
}

// Budget bounds what one tick may do.
type Budget struct {
	Nodes      int // visited nodes
	Operations int // operations of expressions
}

// Program is a compiled tree. It is immutable and serves any number of agents
// in any number of goroutines.
type Program struct {
	root       *Node
	params     Params
	plain      []instruction
	tables     []int32
	nodes      []nodeInfo
	children   []int32 // indices of the children of all nodes
	values     []Expr  // of all nodes, folded
	leaves     []leafInfo
	behaviours []Leaf // of the leaves, nil for a binder
	randoms    []randomInfo
	utils      []utilityInfo
	keys       map[string]int32 // word of each of the agent's keys
	slots      []float64        // initial slots: inputs, constants, temporaries
	constants  map[uint64]int32 // slot of each constant, by its bits, when they are many
	temporary  int32            // the first temporary slot
	slab       []uint64         // initial slab
	volatile   int32            // where the words that an activation holds begin
	running    int32            // where the list of running nodes begins
	cost       Budget
	counted    bool // a tick might exceed its budget, so it must be counted

	watchOnce   sync.Once
	watched     []instruction
	watchTables []int32
}

// The words at the front of every slab.
const (
	wordClock   = iota // ticks of the agent
	wordSeed           // of the agent's draws
	wordRunning        // number of running leaves and cooldowns
	wordHeader         // number of front words
)

// firstClock leaves the stamp 0 to nodes that never ran.
const firstClock = 1

type span struct{ from, to int32 }

// nodeInfo is what is known of a node of a compiled program.
type nodeInfo struct {
	node     *Node
	parent   int32 // -1 for the root
	end      int32 // the first node after the node's descendants
	children int32 // where the indices of its children lie
	count    int32 // of its children
	scope    int32 // the subtree around it, or -1
	side     int32 // index of its leaf, random or utility
	head     int32 // its head word, or 0
	memory   span  // words that an activation holds, the head first
	below    span  // words that activations of its descendants hold
	keeps    span  // words that outlive activations
	locals   int32 // the first word of a subtree's locals
	values   int32 // where its expressions lie
	computes int32 // how many they are
	cost     int32 // operations of the values
	guard    bool
	id       uint64
	lineage  uint64 // of kinds, arguments and identities down from the root
	called   uint64 // digest of the label
	twin     uint32 // which of its siblings with that label, from 1
}

type leafInfo struct {
	node       int32
	head       int32
	args       int32
	state      int32
	words      int32
	outer      int32
	outerWords int32
	above      int32  // head of the node above that remembers that the leaf runs, or 0
	step       int32  // which of its children the leaf is
	draw       uint64 // the node's part of a draw
}

// randomInfo and utilityInfo describe how a node picks one of count children.
type randomInfo struct {
	head, keep int32 // keep is the word that counts activations
	count      int32
	id         uint64
}

type utilityInfo struct {
	head   int32 // then the picked child, then a bit for each child that was tried
	count  int32
	margin float64
	node   int32
}

// below returns the indices of a node's children.
func (p *Program) below(n *nodeInfo) []int32 { return p.children[n.children : n.children+n.count] }

// only returns the index of the child of a node that has one.
func (p *Program) only(n *nodeInfo) int32 { return p.children[n.children] }

// computes returns what a node computes, folded.
func (p *Program) computes(n *nodeInfo) []Expr { return p.values[n.values : n.values+n.computes] }

// Nodes returns the number of nodes, subtrees expanded. Nodes are numbered in
// pre-order.
func (p *Program) Nodes() int { return len(p.nodes) }

// Node returns the description of the node at an index.
func (p *Program) Node(index int) NodeInfo {
	n := &p.nodes[index]
	return NodeInfo{Node: n.node, Parent: int(n.parent), End: int(n.end), ID: n.id, Path: p.path(int32(index))}
}

// NodeInfo describes a node of a program.
type NodeInfo struct {
	*Node
	Parent int    // -1 for the root
	End    int    // the index after the last descendant
	ID     uint64 // the node's identity: equal in another version of the tree if it is the same node
	Path   string // the names on the way from the root, to be read by people
}

// Inputs returns the number of inputs.
func (p *Program) Inputs() int { return p.params.Inputs }

// Keys returns the agent's keys. The caller must not change them.
func (p *Program) Keys() []Key { return p.params.Keys }

// Cost returns the most that a tick can do: every node and every operation.
func (p *Program) Cost() Budget { return p.cost }

// Words returns the size of an agent's slab.
func (p *Program) Words() int { return len(p.slab) }

// instrumented returns the program that reports each visit. It is compiled
// when it is first needed.
func (p *Program) instrumented() ([]instruction, []int32) {
	p.watchOnce.Do(func() {
		p.watched, p.watchTables, _ = emit(p, true)
	})
	return p.watched, p.watchTables
}
