package cfr

// sequenceForm is the layout for two players with perfect recall: payoffs as
// sparse rows, information sets in topological order. The players' forests are
// cut into regions of whole subtrees, and what is above them. Threads share the
// regions; none ever adds to a number of another's, and the order of every sum
// is fixed. Sets with a single action are left out: their slots are those of
// their parents.
//
// Within a part, sets stand by depth and by number of actions, so that the
// processor can foresee the loops. So the tables are not in the order of slots:
// place says where a slot stands. Behind the places, plan and below have an
// entry for each topmost set of a region, which stands for the place above it.
// What one thread writes begins and ends with lines of the caches.
type sequenceForm[F float] struct {
	solver *regretSolver[F]
	place  []int32 // by slot; -1 where a set has but one action
	places int
	sides  [2]side[F]
	closed bool    // whether what a region needs of the opponent is in the region or the top
	rows   []int   // the regions that each thread has
	plan   []F     // realisation plans of the strategies
	below  []F     // values of actions, and regrets, during a sweep
	tiny   F       // weights that are no more than rounding
	turns  [][]int // players who move at once

	// What the workers of one round share.
	discount   discounts[F]
	down, up   []int // players whose plans go down, and who then sweep up
	both       func(region int)
	first, one func(region int)
}

// side is one player's forest.
type side[F float] struct {
	top     part[F]
	regions []part[F]
	entries []entry
	above   []int32 // place above each set, or the entry of a topmost one
}

// entry stands in a region for the place above its topmost sets.
type entry struct{ at, place int32 }

// part is a row of information sets that one thread handles at a time.
type part[F float] struct {
	gather gather[F]
	groups []group
	from   int32 // places
	to     int32
}

// lineNumbers is how many numbers fill a line of the caches, at least.
const lineNumbers = 16

func newLine(n int32) int32 { return (n + lineNumbers - 1) / lineNumbers * lineNumbers }

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
	sets := [2][]choice{t.choices(0, alias, &rows[0]), t.choices(1, alias, &rows[1])}
	cut := divide(sets, &rows)
	f.closed = cut.closed
	number := func(p int, members []int32) {
		for _, i := range members {
			set := &sets[p][i]
			for a := range set.width {
				f.place[set.slot+a] = places
				places++
			}
		}
		places = newLine(places)
	}
	for p := range f.sides {
		number(p, cut.top[p])
	}
	weights := make([]int, len(cut.regions))
	for k := range cut.regions {
		weights[k] = cut.regions[k].weight
		for p, members := range cut.regions[k].members {
			number(p, members)
		}
	}
	f.places = int(places)
	entries := places
	for p := range f.sides {
		f.sides[p].top = f.newPart(p, sets[p], cut.top[p], nil, &rows[p])
	}
	for k := range cut.regions {
		region := &cut.regions[k]
		for p := range f.sides {
			side := &f.sides[p]
			own := make(map[int32]int32) // entries by place above
			above := make(map[int32]int32, len(region.roots[p]))
			for _, i := range region.roots[p] {
				place := f.place[sets[p][i].parent]
				at, ok := own[place]
				if !ok {
					at = entries
					own[place] = at
					side.entries = append(side.entries, entry{at, place})
					entries++
				}
				above[i] = at
			}
			side.regions = append(side.regions, f.newPart(p, sets[p], region.members[p], above, &rows[p]))
			entries = newLine(entries)
		}
	}
	f.rows = s.team.rows(weights)
	f.plan, f.below = make([]F, entries), make([]F, entries)
	f.plan[0], f.plan[1] = 1, 1
	f.tiny = F(t.largestReturn() * rounding)
	f.turns = [][]int{{0}, {1}}
	if s.rule.Simultaneous {
		f.turns = [][]int{{0, 1}}
	}
	f.first = func(k int) {
		for _, p := range f.down {
			f.match(p, &f.sides[p].regions[k])
		}
	}
	f.one = func(k int) {
		for _, p := range f.up {
			f.sweep(p, &f.sides[p].regions[k])
		}
	}
	f.both = func(k int) {
		f.first(k)
		f.one(k)
	}
	return f
}

