package maps

import "dryad/games/fps/fixed"

// HitKind is what ended a trace.
type HitKind uint8

// What a trace can end on.
const (
	HitNothing HitKind = iota // it went its whole reach
	HitWall
	HitFloor
	HitCeiling
	HitSky // a sky ceiling, or the sky above a wall
)

// Hit is the end of a trace.
type Hit struct {
	Kind     HitKind
	Point                // where it ended
	Distance fixed.Fixed // from the start, horizontally
	Line     int32       // the wall's line, or -1
	Side     int8        // the side of Line that was hit
	Sector   int32       // the sector that the trace ended in
}

// Trace follows a straight line from a point in direction a, rising by slope
// for each unit of horizontal way, until it meets the world or has gone reach.
// Actors are the caller's: what stands nearer than Distance is hit first; see
// [Ray.Box].
func (m *Map) Trace(h *Heights, from Point, a fixed.Angle, slope, reach fixed.Fixed) Hit {
	r := m.Ray(from, a, slope, reach)
	return m.TraceRay(h, &r)
}

// Ray is a straight way through the map, cut at the map's bounds.
type Ray struct {
	From       Point
	EndX, EndY fixed.Fixed
	Reach      fixed.Fixed // horizontal length
	Slope      fixed.Fixed
}

// Ray returns the way of a trace.
func (m *Map) Ray(from Point, a fixed.Angle, slope, reach fixed.Fixed) Ray {
	dx, dy := int64(a.Cos())*int64(reach)>>16, int64(a.Sin())*int64(reach)>>16
	// Beyond the bounds there is only void; cutting the way there keeps its
	// coordinates in range.
	x0, y0 := int64(m.MinX)-fixed.One, int64(m.MinY)-fixed.One
	x1, y1 := int64(m.MaxX)+fixed.One, int64(m.MaxY)+fixed.One
	x, y := int64(from.X), int64(from.Y)
	if x >= x0 && x <= x1 && y >= y0 && y <= y1 {
		cut := func(position, way, low, high int64) (num, den int64) {
			switch {
			case position+way > high:
				return high - position, way
			case position+way < low:
				return position - low, -way
			}
			return 1, 1
		}
		for range 2 {
			if n, d := cut(x, dx, x0, x1); n < d {
				dx, dy, reach = dx*n/d, dy*n/d, fixed.Fixed(int64(reach)*n/d)
			}
			if n, d := cut(y, dy, y0, y1); n < d {
				dx, dy, reach = dx*n/d, dy*n/d, fixed.Fixed(int64(reach)*n/d)
			}
		}
	}
	return Ray{From: from, EndX: fixed.Fixed(x + dx), EndY: fixed.Fixed(y + dy), Reach: reach, Slope: slope}
}

// At returns the point of the ray at a horizontal distance.
func (r *Ray) At(distance fixed.Fixed) Point {
	if r.Reach == 0 {
		return r.From
	}
	return r.at(int64(distance) << fractionBits / int64(r.Reach))
}

func (r *Ray) at(t int64) Point {
	return Point{
		X: r.From.X + fixed.Fixed((int64(r.EndX)-int64(r.From.X))*t>>fractionBits),
		Y: r.From.Y + fixed.Fixed((int64(r.EndY)-int64(r.From.Y))*t>>fractionBits),
		Z: r.height(t),
	}
}

func (r *Ray) height(t int64) fixed.Fixed {
	way := int64(r.Reach) * t >> fractionBits
	return clampFixed(int64(r.From.Z) + way*int64(r.Slope)>>16)
}

func clampFixed(v int64) fixed.Fixed {
	return fixed.Fixed(min(max(v, -1<<31), 1<<31-1))
}

