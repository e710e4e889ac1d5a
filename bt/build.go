package bt

// Selector tries its children from the first in every tick and ends with the
// first that does not fail. A child above the running one that runs or
// succeeds takes over.
func Selector(name string, children ...*Node) *Node {
	return &Node{Kind: KindSelector, Name: name, Children: children}
}

// Sequence runs its children one after the other and fails with the first that
// fails. Guards left of the running child are looked at again in every tick;
// other children that succeeded are not run again in the same activation.
func Sequence(name string, children ...*Node) *Node {
	return &Node{Kind: KindSequence, Name: name, Children: children}
}

// MemorySelector is a selector that goes on at its running child.
func MemorySelector(name string, children ...*Node) *Node {
	return &Node{Kind: KindMemorySelector, Name: name, Children: children}
}

// MemorySequence is a sequence that goes on at its running child and looks at
// no guard again.
func MemorySequence(name string, children ...*Node) *Node {
	return &Node{Kind: KindMemorySequence, Name: name, Children: children}
}

// Parallel runs its children side by side, in order within a tick. The first
// failure fails it, success of all is its success. Children that succeeded are
// not run again, guards are; who still runs when it fails is halted at once.
func Parallel(name string, children ...*Node) *Node {
	return &Node{Kind: KindParallel, Name: name, Children: children}
}

// ParallelFirst runs its children side by side and ends as the first that
// ends; the others are halted at once.
func ParallelFirst(name string, children ...*Node) *Node {
	return &Node{Kind: KindParallelFirst, Name: name, Children: children}
}

// Weighted is a child of a random with its weight. A weight that is negative
// or not a number counts as 0; if all are 0 the random fails.
type Weighted struct {
	Weight Expr
	Child  *Node
}

// Random runs one child, drawn anew for each activation by weight.
func Random(name string, children ...Weighted) *Node {
	n := &Node{Kind: KindRandom, Name: name}
	for _, c := range children {
		n.Children, n.Values = append(n.Children, c.Child), append(n.Values, c.Weight)
	}
	return n
}

// Scored is a child of a utility with its score. A score that is not a number
// is the lowest of all.
type Scored struct {
	Score Expr
	Child *Node
}

// Utility runs the child with the highest score, scored in every tick; the
// first of equals wins. The child that runs is credited the margin. When a
// child fails, the next best is tried in the same tick; with none left the
// utility fails.
func Utility(name string, margin float64, children ...Scored) *Node {
	n := &Node{Kind: KindUtility, Name: name, Margin: margin}
	for _, c := range children {
		n.Children, n.Values = append(n.Children, c.Child), append(n.Values, c.Score)
	}
	return n
}

// Not turns success and failure of its child around.
func Not(name string, child *Node) *Node { return decorate(KindNot, name, child) }

// Succeed ends with success whichever way its child ends.
func Succeed(name string, child *Node) *Node { return decorate(KindSucceed, name, child) }

// Fail ends with failure whichever way its child ends.
func Fail(name string, child *Node) *Node { return decorate(KindFail, name, child) }

// Once runs its child to one end, and from then on answers with its status for
// the rest of the agent's life. A halt is no end.
func Once(name string, child *Node) *Node { return decorate(KindOnce, name, child) }

// Retry runs its child again, one attempt a tick, until it succeeds or has
// failed count times; a count of 0 sets no bound.
func Retry(name string, count int, child *Node) *Node {
	n := decorate(KindRetry, name, child)
	n.Count = count
	return n
}

// Repeat runs its child again, one attempt a tick, until it fails or has
// succeeded count times; a count of 0 sets no bound.
func Repeat(name string, count int, child *Node) *Node {
	n := decorate(KindRepeat, name, child)
	n.Count = count
	return n
}

// Timeout fails when its child still runs the given number of match ticks
// after the activation. It looks before it ticks its child.
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

// Task runs a leaf. The arguments are computed when the leaf starts and are
// kept while it runs. The text says what the task does in an author's words.
func Task(text string, leaf Leaf, args ...Expr) *Node {
	return &Node{Kind: KindTask, Text: text, Leaf: leaf, Values: args}
}

// Shared is a task without arguments that may stand in any number of trees,
// and several times in each, also while they are compiled at the same time. The
// line is its text, not empty, and the node may not be changed.
func Shared(line string, leaf Leaf) *Node {
	n := Task(line, leaf)
	n.called, n.says, n.shared = called(n), own(n), true
	return n
}

// Subtree runs its child with keys of its own, which begin anew with every
// activation.
func Subtree(name string, child *Node, locals ...Local) *Node {
	n := decorate(KindSubtree, name, child)
	n.Locals = locals
	return n
}

func decorate(kind Kind, name string, child *Node) *Node {
	return &Node{Kind: kind, Name: name, Children: []*Node{child}}
}