// newPart lays out some of a player's sets, in their order. above has the
// entries of the topmost ones.
func (f *sequenceForm[F]) newPart(p int, sets []choice, members []int32, above map[int32]int32, rows *sparse[float64]) part[F] {
	var part part[F]
	var slots []int32
	side := &f.sides[p]
	for _, i := range members {
		set := &sets[i]
		at := f.place[set.slot]
		if len(slots) == 0 {
			part.from = at
		}
		part.to = at + set.width
		number := int32(len(side.above))
		if last := len(part.groups) - 1; last >= 0 && part.groups[last].width == set.width {
			part.groups[last].end++
		} else {
			part.groups = append(part.groups, group{begin: number, end: number + 1, place: at, width: set.width})
		}
		for a := range set.width {
			slots = append(slots, set.slot+a)
		}
		up, ok := above[i]
		if !ok {
			up = f.place[set.parent]
		}
		side.above = append(side.above, up)
	}
	part.gather = newGather[F](rows, slots, f.place)
	return part
}

// run does iterations. A round goes over the regions: plans of the players that
// have new strategies go down, then those whose turn it is sweep up; what is
// above the regions comes between rounds.
func (f *sequenceForm[F]) run(iterations int) {
	s := f.solver
	f.down = nil
	for range iterations {
		s.done++
		f.discount = discountsAt[F](&s.rule, s.done)
		for _, f.up = range f.turns {
			f.round()
			for _, p := range f.up {
				f.sweepTop(p)
			}
			for _, p := range f.up {
				f.matchTop(p)
			}
			f.down = f.up
		}
	}
	f.up = nil
	f.round()
}

// round goes over the regions, on all threads. Where regions need plans of
// others, all plans are down before the first sweep.
func (f *sequenceForm[F]) round() {
	team := f.solver.team
	switch {
	case f.closed:
		team.do(f.rows, f.both)
	default:
		if len(f.down) > 0 {
			team.do(f.rows, f.first)
		}
		if len(f.up) > 0 {
			team.do(f.rows, f.one)
		}
	}
}

// sweep finds the regrets of a part and moves its tables.
func (f *sequenceForm[F]) sweep(p int, part *part[F]) {
	part.gather.into(f.below[part.from:part.to], f.plan)
	f.settle(p, part)
}

// sweepTop does the same above the regions, which have their values in their
// entries.
func (f *sequenceForm[F]) sweepTop(p int) {
	side := &f.sides[p]
	side.top.gather.into(f.below[side.top.from:side.top.to], f.plan)
	for _, e := range side.entries {
		f.below[e.place] += f.below[e.at]
		f.below[e.at] = 0
	}
	f.below[p] = 0
	f.settle(p, &side.top)
}

// settle does what is left of a sweep when below holds the payoffs.
func (f *sequenceForm[F]) settle(p int, part *part[F]) {
	s := f.solver
	values(part.groups, f.sides[p].above, s.strategy, f.below)
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

// match makes the next strategy of a part, and its plan.
func (f *sequenceForm[F]) match(p int, part *part[F]) {
	strategies(part.groups, f.sides[p].above, f.solver.strategy, f.plan, f.tiny)
}

func (f *sequenceForm[F]) matchTop(p int) {
	f.match(p, &f.sides[p].top)
	f.enter(p)
}

// enter carries a player's plan from above the regions to their entries.
func (f *sequenceForm[F]) enter(p int) {
	for _, e := range f.sides[p].entries {
		f.plan[e.at] = f.plan[e.place]
	}
}

// replan computes the realisation plans of both players from the strategies.
func (f *sequenceForm[F]) replan() {
	for p := range f.sides {
		side := &f.sides[p]
		spread(side.top.groups, side.above, f.solver.strategy, f.plan)
		f.enter(p)
		for k := range side.regions {
			spread(side.regions[k].groups, side.above, f.solver.strategy, f.plan)
		}
	}
}
