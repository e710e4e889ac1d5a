package bt

import "fmt"

// plausible reports a snapshot that no agent of the program can have made, as
// far as following it would lead astray.
func (p *Program) plausible(slab []uint64) error {
	if slab[wordRunning] > uint64(len(slab)-int(p.running)) {
		return fmt.Errorf("%d running nodes", slab[wordRunning])
	}
	for _, node := range slab[p.running:][:slab[wordRunning]] {
		if node >= uint64(len(p.nodes)) {
			return fmt.Errorf("running node %d of %d", node, len(p.nodes))
		}
		if k := p.nodes[node].node.Kind; k != KindTask && k != KindCooldown {
			return fmt.Errorf("running node %d is a %s", node, k)
		}
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		switch n.node.Kind {
		case KindSequence, KindMemorySelector, KindMemorySequence, KindRandom, KindUtility:
			if n.head == 0 {
				continue
			}
			if child := uint32(slab[n.head]); child >= uint32(n.count) {
				return fmt.Errorf("node %d runs child %d of %d", i, child, n.count)
			}
		}
	}
	return nil
}
