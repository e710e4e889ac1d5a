package maps

import "slices"

// Crossing is where a ray crosses a line.
type Crossing struct {
	// T is the fraction of the ray's way, with 30 fractional bits.
	T    int64
	Line int32
	Side int8 // the side of the line that the ray comes from
}

// AppendCrossings appends the lines that a ray crosses, each once and in the
// order of distance, up to the first that has nothing behind it. It is for
// drawing: floors and ceilings do not stop the ray.
func (m *Map) AppendCrossings(found []Crossing, r *Ray) []Crossing {
	g := &m.grid
	first := len(found)
	wall := int64(1)<<fractionBits + 1
	w := g.walk(r.From.X, r.From.Y, r.EndX, r.EndY)
	for w.next() {
		for c := w.from; ; c += w.step {
			for _, i := range g.lines[g.start[c]:g.start[c+1]] {
				l := &m.Lines[i]
				t, side, ok := l.intersect(r.From.X, r.From.Y, r.EndX, r.EndY)
				if !ok || t > wall {
					continue
				}
				if l.Sector(1-side) < 0 {
					wall = t
				}
				found = append(found, Crossing{t, i, int8(side)})
			}
			if c == w.to {
				break
			}
		}
		if wall <= w.passed() {
			break
		}
	}
	mine := found[first:]
	slices.SortFunc(mine, func(a, b Crossing) int {
		if a.T != b.T {
			return int(a.T - b.T)
		}
		return int(a.Line - b.Line)
	})
	kept := found[:first]
	for i, c := range mine {
		if c.T > wall {
			break
		}
		if i == 0 || c != mine[i-1] {
			kept = append(kept, c)
		}
	}
	return kept
}
