package nav

import (
	"math"
	"sync"
	"sync/atomic"

	"dryad/games/fps/maps"
)

// unreached is the distance of nodes from which there is no way.
const unreached = int32(1 << 30)

// none is the entry of a field where there is no way.
const none = 255

// field holds, for every node, the distance to one destination and the first
// edge on the way there, as a place among the node's edges. It is computed
// outwards from the destination, only as far as it was asked for.
type field struct {
	next []uint8
	dist []int32

	complete atomic.Bool // everything is settled, and never changes again
	mutex    sync.Mutex  // for what follows, and for the nodes that are not settled
	queue    queue
	// horizon is a distance: nodes that are nearer are settled.
	horizon int32
}

// maxHeld bounds the memory of the fields of one graph; when they reach it all
// are dropped and computed again as they are asked for.
const maxHeld = 128 << 20

// field returns the field of a destination, in which from is settled: its entries,
// and those of all nodes on the way, may be read.
func (g *Graph) field(to, from int32) *field {
	f := g.fields[to].Load()
	if f == nil {
		f = &field{next: make([]uint8, g.Len()), dist: make([]int32, g.Len())}
		for i := range f.dist {
			f.next[i], f.dist[i] = none, unreached
		}
		f.dist[to] = 0
		f.queue.reset(g.longest)
		f.queue.push(0, to)
		if !g.fields[to].CompareAndSwap(nil, f) {
			return g.field(to, from)
		}
		size := int64(5*g.Len() + 4*len(f.queue.heads))
		if g.held.Add(size) > maxHeld {
			for i := range g.fields {
				g.fields[i].Store(nil)
			}
			g.held.Store(size)
			g.fields[to].Store(f)
		}
	}
	if !f.complete.Load() {
		f.mutex.Lock()
		g.settle(f, from)
		f.mutex.Unlock()
	}
	return f
}

// settle goes on with a field, backwards from its destination, until a node is
// settled or nothing is left.
func (g *Graph) settle(f *field, node int32) {
	for f.dist[node] >= f.horizon {
		n, d, ok := f.queue.pop()
		if !ok {
			f.horizon = math.MaxInt32
			f.queue = queue{}
			f.complete.Store(true)
			return
		}
		// Whatever is in the present bucket is final: every edge is longer.
		f.horizon = d>>bucketBits<<bucketBits + 1<<bucketBits
		if d > f.dist[n] {
			continue
		}
		for _, i := range g.into[g.intoAt[n]:g.intoAt[n+1]] {
			e := &g.edges[i]
			if far := d + e.cost; far < f.dist[e.From] {
				f.dist[e.From] = far
				f.next[e.From] = uint8(min(i-g.nodes[e.From].first, none-1))
				f.queue.push(far, e.From)
			}
		}
	}
}

// Next returns the neighbour of from on the shortest way to a node; from
// itself when it is the destination. ok is false where there is no way.
func (g *Graph) Next(from, to int) (next int, ok bool) {
	if from == to {
		return to, true
	}
	e := g.edge(int32(from), g.field(int32(to), int32(from)))
	if e == nil {
		return from, false
	}
	return int(e.To), true
}

// edge returns the first edge of the way to a field's destination, or nil.
func (g *Graph) edge(from int32, f *field) *Edge {
	i := f.next[from]
	if i == none {
		return nil
	}
	return &g.edges[g.nodes[from].first+int32(i)]
}

// Distance returns the length of the shortest way in map units, with a
// surcharge for doors, lifts and floors that hurt; ok is false where there is
// no way.
func (g *Graph) Distance(from, to int) (units int, ok bool) {
	if !g.leads(int32(from), int32(to)) {
		return int(unreached) / 16, false
	}
	return int(g.field(int32(to), int32(from)).dist[from]) / 16, true
}

// queue is a bucket queue for Dijkstra's search: buckets are narrower than any
// edge is long, so what is in one is final when its turn comes.
type queue struct {
	heads   []int32
	items   []item
	free    int32 // the first item that is free again, or -1
	current int
	left    int
}

type item struct{ node, dist, next int32 }

// bucketBits is the width of a bucket; price makes every edge longer.
const bucketBits = 7

func (q *queue) reset(longest int32) {
	if n := int(longest>>bucketBits) + 2; len(q.heads) != n {
		q.heads = make([]int32, n)
	}
	for i := range q.heads {
		q.heads[i] = -1
	}
	q.items, q.free, q.current, q.left = q.items[:0], -1, 0, 0
}

func (q *queue) push(dist, node int32) {
	b := int(dist>>bucketBits) % len(q.heads)
	q.left++
	if i := q.free; i >= 0 {
		q.free = q.items[i].next
		q.items[i] = item{node, dist, q.heads[b]}
		q.heads[b] = i
		return
	}
	q.items = append(q.items, item{node, dist, q.heads[b]})
	q.heads[b] = int32(len(q.items) - 1)
}

func (q *queue) pop() (node, dist int32, ok bool) {
	if q.left == 0 {
		return 0, 0, false
	}
	for q.heads[q.current] < 0 {
		q.current = (q.current + 1) % len(q.heads)
	}
	i := q.heads[q.current]
	it := q.items[i]
	q.heads[q.current], q.items[i].next, q.free = it.next, q.free, i
	q.left--
	return it.node, it.dist, true
}

// finish makes what answering needs.
func (b *builder) finish() {
	g := b.g
	b.reverse()
	b.findRegions()
	g.regions, g.onward = b.regions, b.beyondRegions()
	g.longest = b.longest()
	g.fields = make([]atomic.Pointer[field], g.Len())
	g.visible = make([]atomic.Pointer[sights], g.Len())
	for i := range g.Len() {
		n := &g.nodes[i]
		x, y := g.grid.Position(n.sample)
		n.floor = g.m.Check(&g.rest, x, y, maps.Radius).Floor
	}
}
