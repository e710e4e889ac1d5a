package cfr

import (
	"cmp"
	"math"
	"slices"
	"unsafe"
)

// gather multiplies the payoffs of a row of slots with the opponent's plan.
// Rows of the same number of payoffs stand together, so that the processor can
// foresee the loops; among them, rows with the same columns (those of
// information sets that differ in what the opponent does not see) form a block,
// and read the plan once. Rows with the same payoffs too, as those of a player
// whose cards both lose, are multiplied once.
type gather[F float] struct {
	spans    []span
	counts   []int32 // rows of each block
	columns  []int32 // of each block
	values   []F     // of each row
	products []F     // of each row; behind 0, for slots without payoffs
	index    []int32 // of each slot: its row's product

	gathered []F // the plan at the columns of a block, and one more
}

// span is a number of blocks whose rows have the same length.
type span struct{ length, blocks int32 }

// newGather takes the rows of some slots. place is where each slot of the tree
// stands in the solver's tables.
func newGather[F float](rows *sparse[float64], slots, place []int32) gather[F] {
	row := func(i int32) []int32 { return rows.columns[rows.start[slots[i]]:rows.start[slots[i]+1]] }
	pays := func(i int32) []float64 { return rows.values[rows.start[slots[i]]:rows.start[slots[i]+1]] }
	// Equal rows are found by hash, in the order of the slots.
	const none = -1
	var (
		blocks, kinds []rowKind                   // rows of the same columns; and of the same payoffs too
		kindOf        = make([]int32, len(slots)) // of each slot
		byColumns     = newRowTable(len(slots))
		byPayoffs     = newRowTable(len(slots))
	)
	for i := range slots {
		columns := row(int32(i))
		if len(columns) == 0 {
			kindOf[i] = none
			continue
		}
		hash := uint64(len(columns))
		for _, c := range columns {
			hash = (hash ^ uint64(uint32(c))) * rowPrime
			hash ^= hash >> 29
		}
		block := byColumns.find(hash, func(k int32) bool { return slices.Equal(columns, row(blocks[k].slot)) })
		if block < 0 {
			block = byColumns.add(hash)
			blocks = append(blocks, rowKind{slot: int32(i)})
		}
		values := pays(int32(i))
		for _, v := range values {
			hash = (hash ^ math.Float64bits(v)) * rowPrime
			hash ^= hash >> 29
		}
		kind := byPayoffs.find(hash, func(k int32) bool { return kinds[k].group == block && slices.Equal(values, pays(kinds[k].slot)) })
		if kind < 0 {
			kind = byPayoffs.add(hash)
			kinds = append(kinds, rowKind{slot: int32(i), group: block})
			blocks[block].group++
		}
		kindOf[i] = kind
	}
	// Kinds by block, then blocks by length and number of kinds.
	first := make([]int32, len(blocks)+1)
	for b, block := range blocks {
		first[b+1] = first[b] + block.group
	}
	inOrder, filled := make([]int32, len(kinds)), slices.Clone(first)
	for k, kind := range kinds {
		inOrder[filled[kind.group]] = int32(k)
		filled[kind.group]++
	}
	order := make([]int32, len(blocks))
	for b := range order {
		order[b] = int32(b)
	}
	length := func(b int32) int { return len(row(blocks[b].slot)) }
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(length(a), length(b)), cmp.Compare(blocks[a].group, blocks[b].group), slices.Compare(row(blocks[a].slot), row(blocks[b].slot)))
	})
	var columnCount, valueCount int
	for b, block := range blocks {
		columnCount += length(int32(b))
		valueCount += length(int32(b)) * int(block.group)
	}
	g := gather[F]{
		counts: make([]int32, 0, len(blocks)), columns: make([]int32, 0, columnCount+1), values: make([]F, 0, valueCount+1),
		products: make([]F, 1+len(kinds)), index: make([]int32, len(slots)),
	}
	product, next := make([]int32, len(kinds)), int32(1)
	for _, b := range order {
		columns := row(blocks[b].slot)
		if last := len(g.spans) - 1; last >= 0 && int(g.spans[last].length) == len(columns) {
			g.spans[last].blocks++
		} else {
			g.spans = append(g.spans, span{int32(len(columns)), 1})
		}
		g.counts = append(g.counts, blocks[b].group)
		for _, c := range columns {
			g.columns = append(g.columns, place[c])
		}
		for _, k := range inOrder[first[b]:first[b+1]] {
			product[k] = next
			next++
			for _, v := range pays(kinds[k].slot) {
				g.values = append(g.values, F(v))
			}
		}
	}
	for i, k := range kindOf {
		if k != none {
			g.index[i] = product[k]
		}
	}
	// One more of each, so that pointers never leave them.
	g.columns, g.values = append(g.columns, 0), append(g.values, 0)
	if last := len(g.spans) - 1; last >= 0 {
		g.gathered = make([]F, g.spans[last].length+1)
	}
	return g
}

