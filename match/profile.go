package match

import "dryad/policy"

// Profile is what the nodes of one seat's tree did in a match.
type Profile struct {
	// Policy is the policy's name.
	Policy string `json:"policy"`
	// Ticks is the number of ticks in which the tree was ticked.
	Ticks int `json:"ticks"`
	// Nodes are in pre-order, subtrees expanded.
	Nodes []NodeProfile `json:"nodes"`
}

// NodeProfile is what one node did.
type NodeProfile struct {
	// Path is the names on the way from the root; Text is the node's own line
	// of the source.
	Path string `json:"path"`
	Kind string `json:"kind"`
	Text string `json:"text"`
	// Depth is the number of nodes above it; Line that of its source, from 1.
	Depth int `json:"depth"`
	Line  int `json:"line,omitempty"`
	// Visits is the number of ticks in which the node was ticked, and how they
	// ended.
	Visits    int `json:"visits"`
	Successes int `json:"successes"`
	Failures  int `json:"failures"`
	Running   int `json:"running"`
	Halts     int `json:"halts"`
	// Unguarded is how many of the halts came because a guard before the node
	// failed.
	Unguarded int `json:"unguarded,omitempty"`
}

// Add adds the counts of another profile of the same node.
func (n *NodeProfile) Add(o NodeProfile) {
	n.Visits += o.Visits
	n.Successes += o.Successes
	n.Failures += o.Failures
	n.Running += o.Running
	n.Halts += o.Halts
	n.Unguarded += o.Unguarded
}

// Share returns the part of all ticks in which the node was ticked.
func (p *Profile) Share(node int) float64 {
	if p.Ticks == 0 {
		return 0
	}
	return float64(p.Nodes[node].Visits) / float64(p.Ticks)
}

// Unreached returns the indices of the nodes that were never ticked, the
// uppermost of each branch only.
func (p *Profile) Unreached() []int {
	var list []int
	for i := 0; i < len(p.Nodes); i++ {
		if p.Nodes[i].Visits > 0 {
			continue
		}
		list = append(list, i)
		for i+1 < len(p.Nodes) && p.Nodes[i+1].Depth > p.Nodes[list[len(list)-1]].Depth {
			i++
		}
	}
	return list
}

// profiles collects the profiles of all seats.
func (m *Match) profiles() []*Profile {
	list := make([]*Profile, len(m.players))
	for s, p := range m.players {
		if t, ok := innermost(p).(*TreePlayer); ok {
			list[s] = t.profile()
			list[s].Policy = m.entrants[s].Record.Name
		}
	}
	return list
}

// counters collects what the trees counted.
func (m *Match) counters() []policy.Counters {
	list := make([]policy.Counters, len(m.players))
	for s, p := range m.players {
		if t, ok := innermost(p).(*TreePlayer); ok {
			list[s] = t.agent.Counters()
		}
	}
	return list
}
