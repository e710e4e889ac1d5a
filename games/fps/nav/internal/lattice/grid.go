package lattice

import (
	"iter"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	Spacing     = 8 // units between samples
	SpacingBits = 3
	BlockBits   = 3 // a node lies in a square of 1<<blockBits samples
	NoNode      = int32(-1)
)

// Grid is the fine picture of a map: one sample every 8 units, at multiples
// of 8 so that it meets the middle of passages drawn on the format's grid.
type Grid struct {
	minX, minY    int32 // of sample 0, in units
	Width, Height int32
	// free has a bit for each of the eight directions in which a walker can
	// step to the next sample with the map at rest.
	Free []uint8
	// node of each sample, noNode where no walker fits.
	Node []int32
	// The bounds of the map.
	west, south, east, north fixed.Fixed
}

// Offset is how far a sample is from another, in samples.
type Offset struct{ X, Y int32 }

// Directions of the eight neighbours, counter-clockwise from east. Odd ones
// are diagonal.
var Directions = [8]Offset{{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}

// New returns the grid of a map, without its steps and nodes.
func New(m *maps.Map) Grid {
	floor := func(f fixed.Fixed) int32 { return f >> (16 + SpacingBits) << SpacingBits }
	g := Grid{minX: floor(m.MinX), minY: floor(m.MinY), west: m.MinX, south: m.MinY, east: m.MaxX, north: m.MaxY}
	g.Width = (m.MaxX>>16-g.minX)/Spacing + 2
	g.Height = (m.MaxY>>16-g.minY)/Spacing + 2
	return g
}

// At returns the sample nearest to a position, clamped to the grid.
func (g *Grid) At(x, y fixed.Fixed) int32 {
	sx := min(max((x>>16-g.minX+Spacing/2)>>SpacingBits, 0), g.Width-1)
	sy := min(max((y>>16-g.minY+Spacing/2)>>SpacingBits, 0), g.Height-1)
	return sy*g.Width + sx
}

// Position returns where a sample is.
func (g *Grid) Position(sample int32) (x, y fixed.Fixed) {
	return (g.minX + sample%g.Width*Spacing) << 16, (g.minY + sample/g.Width*Spacing) << 16
}

// Box runs over the samples nearest to the places of a box.
func (g *Grid) Box(x0, y0, x1, y1 fixed.Fixed) iter.Seq[int32] {
	return func(yield func(s int32) bool) {
		first, last := g.At(x0, y0), g.At(x1, y1)
		for y := first / g.Width; y <= last/g.Width; y++ {
			for x := first % g.Width; x <= last%g.Width; x++ {
				if !yield(y*g.Width + x) {
					return
				}
			}
		}
	}
}

// OnWay returns the sample that lies i of n pieces straight from a to b.
func (g *Grid) OnWay(a, b, i, n int32) int32 {
	dx, dy := b%g.Width-a%g.Width, b/g.Width-a/g.Width
	return (a/g.Width+dy*i/n)*g.Width + a%g.Width + dx*i/n
}

// Steps returns how many steps lead from one sample to another where nothing is
// in the way.
func (g *Grid) Steps(a, b int32) int32 {
	return max(Abs(b%g.Width-a%g.Width), Abs(b/g.Width-a/g.Width))
}

// Neighbour returns the sample next to s in a direction, or -1 at the edge.
func (g *Grid) Neighbour(s int32, d int) int32 {
	x, y := s%g.Width+Directions[d].X, s/g.Width+Directions[d].Y
	if x < 0 || y < 0 || x >= g.Width || y >= g.Height {
		return -1
	}
	return y*g.Width + x
}

// Block returns the square of samples that s lies in.
func (g *Grid) Block(s int32) int32 {
	return s/g.Width>>BlockBits*(g.Width>>BlockBits+1) + s%g.Width>>BlockBits
}

// Nearest returns the sample with a node that is nearest to a position, within
// two samples, or -1. Right beside a wall the nearest sample may be in it.
func (g *Grid) Nearest(x, y fixed.Fixed) int32 {
	s := g.At(x, y)
	if g.Node[s] >= 0 {
		return s
	}
	best, found := int64(1)<<62, int32(-1)
	cx, cy := s%g.Width, s/g.Width
	for sy := max(cy-2, 0); sy <= min(cy+2, g.Height-1); sy++ {
		for sx := max(cx-2, 0); sx <= min(cx+2, g.Width-1); sx++ {
			n := sy*g.Width + sx
			if g.Node[n] < 0 {
				continue
			}
			px, py := g.Position(n)
			dx, dy := int64(px-x)>>8, int64(py-y)>>8
			if d := dx*dx + dy*dy; d < best {
				best, found = d, n
			}
		}
	}
	return found
}

// Clear reports whether a walker can go straight from sample a to sample b with
// the map at rest.
func (g *Grid) Clear(a, b int32) bool {
	dx, dy := b%g.Width-a%g.Width, b/g.Width-a/g.Width
	east, north := Sign(dx), Sign(dy)
	dx, dy = Abs(dx), Abs(dy)
	steps := max(dx, dy)
	// Twice the way gone along each axis, in parts of a step, from half a step
	// on: so every sample is the nearest to the straight line.
	x, y := steps, steps
	for range steps {
		var right, up int32
		if x += 2 * dx; x >= 2*steps {
			x, right = x-2*steps, east
		}
		if y += 2 * dy; y >= 2*steps {
			y, up = y-2*steps, north
		}
		if g.Free[a]>>DirectionOf(right, up)&1 == 0 {
			return false
		}
		a += up*g.Width + right
	}
	return true
}

// DirectionOf returns the index of a step of at most one sample each way.
func DirectionOf(x, y int32) int {
	return int(byOffset[(y+1)*3+x+1])
}

var byOffset = [9]uint8{5, 6, 7, 4, 0, 0, 3, 2, 1}

// Abs returns the distance of n from 0.
func Abs(n int32) int32 {
	if n < 0 {
		return -n
	}
	return n
}

// Sign returns -1, 0 or 1.
func Sign(n int32) int32 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// Apart is the distance between two samples, in samples, the diagonal counted
// one and a half.
func (g *Grid) Apart(a, b int32) int32 {
	dx, dy := Abs(a%g.Width-b%g.Width), Abs(a/g.Width-b/g.Width)
	return max(dx, dy) + min(dx, dy)/2
}

// Distance between two samples in units.
func (g *Grid) Distance(a, b int32) int32 {
	dx, dy := (a%g.Width-b%g.Width)*Spacing, (a/g.Width-b/g.Width)*Spacing
	return int32(fixed.Sqrt(uint64(dx*dx + dy*dy)))
}

// Crossing is a step off a sample in one of the eight directions.
type Crossing struct {
	Sample    int32
	Direction uint8
}
