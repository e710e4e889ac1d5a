package cfr

import (
	"cmp"
	"slices"
)

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
	var out [2]sparse[F]
	type entry struct {
		column int32
		value  float64
	}
	for p := range out {
		m := &out[p]
		m.start = make([]int32, t.Slots()+1)
		for z := range t.leaves {
			m.start[last[2*z+p]+1]++
		}
		for s := range t.Slots() {
			m.start[s+1] += m.start[s]
		}
		entries := make([]entry, len(t.leaves))
		at := slices.Clone(m.start)
		for z, h := range t.leaves {
			s := last[2*z+p]
			entries[at[s]] = entry{last[2*z+1-p], reach[h] * t.returns[2*z+p]}
			at[s]++
		}
		begin := int32(0)
		for s := range t.Slots() {
			end := m.start[s+1]
			row := entries[begin:end]
			slices.SortStableFunc(row, func(a, b entry) int { return cmp.Compare(a.column, b.column) })
			m.start[s] = int32(len(m.columns))
			for _, e := range row {
				if e.value == 0 {
					continue // ties pay nothing
				}
				if n := len(m.columns); n > int(m.start[s]) && m.columns[n-1] == e.column {
					m.values[n-1] += F(e.value)
					continue
				}
				m.columns = append(m.columns, e.column)
				m.values = append(m.values, F(e.value))
			}
			begin = end
		}
		m.start[t.Slots()] = int32(len(m.columns))
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
