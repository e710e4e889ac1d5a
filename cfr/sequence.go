package cfr

// float is the number type of a solver's tables.
type float interface{ float32 | float64 }

// sparse is one player's payoffs in sequence form, as compressed sparse rows:
// a row for each slot of the player, a column for each slot of the opponent,
// and in it the sum over their common leaves of chance times return.
type sparse[F float] struct {
	start   []int32 // by slot, and one more; slots of the opponent have empty rows
	columns []int32
	values  []F
}

// payoffs builds the sequence form of a two-player game with perfect recall.
// alias, unless nil, maps each slot to the one that stands for it.
func payoffs[F float](t *Tree, alias []int32) [2]sparse[F] {
	last := t.lastly
	if alias != nil {
		last = make([]int32, len(t.lastly))
		for i, s := range t.lastly {
			last[i] = alias[s]
		}
	}
	reach := t.chanceReach()
	paying := make([]int32, 0, len(t.leaves)) // ties pay nothing
	for z, h := range t.leaves {
		if reach[h]*t.returns[2*z] != 0 || reach[h]*t.returns[2*z+1] != 0 {
			paying = append(paying, int32(z))
		}
	}
	// Leaves by column, then by row: those of one payoff stay in their order.
	byColumn, byRow := make([]int32, len(paying)), make([]int32, len(paying))
	count := make([]int32, t.Slots()+1)
	sortBy := func(p int, from, to []int32) {
		clear(count)
		for _, z := range from {
			count[last[2*z+int32(p)]+1]++
		}
		for s := range t.Slots() {
			count[s+1] += count[s]
		}
		for _, z := range from {
			s := last[2*z+int32(p)]
			to[count[s]] = z
			count[s]++
		}
	}
	var out [2]sparse[F]
	for p := range out {
		sortBy(1-p, paying, byColumn)
		sortBy(p, byColumn, byRow)
		m := &out[p]
		m.start = make([]int32, t.Slots()+1)
		m.columns, m.values = make([]int32, 0, len(paying)), make([]F, 0, len(paying))
		next := int32(0) // the row that begins next
		for _, z := range byRow {
			s, column := last[2*z+int32(p)], last[2*z+1-int32(p)]
			for ; next <= s; next++ {
				m.start[next] = int32(len(m.columns))
			}
			value := reach[t.leaves[z]] * t.returns[2*z+int32(p)]
			if value == 0 {
				continue
			}
			if n := len(m.columns); n > int(m.start[s]) && m.columns[n-1] == column {
				m.values[n-1] += F(value)
				continue
			}
			m.columns = append(m.columns, column)
			m.values = append(m.values, F(value))
		}
		for ; int(next) < len(m.start); next++ {
			m.start[next] = int32(len(m.columns))
		}
	}
	return out
}

// onlyChoice maps each slot to itself, or to the one above it where the set has
// but one action: such a set decides nothing, and its plan is that of its
// parent.
func (t *Tree) onlyChoice() []int32 {
	alias := make([]int32, t.Slots())
	for s := range alias {
		alias[s] = int32(s)
	}
	for i := range t.sets {
		if set := &t.sets[i]; set.actions == 1 {
			alias[set.slot] = alias[set.parent]
		}
	}
	return alias
}

// chanceReach returns the product of the chance probabilities on the way to
// each history.
func (t *Tree) chanceReach() []float64 {
	reach := make([]float64, len(t.mover))
	reach[0] = 1
	for h := 1; h < len(reach); h++ {
		reach[h] = reach[t.parent[h]] * t.chance[h]
	}
	return reach
}
