package bt

// Read returns the value that the expressions of a node read under a name: a
// local of the subtree around the node, else a key of the agent. It may be
// called by a [Hook].
func (a *Agent) Read(node int, name string) (float64, bool) {
	word, _, ok := a.program.key(a.program.nodes[node].scope, name)
	if !ok {
		return 0, false
	}
	return fromBits(a.slab[word]), true
}
