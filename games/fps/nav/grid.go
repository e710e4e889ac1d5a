package nav

import (
	"iter"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	spacing     = 8 // units between samples
	spacingBits = 3
	blockBits   = 3 // a node lies in a square of 1<<blockBits samples
	noNode      = int32(-1)
)

// grid is the fine picture of a map: one sample every 8 units, at multiples
// of 8 so that it meets the middle of passages drawn on the format's grid.
type grid struct {
	minX, minY    int32 // of sample 0, in units
	width, height int32
	// free has a bit for each of the eight directions in which a walker can
	// step to the next sample with the map at rest.
	free []uint8
	// node of each sample, noNode where no walker fits.
	node []int32
}

// directions of the eight neighbours, counter-clockwise from east. Odd ones
// are diagonal.
var directions = [8]struct{ x, y int32 }{{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}

func newGrid(m *maps.Map) grid {
	floor := func(f fixed.Fixed) int32 { return f >> (16 + spacingBits) << spacingBits }
	g := grid{minX: floor(m.MinX), minY: floor(m.MinY)}
	g.width = (m.MaxX>>16-g.minX)/spacing + 2
	g.height = (m.MaxY>>16-g.minY)/spacing + 2
	return g
}

// at returns the sample nearest to a position, clamped to the grid.
func (g *grid) at(x, y fixed.Fixed) int32 {
	sx := min(max((x>>16-g.minX+spacing/2)>>spacingBits, 0), g.width-1)
	sy := min(max((y>>16-g.minY+spacing/2)>>spacingBits, 0), g.height-1)
	return sy*g.width + sx
}

// position returns where a sample is.
func (g *grid) position(sample int32) (x, y fixed.Fixed) {
	return (g.minX + sample%g.width*spacing) << 16, (g.minY + sample/g.width*spacing) << 16
}

// box runs over the samples nearest to the places of a box.
func (g *grid) box(x0, y0, x1, y1 fixed.Fixed) iter.Seq[int32] {
	return func(yield func(s int32) bool) {
		first, last := g.at(x0, y0), g.at(x1, y1)
		for y := first / g.width; y <= last/g.width; y++ {
			for x := first % g.width; x <= last%g.width; x++ {
				if !yield(y*g.width + x) {
					return
				}
			}
		}
	}
}

// onWay returns the sample that lies i of n pieces straight from a to b.
func (g *grid) onWay(a, b, i, n int32) int32 {
	dx, dy := b%g.width-a%g.width, b/g.width-a/g.width
	return (a/g.width+dy*i/n)*g.width + a%g.width + dx*i/n
}

// steps returns how many steps lead from one sample to another where nothing is
// in the way.
func (g *grid) steps(a, b int32) int32 {
	return max(abs(b%g.width-a%g.width), abs(b/g.width-a/g.width))
}

// neighbour returns the sample next to s in a direction, or -1 at the edge.
func (g *grid) neighbour(s int32, d int) int32 {
	x, y := s%g.width+directions[d].x, s/g.width+directions[d].y
	if x < 0 || y < 0 || x >= g.width || y >= g.height {
		return -1
	}
	return y*g.width + x
}

// block returns the square of samples that s lies in.
func (g *grid) block(s int32) int32 {
	return s/g.width>>blockBits*(g.width>>blockBits+1) + s%g.width>>blockBits
}

// nearest returns the sample with a node that is nearest to a position, within
// two samples, or -1. Right beside a wall the nearest sample may be in it.
func (g *grid) nearest(x, y fixed.Fixed) int32 {
	s := g.at(x, y)
	if g.node[s] >= 0 {
		return s
	}
	best, found := int64(1)<<62, int32(-1)
	cx, cy := s%g.width, s/g.width
	for sy := max(cy-2, 0); sy <= min(cy+2, g.height-1); sy++ {
		for sx := max(cx-2, 0); sx <= min(cx+2, g.width-1); sx++ {
			n := sy*g.width + sx
			if g.node[n] < 0 {
				continue
			}
			px, py := g.position(n)
			dx, dy := int64(px-x)>>8, int64(py-y)>>8
			if d := dx*dx + dy*dy; d < best {
				best, found = d, n
			}
		}
	}
	return found
}

// clear reports whether a walker can go straight from sample a to sample b with
// the map at rest.
func (g *grid) clear(a, b int32) bool {
	ax, ay, bx, by := a%g.width, a/g.width, b%g.width, b/g.width
	dx, dy := bx-ax, by-ay
	steps := max(abs(dx), abs(dy))
	x, y := ax, ay
	for i := int32(1); i <= steps; i++ {
		// Round to the sample nearest to the straight line.
		nx := ax + (2*dx*i+steps*sign(dx))/(2*steps)
		ny := ay + (2*dy*i+steps*sign(dy))/(2*steps)
		if g.free[y*g.width+x]>>directionOf(nx-x, ny-y)&1 == 0 {
			return false
		}
		x, y = nx, ny
	}
	return true
}

// directionOf returns the index of a step of at most one sample each way.
func directionOf(x, y int32) int {
	return [9]int{5, 6, 7, 4, 0, 0, 3, 2, 1}[(y+1)*3+x+1]
}

func abs(n int32) int32 {
	if n < 0 {
		return -n
	}
	return n
}

func sign(n int32) int32 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
