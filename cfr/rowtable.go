package cfr

import "math/bits"

// rowKind is a set of equal rows. Of a block, group is how many kinds of rows it
// has; of a kind of row, it is the block.
type rowKind struct{ slot, group int32 }

// rowPrime spreads the bits of a row over its hash.
const rowPrime = 0x9e3779b97f4a7c15

// rowTable finds numbers, given out from 0, by hash. It probes linearly.
type rowTable struct {
	hashes []uint64
	places []int32 // 1 more than the number; 0 where nothing is
	count  int32
	mask   uint64
	free   uint64 // where find ended
}

func newRowTable(most int) *rowTable {
	size := 1 << bits.Len(uint(2*most))
	return &rowTable{hashes: make([]uint64, size), places: make([]int32, size), mask: uint64(size - 1)}
}

// find returns the number of that hash that is meant, or -1.
func (t *rowTable) find(hash uint64, meant func(int32) bool) int32 {
	for at := hash & t.mask; ; at = (at + 1) & t.mask {
		n := t.places[at] - 1
		if n < 0 {
			t.free = at
			return -1
		}
		if t.hashes[at] == hash && meant(n) {
			return n
		}
	}
}

// add gives out the next number for a hash that find has just not found.
func (t *rowTable) add(hash uint64) int32 {
	n := t.count
	t.hashes[t.free], t.places[t.free] = hash, n+1
	t.count++
	return n
}
