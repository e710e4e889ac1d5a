package compile

import (
	"dryad/bt"
	"dryad/dsl"
)

func (c *compiler) lua(n *dsl.Node, t *tree) *bt.Node {
	return c.fail(n, "no-script", "the policy has no Lua script, which the function %q would come from", n.Word)
}
