package tag

import "dryad/games"

// The board's size. The outermost cells are walls.
const (
	width       = 18
	height      = 12
	cells       = width * height
	maxDistance = 255
	unreachable = 255
)

// direction is a step: 0 stands still, then east, south, west, north.
type direction uint8

var offsets = [5]int{0, 1, width, -1, -width}

// cell is an index y*width+x.
type cell uint8

// board is a map; it never changes after it was made.
type board struct {
	free [cells]bool
	open []cell              // the free cells in order
	far  [cells][cells]uint8 // steps between two cells, or unreachable
	near [cells][cells]uint8 // first direction of a shortest way from a to b
}

// generate makes the map of a seed: a border, some walls, every free cell
// reachable from every other.
func generate(seed uint64) *board {
	b := &board{}
	for y := 1; y < height-1; y++ {
		for x := 1; x < width-1; x++ {
			b.free[y*width+x] = true
		}
	}
	r := games.Stream(seed, 0x746167)
	for range 14 {
		at := cell((1+r.IntN(height-2))*width + 1 + r.IntN(width-2))
		step := offsets[1+r.IntN(2)]
		for range 1 + r.IntN(4) {
			if !b.free[at] {
				break
			}
			b.free[at] = false
			if !b.connected() {
				b.free[at] = true
				break
			}
			at = cell(int(at) + step)
		}
	}
	for c := range cells {
		if b.free[c] {
			b.open = append(b.open, cell(c))
		}
	}
	for _, c := range b.open {
		b.measure(c)
	}
	return b
}

// connected reports whether every free cell can be reached from every other.
func (b *board) connected() bool {
	total, reached := 0, 0
	var queue [cells]cell
	var seen [cells]bool
	head, tail := 0, 0
	for c := range cells {
		if b.free[c] {
			if total == 0 {
				queue[0], seen[c], tail = cell(c), true, 1
			}
			total++
		}
	}
	for ; head < tail; head++ {
		reached++
		for _, o := range offsets[1:] {
			if n := int(queue[head]) + o; b.free[n] && !seen[n] {
				seen[n] = true
				queue[tail] = cell(n)
				tail++
			}
		}
	}
	return reached == total
}

// measure fills in the ways that lead to a cell.
func (b *board) measure(to cell) {
	for c := range cells {
		b.far[c][to] = unreachable
	}
	queue := make([]cell, 1, cells)
	queue[0] = to
	b.far[to][to] = 0
	for head := 0; head < len(queue); head++ {
		at := queue[head]
		for d := 1; d <= 4; d++ {
			n := int(at) - offsets[d] // going d from n leads to at
			if b.free[n] && b.far[n][to] == unreachable {
				b.far[n][to] = b.far[at][to] + 1
				b.near[n][to] = uint8(d)
				queue = append(queue, cell(n))
			}
		}
	}
}

// step returns where a direction leads from a cell: nowhere, into a wall.
func (b *board) step(at cell, d direction) cell {
	if n := int(at) + offsets[d]; b.free[n] {
		return cell(n)
	}
	return at
}
