package cfr

import "unsafe"

// sequenceForm is the layout for two players with perfect recall: payoffs as
// sparse rows, information sets in topological order, one fused sweep a player
// and iteration. A player's forest is cut into chunks (rows of whole subtrees)
// and what is above them, so that threads never add to the same number and the
// order of every sum is fixed. Sets with a single action are left out: their
// slots are those of their parents.
type sequenceForm[F float] struct {
	solver *regretSolver[F]
	rows   [2]sparse[F]
	sets   []choice
	setOf  [2][2]int32 // first and end of each player's sets
	plan   []F         // realisation plans of the current strategies, by slot
	below  []F         // values of what follows each slot, added up during a sweep
	cuts   [2]cut
	roots  []F // values of the chunks' topmost sets

	// What the workers of one sweep share.
	player   int
	discount discounts[F]
	down, up func(worker int)
}

// choice is an information set with more than one action.
type choice struct {
	slot   int32 // first slot
	width  int32 // number of actions
	parent int32 // slot above
	end    int32 // end of its subtree
}

func newSequenceForm[F float](s *regretSolver[F]) *sequenceForm[F] {
	t := s.tree
	alias := t.onlyChoice()
	f := &sequenceForm[F]{
		solver: s, rows: payoffs[F](t, alias),
		plan: make([]F, t.Slots()), below: make([]F, t.Slots()),
	}
	number := make([]int32, len(t.sets)+1) // of the first choice from each set on
	for i := range t.sets {
		number[i] = int32(len(f.sets))
		if set := &t.sets[i]; set.actions > 1 {
			f.sets = append(f.sets, choice{slot: set.slot, width: set.actions, parent: alias[set.parent], end: set.end})
		}
	}
	number[len(t.sets)] = int32(len(f.sets))
	for i := range f.sets {
		f.sets[i].end = number[f.sets[i].end]
	}
	roots := 0
	for p := range f.cuts {
		f.setOf[p] = [2]int32{number[t.setOf[p][0]], number[t.setOf[p][1]]}
		threads := s.team.size
		if len(f.rows[p].values) < smallestShared {
			threads = 1
		}
		f.cuts[p] = cutForest(f.sets, f.setOf[p][0], f.setOf[p][1], f.rows[p].start, threads)
		roots = max(roots, f.cuts[p].roots)
	}
	f.roots = make([]F, roots)
	f.up = func(worker int) {
		c := &f.cuts[f.player]
		for _, chunk := range c.share[worker] {
			f.sweep(c.chunks[chunk])
			if len(c.top) == 0 && !f.solver.rule.Simultaneous {
				f.spread(c.chunks[chunk].begin, c.chunks[chunk].end)
			}
		}
	}
	f.down = func(worker int) {
		c := &f.cuts[f.player]
		for _, chunk := range c.share[worker] {
			f.spread(c.chunks[chunk].begin, c.chunks[chunk].end)
		}
	}
	f.replan()
	return f
}

// update does one player's part of an iteration.
func (f *sequenceForm[F]) update(p int, d discounts[F]) {
	f.player, f.discount = p, d
	c := &f.cuts[p]
	f.each(c, f.up)
	if len(c.top) == 0 {
		return
	}
	for i, slot := range c.rootParent {
		f.below[slot] += f.roots[i]
	}
	for i := len(c.top) - 1; i >= 0; i-- {
		f.sweep(chunk{begin: c.top[i], end: c.top[i] + 1, slots: -1})
	}
	if f.solver.rule.Simultaneous {
		return
	}
	for _, set := range c.top {
		f.spread(set, set+1)
	}
	f.each(c, f.down)
}

// each runs work on all threads, or on this one where the cut is for one.
func (f *sequenceForm[F]) each(c *cut, work func(worker int)) {
	if len(c.share) == 1 {
		work(0)
		return
	}
	f.solver.team.do(work)
}

// replan computes the realisation plans of both players from the strategies.
func (f *sequenceForm[F]) replan() {
	for p := range 2 {
		f.plan[p] = 1
		f.spread(f.setOf[p][0], f.setOf[p][1])
	}
}

// spread carries the plan down through a row of sets.
func (f *sequenceForm[F]) spread(begin, end int32) {
	plan, strategy := f.plan, f.solver.strategy
	sets := f.sets[begin:end]
	for i := range sets {
		set := &sets[i]
		above := plan[set.parent]
		switch set.width {
		case 2:
			own, x := (*[2]F)(strategy[set.slot:]), (*[2]F)(plan[set.slot:])
			x[0], x[1] = above*own[0], above*own[1]
		case 3:
			own, x := (*[3]F)(strategy[set.slot:]), (*[3]F)(plan[set.slot:])
			x[0], x[1], x[2] = above*own[0], above*own[1], above*own[2]
		default:
			own := strategy[set.slot : set.slot+set.width]
			x := plan[set.slot : set.slot+set.width][:len(own)]
			for a, p := range own {
				x[a] = above * p
			}
		}
	}
}

