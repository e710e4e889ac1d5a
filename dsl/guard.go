package dsl

// Guard reports whether the node is a guard: a condition, or a not, succeed,
// fail, selector or sequence, without memory, made of guards alone. A sequence
// rechecks the guards to the left of its running child every tick.
func (n *Node) Guard() bool {
	switch n.Kind {
	case Condition:
		return true
	case Not, Succeed, Fail, Selector, Sequence:
		if n.Memory {
			return false
		}
		for _, child := range n.Children {
			if !child.Guard() {
				return false
			}
		}
		return len(n.Children) > 0
	}
	return false
}