// Box returns the horizontal distance at which the ray enters the upright box
// around (x, y) from z to z+height, if it does.
func (r *Ray) Box(x, y, z, radius, height fixed.Fixed) (distance fixed.Fixed, ok bool) {
	enter, leave := int64(0), int64(1)<<fractionBits
	clip := func(from, to, low, high int64) bool {
		d := to - from
		if d == 0 {
			return from >= low && from <= high
		}
		a, b := (low-from)<<fractionBits/d, (high-from)<<fractionBits/d
		if a > b {
			a, b = b, a
		}
		enter, leave = max(enter, a), min(leave, b)
		return enter <= leave
	}
	top := int64(r.From.Z) + int64(r.Reach)*int64(r.Slope)>>16
	if !clip(int64(r.From.X), int64(r.EndX), int64(x)-int64(radius), int64(x)+int64(radius)) ||
		!clip(int64(r.From.Y), int64(r.EndY), int64(y)-int64(radius), int64(y)+int64(radius)) ||
		!clip(int64(r.From.Z), top, int64(z), int64(z)+int64(height)) {
		return 0, false
	}
	return fixed.Fixed(int64(r.Reach) * enter >> fractionBits), true
}

// TraceRay follows a ray until it meets the world.
func (m *Map) TraceRay(h *Heights, r *Ray) Hit {
	g := &m.grid
	const all = int64(1) << fractionBits
	best, bestLine, bestSide := all+1, int32(-1), 0
	w := g.walk(r.From.X, r.From.Y, r.EndX, r.EndY)
	for w.next() {
		for c := w.from; ; c += w.step {
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				l := &m.Lines[i]
				t, side, ok := l.intersect(r.From.X, r.From.Y, r.EndX, r.EndY)
				if !ok || t >= best {
					continue
				}
				if l.Back >= 0 && l.Front >= 0 {
					bottom, top, _ := l.Opening(h)
					if z := r.height(t); z > bottom && z < top {
						continue
					}
				}
				best, bestLine, bestSide = t, i, side
			}
			if c == w.to {
				break
			}
		}
		// Slabs follow the ray: a hit before this slab's end is the first.
		if best <= w.passed() {
			break
		}
	}
	if bestLine < 0 {
		return m.endInSector(h, r, all, int32(m.SectorAt(r.EndX, r.EndY)), Hit{Line: -1})
	}
	l := &m.Lines[bestLine]
	near := l.Sector(bestSide)
	hit := m.endInSector(h, r, best, near, Hit{Kind: HitWall, Line: bestLine, Side: int8(bestSide)})
	if far := l.Sector(1 - bestSide); hit.Kind == HitWall && near >= 0 && far >= 0 &&
		hit.Z >= h.Ceiling[far] && m.skyCeiling(near) && m.skyCeiling(far) {
		hit.Kind = HitSky
	}
	return hit
}

// endInSector ends a ray that came through a sector at fraction t: the floor
// or the ceiling of that sector may have stopped it before.
func (m *Map) endInSector(h *Heights, r *Ray, t int64, sector int32, hit Hit) Hit {
	hit.Sector = sector
	if sector >= 0 {
		z := r.height(t)
		rise := int64(r.Reach) * int64(r.Slope) >> 16
		if floor := h.Floor[sector]; z < floor && rise < 0 {
			hit.Kind, hit.Line = HitFloor, -1
			t = max((int64(floor)-int64(r.From.Z))<<fractionBits/rise, 0)
		} else if ceiling := h.Ceiling[sector]; z > ceiling && rise > 0 {
			hit.Kind, hit.Line = HitCeiling, -1
			if m.skyCeiling(sector) {
				hit.Kind = HitSky
			}
			t = max((int64(ceiling)-int64(r.From.Z))<<fractionBits/rise, 0)
		}
	}
	hit.Point = r.at(t)
	hit.Distance = fixed.Fixed(int64(r.Reach) * t >> fractionBits)
	return hit
}

func (m *Map) skyCeiling(sector int32) bool {
	return m.Sectors[sector].CeilingFlat == m.Sky
}
