package bt

// Selector ticks its children in order, from the first in every tick, and ends
// with the first child that does not fail. If a child before the running child
// runs or succeeds, the running child is halted.
func Selector(name string, children ...*Node) *Node {
	return &Node{Kind: KindSelector, Name: name, Children: children}
}

// Sequence runs its children in order and fails with the first child that
// fails. Guards before the running child are evaluated again in every tick.
// Other children that succeeded are not ticked again in the same activation.
func Sequence(name string, children ...*Node) *Node {
	return &Node{Kind: KindSequence, Name: name, Children: children}
}

// MemorySelector is a selector that continues at its running child: it does
// not tick the children before it again.
func MemorySelector(name string, children ...*Node) *Node {
	return &Node{Kind: KindMemorySelector, Name: name, Children: children}
}

// MemorySequence is a sequence that continues at its running child: it does
// not evaluate the guards before it again.
func MemorySequence(name string, children ...*Node) *Node {
	return &Node{Kind: KindMemorySequence, Name: name, Children: children}
}

// Parallel ticks all of its children, in order, in every tick. It fails when one
// child fails and succeeds when all children have succeeded. Children that
// succeeded are not ticked again, except guards. Children that still run when
// it fails are halted in the same tick.
func Parallel(name string, children ...*Node) *Node {
	return &Node{Kind: KindParallel, Name: name, Children: children}
}

// ParallelFirst ticks all of its children in every tick and ends with the
// status of the first child that ends. The others are halted in the same tick.
func ParallelFirst(name string, children ...*Node) *Node {
	return &Node{Kind: KindParallelFirst, Name: name, Children: children}
}

// Weighted is a child of a random node with its weight. A weight that is
// negative or not a number counts as 0. If all weights are 0, the node fails.
type Weighted struct {
	Weight Expr
	Child  *Node
}

// Random runs one child. It draws the child by weight, once per activation.
func Random(name string, children ...Weighted) *Node {
	n := &Node{Kind: KindRandom, Name: name}
	for _, c := range children {
		n.Children, n.Values = append(n.Children, c.Child), append(n.Values, c.Weight)
	}
	return n
}

// Scored is a child of a utility node with its score. A score that is not a
// number counts as the lowest of all.
type Scored struct {
	Score Expr
	Child *Node
}

// Utility runs the child with the highest score. It computes the scores in
// every tick; of equal scores the first child wins. The margin is added to the
// score of the running child. When a child fails, the child with the next
// highest score is ticked in the same tick. If all children fail, it fails.
func Utility(name string, margin float64, children ...Scored) *Node {
	n := &Node{Kind: KindUtility, Name: name, Margin: margin}
	for _, c := range children {
		n.Children, n.Values = append(n.Children, c.Child), append(n.Values, c.Score)
	}
	return n
}

// Not inverts success and failure of its child.
func Not(name string, child *Node) *Node { return decorate(KindNot, name, child) }

// Succeed succeeds when its child ends, with either status.
func Succeed(name string, child *Node) *Node { return decorate(KindSucceed, name, child) }

// Fail fails when its child ends, with either status.
func Fail(name string, child *Node) *Node { return decorate(KindFail, name, child) }

// Once runs its child until it ends, and then returns that status for the rest
// of the match without ticking the child. A halt does not count as an end.
func Once(name string, child *Node) *Node { return decorate(KindOnce, name, child) }

// Retry runs its child until it succeeds, at most one attempt a tick. It fails
// when the child has failed count times. A count of 0 sets no limit.
func Retry(name string, count int, child *Node) *Node {
	n := decorate(KindRetry, name, child)
	n.Count = count
	return n
}

// Repeat runs its child until it fails, at most one attempt a tick. It succeeds
// when the child has succeeded count times. A count of 0 sets no limit.
func Repeat(name string, count int, child *Node) *Node {
	n := decorate(KindRepeat, name, child)
	n.Count = count
	return n
}

// Timeout fails when its child still runs the given number of match ticks
// after the activation. It checks the time before it ticks its child.
func Timeout(name string, ticks int, child *Node) *Node {
	n := decorate(KindTimeout, name, child)
	n.Ticks = ticks
	return n
}

// Cooldown fails for the given number of match ticks after its child ended or
// was halted.
func Cooldown(name string, ticks int, child *Node) *Node {
	n := decorate(KindCooldown, name, child)
	n.Ticks = ticks
	return n
}

// Wait runs for the given number of match ticks and succeeds.
func Wait(ticks int) *Node { return &Node{Kind: KindWait, Ticks: ticks} }

// Condition succeeds when the expression is true (not 0), and fails otherwise.
func Condition(test Expr) *Node { return &Node{Kind: KindCondition, Values: []Expr{test}} }

// Set writes a key and succeeds.
func Set(key string, value Expr) *Node {
	return &Node{Kind: KindSet, Key: key, Values: []Expr{value}}
}

// Task runs a leaf. The arguments are computed when the leaf starts and keep
// their values while it runs. The text is the source line of the task.
func Task(text string, leaf Leaf, args ...Expr) *Node {
	return &Node{Kind: KindTask, Text: text, Leaf: leaf, Values: args}
}

// Shared returns a task without arguments that may be part of any number of
// trees, also several times in one, and of trees that are compiled at the same
// time. The line is its text and must not be empty. The node must not be changed.
func Shared(line string, leaf Leaf) *Node {
	n := Task(line, leaf)
	n.called, n.says, n.shared = called(n), own(n), true
	return n
}

// Subtree runs its child with local keys, which are initialised at every
// activation.
func Subtree(name string, child *Node, locals ...Local) *Node {
	n := decorate(KindSubtree, name, child)
	n.Locals = locals
	return n
}

func decorate(kind Kind, name string, child *Node) *Node {
	return &Node{Kind: kind, Name: name, Children: []*Node{child}}
}
