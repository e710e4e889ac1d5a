package cfr

// historyForm is the layout for any number of players and imperfect recall:
// histories level by level. One player's part of an iteration carries reaches
// down the levels, values up, and then updates her information sets one by
// one.
type historyForm[F float] struct {
	solver *regretSolver[F]
	chance []F
	scores []F // returns of each player, player by player
	others []F // reach of all but the updating player, by history
	own    []F // reach of the updating player, by history
	value  []F // of the updating player, by history
	action []F // values of actions, by slot
	tiny   F   // weights that are no more than rounding

	// What the workers share.
	player               int
	discount             discounts[F]
	level                int
	rows                 []int // the pieces of a level that each thread has
	descend, climb, sets func(piece int)
}

// smallLevel is the number of histories under which a level is not worth
// sharing out.
const smallLevel = 1024

func newHistoryForm[F float](s *regretSolver[F]) *historyForm[F] {
	t := s.tree
	n := len(t.mover)
	f := &historyForm[F]{
		solver: s, chance: make([]F, n), scores: make([]F, len(t.returns)),
		others: make([]F, n), own: make([]F, n), value: make([]F, n), action: make([]F, t.Slots()),
	}
	for h, p := range t.chance {
		f.chance[h] = F(p)
	}
	for z := range t.leaves {
		for p := range t.players {
			f.scores[p*len(t.leaves)+z] = F(t.returns[z*t.players+p])
		}
	}
	f.others[0], f.own[0] = 1, 1
	f.tiny = F(t.largestReturn() * rounding)
	weights := make([]int, 4*s.team.size)
	for i := range weights {
		weights[i] = 1
	}
	f.rows = s.team.rows(weights)
	part := func(begin, end int32, piece int) (int32, int32) {
		size, n := int64(end-begin), int64(len(weights))
		return begin + int32(size*int64(piece)/n), begin + int32(size*int64(piece+1)/n)
	}
	f.descend = func(piece int) { f.reachDown(part(t.levels[f.level], t.levels[f.level+1], piece)) }
	f.climb = func(piece int) { f.valuesUp(part(t.levels[f.level], t.levels[f.level+1], piece)) }
	f.sets = func(piece int) { f.updateSets(part(t.setOf[f.player][0], t.setOf[f.player][1], piece)) }
	return f
}

// update does one player's part of an iteration.
func (f *historyForm[F]) update(p int, d discounts[F]) {
	t := f.solver.tree
	f.player, f.discount = p, d
	for level := 0; level < len(t.levels)-1; level++ {
		f.level = level
		if begin, end := t.levels[level], t.levels[level+1]; end-begin < smallLevel {
			f.reachDown(begin, end)
		} else {
			f.solver.team.do(f.rows, f.descend)
		}
	}
	for level := len(t.levels) - 2; level >= 0; level-- {
		f.level = level
		if begin, end := t.levels[level], t.levels[level+1]; end-begin < smallLevel {
			f.valuesUp(begin, end)
		} else {
			f.solver.team.do(f.rows, f.climb)
		}
	}
	if begin, end := t.setOf[p][0], t.setOf[p][1]; end-begin < smallLevel {
		f.updateSets(begin, end)
	} else {
		f.solver.team.do(f.rows, f.sets)
	}
}

func (f *historyForm[F]) reachDown(begin, end int32) {
	s, t := f.solver, f.solver.tree
	for h := begin; h < end; h++ {
		mover := t.mover[h]
		if mover == int8(Terminal) {
			continue
		}
		first, last := t.child[h], t.child[h]+t.fanout[h]
		others, own := f.others[first:last], f.own[first:last]
		above, mine := f.others[h], f.own[h]
		if mover == int8(Chance) {
			for a, p := range f.chance[first:last] {
				others[a], own[a] = above*p, mine
			}
			continue
		}
		slot := t.sets[t.ref[h]].slot
		strategy := s.strategy[slot:][:len(own)]
		if int(mover) == f.player {
			for a, p := range strategy {
				others[a], own[a] = above, mine*p
			}
		} else {
			for a, p := range strategy {
				others[a], own[a] = above*p, mine
			}
		}
	}
}

func (f *historyForm[F]) valuesUp(begin, end int32) {
	s, t := f.solver, f.solver.tree
	scores := f.scores[f.player*len(t.leaves):]
	for h := begin; h < end; h++ {
		mover := t.mover[h]
		if mover == int8(Terminal) {
			f.value[h] = scores[t.ref[h]]
			continue
		}
		first, last := t.child[h], t.child[h]+t.fanout[h]
		values := f.value[first:last]
		var weights []F
		if mover == int8(Chance) {
			weights = f.chance[first:last]
		} else {
			weights = s.strategy[t.sets[t.ref[h]].slot:][:len(values)]
		}
		var sum F
		for a, v := range values {
			sum += F(v * weights[a])
		}
		f.value[h] = sum
	}
}

func (f *historyForm[F]) updateSets(begin, end int32) {
	s, t, d := f.solver, f.solver.tree, f.discount
	for i := begin; i < end; i++ {
		set := &t.sets[i]
		from, to := set.slot, set.slot+set.actions
		q := f.action[from:to]
		clear(q)
		var value, mine F
		for _, h := range t.histories[set.first : set.first+set.count] {
			others := f.others[h]
			mine += f.own[h]
			value += F(others * f.value[h])
			first := t.child[h]
			for a, v := range f.value[first:][:len(q)] {
				q[a] += F(others * v)
			}
		}
		mine /= F(set.count)
		regret, average := s.regret[from:to][:len(q)], s.average[from:to][:len(q)]
		strategy, fresh := s.strategy[from:to][:len(q)], s.fresh[from:to][:len(q)]
		var total F
		for a := range q {
			r := q[a] - value
			if s.sums != nil {
				s.sums[int(from)+a] += r
			}
			was := regret[a]
			now := max(F(max(was, 0)*d.positive)+F(min(was, 0)*d.negative)+r, d.floor)
			regret[a] = now
			average[a] = F(average[a]*d.average) + F(mine*strategy[a])
			weight := max(F(now*d.next)+F(r*d.prediction), 0)
			fresh[a] = weight
			total += weight
		}
		for a := range fresh {
			if total > f.tiny {
				fresh[a] /= total
			} else {
				fresh[a] = 1 / F(len(fresh))
			}
		}
	}
}
