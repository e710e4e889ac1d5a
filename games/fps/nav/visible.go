package nav

import (
	"sync/atomic"

	"dryad/games/fps/maps"
)

// sights are the answers of [Graph.Visible] for one node: which of them are known,
// and which of those are yes, with a bit for each other node.
type sights struct{ known, seen []atomic.Uint64 }

// Visible reports whether who stands at the waypoint of node b can be seen from
// the eyes of who stands at that of node a, with the map at rest. An answer is
// computed when first asked for and kept.
func (g *Graph) Visible(a, b int) bool {
	row := g.visible[a].Load()
	if row == nil {
		n := (g.Len() + 63) / 64
		words := make([]atomic.Uint64, 2*n)
		g.visible[a].CompareAndSwap(nil, &sights{words[:n], words[n:]})
		row = g.visible[a].Load()
	}
	word, bit := b>>6, uint64(1)<<(b&63)
	if row.known[word].Load()&bit == 0 {
		if g.look(a, b) {
			row.seen[word].Or(bit)
		}
		row.known[word].Or(bit) // after the answer
	}
	return row.seen[word].Load()&bit != 0
}

func (g *Graph) look(a, b int) bool {
	x, y, z := g.Waypoint(a)
	bx, by, bz := g.Waypoint(b)
	return g.m.Sees(&g.rest, maps.Point{X: x, Y: y, Z: z + maps.ViewHeight}, bx, by, bz, bz+maps.Height)
}

// Exposure returns from how many of the given nodes a node is seen: the fewer,
// the better the cover.
func (g *Graph) Exposure(node int, from []int) int {
	seen := 0
	for _, n := range from {
		if g.Visible(n, node) {
			seen++
		}
	}
	return seen
}
