package reach

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	spacing = 8 // units between points of the lattice
	// stride is more than the fastest player runs in a tick.
	stride = 17
	useful = 64 * fixed.One // how far hands reach
	aimed  = 2048 * fixed.One
)

// Search holds what searches from several places of one map share.
type Search struct {
	m             *maps.Map
	x0, y0        int32 // of the first point, in units
	width, height int32
	barriers      map[int32][]int32 // by point, the teleporters near it
}

// New prepares searches on a map.
func New(m *maps.Map) *Search {
	floor := func(f fixed.Fixed) int32 { return (f>>16 - 64) / spacing * spacing }
	s := &Search{m: m, x0: floor(m.MinX), y0: floor(m.MinY)}
	s.width = (m.MaxX>>16-s.x0)/spacing + 8
	s.height = (m.MaxY>>16-s.y0)/spacing + 8
	s.findBarriers()
	return s
}

func (s *Search) position(p int32) (x, y fixed.Fixed) {
	return (s.x0 + p%s.width*spacing) << 16, (s.y0 + p/s.width*spacing) << 16
}

// box visits the points within a distance of the box from (x0, y0) to (x1, y1).
func (s *Search) box(x0, y0, x1, y1, grow fixed.Fixed, visit func(p int32)) {
	fromX, toX := max((x0-grow)>>16-s.x0, 0)/spacing, min(((x1+grow)>>16-s.x0)/spacing+1, s.width-1)
	fromY, toY := max((y0-grow)>>16-s.y0, 0)/spacing, min(((y1+grow)>>16-s.y0)/spacing+1, s.height-1)
	for y := fromY; y <= toY; y++ {
		for x := fromX; x <= toX; x++ {
			visit(y*s.width + x)
		}
	}
}

// point is what is known of a point of the lattice.
type point struct {
	low, high, top int16 // lowest and highest floor, highest ceiling
	state          uint8
}

const (
	measured = 1 << iota
	solid
	visited
)

// Reached is where players who begin at one place may get to.
type Reached struct {
	s      *Search
	extent maps.Extent // bounds of all heights
	points []point
	queue  []int32
	set    []bool // lines that may have been set off
}

// From searches from a place.
func (s *Search) From(x, y fixed.Fixed) *Reached {
	r := &Reached{
		s: s, extent: s.m.Extent(),
		points: make([]point, s.width*s.height), set: make([]bool, len(s.m.Lines)),
	}
	r.land(x, y)
	for {
		r.spread()
		if !r.setOff() {
			return r
		}
	}
}

// land visits the points around a place where somebody appears.
func (r *Reached) land(x, y fixed.Fixed) {
	r.s.box(x, y, x, y, 0, func(p int32) {
		px, py := r.s.position(p)
		if fixed.Abs(px-x) <= spacing*fixed.One && fixed.Abs(py-y) <= spacing*fixed.One && r.at(p).state&solid == 0 {
			r.visit(p)
		}
	})
}

func (r *Reached) visit(p int32) {
	if r.points[p].state&visited == 0 {
		r.points[p].state |= visited
		r.queue = append(r.queue, p)
	}
}

// at returns a point, measured under the present bounds.
func (r *Reached) at(p int32) *point {
	a := &r.points[p]
	if a.state&measured == 0 {
		a.state |= measured
		x, y := r.s.position(p)
		open := maps.Heights{Floor: r.extent.Low.Floor, Ceiling: r.extent.High.Ceiling}
		spot := r.s.m.Check(&open, x, y, maps.Radius)
		if spot.Blocked {
			a.state |= solid
			return a
		}
		a.low, a.top = int16(spot.Floor>>16), int16(spot.Ceiling>>16)
		spot = r.s.m.Check(&r.extent.High, x, y, maps.Radius)
		a.high = int16(spot.Floor >> 16)
	}
	return a
}

// spread visits what can be stepped or jumped to.
func (r *Reached) spread() {
	w := r.s.width
	for len(r.queue) > 0 {
		p := r.queue[len(r.queue)-1]
		r.queue = r.queue[:len(r.queue)-1]
		px, py := p%w, p/w
		if px == 0 || py == 0 || px == w-1 || py == r.s.height-1 {
			continue
		}
		from := *r.at(p)
		ledge := false
		for _, d := range [8]int32{1, w + 1, w, w - 1, -1, -w - 1, -w, -w + 1} {
			to := r.at(p + d)
			if to.state&solid == 0 && to.low < from.high {
				ledge = true
			}
			if enters(to, from.high, from.low) && !r.s.barred(p, p+d) {
				r.visit(p + d)
			}
		}
		if ledge {
			r.jump(p, from.high)
		}
	}
}

// enters reports whether a player whose feet are somewhere from low to high can
// come to a point.
func enters(to *point, high, low int16) bool {
	return to.state&solid == 0 && int(to.low)-int(high) <= 24 &&
		int(to.top)-int(to.low) >= 56 && int(to.top)-int(low) >= 56
}

// jump flies off a point in all directions.
func (r *Reached) jump(p int32, high int16) {
	const directions = 48
	x, y := r.s.position(p)
	for d := range directions {
		angle := fixed.Angle(uint32(uint64(d) << 32 / directions))
		for far, last := int32(spacing), p; ; far += spacing {
			ticks := far/stride + 1
			z := int32(high) - (ticks-1)*ticks/2
			fx, fy := x+fixed.Fixed(far)*angle.Cos(), y+fixed.Fixed(far)*angle.Sin()
			cx, cy := (fx>>16-r.s.x0+spacing/2)/spacing, (fy>>16-r.s.y0+spacing/2)/spacing
			if cx < 0 || cy < 0 || cx >= r.s.width || cy >= r.s.height {
				break
			}
			at := cy*r.s.width + cx
			to := r.at(at)
			if to.state&solid != 0 || int32(to.low)-z > 24 || int32(to.top)-max(z, int32(to.low)) < 56 || r.s.barred(last, at) {
				break
			}
			r.visit(at)
			last = at
			if int32(to.high) >= z && to.low == to.high {
				break
			}
		}
	}
}

// Touches reports whether a player may come so near to a place, along each axis.
func (r *Reached) Touches(x, y, reach fixed.Fixed) bool {
	found := false
	r.s.box(x, y, x, y, reach+spacing*fixed.One, func(p int32) {
		px, py := r.s.position(p)
		if r.points[p].state&visited != 0 && fixed.Abs(px-x) < reach+spacing/2*fixed.One && fixed.Abs(py-y) < reach+spacing/2*fixed.One {
			found = true
		}
	})
	return found
}
