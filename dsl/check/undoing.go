package check

import (
	"slices"

	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// selfUndoing warns of a sequence whose guard stops being true because of what
// the sequence does: "health < 30" before taking a medkit. The guard is looked
// at every tick, so the sequence breaks off half done and may flicker.
func (c *checker) selfUndoing(n *dsl.Node) {
	var low []lowGuard // "reading < something"
	for at, child := range n.Children {
		if child.Guard() {
			child.Walk(func(g *dsl.Node) bool {
				if g.Kind == dsl.Condition && len(g.Args) > 0 {
					low = append(low, c.upperBounds(g)...)
				}
				return g.Kind != dsl.Not && g.Kind != dsl.Fail
			})
			continue
		}
		if len(low) == 0 {
			continue
		}
		child.Walk(func(t *dsl.Node) bool {
			if t.Kind != dsl.Task && t.Kind != dsl.Net {
				return true
			}
			for i, g := range low {
				if !slices.Contains(c.raises(t), g.reading) {
					continue
				}
				severity := dsl.Warning
				if at == len(n.Children)-1 {
					severity = dsl.Hint // nothing is left undone: it fails where it could succeed
				}
				d := c.report(severity, "self-undoing", g.node.Range, "%q undoes this guard by raising %s, so the sequence breaks off", t.Word, g.reading)
				d.Legal = []string{"memory sequence", "a higher bound"}
				front := dsl.Range{Start: n.Range.Start, End: n.Range.Start}
				d.Fixes = []dsl.Fix{{Title: "write \"memory sequence\"", Edits: []dsl.Edit{{Range: front, Text: "memory "}}}}
				low = slices.Delete(low, i, i+1)
				return true
			}
			return true
		})
	}
}

// lowGuard is a condition that needs a reading to stay low.
type lowGuard struct {
	node    *dsl.Node
	reading string
}

// upperBounds returns the readings that a condition needs to be low.
func (c *checker) upperBounds(g *dsl.Node) (low []lowGuard) {
	node, _ := expression.Bind(g.Args[0].Text, c.bound, vocab.Bool)
	if node == nil {
		return nil
	}
	var down func(n *expression.Node)
	down = func(n *expression.Node) {
		reading := func(i int) {
			if n.Args[i].Op == expression.Reading {
				low = append(low, lowGuard{g, n.Args[i].Name})
			}
		}
		switch n.Op {
		case expression.And:
			down(n.Args[0])
			down(n.Args[1])
		case expression.Less, expression.LessEqual:
			reading(0)
		case expression.Greater, expression.GreaterEqual:
			reading(1)
		}
	}
	down(node)
	return low
}

// raises returns the features that a task raises by succeeding.
func (c *checker) raises(t *dsl.Node) []string {
	var out []string
	task := t.Word
	if t.Kind == dsl.Net {
		if i, ok := c.words.nets[t.Word]; ok {
			task = c.game.Nets[i].Rule
		}
	}
	if i, ok := c.words.tasks[task]; ok {
		out = append(out, c.game.Tasks[i].Effects...)
	}
	for i := range t.Args {
		if at, ok := c.words.choosers[t.Args[i].Text]; ok {
			out = append(out, c.game.Choosers[at].Effects...)
		}
	}
	return out
}
