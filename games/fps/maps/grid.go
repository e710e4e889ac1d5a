package maps

import "dryad/games/fps/fixed"

// grid is the map's own spatial index: square cells, each with the lines that
// touch it and the sector of one reference point inside it. It replaces the
// BLOCKMAP, NODES and SSECTORS lumps, which are never read.
type grid struct {
	minX, minY    fixed.Fixed // corner of cell 0
	shift         uint        // a cell is 1<<shift wide
	width, height int32       // in cells
	start         []int32     // start[c]:start[c+1] are the lines of cell c
	lines         []int32
	sector        []int32 // sector at the reference point of each cell
	solidStart    []int32
	solids        []int32
}

const cellShift = 16 + 6 // 64 map units

// buildGrid makes the index. Cells grow until their number and that of the
// entries is bounded by that of the lines, so that a small file cannot ask for
// much memory.
func (m *Map) buildGrid() {
	g := &m.grid
	for g.shift = cellShift; ; g.shift++ {
		margin := fixed.Fixed(1) << 16
		g.minX, g.minY = m.MinX-margin, m.MinY-margin
		g.width = int32((int64(m.MaxX)+int64(margin)-int64(g.minX))>>g.shift) + 1
		g.height = int32((int64(m.MaxY)+int64(margin)-int64(g.minY))>>g.shift) + 1
		if int64(g.width)*int64(g.height) > int64(64*len(m.Lines)+1<<16) {
			continue
		}
		g.start = make([]int32, g.width*g.height+1)
		entries := 0
		limit := 64*len(m.Lines) + 1<<16
		for i := range m.Lines {
			g.eachCell(&m.Lines[i], func(cell int32) { g.start[cell+1]++; entries++ })
			if entries > limit {
				break
			}
		}
		if entries > limit {
			continue
		}
		for c := range g.width * g.height {
			g.start[c+1] += g.start[c]
		}
		g.lines = make([]int32, entries)
		next := append([]int32(nil), g.start...)
		for i := range m.Lines {
			g.eachCell(&m.Lines[i], func(cell int32) {
				g.lines[next[cell]] = int32(i)
				next[cell]++
			})
		}
		break
	}
	g.indexSolids(m.Solids)
	m.locateReferences()
}

// indexSolids files each solid under every cell that its square touches.
func (g *grid) indexSolids(solids []Solid) {
	cells := g.width * g.height
	g.solidStart = make([]int32, cells+1)
	each := func(s *Solid, visit func(int32)) {
		x0, y0 := g.cellX(s.X-s.Radius), g.cellY(s.Y-s.Radius)
		x1, y1 := g.cellX(s.X+s.Radius), g.cellY(s.Y+s.Radius)
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				visit(y*g.width + x)
			}
		}
	}
	for i := range solids {
		each(&solids[i], func(c int32) { g.solidStart[c+1]++ })
	}
	for c := range cells {
		g.solidStart[c+1] += g.solidStart[c]
	}
	g.solids = make([]int32, g.solidStart[cells])
	next := append([]int32(nil), g.solidStart...)
	for i := range solids {
		each(&solids[i], func(c int32) {
			g.solids[next[c]] = int32(i)
			next[c]++
		})
	}
}

// cellX returns the column of x, clamped to the grid.
func (g *grid) cellX(x fixed.Fixed) int32 {
	return min(max(int32((int64(x)-int64(g.minX))>>g.shift), 0), g.width-1)
}

// cellY returns the row of y, clamped to the grid.
func (g *grid) cellY(y fixed.Fixed) int32 {
	return min(max(int32((int64(y)-int64(g.minY))>>g.shift), 0), g.height-1)
}

// cell returns the cell of a point, or -1 outside of the grid.
func (g *grid) cell(x, y fixed.Fixed) int32 {
	cx, cy := (int64(x)-int64(g.minX))>>g.shift, (int64(y)-int64(g.minY))>>g.shift
	if uint64(cx) >= uint64(g.width) || uint64(cy) >= uint64(g.height) {
		return -1
	}
	return int32(cy)*g.width + int32(cx)
}

// eachCell visits every cell that the line touches: column by column, the rows
// between the heights at which it enters and leaves, widened by the rounding.
func (g *grid) eachCell(l *Line, visit func(cell int32)) {
	x0, x1 := g.cellX(l.MinX-1), g.cellX(l.MaxX+1)
	for cx := x0; cx <= x1; cx++ {
		low, high := l.MinY, l.MaxY
		if l.DX != 0 {
			left := max(int64(g.minX)+int64(cx)<<g.shift, int64(l.MinX))
			right := min(int64(g.minX)+int64(cx+1)<<g.shift, int64(l.MaxX))
			a := int64(l.Y) + mulDiv(int64(l.DY), left-int64(l.X), int64(l.DX))
			b := int64(l.Y) + mulDiv(int64(l.DY), right-int64(l.X), int64(l.DX))
			low = fixed.Fixed(max(min(a, b)-2, int64(l.MinY)))
			high = fixed.Fixed(min(max(a, b)+2, int64(l.MaxY)))
			low, high = min(low, l.MaxY), max(high, l.MinY)
		}
		y0, y1 := g.cellY(low-1), g.cellY(high+1)
		for cy := y0; cy <= y1; cy++ {
			visit(cy*g.width + cx)
		}
	}
}

// mulDiv returns a*b/c. The factors are differences of coordinates, below
// 2^31 each.
func mulDiv(a, b, c int64) int64 { return a * b / c }
