package check

import (
	"dryad/dsl"
	"dryad/vocab"
)

// MaxUnits bounds each layer of a scheduler's network.
const MaxUnits = 64

// scheduled reports whether a node is the root whose children a scheduler's network
// scores.
func (c *checker) scheduled(n *dsl.Node) bool {
	main := c.file.Main()
	return c.file.Policy.Scheduler && main != nil && main.Root == n
}

// network checks the network of a policy "by scheduler", and that no other policy
// has one.
func (c *checker) network() {
	if !c.file.Policy.Scheduler {
		if len(c.file.Network) > 0 {
			u := c.file.Network[0]
			d := c.errorf("no-scheduler", u.Range, "a line %q belongs to a policy by scheduler", u.Role.String()+":")
			d.Legal = []string{"policy NAME for GAME by scheduler"}
		}
		return
	}
	inputs, hidden, outputs := c.file.Neurons(dsl.InputNeuron), c.file.Neurons(dsl.HiddenNeuron), c.file.Neurons(dsl.OutputNeuron)
	for _, units := range [][]*dsl.Neuron{inputs, hidden, outputs} {
		if len(units) > MaxUnits {
			c.errorf("too-many", units[MaxUnits].Range, "a scheduler's network has at most %d units of a kind", MaxUnits)
			return
		}
	}
	c.enter(Scope{Vocabulary: c.game, Keys: c.variables})
	for _, u := range inputs {
		c.expression(&u.Input, vocab.Number)
	}
	c.layer(hidden, len(inputs), "inputs")
	if len(hidden) > 0 {
		c.layer(outputs, len(hidden), "hidden units")
	} else {
		c.layer(outputs, len(inputs), "inputs")
	}
	c.options(outputs)
}

// layer checks that each unit has a weight for each unit before it, and a bias.
func (c *checker) layer(units []*dsl.Neuron, before int, what string) {
	for _, u := range units {
		if len(u.Weights) != before+1 {
			c.errorf("weights", u.Range, "the unit has %d numbers; the network has %d %s, so %d weights and a bias are needed",
				len(u.Weights), before, what, before)
		}
	}
}

// options checks that the root has a child for each output.
func (c *checker) options(outputs []*dsl.Neuron) {
	main := c.file.Main()
	if main == nil || main.Root == nil || main.Root.Kind == dsl.Invalid {
		return
	}
	root := main.Root
	if root.Kind != dsl.Utility {
		c.errorf("no-options", root.Range, "the root of a policy by scheduler is a utility node, whose children are the options").Legal = []string{dsl.Utility.Usage()}
		return
	}
	for _, child := range root.Children {
		if child.Kind.Class() == dsl.Option {
			c.errorf("no-options", child.Range, "an option of a scheduler stands without %q: the network gives its score", child.Kind.String())
		}
	}
	if len(outputs) != len(root.Children) {
		c.errorf("no-options", root.Range, "the network has %d outputs for %d options; one line %q is needed for each, in their order",
			len(outputs), len(root.Children), "output:")
	}
}
