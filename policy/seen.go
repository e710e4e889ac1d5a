package policy

// Seen calls visit for each reading that the tree uses, with its index in the
// vocabulary and the value that it had in the last tick.
func (a *Agent) Seen(visit func(reading int, value float64)) {
	values := a.tree.Inputs()
	for i, r := range a.policy.readings {
		visit(int(r), values[i])
	}
}

// Read returns the value that the expressions of a node read under the name of
// a key or parameter.
func (a *Agent) Read(node int, name string) (float64, bool) { return a.tree.Read(node, name) }
