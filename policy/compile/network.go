package compile

import (
	"dryad/bt"
	"dryad/dsl"
	"dryad/dsl/expression"
	"dryad/vocab"
)

// network compiles the network of a policy "by scheduler" to an expression for each
// output. An input is bounded to -1e9..1e9 by its weights' bounds alone: weighted sums
// of finite readings are finite.
func (c *compiler) network(t *tree) []bt.Expr {
	var layer []bt.Expr
	for _, u := range c.file.Neurons(dsl.InputNeuron) {
		bound, faults := expression.Bind(u.Input.Text, t.bound, vocab.Number)
		if bound == nil {
			summary := "the expression means nothing"
			if len(faults) > 0 {
				summary = faults[0].Summary
			}
			c.faults = append(c.faults, dsl.Diagnostic{Severity: dsl.Error, Code: "type", Range: u.Range, Summary: summary})
			return nil
		}
		layer = append(layer, c.lower(bound))
	}
	if hidden := c.file.Neurons(dsl.HiddenNeuron); len(hidden) > 0 {
		layer = sums(hidden, layer)
		for i := range layer {
			layer[i] = bt.Max(bt.Const(0), layer[i])
		}
	}
	return sums(c.file.Neurons(dsl.OutputNeuron), layer)
}

// sums are the weighted sums of a layer, each with its bias. Weights of 0 cost
// nothing.
func sums(units []*dsl.Neuron, before []bt.Expr) []bt.Expr {
	out := make([]bt.Expr, len(units))
	for i, u := range units {
		sum := bt.Const(u.Weights[len(before)])
		for k, x := range before {
			if w := u.Weights[k]; w != 0 {
				sum = bt.Add(sum, bt.Mul(bt.Const(w), x))
			}
		}
		out[i] = sum
	}
	return out
}
