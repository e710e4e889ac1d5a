package cfr

// number gives information sets and slots their final numbers: player by
// player, and each player's sets with perfect recall in preorder of the forest
// that her own moves make, so that a subtree is one row of sets and of slots.
func (c *compiler) number() {
	t := c.tree
	sets := t.sets
	// Sets that follow directly upon each provisional slot, in order of
	// meeting, as linked lists.
	firstAfter := make([]int32, c.slots)
	lastAfter := make([]int32, c.slots)
	for s := range firstAfter {
		firstAfter[s], lastAfter[s] = -1, -1
	}
	next := make([]int32, len(sets))
	for i := range sets {
		next[i] = -1
		under := sets[i].parent
		if !t.recall[sets[i].player] {
			under = int32(sets[i].player)
		}
		if lastAfter[under] < 0 {
			firstAfter[under] = int32(i)
		} else {
			next[lastAfter[under]] = int32(i)
		}
		lastAfter[under] = int32(i)
	}

	order := make([]int32, 0, len(sets)) // old numbers in the new order
	renumber := make([]int32, len(sets)) // new number of an old one
	slots := make([]int32, c.slots)      // new slot of a provisional one
	slot := int32(t.players)
	for p := range slot {
		slots[p] = p
	}
	var visit func(old int32)
	visit = func(old int32) {
		s := &sets[old]
		renumber[old] = int32(len(order))
		order = append(order, old)
		for a := range s.actions {
			slots[s.slot+a] = slot
			slot++
		}
		for a := range s.actions {
			for f := firstAfter[s.slot+a]; f >= 0; f = next[f] {
				visit(f)
			}
		}
		s.end = int32(len(order))
	}
	for p := range int32(t.players) {
		begin, beginSlot := int32(len(order)), slot
		for f := firstAfter[p]; f >= 0; f = next[f] {
			visit(f)
		}
		t.setOf = append(t.setOf, [2]int32{begin, int32(len(order))})
		t.slotOf = append(t.slotOf, [2]int32{beginSlot, slot})
	}

	t.sets = make([]infoset, len(sets))
	var offset int32
	for i, old := range order {
		s := sets[old]
		s.slot, s.parent = slots[s.slot], slots[s.parent]
		s.first = offset
		offset += s.count
		s.count = 0
		t.sets[i] = s
	}
	t.histories = make([]int32, offset)
	for h, mover := range t.mover {
		if mover < 0 {
			continue
		}
		t.ref[h] = renumber[t.ref[h]]
		s := &t.sets[t.ref[h]]
		t.histories[s.first+s.count] = int32(h)
		s.count++
	}
	for z, s := range t.lastly {
		t.lastly[z] = slots[s]
	}
}
