package cfr

// sequenceForm is the layout for two players with perfect recall: payoffs as
// sparse rows, information sets in topological order. A player's forest is cut
// into parts: chunks of whole subtrees, and what is above them. Threads share
// the chunks as they come; none ever adds to a number of another's, and the
// order of every sum is fixed. Sets with a single action are left out: their
// slots are those of their parents.
//
// Within a part, sets stand by depth and by number of actions, so that the
// processor can foresee the loops. So the tables are not in the order of slots:
// place says where a slot stands. Behind the places, plan and below have an
// entry for each topmost set of a chunk, which stands for the place above it.
type sequenceForm[F float] struct {
	solver *regretSolver[F]
	place  []int32 // by slot; -1 where a set has but one action
	places int
	sides  [2]side[F]
	plan   []F // realisation plans of the strategies
	below  []F // values of actions, and regrets, during a sweep
	tiny   F   // weights that are no more than rounding

	// What the workers of one sweep share.
	player   int
	discount discounts[F]
	up, down func(chunk int)
}

// side is one player's forest.
type side[F float] struct {
	top    part[F]
	chunks []part[F]
	rows   []int   // the chunks that each thread has
	roots  []int32 // the place above each topmost set of the chunks
	root   int32   // where the entries of these sets begin
	above  []int32 // place above each set, or the entry of a topmost one
	shared bool    // whether threads share the chunks
}

// part is a row of information sets that one thread handles at a time.
type part[F float] struct {
	gather gather[F]
	groups []group
	from   int32 // places
	to     int32
}

func newSequenceForm[F float](s *regretSolver[F]) *sequenceForm[F] {
	t := s.tree
	alias := t.onlyChoice()
	rows := payoffs[float64](t, alias)
	f := &sequenceForm[F]{solver: s, place: make([]int32, t.Slots())}
	for i := range f.place {
		f.place[i] = -1
	}
	f.place[0], f.place[1] = 0, 1
	places := int32(2)
	var sets [2][]choice
	var cuts [2]cut
	parts := func(p int) [][]int32 { return append([][]int32{cuts[p].top}, cuts[p].chunks...) }
	for p := range f.sides {
		sets[p] = t.choices(p, alias, &rows[p])
		cuts[p] = cutForest(sets[p], &rows[p])
		for _, members := range parts(p) {
			for _, i := range members {
				set := &sets[p][i]
				for a := range set.width {
					f.place[set.slot+a] = places
					places++
				}
			}
		}
	}
	f.places = int(places)
	entries := places
	for p := range f.sides {
		f.sides[p].root = entries
		for _, roots := range cuts[p].roots {
			for _, i := range roots {
				f.sides[p].roots = append(f.sides[p].roots, f.place[sets[p][i].parent])
				entries++
			}
		}
	}
	for p := range f.sides {
		side, root := &f.sides[p], f.sides[p].root
		for k, members := range parts(p) {
			var topmost []int32
			if k > 0 {
				topmost = cuts[p].roots[k-1]
			}
			entry := make(map[int32]int32, len(topmost))
			for _, i := range topmost {
				entry[i] = root
				root++
			}
			part := newPart[F](sets[p], members, &rows[p], f.place)
			for g := range part.groups {
				part.groups[g].begin += int32(len(side.above))
				part.groups[g].end += int32(len(side.above))
			}
			for _, i := range members {
				above, ok := entry[i]
				if !ok {
					above = f.place[sets[p][i].parent]
				}
				side.above = append(side.above, above)
			}
			if k == 0 {
				side.top = part
				continue
			}
			side.chunks = append(side.chunks, part)
		}
		side.rows = s.team.rows(cuts[p].weight)
		side.shared = s.team.size > 1 && len(rows[p].values) >= smallestShared
	}
	f.plan, f.below = make([]F, entries), make([]F, entries)
	f.plan[0], f.plan[1] = 1, 1
	f.tiny = F(t.largestReturn() * rounding)
	f.up = func(k int) {
		side := &f.sides[f.player]
		f.sweep(side, &side.chunks[k])
	}
	f.down = func(k int) {
		side := &f.sides[f.player]
		f.match(side, &side.chunks[k])
	}
	return f
}

// newPart lays out some sets, in their order; its groups count them from 0.
func newPart[F float](sets []choice, members []int32, rows *sparse[float64], place []int32) part[F] {
	var p part[F]
	var slots []int32
	for k, i := range members {
		set := &sets[i]
		at := place[set.slot]
		if k == 0 {
			p.from = at
		}
		p.to = at + set.width
		if last := len(p.groups) - 1; last >= 0 && p.groups[last].width == set.width {
			p.groups[last].end++
		} else {
			p.groups = append(p.groups, group{begin: int32(k), end: int32(k) + 1, place: at, width: set.width})
		}
		for a := range set.width {
			slots = append(slots, set.slot+a)
		}
	}
	p.gather = newGather[F](rows, slots, place)
	return p
}

// update does one player's part of an iteration. With simultaneous updates the
// next strategies wait for [sequenceForm.finish].
func (f *sequenceForm[F]) update(p int, d discounts[F]) {
	f.player, f.discount = p, d
	side := &f.sides[p]
	f.each(side, f.up)
	roots := f.below[side.root:][:len(side.roots)]
	clear(f.below[side.top.from:side.top.to])
	side.top.gather.into(f.below, f.plan)
	for i, place := range side.roots {
		f.below[place] += roots[i]
	}
	clear(roots)
	f.below[p] = 0
	f.settle(side, &side.top)
	if !f.solver.rule.Simultaneous {
		f.finish(p)
	}
}

// finish makes the next strategy of a player, and its plan.
func (f *sequenceForm[F]) finish(p int) {
	f.player = p
	side := &f.sides[p]
	f.match(side, &side.top)
	for i, place := range side.roots {
		f.plan[int(side.root)+i] = f.plan[place]
	}
	f.each(side, f.down)
}

// each runs work for each chunk, on all threads, or on this one where there is
// little.
func (f *sequenceForm[F]) each(side *side[F], work func(chunk int)) {
	if side.shared {
		f.solver.team.do(side.rows, work)
		return
	}
	for k := range side.chunks {
		work(k)
	}
}

// sweep finds the regrets of a chunk and moves its tables.
func (f *sequenceForm[F]) sweep(side *side[F], part *part[F]) {
	clear(f.below[part.from:part.to])
	part.gather.into(f.below, f.plan)
	f.settle(side, part)
}

// settle does what is left of a sweep when below holds the payoffs.
func (f *sequenceForm[F]) settle(side *side[F], part *part[F]) {
	s := f.solver
	values(part.groups, side.above, s.strategy, f.below)
	from, to := part.from, part.to
	r := f.below[from:to]
	if s.sums != nil {
		sums := s.sums[from:to]
		for i, r := range r {
			sums[i] += r
		}
	}
	f.discount.apply(r, s.regret[from:to], s.average[from:to], f.plan[from:to], s.strategy[from:to])
}

func (f *sequenceForm[F]) match(side *side[F], part *part[F]) {
	strategies(part.groups, side.above, f.solver.strategy, f.plan, f.tiny)
}

// replan computes the realisation plans of both players from the strategies.
func (f *sequenceForm[F]) replan() {
	for p := range f.sides {
		side := &f.sides[p]
		spread(side.top.groups, side.above, f.solver.strategy, f.plan)
		for i, place := range side.roots {
			f.plan[int(side.root)+i] = f.plan[place]
		}
		for c := range side.chunks {
			spread(side.chunks[c].groups, side.above, f.solver.strategy, f.plan)
		}
	}
}
