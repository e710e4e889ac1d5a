package bt

import "slices"

// Swap gives the agent another program between two ticks. A node that runs
// goes on if the new program has it with the same ancestors and arguments;
// what does not go on is halted, once, in reverse pre-order. Keys keep their
// values by name, cooldown, once and random what they remember by identity.
func (a *Agent) Swap(program *Program, now int) {
	old := a.program
	if program == old {
		return
	}
	s := &swap{agent: a, old: old, new: program}
	s.match()
	for _, node := range s.gone() {
		a.haltNode(node, now)
	}
	slab := append([]uint64(nil), program.slab...)
	slab[wordClock], slab[wordSeed] = a.slab[wordClock], a.slab[wordSeed]
	s.keep(slab)
	s.carry(slab)
	a.program, a.slab = program, slab
	a.slots = append([]float64(nil), program.slots...)
	n := len(slab) - int(program.running)
	a.current, a.halting = make([]int32, 0, n), make([]int32, 0, n)
	a.taken = 0
	if a.watch.trace != nil {
		a.watch.trace = make([]Status, program.Nodes())
	}
	if a.watch.profile != nil {
		a.watch.count(program)
	}
	a.choose()
}

type swap struct {
	agent    *Agent
	old, new *Program
	same     []int32 // for each old node the new node of that identity and kind, or -1
	active   []bool  // old nodes that ran in the last tick
	goes     []bool  // old nodes that run on
}

// match pairs the nodes and finds what runs on.
func (s *swap) match() {
	index := make(map[uint64]int32, len(s.new.nodes))
	for i := range s.new.nodes {
		index[s.new.nodes[i].id] = int32(i)
	}
	count := len(s.old.nodes)
	s.same, s.active, s.goes = make([]int32, count), make([]bool, count), make([]bool, count)
	slab := s.agent.slab
	for i := count - 1; i >= 0; i-- {
		n := &s.old.nodes[i]
		below, goesBelow := false, false
		for _, c := range s.old.below(n) {
			below = below || s.active[c]
			goesBelow = goesBelow || s.goes[c]
		}
		s.active[i] = below
		if n.head != 0 {
			s.active[i] = slab[n.head]>>32 == slab[wordClock]
		}
		s.same[i] = -1
		to, ok := index[n.id]
		if !ok || s.new.nodes[to].node.Kind != n.node.Kind {
			continue
		}
		s.same[i] = to
		s.goes[i] = s.active[i] && s.alike(n, &s.new.nodes[to]) && (!below || goesBelow)
	}
	// A node runs on only if all that is above it does.
	for i := range s.goes {
		if p := s.old.nodes[i].parent; p >= 0 {
			s.goes[i] = s.goes[i] && s.goes[p]
		}
	}
}

// alike reports whether two nodes have the same lineage, and hold the same words.
func (s *swap) alike(from, to *nodeInfo) bool {
	if from.lineage != to.lineage {
		return false
	}
	switch from.node.Kind {
	case KindTask:
		return s.old.leaves[from.side].words == s.new.leaves[to.side].words
	case KindSubtree:
		return from.memory.to-from.memory.from == to.memory.to-to.memory.from
	}
	return true
}

// gone returns what ran and does not go on, in reverse pre-order.
func (s *swap) gone() []int32 {
	var list []int32
	slab := s.agent.slab
	for _, word := range slab[s.old.running:][:slab[wordRunning]] {
		if !s.goes[word] {
			list = append(list, int32(word))
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list
}

// keep copies what outlives activations.
func (s *swap) keep(slab []uint64) {
	for _, k := range s.old.params.Keys {
		to, team, ok := s.new.key(-1, k.Name)
		if !ok {
			continue
		}
		from := s.old.keys[k.Name]
		slab[to] = s.agent.slab[from]
		if team && k.Team {
			copy(slab[to:to+teamWords], s.agent.slab[from:])
		}
	}
	for i := range s.old.nodes {
		if to := s.same[i]; to >= 0 {
			from, into := s.old.nodes[i].keeps, s.new.nodes[to].keeps
			copy(slab[into.from:into.to], s.agent.slab[from.from:from.to])
		}
	}
}

// carry copies what the nodes that run on hold.
func (s *swap) carry(slab []uint64) {
	stamp := slab[wordClock] << 32
	for i := range s.old.nodes {
		if !s.goes[i] {
			continue
		}
		from, to := &s.old.nodes[i], &s.new.nodes[s.same[i]]
		if to.head == 0 {
			continue
		}
		switch to.node.Kind {
		case KindSequence, KindMemorySelector, KindMemorySequence, KindRandom, KindUtility:
			for _, c := range s.old.below(from) {
				if s.goes[c] {
					slab[to.head] = stamp | uint64(s.ordinal(to, s.same[c]))
				}
			}
		case KindParallel:
			slab[to.head] = stamp
			for j, c := range s.old.below(from) {
				finished := s.agent.slab[int(from.head)+2+j/64]>>(j%64)&1 != 0
				if m := s.same[c]; finished && m >= 0 && s.new.nodes[m].lineage == s.old.nodes[c].lineage {
					k := s.ordinal(to, m)
					slab[int(to.head)+2+k/64] |= 1 << (k % 64)
				}
			}
		default:
			copy(slab[to.memory.from:to.memory.to], s.agent.slab[from.memory.from:from.memory.to])
		}
	}
	for _, word := range s.agent.slab[s.old.running:][:s.agent.slab[wordRunning]] {
		if s.goes[word] {
			slab[int(s.new.running)+int(slab[wordRunning])] = uint64(s.same[word])
			slab[wordRunning]++
		}
	}
}

// ordinal returns which child of a node another one is.
func (s *swap) ordinal(parent *nodeInfo, child int32) int {
	return slices.Index(s.new.below(parent), child)
}
