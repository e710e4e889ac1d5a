// Package lattice is the fine picture of a map on which navigation counts: one
// sample every 8 units, at multiples of 8.
//
//	g := lattice.New(m)
//	s := g.At(x, y)                  // the sample nearest to a position
//	t := g.Neighbour(s, 0)           // the next one to the east
//	for c := g.Course(s, 0, 128); c.Next(); {
//		// a jump to the east from height 128 passes sample c.At at height c.Z
//	}
//
// The graph of package nav and the search of package plan share it. It holds
// no rules of the game but how a body steps, falls and flies.
package lattice
