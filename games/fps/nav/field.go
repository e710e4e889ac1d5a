package nav

import (
	"sync/atomic"

	"dryad/games/fps/maps"
)

// unreached is the distance of nodes from which there is no way.
const unreached = int32(1 << 30)

// none is the entry of a field where there is no way.
const none = 255

// field holds, for every node, the distance to one destination and the first
// edge on the way there, as a place among the node's edges.
type field struct {
	next []uint8
	dist []int32
}

// maxHeld bounds the memory of the fields of one graph; when they reach it all
// are dropped and computed again as they are asked for.
const maxHeld = 128 << 20

func (g *Graph) field(to int) *field {
	if f := g.fields[to].Load(); f != nil {
		return f
	}
	f := g.flood(int32(to))
	if g.held.Add(int64(5*g.Len())) > maxHeld {
		for i := range g.fields {
			g.fields[i].Store(nil)
		}
		g.held.Store(int64(5 * g.Len()))
	}
	g.fields[to].Store(f)
	return f
}

// flood computes a field, backwards from its destination.
func (g *Graph) flood(to int32) *field {
	f := &field{next: make([]uint8, g.Len()), dist: make([]int32, g.Len())}
	for i := range f.dist {
		f.next[i], f.dist[i] = none, unreached
	}
	var q queue
	q.reset(g.longest)
	f.dist[to] = 0
	q.push(0, to)
	for {
		n, d, ok := q.pop()
		if !ok {
			return f
		}
		if d > f.dist[n] {
			continue
		}
		for _, i := range g.into[g.intoAt[n]:g.intoAt[n+1]] {
			e := &g.edges[i]
			if far := d + e.cost; far < f.dist[e.From] {
				f.dist[e.From] = far
				f.next[e.From] = uint8(min(i-g.nodes[e.From].first, none-1))
				q.push(far, e.From)
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
	e := g.edge(int32(from), g.field(to))
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
	d := g.field(to).dist[from]
	return int(d) / 16, d != unreached
}

// queue is a bucket queue for Dijkstra's search: buckets are narrower than any
// edge is long, so what is in one is final when its turn comes.
type queue struct {
	heads   []int32
	items   []item
	current int
	left    int
}

type item struct{ node, dist, next int32 }

// bucketBits is the width of a bucket; price makes every edge longer.
const bucketBits = 7

func (q *queue) reset(longest int32) {
	q.heads = make([]int32, longest>>bucketBits+2)
	for i := range q.heads {
		q.heads[i] = -1
	}
}

func (q *queue) push(dist, node int32) {
	b := int(dist>>bucketBits) % len(q.heads)
	q.items = append(q.items, item{node, dist, q.heads[b]})
	q.heads[b] = int32(len(q.items) - 1)
	q.left++
}

func (q *queue) pop() (node, dist int32, ok bool) {
	if q.left == 0 {
		return 0, 0, false
	}
	for q.heads[q.current] < 0 {
		q.current = (q.current + 1) % len(q.heads)
	}
	it := q.items[q.heads[q.current]]
	q.heads[q.current] = it.next
	q.left--
	return it.node, it.dist, true
}

// finish makes what answering needs.
func (b *builder) finish() {
	g := b.g
	b.reverse()
	g.longest = b.longest()
	g.fields = make([]atomic.Pointer[field], g.Len())
	g.visible = make([]atomic.Pointer[[]uint64], g.Len())
	for i := range g.Len() {
		n := &g.nodes[i]
		x, y := g.grid.Position(n.sample)
		n.floor = g.m.Check(&g.rest, x, y, maps.Radius).Floor
	}
}
