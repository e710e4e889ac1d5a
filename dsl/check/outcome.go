package check

import (
	"dryad/dsl"
	"dryad/dsl/expression"
)

// outcome is the set of statuses that a node can answer.
type outcome uint8

const (
	succeeds outcome = 1 << iota
	fails
	runs

	anything = succeeds | fails | runs
)

// answers returns what a node can answer, given its children; it never leaves
// out what can happen.
func (c *checker) answers(n *dsl.Node, below []facts) outcome {
	switch n.Kind {
	case dsl.Task:
		if i, ok := c.words.tasks[n.Word]; ok && c.game.Tasks[i].NonTerminating {
			return fails | runs
		}
		return anything
	case dsl.Net:
		return fails | runs
	case dsl.Set:
		return succeeds
	case dsl.Wait:
		return succeeds | runs
	}
	if len(below) == 0 {
		return anything
	}
	first := below[0].outcome
	ended := first & (succeeds | fails)
	bounded := len(n.Args) > 0
	switch n.Kind {
	case dsl.Not:
		return first&runs | flip(ended)
	case dsl.Succeed:
		return first&runs | when(ended != 0, succeeds)
	case dsl.Fail:
		return first&runs | when(ended != 0, fails)
	case dsl.Once, dsl.Weight, dsl.Score:
		return first
	case dsl.Timeout:
		return first | when(first&runs != 0, fails)
	case dsl.Cooldown:
		return first | fails
	case dsl.Retry:
		return first&(succeeds|runs) | when(first&fails != 0, runs) | when(bounded && first&fails != 0, fails)
	case dsl.Repeat:
		return first&(fails|runs) | when(first&succeeds != 0, runs) | when(bounded && first&succeeds != 0, succeeds)
	case dsl.Selector:
		out, _ := inOrder(below, fails)
		return out
	case dsl.Sequence:
		out, _ := inOrder(below, succeeds)
		return out
	}
	some, all := outcome(0), anything
	for i := range below {
		some |= below[i].outcome
		all &= below[i].outcome
	}
	switch n.Kind {
	case dsl.Parallel:
		return some&(fails|runs) | all&succeeds
	case dsl.Utility:
		return some&(succeeds|runs) | all&fails
	}
	return some // parallel first, random
}

func when(yes bool, o outcome) outcome {
	if yes {
		return o
	}
	return 0
}

func flip(o outcome) outcome {
	return when(o&succeeds != 0, fails) | when(o&fails != 0, succeeds)
}

// tested decides a condition by the ranges of what it reads.
func tested(node *expression.Node) outcome {
	if node != nil {
		if value, decided := expression.Decided(node); decided {
			return when(value, succeeds) | when(!value, fails)
		}
	}
	return succeeds | fails
}

// inOrder is a selector (next is fails) or sequence (next is succeeds): a
// child is reached if all before it can answer next. reached is how many are.
func inOrder(below []facts, next outcome) (out outcome, reached int) {
	for i := range below {
		o := below[i].outcome
		out |= o &^ next
		reached++
		if o&next == 0 {
			return out, reached
		}
	}
	return out | next, reached
}

// unreachable warns of children that can never start.
func (c *checker) unreachable(n *dsl.Node, below []facts) {
	next, why := succeeds, "never succeeds"
	if n.Kind == dsl.Selector {
		next, why = fails, "never fails"
	}
	_, reached := inOrder(below, next)
	if reached == len(n.Children) {
		return
	}
	child := n.Children[reached]
	d := c.warnf("unreachable", child.Range, "this is never reached: what stands before it (line %d) %s",
		n.Children[reached-1].Range.Start.Line, why)
	last := lastLine(child)
	d.Fixes = []dsl.Fix{{Title: "remove it", Edits: []dsl.Edit{{Range: dsl.Range{
		Start: dsl.Position{Line: child.Range.Start.Line, Column: 1}, End: dsl.Position{Line: last + 1, Column: 1}}}}}}
}

// lastLine returns the number of the last line of a node.
func lastLine(n *dsl.Node) int {
	last := 0
	n.Walk(func(n *dsl.Node) bool {
		last = max(last, n.Range.End.Line)
		return true
	})
	return last
}