// sweep updates a row of sets from the last to the first: the value of each
// action is its payoffs against the opponent's plan plus the values of what
// follows, and the set's value goes to its parent. Sets whose parent is above
// the chunk hand theirs to roots instead. Most sets have two or three actions;
// they are written out.
func (f *sequenceForm[F]) sweep(c chunk) {
	s := f.solver
	d := f.discount
	rows := &f.rows[f.player]
	start := rows.start
	plan, below := f.plan, f.below
	columns, values, x := unsafe.Pointer(unsafe.SliceData(rows.columns)), unsafe.Pointer(unsafe.SliceData(rows.values)), unsafe.Pointer(unsafe.SliceData(plan))
	size := unsafe.Sizeof(F(0))
	root := c.root + c.rootCount
	sets := f.sets[c.begin:c.end]
	for i := len(sets) - 1; i >= 0; i-- {
		set := &sets[i]
		from, width := set.slot, set.width
		var value F
		q := below[from : from+width]
		ends := start[from : from+width+1]
		first := ends[0]
		strategy := s.strategy[from:][:len(q)]
		for a := range q {
			last := ends[a+1]
			sum := q[a]
			// The indices were made by payoffs, within the bounds.
			for ; first < last; first++ {
				column := *(*int32)(unsafe.Add(columns, 4*uintptr(first)))
				sum += F(*(*F)(unsafe.Add(values, size*uintptr(first))) * *(*F)(unsafe.Add(x, size*uintptr(column))))
			}
			q[a] = sum
			value += F(strategy[a] * sum)
		}
		if up := set.parent; up >= c.slots {
			below[up] += value
		} else {
			root--
			f.roots[root] = value
		}
		if s.sums != nil {
			for a, v := range q {
				s.sums[int(from)+a] += v - value
			}
		}
		switch width {
		case 2:
			q, own := (*[2]F)(q), (*[2]F)(plan[from:])
			regret, average, fresh := (*[2]F)(s.regret[from:]), (*[2]F)(s.average[from:]), (*[2]F)(s.fresh[from:])
			var w0, w1 F
			regret[0], average[0], w0 = d.apply(q[0]-value, regret[0], average[0], own[0])
			regret[1], average[1], w1 = d.apply(q[1]-value, regret[1], average[1], own[1])
			q[0], q[1] = 0, 0
			if total := w0 + w1; total > 0 {
				scale := 1 / total
				fresh[0], fresh[1] = w0*scale, w1*scale
			} else {
				fresh[0], fresh[1] = 0.5, 0.5
			}
		case 3:
			q, own := (*[3]F)(q), (*[3]F)(plan[from:])
			regret, average, fresh := (*[3]F)(s.regret[from:]), (*[3]F)(s.average[from:]), (*[3]F)(s.fresh[from:])
			var w0, w1, w2 F
			regret[0], average[0], w0 = d.apply(q[0]-value, regret[0], average[0], own[0])
			regret[1], average[1], w1 = d.apply(q[1]-value, regret[1], average[1], own[1])
			regret[2], average[2], w2 = d.apply(q[2]-value, regret[2], average[2], own[2])
			q[0], q[1], q[2] = 0, 0, 0
			if total := w0 + w1 + w2; total > 0 {
				scale := 1 / total
				fresh[0], fresh[1], fresh[2] = w0*scale, w1*scale, w2*scale
			} else {
				third := F(1) / 3
				fresh[0], fresh[1], fresh[2] = third, third, third
			}
		default:
			own := plan[from:][:len(q)]
			regret, average, fresh := s.regret[from:][:len(q)], s.average[from:][:len(q)], s.fresh[from:][:len(q)]
			var total F
			for a, v := range q {
				regret[a], average[a], fresh[a] = d.apply(v-value, regret[a], average[a], own[a])
				total += fresh[a]
				q[a] = 0
			}
			if total > 0 {
				scale := 1 / total
				for a := range fresh {
					fresh[a] *= scale
				}
			} else {
				even := 1 / F(len(fresh))
				for a := range fresh {
					fresh[a] = even
				}
			}
		}
	}
}

// apply is the update rule at one slot: it takes the regret of this iteration
// and the slot's tables, and returns the tables and the weight of the action in
// the next strategy.
func (d *discounts[F]) apply(r, regret, average, own F) (F, F, F) {
	if d.whole {
		now := max(regret+r, d.floor)
		return now, F(average*d.average) + own, max(now+F(r*d.prediction), 0)
	}
	now := max(F(max(regret, 0)*d.positive)+F(min(regret, 0)*d.negative)+r, d.floor)
	return now, F(average*d.average) + own, max(F(now*d.next)+F(r*d.prediction), 0)
}
