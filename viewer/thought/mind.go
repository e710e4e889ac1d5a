package thought

import (
	"fmt"
	"sort"

	"dryad/bt"
	"dryad/dsl/check"
	"dryad/policy"
	"dryad/vocab"
)

// Mind is what a tree did in one tick.
type Mind struct {
	Policy *policy.Policy
	Tick   int       // the match's tick after which this is so; -1 before the first
	Root   bt.Status // Idle when the seat did not act
	Ticks  int       // in which the tree was ticked so far
	Nodes  []Node
	Status []bt.Status // Idle for nodes that were not reached
	Tally  []Tally
	// Decisions are of the conditions that were computed, by node.
	Decisions map[int]Decision
	// Scores are of the utility nodes that were reached, by node and then by child,
	// with the node's margin for the child that ran before.
	Scores   map[int][]float64
	Readings []Reading // that the tree uses, in the order of the vocabulary
	Keys     []Value   // of the blackboard
}

// Reading is a reading of the game that the tree uses.
type Reading struct {
	Index int
	Value
}

func (m *Mind) sortReadings() {
	sort.Slice(m.Readings, func(i, j int) bool { return m.Readings[i].Index < m.Readings[j].Index })
}

func keyKind(word string) (vocab.Kind, bool) { return check.KeyKind(word) }

// Running returns the leaves that ran in the tick, in the order of the tree.
func (m *Mind) Running() []int {
	var list []int
	for i, status := range m.Status {
		if status == bt.Running && m.Nodes[i].End == i+1 {
			list = append(list, i)
		}
	}
	return list
}

// Focus returns the node that the tick came down to: the first running leaf, or
// else the last task or other leaf that was reached; -1 when nothing was.
func (m *Mind) Focus() int {
	if running := m.Running(); len(running) > 0 {
		return running[0]
	}
	last, any := -1, -1
	for i, status := range m.Status {
		if status == bt.Idle || m.Nodes[i].End != i+1 {
			continue
		}
		any = i
		if !m.Nodes[i].Guard {
			last = i
		}
	}
	if last >= 0 {
		return last
	}
	return any
}

// Path returns the nodes from the root to a node.
func (m *Mind) Path(node int) []int {
	var path []int
	for n := node; n >= 0; n = m.Nodes[n].Parent {
		path = append(path, n)
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}

// Reason says why a branch that stands above a node did not run.
type Reason struct {
	Branch int // the branch
	Node   int // the node in it that decided
	Text   string
}

// Why returns, from the root down, why the branches that stand above a node
// and would have come first did not run.
func (m *Mind) Why(node int) []Reason {
	var reasons []Reason
	path := m.Path(node)
	for i := 0; i+1 < len(path); i++ {
		parent, taken := path[i], path[i+1]
		switch m.Nodes[parent].Kind {
		case bt.KindSelector, bt.KindMemorySelector, bt.KindUtility, bt.KindRandom:
		default:
			continue
		}
		children(m.Nodes, parent, func(c int) bool {
			if c == taken { // any child of a utility node may come first
				return m.Nodes[parent].Kind == bt.KindUtility
			}
			at, text := m.cause(c)
			reasons = append(reasons, Reason{c, at, m.Nodes[c].Text + ": " + text})
			return true
		})
	}
	return reasons
}

// Because returns, from the root down, the conditions that let the tick come
// to a node: the guards before it in the sequences above it.
func (m *Mind) Because(node int) []Reason {
	var reasons []Reason
	path := m.Path(node)
	for i := 0; i+1 < len(path); i++ {
		parent, taken := path[i], path[i+1]
		switch m.Nodes[parent].Kind {
		case bt.KindSequence, bt.KindMemorySequence, bt.KindParallel:
		case bt.KindUtility:
			if score, known := m.score(taken); known {
				reasons = append(reasons, Reason{taken, taken, m.Nodes[taken].Text + " scores " + Number(score)})
			}
			continue
		default:
			continue
		}
		children(m.Nodes, parent, func(c int) bool {
			if c == taken {
				return false
			}
			if m.Nodes[c].Guard && m.Status[c] == bt.Success {
				at, text := m.cause(c)
				reasons = append(reasons, Reason{c, at, text})
			}
			return true
		})
	}
	return reasons
}

// cause finds what made a branch not run, and says it.
func (m *Mind) cause(node int) (at int, text string) {
	n := &m.Nodes[node]
	switch m.Status[node] {
	case bt.Idle:
		return node, m.idle(node)
	case bt.Running:
		return node, "runs"
	}
	failed := m.Status[node] == bt.Failure
	find := func(status bt.Status) int {
		found := -1
		children(m.Nodes, node, func(c int) bool {
			if m.Status[c] == status {
				found = c
			}
			return found < 0
		})
		return found
	}
	child := -1
	switch n.Kind {
	case bt.KindCondition:
		if d, known := m.Decisions[node]; known {
			return node, d.Why()
		}
		return node, "is " + map[bool]string{true: "false", false: "true"}[failed]
	case bt.KindTask:
		if failed {
			return node, "the task failed"
		}
		return node, "the task is done"
	case bt.KindNot:
		child = find(map[bool]bt.Status{true: bt.Success, false: bt.Failure}[failed])
	case bt.KindSelector, bt.KindMemorySelector, bt.KindRandom, bt.KindUtility:
		if !failed {
			child = find(bt.Success)
			break
		}
		count := 0
		children(m.Nodes, node, func(c int) bool {
			if m.Status[c] == bt.Failure {
				count++
				child = c
			}
			return true
		})
		if count > 1 {
			at, text := m.cause(child)
			return at, fmt.Sprintf("all %d branches failed, the last because %s", count, text)
		}
	default:
		child = find(m.Status[node])
	}
	if child >= 0 {
		return m.cause(child)
	}
	if failed {
		return node, m.refused(n)
	}
	return node, "is done"
}

// idle says why a node was not reached.
func (m *Mind) idle(node int) string {
	parent := m.Nodes[node].Parent
	if parent < 0 || m.Status[parent] == bt.Idle {
		return "was not reached"
	}
	switch m.Nodes[parent].Kind {
	case bt.KindUtility:
		if score, known := m.score(node); known {
			return "scores " + Number(score)
		}
		return "was not picked"
	case bt.KindRandom:
		return "was not picked"
	case bt.KindMemorySelector:
		return "failed before, and is not tried again"
	}
	return "was not reached"
}

// score returns what a child of a utility node was scored.
func (m *Mind) score(child int) (float64, bool) {
	parent, at := m.Nodes[child].Parent, 0
	scores := m.Scores[parent]
	children(m.Nodes, parent, func(c int) bool {
		if c == child {
			return false
		}
		at++
		return true
	})
	if at >= len(scores) {
		return 0, false
	}
	return scores[at], true
}

// refused says why a node failed before its children were ticked.
func (m *Mind) refused(n *Node) string {
	switch n.Kind {
	case bt.KindCooldown:
		return "is cooling down"
	case bt.KindTimeout:
		return "its time is over"
	case bt.KindOnce:
		return "failed once, for the whole match"
	case bt.KindSubtree:
		return "its arguments cannot be bound"
	case bt.KindFail:
		return "always fails"
	}
	return "failed"
}
