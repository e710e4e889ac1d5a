package cfr

import (
	"cmp"
	"slices"
)

// chunk is a row of whole subtrees of a player's information sets.
type chunk struct {
	begin, end int32 // sets
	slots      int32 // first slot; a parent below it is above the chunk
	root       int32 // number of its first topmost set among those of all chunks
	rootCount  int32
	weight     int // slots and payoffs
}

// cut divides a player's forest into chunks and the sets above them. It does
// not depend on the number of threads, except for share.
type cut struct {
	chunks     []chunk
	top        []int32   // sets above all chunks, in topological order
	rootParent []int32   // parent slots of the chunks' topmost sets
	roots      int       // how many there are
	share      [][]int32 // chunks of each thread
}

// chunksWanted is the number of chunks that a forest is cut into if its shape
// allows: enough to balance a few threads, each big enough to be worth it.
const (
	chunksWanted  = 32
	smallestChunk = 256 // weight under which a subtree is not cut further
	// smallestShared is the number of payoffs of a player under which meeting
	// costs threads more than they save.
	smallestShared = 20_000
)

func cutForest(sets []choice, begin, end int32, rowStart []int32, threads int) cut {
	weight := func(i, j int32) int {
		if i == j {
			return 0
		}
		from, to := sets[i].slot, sets[j-1].slot+sets[j-1].width
		return int(to-from) + int(rowStart[to]-rowStart[from])
	}
	limit := max(weight(begin, end)/chunksWanted, smallestChunk)
	var c cut
	open := false
	for i := begin; i < end; {
		set := &sets[i]
		if weight(i, set.end) > limit && set.end > i+1 {
			c.top = append(c.top, i)
			open = false
			i++
			continue
		}
		if last := len(c.chunks) - 1; !open || c.chunks[last].weight+weight(i, set.end) > limit {
			c.chunks = append(c.chunks, chunk{begin: i, slots: set.slot, root: int32(len(c.rootParent))})
			open = true
		}
		k := &c.chunks[len(c.chunks)-1]
		k.end = set.end
		k.rootCount++
		k.weight += weight(i, set.end)
		c.rootParent = append(c.rootParent, set.parent)
		i = set.end
	}
	c.roots = len(c.rootParent)

	// Longest first to the thread with the least; then in order, for the
	// caches.
	order := make([]int32, len(c.chunks))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(c.chunks[b].weight, c.chunks[a].weight) })
	c.share = make([][]int32, threads)
	load := make([]int, threads)
	for _, i := range order {
		least := slices.Index(load, slices.Min(load))
		load[least] += c.chunks[i].weight
		c.share[least] = append(c.share[least], i)
	}
	for _, share := range c.share {
		slices.Sort(share)
	}
	return c
}
