package nav

import "dryad/games/fps/maps"

// Visible reports whether who stands at the waypoint of node b can be seen from
// the eyes of who stands at that of node a, with the map at rest. Rows of the
// answer are computed when first asked for and kept.
func (g *Graph) Visible(a, b int) bool {
	row := g.visible[a].Load()
	if row == nil {
		bits := g.look(a)
		row = &bits
		g.visible[a].Store(row)
	}
	return (*row)[b>>6]>>(b&63)&1 != 0
}

func (g *Graph) look(a int) []uint64 {
	bits := make([]uint64, (g.Len()+63)/64)
	x, y, z := g.Waypoint(a)
	eye := maps.Point{X: x, Y: y, Z: z + maps.ViewHeight}
	for b := range g.Len() {
		bx, by, bz := g.Waypoint(b)
		if g.m.Sees(&g.rest, eye, bx, by, bz, bz+maps.Height) {
			bits[b>>6] |= 1 << (b & 63)
		}
	}
	return bits
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