// into writes the products of all slots to below, which begins with the first
// of them. The order of every sum is fixed. Columns and values are as newGather
// made them, so that reading them in a row stays within bounds.
func (g *gather[F]) into(below, plan []F) {
	g.multiply(plan)
	products := g.products
	below = below[:len(g.index)]
	for i, k := range g.index {
		below[i] = products[k]
	}
}

func (g *gather[F]) multiply(plan []F) {
	size := unsafe.Sizeof(F(0))
	x := unsafe.Pointer(unsafe.SliceData(plan))
	at := func(column int32) F { return *(*F)(unsafe.Add(x, size*uintptr(uint32(column)))) }
	columns, values := unsafe.Pointer(unsafe.SliceData(g.columns)), unsafe.Pointer(unsafe.SliceData(g.values))
	counts, products := g.counts, g.products[1:]
	for _, s := range g.spans {
		blocks := counts[:s.blocks]
		counts = counts[s.blocks:]
		switch s.length {
		case 2:
			for _, n := range blocks {
				c := (*[2]int32)(columns)
				columns = unsafe.Add(columns, 4*2)
				x0, x1 := at(c[0]), at(c[1])
				for k := range products[:n] {
					v := (*[2]F)(values)
					values = unsafe.Add(values, 2*size)
					products[k] = F(v[0]*x0) + F(v[1]*x1)
				}
				products = products[n:]
			}
		case 3:
			for _, n := range blocks {
				c := (*[3]int32)(columns)
				columns = unsafe.Add(columns, 4*3)
				x0, x1, x2 := at(c[0]), at(c[1]), at(c[2])
				for k := range products[:n] {
					v := (*[3]F)(values)
					values = unsafe.Add(values, 3*size)
					products[k] = (F(v[0]*x0) + F(v[1]*x1)) + F(v[2]*x2)
				}
				products = products[n:]
			}
		case 4:
			for _, n := range blocks {
				c := (*[4]int32)(columns)
				columns = unsafe.Add(columns, 4*4)
				x0, x1, x2, x3 := at(c[0]), at(c[1]), at(c[2]), at(c[3])
				for k := range products[:n] {
					v := (*[4]F)(values)
					values = unsafe.Add(values, 4*size)
					products[k] = (F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))
				}
				products = products[n:]
			}
		case 5:
			for _, n := range blocks {
				c := (*[5]int32)(columns)
				columns = unsafe.Add(columns, 4*5)
				x0, x1, x2, x3, x4 := at(c[0]), at(c[1]), at(c[2]), at(c[3]), at(c[4])
				for k := range products[:n] {
					v := (*[5]F)(values)
					values = unsafe.Add(values, 5*size)
					products[k] = ((F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))) + F(v[4]*x4)
				}
				products = products[n:]
			}
		case 6:
			for _, n := range blocks {
				c := (*[6]int32)(columns)
				columns = unsafe.Add(columns, 4*6)
				x0, x1, x2, x3, x4, x5 := at(c[0]), at(c[1]), at(c[2]), at(c[3]), at(c[4]), at(c[5])
				for k := range products[:n] {
					v := (*[6]F)(values)
					values = unsafe.Add(values, 6*size)
					products[k] = ((F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))) + (F(v[4]*x4) + F(v[5]*x5))
				}
				products = products[n:]
			}
		case 7:
			for _, n := range blocks {
				c := (*[7]int32)(columns)
				columns = unsafe.Add(columns, 4*7)
				x0, x1, x2, x3, x4, x5, x6 := at(c[0]), at(c[1]), at(c[2]), at(c[3]), at(c[4]), at(c[5]), at(c[6])
				for k := range products[:n] {
					v := (*[7]F)(values)
					values = unsafe.Add(values, 7*size)
					products[k] = ((F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))) + ((F(v[4]*x4) + F(v[5]*x5)) + F(v[6]*x6))
				}
				products = products[n:]
			}
		case 8:
			for _, n := range blocks {
				c := (*[8]int32)(columns)
				columns = unsafe.Add(columns, 4*8)
				x0, x1, x2, x3, x4, x5, x6, x7 := at(c[0]), at(c[1]), at(c[2]), at(c[3]), at(c[4]), at(c[5]), at(c[6]), at(c[7])
				for k := range products[:n] {
					v := (*[8]F)(values)
					values = unsafe.Add(values, 8*size)
					products[k] = ((F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))) + ((F(v[4]*x4) + F(v[5]*x5)) + (F(v[6]*x6) + F(v[7]*x7)))
				}
				products = products[n:]
			}
		case 12:
			for _, n := range blocks {
				c := (*[12]int32)(columns)
				columns = unsafe.Add(columns, 4*12)
				x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11 := at(c[0]), at(c[1]), at(c[2]), at(c[3]), at(c[4]), at(c[5]), at(c[6]), at(c[7]), at(c[8]), at(c[9]), at(c[10]), at(c[11])
				for k := range products[:n] {
					v := (*[12]F)(values)
					values = unsafe.Add(values, 12*size)
					products[k] = (((F(v[0]*x0) + F(v[1]*x1)) + (F(v[2]*x2) + F(v[3]*x3))) + ((F(v[4]*x4) + F(v[5]*x5)) + (F(v[6]*x6) + F(v[7]*x7)))) + ((F(v[8]*x8) + F(v[9]*x9)) + (F(v[10]*x10) + F(v[11]*x11)))
				}
				products = products[n:]
			}
		default:
			gathered := g.gathered[:s.length]
			for _, n := range blocks {
				for k := range gathered {
					gathered[k] = at(*(*int32)(columns))
					columns = unsafe.Add(columns, 4)
				}
				for k := range products[:n] {
					products[k] = dot((*F)(values), gathered)
					values = unsafe.Add(values, size*uintptr(len(gathered)))
				}
				products = products[n:]
			}
		}
	}
}

// dot is the product of as many values with x.
func dot[F float](first *F, x []F) F {
	values, at := unsafe.Pointer(first), unsafe.Pointer(unsafe.SliceData(x))
	size := unsafe.Sizeof(F(0))
	var a, b, c, d F
	n := len(x)
	for ; n >= 4; n -= 4 {
		v, y := (*[4]F)(values), (*[4]F)(at)
		a += F(v[0] * y[0])
		b += F(v[1] * y[1])
		c += F(v[2] * y[2])
		d += F(v[3] * y[3])
		values, at = unsafe.Add(values, 4*size), unsafe.Add(at, 4*size)
	}
	for ; n > 0; n-- {
		a += F(*(*F)(values) * *(*F)(at))
		values, at = unsafe.Add(values, size), unsafe.Add(at, size)
	}
	return (a + b) + (c + d)
}
