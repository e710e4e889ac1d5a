package compile

import (
	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/vocab"
)

var composites = map[dsl.Kind]bt.Kind{
	dsl.Selector: bt.KindSelector, dsl.Sequence: bt.KindSequence, dsl.Parallel: bt.KindParallel,
	dsl.ParallelFirst: bt.KindParallelFirst, dsl.Random: bt.KindRandom, dsl.Utility: bt.KindUtility,
	dsl.Not: bt.KindNot, dsl.Succeed: bt.KindSucceed, dsl.Fail: bt.KindFail, dsl.Once: bt.KindOnce,
	dsl.Retry: bt.KindRetry, dsl.Repeat: bt.KindRepeat, dsl.Timeout: bt.KindTimeout,
	dsl.Cooldown: bt.KindCooldown, dsl.Wait: bt.KindWait,
}

// node compiles a node of a tree and what is below it.
func (c *compiler) node(n *dsl.Node, t *tree) *bt.Node {
	if c.nodes++; c.nodes > maxNodes {
		if c.faults == nil {
			c.fail(n, "too-large", "with its subtrees expanded the tree has more than %d nodes", maxNodes)
		}
		return bt.Wait(0)
	}
	if c.faults != nil {
		return bt.Wait(0)
	}
	if n.Kind != dsl.Call {
		c.sources = append(c.sources, n)
	}
	switch n.Kind {
	case dsl.Condition:
		out := c.leaf(n, c.make())
		out.Kind, out.Values = bt.KindCondition, []bt.Expr{c.expression(n, t, vocab.Bool)}
		return out
	case dsl.Set:
		return c.set(n, t)
	case dsl.Task:
		return c.task(n, t)
	case dsl.Net:
		return c.net(n, t)
	case dsl.Lua:
		return c.lua(n, t)
	case dsl.Call:
		callee := c.file.Tree(n.Word)
		if callee == nil || callee.Root == nil {
			return c.fail(n, "unknown-tree", "there is no tree %q", n.Word)
		}
		return c.body(c.treeOf(callee), n, t)
	}
	kind, ok := composites[n.Kind]
	if !ok {
		return c.fail(n, "compile", "a %s cannot stand here", n.Kind)
	}
	if n.Memory {
		kind = map[bt.Kind]bt.Kind{bt.KindSelector: bt.KindMemorySelector, bt.KindSequence: bt.KindMemorySequence}[kind]
	}
	out := c.leaf(n, c.make())
	out.Kind, out.Name = kind, n.Name
	out.Children = c.children(len(n.Children))
	c.amounts(n, out)
	scheduled := c.file.Policy.Scheduler && n == c.file.Main().Root
	if scheduled {
		out.Values = c.network(t)
	}
	for _, child := range n.Children {
		switch child.Kind {
		case dsl.Weight:
			out.Values = append(out.Values, bt.Const(child.Amount().Value))
			child = child.Children[0]
		case dsl.Score:
			out.Values = append(out.Values, c.expression(child, t, vocab.Number))
			child = child.Children[0]
		default:
			if !scheduled && (n.Kind == dsl.Random || n.Kind == dsl.Utility) {
				out.Values = append(out.Values, bt.Const(1))
			}
		}
		out.Children = append(out.Children, c.node(child, t))
	}
	return out
}

// children makes room for the children of a node.
func (c *compiler) children(n int) []*bt.Node {
	if len(c.below) < n {
		c.below = make([]*bt.Node, max(n, cap(c.sources)))
	}
	out := c.below[:0:n]
	c.below = c.below[n:]
	return out
}

// make takes a node from a block of them.
func (c *compiler) make() *bt.Node {
	if len(c.block) == 0 {
		c.block = make([]bt.Node, 8)
	}
	n := &c.block[0]
	c.block = c.block[1:]
	return n
}

// leaf gives a compiled node the text of its line.
func (c *compiler) leaf(n *dsl.Node, out *bt.Node) *bt.Node {
	out.Text = n.Line()
	return out
}

// amounts sets the counts and durations of a node.
func (c *compiler) amounts(n *dsl.Node, out *bt.Node) {
	amount := n.Amount()
	switch n.Kind {
	case dsl.Retry, dsl.Repeat:
		out.Count = int(amount.Value)
	case dsl.Timeout, dsl.Cooldown, dsl.Wait:
		ticks, ok := amount.TicksAt(c.vocabulary.TicksPerSecond)
		if !ok {
			c.fail(n, "unit", "the game %s cannot measure %s", c.vocabulary.Game, amount)
		}
		out.Ticks = ticks
	case dsl.Utility:
		out.Margin = amount.Value
	}
}

// expression compiles a node's own expression.
func (c *compiler) expression(n *dsl.Node, t *tree, want vocab.Kind) bt.Expr {
	bound, faults := expression.Bind(n.Expression(), t.bound, want)
	if bound == nil {
		summary := "the expression means nothing"
		if len(faults) > 0 {
			summary = faults[0].Summary
		}
		c.fail(n, "type", "%s", summary)
		return bt.Const(0)
	}
	return c.lower(bound)
}

func (c *compiler) set(n *dsl.Node, t *tree) *bt.Node {
	key, value, faults := check.Assignment(n, t.scope)
	if value == nil {
		c.faults = append(c.faults, faults...)
		return c.fail(n, "type", "nothing can be assigned here")
	}
	return c.leaf(n, bt.Set(c.variables[key].Name, c.lower(value)))
}

var operators = map[expression.Op]func(a, b bt.Expr) bt.Expr{
	expression.And: bt.And, expression.Or: bt.Or, expression.Add: bt.Add, expression.Subtract: bt.Sub,
	expression.Multiply: bt.Mul, expression.Divide: bt.Div, expression.Less: bt.Less, expression.LessEqual: bt.LessEqual,
	expression.Greater: bt.Greater, expression.GreaterEqual: bt.GreaterEqual, expression.Equal: bt.Equal,
	expression.NotEqual: bt.NotEqual, expression.Min: bt.Min, expression.Max: bt.Max,
}

// lower compiles a bound expression.
func (c *compiler) lower(n *expression.Node) bt.Expr {
	switch n.Op {
	case expression.Constant:
		return bt.Const(n.Value)
	case expression.Reading:
		return bt.Input(c.slot(n.Index))
	case expression.Key, expression.Param:
		return bt.Read(n.Name)
	case expression.Not:
		return bt.Negate(c.lower(n.Args[0]))
	case expression.Negate:
		return bt.Neg(c.lower(n.Args[0]))
	case expression.Abs:
		return bt.Abs(c.lower(n.Args[0]))
	case expression.Floor:
		return bt.Floor(c.lower(n.Args[0]))
	case expression.Ceil:
		return bt.Ceil(c.lower(n.Args[0]))
	case expression.Choose:
		return bt.If(c.lower(n.Args[0]), c.lower(n.Args[1]), c.lower(n.Args[2]))
	}
	return operators[n.Op](c.lower(n.Args[0]), c.lower(n.Args[1]))
}

// slot returns the input that holds a reading.
func (c *compiler) slot(reading int) int {
	slot, ok := c.slots[reading]
	if !ok {
		slot = len(c.readings)
		c.slots[reading] = slot
		c.readings = append(c.readings, int32(reading))
	}
	return slot
}
