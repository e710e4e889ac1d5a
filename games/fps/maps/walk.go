package maps

import "dryad/games/fps/fixed"

// walk visits the cells that a way touches, slab by slab along its longer
// axis; within a slab the cells from..to, step apart.
type walk struct {
	g                *grid
	steep            bool // slabs are rows, not columns
	slab, last, turn int32
	x, y             int64 // start, with the axes swapped when steep
	dx, dy           int64
	low, high        int64 // span of the minor axis
	origin, cross    int64 // corner of the grid along and across
	lanes            int32 // cells across

	from, to, step int32
	entered        bool
}

func (g *grid) walk(x0, y0, x1, y1 fixed.Fixed) walk {
	w := walk{g: g, x: int64(x0), y: int64(y0), dx: int64(x1) - int64(x0), dy: int64(y1) - int64(y0)}
	w.origin, w.cross, w.lanes = int64(g.minX), int64(g.minY), g.height
	length := g.width
	if absolute(w.dy) > absolute(w.dx) {
		w.steep = true
		w.x, w.y, w.dx, w.dy = w.y, w.x, w.dy, w.dx
		w.origin, w.cross, w.lanes = w.cross, w.origin, g.width
		length = g.height
	}
	clamp := func(v int64) int32 { return int32(min(max((v-w.origin)>>g.shift, 0), int64(length-1))) }
	w.slab, w.last, w.turn = clamp(w.x), clamp(w.x+w.dx), 1
	if w.last < w.slab {
		w.turn = -1
	}
	w.low, w.high = min(w.y, w.y+w.dy), max(w.y, w.y+w.dy)
	w.slab -= w.turn
	return w
}

// next steps to the following slab and reports whether there is one.
func (w *walk) next() bool {
	if w.entered && w.slab == w.last {
		return false
	}
	w.entered = true
	w.slab += w.turn
	low, high := w.low, w.high
	if w.dy != 0 && w.dx != 0 {
		near := w.origin + int64(w.slab)<<w.g.shift
		far := near + int64(1)<<w.g.shift
		a := w.y + (near-w.x)*w.dy/w.dx
		b := w.y + (far-w.x)*w.dy/w.dx
		if a > b {
			a, b = b, a
		}
		low, high = max(low, a-1), min(high, b+1)
		low, high = min(low, w.high), max(high, w.low)
	}
	lane := func(v int64) int32 { return int32(min(max((v-w.cross)>>w.g.shift, 0), int64(w.lanes-1))) }
	first, last := lane(low), lane(high)
	if w.steep {
		base := w.slab * w.g.width
		w.from, w.to, w.step = base+first, base+last, 1
	} else {
		w.from, w.to, w.step = first*w.g.width+w.slab, last*w.g.width+w.slab, w.g.width
	}
	return true
}

// passed returns the fraction of the way that the slabs so far contain.
func (w *walk) passed() int64 {
	if w.slab == w.last || w.dx == 0 {
		return 1 << fractionBits
	}
	edge := w.origin + int64(w.slab)<<w.g.shift
	if w.turn > 0 {
		edge += int64(1) << w.g.shift
	}
	return (edge - w.x) << fractionBits / w.dx
}
