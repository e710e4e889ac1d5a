package cfr

// row is what [Compile] notes of a history.
type row struct {
	chance                     float64
	ref, parent, child, fanout int32
	mover                      int8
}

// rows are the histories that were met, in chunks that are never copied while
// more are added.
type rows struct {
	chunks []*[chunkRows]row
	n      int32
}

const chunkRows = 1 << 12

func (r *rows) len() int32      { return r.n }
func (r *rows) at(h int32) *row { return &r.chunks[h/chunkRows][h%chunkRows] }

// add files a history, which is terminal until it is said to be another.
func (r *rows) add(parent int32, chance float64) {
	if int(r.n/chunkRows) == len(r.chunks) {
		r.chunks = append(r.chunks, new([chunkRows]row))
	}
	*r.at(r.n) = row{chance: chance, parent: parent, mover: int8(Terminal)}
	r.n++
}

// copyTo writes the rows to the arrays of a tree, which it makes for a number of
// histories.
func (r *rows) copyTo(t *Tree, n int) {
	t.mover, t.ref, t.parent = make([]int8, n), make([]int32, n), make([]int32, n)
	t.child, t.fanout, t.chance = make([]int32, n), make([]int32, n), make([]float64, n)
	for h := range r.n {
		from := r.at(h)
		t.mover[h], t.ref[h], t.parent[h] = from.mover, from.ref, from.parent
		t.child[h], t.fanout[h], t.chance[h] = from.child, from.fanout, from.chance
	}
}
