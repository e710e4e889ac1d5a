package check

import (
	"dryad/dsl"
	"dryad/dsl/expression"
)

// taskLine is what is known of a task's line that has no fault and says the
// same in every tree.
type taskLine struct {
	outcome outcome
	mover   bool
}

// task checks a task, unless its line was found to be good before.
func (c *checker) task(n *dsl.Node) facts {
	seen := n.Seen()
	if seen != nil {
		if known, ok := seen.Note(c.words).(*taskLine); ok {
			f := facts{outcome: known.outcome, acts: true, cost: 1}
			if known.mover {
				f.mover = n
			}
			return f
		}
	}
	f := c.sum(n, nil)
	i, ok := c.words.tasks[n.Word]
	if !ok {
		c.unknown("unknown-task", "task", n.Word, n.WordRange, c.words.taskNames)
		return f
	}
	before := len(c.faults)
	values := c.arguments(n, c.game.Tasks[i].Params)
	if seen != nil && len(c.faults) == before && constant(values) {
		seen.Keep(c.words, &taskLine{f.outcome, f.mover != nil})
	}
	return f
}

// constant reports whether arguments mean the same in every tree: none is a
// parameter of the tree, or computed.
func constant(values []Value) bool {
	for _, v := range values {
		if v.From == Target || v.From == Expression && (v.Expression == nil || v.Expression.Op != expression.Constant) {
			return false
		}
	}
	return true
}
