package cfr

// sequenceForm is the layout for two players with perfect recall: payoffs as
// sparse rows, information sets in topological order, one fused sweep a player
// and iteration. A player's forest is cut into chunks (rows of whole subtrees)
// and what is above them, so that threads never add to the same number and the
// order of every sum is fixed.
type sequenceForm[F float] struct {
	solver *regretSolver[F]
	rows   [2]sparse[F]
	slot   []int32 // first slot of each set, and the number of slots
	parent []int32 // parent slot of each set
	plan   []F     // realisation plans of the current strategies, by slot
	below  []F     // values of what follows each slot, added up during a sweep
	cuts   [2]cut
	roots  []F // values of the chunks' topmost sets

	// What the workers of one sweep share.
	player   int
	discount discounts[F]
	down, up func(worker int)
}

func newSequenceForm[F float](s *regretSolver[F]) *sequenceForm[F] {
	t := s.tree
	f := &sequenceForm[F]{
		solver: s, rows: payoffs[F](t),
		slot: make([]int32, len(t.sets)+1), parent: make([]int32, len(t.sets)),
		plan: make([]F, t.Slots()), below: make([]F, t.Slots()),
	}
	for i := range t.sets {
		f.slot[i], f.parent[i] = t.sets[i].slot, t.sets[i].parent
	}
	f.slot[len(t.sets)] = int32(t.Slots())
	roots := 0
	for p := range f.cuts {
		f.cuts[p] = cutForest(t, p, f.rows[p].start, s.team.size)
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
	f.solver.team.do(f.up)
	c := &f.cuts[p]
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
	f.solver.team.do(f.down)
}

// replan computes the realisation plans of both players from the strategies.
func (f *sequenceForm[F]) replan() {
	t := f.solver.tree
	for p := range 2 {
		f.plan[p] = 1
		f.spread(t.setOf[p][0], t.setOf[p][1])
	}
}

// spread carries the plan down through a row of sets.
func (f *sequenceForm[F]) spread(begin, end int32) {
	plan, strategy := f.plan, f.solver.strategy
	slot := f.slot[begin : end+1]
	parent := f.parent[begin:end]
	for i, up := range parent {
		above := plan[up]
		from, to := slot[i], slot[i+1]
		own := strategy[from:to]
		x := plan[from:to][:len(own)]
		for a, p := range own {
			x[a] = above * p
		}
	}
}

// sweep updates a row of sets from the last to the first: the value of each
// action is its payoffs against the opponent's plan plus the values of what
// follows, and the set's value goes to its parent. Sets whose parent is above
// the chunk hand theirs to roots instead.
func (f *sequenceForm[F]) sweep(c chunk) {
	s := f.solver
	d := f.discount
	rows := &f.rows[f.player]
	start, columns, values := rows.start, rows.columns, rows.values
	plan, below := f.plan, f.below
	root := c.root + c.rootCount
	for i := c.end - 1; i >= c.begin; i-- {
		from, to := f.slot[i], f.slot[i+1]
		q := below[from:to]
		strategy := s.strategy[from:to][:len(q)]
		ends := start[from : to+1]
		var value F
		for a := range q {
			sum := q[a]
			row := values[ends[a]:ends[a+1]]
			cols := columns[ends[a]:ends[a+1]][:len(row)]
			for k, v := range row {
				sum += F(v * plan[cols[k]])
			}
			q[a] = sum
			value += F(strategy[a] * sum)
		}
		if up := f.parent[i]; up >= c.slots {
			below[up] += value
		} else {
			root--
			f.roots[root] = value
		}
		regret := s.regret[from:to][:len(q)]
		average := s.average[from:to][:len(q)]
		fresh := s.fresh[from:to][:len(q)]
		own := plan[from:to][:len(q)]
		if s.sums != nil {
			sums := s.sums[from:to][:len(q)]
			for a := range q {
				sums[a] += q[a] - value
			}
		}
		var total F
		for a := range q {
			r := q[a] - value
			q[a] = 0
			was := regret[a]
			now := max(F(max(was, 0)*d.positive)+F(min(was, 0)*d.negative)+r, d.floor)
			regret[a] = now
			average[a] = F(average[a]*d.average) + own[a]
			weight := max(F(now*d.next)+F(r*d.prediction), 0)
			fresh[a] = weight
			total += weight
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
