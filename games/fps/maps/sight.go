package maps

import (
	"math/bits"

	"dryad/games/fps/fixed"
)

// mulDiv128 returns a*b/c through a 128-bit product. The quotient must fit.
func mulDiv128(a, b, c uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	q, _ := bits.Div64(hi, lo, c)
	return q
}

// Sees reports whether some part of the upright span from (x, y, low) to
// (x, y, high) can be seen from the eye, past walls, steps and ceilings under
// the heights h. It is the format's classic test: along the lines crossed on
// the way the span of slopes that still pass is narrowed until it is empty.
func (m *Map) Sees(h *Heights, eye Point, x, y, low, high fixed.Fixed) bool {
	g := &m.grid
	dx, dy := int64(x)-int64(eye.X), int64(y)-int64(eye.Y)
	top, bottom := int64(high)-int64(eye.Z), int64(low)-int64(eye.Z)
	w := g.walk(eye.X, eye.Y, x, y)
	for w.next() {
		for c := w.from; ; c += w.step {
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				l := &m.Lines[i]
				px, py := int64(l.X)-int64(eye.X), int64(l.Y)-int64(eye.Y)
				first := dx*py - dy*px
				second := first + dx*int64(l.DY) - dy*int64(l.DX)
				if (first > 0) == (second > 0) {
					continue
				}
				a, b := l.cross(eye.X, eye.Y), l.cross(x, y)
				if (a > 0) == (b > 0) {
					continue
				}
				if l.Back < 0 || l.Front < 0 {
					return false
				}
				ff, bf := h.Floor[l.Front], h.Floor[l.Back]
				fc, bc := h.Ceiling[l.Front], h.Ceiling[l.Back]
				if ff == bf && fc == bc && ff < fc {
					continue
				}
				openBottom, openTop := max(ff, bf), min(fc, bc)
				if openBottom >= openTop {
					return false
				}
				num, den := uint64(absolute(a)), uint64(absolute(a))+uint64(absolute(b))
				if num == 0 {
					continue // the eye is on the line
				}
				// Where the sight ray to a height leaves the opening at
				// num/den of the way, its height at the end is slope*den/num.
				if ff != bf {
					if v := scale(int64(openBottom)-int64(eye.Z), den, num); v > bottom {
						bottom = v
					}
				}
				if fc != bc {
					if v := scale(int64(openTop)-int64(eye.Z), den, num); v < top {
						top = v
					}
				}
				if top <= bottom {
					return false
				}
			}
			if c == w.to {
				break
			}
		}
	}
	return true
}

// scale returns d*den/num for num <= den, saturated at 2^40.
func scale(d int64, den, num uint64) int64 {
	const limit = 1 << 40
	hi, lo := bits.Mul64(uint64(absolute(d)), den)
	q := uint64(limit)
	if hi < num {
		q, _ = bits.Div64(hi, lo, num)
		q = min(q, limit)
	}
	if d < 0 {
		return -int64(q)
	}
	return int64(q)
}
