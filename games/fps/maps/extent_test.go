package maps_test

import (
	"math/rand/v2"
	"testing"
)

// Whatever is set off, in whatever order, every height stays within the
// bounds; and the bounds are reached by some of what moves.
func TestHeightsStayWithinTheirExtent(t *testing.T) {
	for _, name := range []string{"freedoom1.wad:E3M4", "freedoom2.wad:MAP29"} {
		m := load(t, name)
		e := m.Extent()
		for round, wider := 0, true; wider; round++ {
			wider = false
			for line := range m.Lines {
				wider = e.Widen(m, line, round > 0, nil) || wider
			}
		}
		h, v := m.Heights(), m.Movers()
		rng := rand.New(rand.NewPCG(3, 1))
		moved := 0
		for range 12000 {
			if rng.IntN(4) == 0 {
				line := rng.IntN(len(m.Lines))
				v.Activate(m, &h, line, m.Specials[line].Trigger, 0, false)
			}
			v.Step(&h, nil)
			for i := range v.Active {
				s := v.Active[i].Sector
				if h.Floor[s] < e.Low.Floor[s] || h.Floor[s] > e.High.Floor[s] ||
					h.Ceiling[s] < e.Low.Ceiling[s] || h.Ceiling[s] > e.High.Ceiling[s] {
					t.Fatalf("%s: sector %d from %d to %d, bounds %d..%d, %d..%d", name, s, h.Floor[s]>>16, h.Ceiling[s]>>16,
						e.Low.Floor[s]>>16, e.High.Floor[s]>>16, e.Low.Ceiling[s]>>16, e.High.Ceiling[s]>>16)
				}
				moved++
			}
		}
		for s := range m.Sectors {
			if e.Low.Floor[s] > m.Sectors[s].Floor || e.High.Floor[s] < m.Sectors[s].Floor {
				t.Errorf("%s: sector %d does not begin within its bounds", name, s)
			}
		}
		if moved < 1000 {
			t.Errorf("%s: only %d movements", name, moved)
		}
	}
}
