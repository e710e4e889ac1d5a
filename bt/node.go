package bt

// Kind is the kind of a node.
type Kind uint8

// The kinds of nodes. The constructor of a kind documents what it does.
const (
	KindSelector Kind = iota
	KindSequence
	KindMemorySelector
	KindMemorySequence
	KindParallel
	KindParallelFirst
	KindRandom
	KindUtility
	KindNot
	KindSucceed
	KindFail
	KindOnce
	KindRetry
	KindRepeat
	KindTimeout
	KindCooldown
	KindWait
	KindCondition
	KindSet
	KindTask
	KindSubtree
)

var kindNames = [...]string{
	"selector", "sequence", "memory selector", "memory sequence", "parallel", "parallel first", "random",
	"utility", "not", "succeed", "fail", "once", "retry", "repeat", "timeout", "cooldown", "wait",
	"condition", "set", "task", "tree",
}

// String returns the kind as the language writes it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "invalid"
}

// composite reports whether the kind takes any number of children.
func (k Kind) composite() bool { return k <= KindUtility }

// decorator reports whether the kind takes exactly one child.
func (k Kind) decorator() bool { return k >= KindNot && k <= KindCooldown || k == KindSubtree }

// guards reports whether nodes of the kind are guards when all below them are.
func (k Kind) guards() bool {
	switch k {
	case KindCondition, KindNot, KindSucceed, KindFail, KindSelector, KindSequence:
		return true
	}
	return false
}

// Node is a node of a tree before compilation. Use the constructors. A node
// may be changed until it is compiled. It may be part of several trees, but
// only once in each, and two trees with a common node must not be compiled at
// the same time. [Shared] makes a node without these limits.
type Node struct {
	Kind Kind
	// Name identifies the node among its siblings across versions of a tree.
	// A node without a name is identified by its text.
	Name string
	// Text is the source line of the node, with its arguments. It is required
	// for a task and optional for other kinds.
	Text     string
	Children []*Node
	// Count is the number of attempts of a retry or repeat; 0 has no bound.
	Count int
	// Ticks is the length of a timeout, cooldown or wait.
	Ticks int
	// Margin is the difference by which the score of another child of a utility
	// must exceed the score of the running child to replace it.
	Margin float64
	// Values are the weights of a random, the scores of a utility, the test
	// of a condition, the value of a set, the arguments of a task.
	Values []Expr
	// Key is the key that a set writes.
	Key string
	// Locals are the keys of a subtree. Their values begin anew with every
	// activation of the subtree.
	Locals []Local
	// Leaf is the behaviour of a task.
	Leaf Leaf
	// Binder, if any, is called at each activation of a subtree.
	Binder SubtreeBinder

	placed *layout // the last compilation that saw the node
	shared bool    // see [Shared]
	called uint64  // of a shared node: the digest of its label
	says   uint64  // of a shared node: the digest of what it says
}

// Local is a key of a subtree: an argument or a key of the tree's own.
type Local struct {
	Name string
	// Value is computed outside the subtree when the subtree is activated.
	Value Expr
}

// guard reports whether the node is a guard: a subtree of conditions and of not,
// succeed, fail, selector and sequence over guards.
func (n *Node) guard() bool {
	for _, c := range n.Children {
		if !c.guard() {
			return false
		}
	}
	return n.Kind.guards()
}

// Guard reports whether the node is a guard, which a sequence and a parallel
// evaluate again in every tick.
func (n *Node) Guard() bool { return n.guard() }

// Walk visits n and its descendants in pre-order.
func (n *Node) Walk(visit func(*Node)) {
	visit(n)
	for _, c := range n.Children {
		c.Walk(visit)
	}
}
