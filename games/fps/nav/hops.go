package nav

import (
	"sync"
	"sync/atomic"
)

// hops are the running jumps with the map at rest that the graph did without:
// it looks for jumps only where it knows no other way, and may have taken for
// one what its switches do not allow together. They are worked out once for a
// map, each when it is first asked for, with the doors open that anybody opens
// by hand.
type hops struct {
	open    *flood                    // with those doors open; only asked, never run
	ledges  []int32                   // samples with something lower beside them
	landing [][jumpDirections]int32   // by ledge: the sample to run on to, -1 for none
	stand   [][jumpDirections]hopSpot // where the run-up begins
}

// hopSpot is a sample plus one; 0 while not known, noSpot for none.
type hopSpot struct{ atomic.Int32 }

const noSpot = -1

// hops returns the map's, made when first asked for.
func (t *terrain) hops(g *Graph) *hops {
	t.hopping.once.Do(func() {
		f := newFlood(g, t)
		f.state = newMoment(g.m)
		h := &t.hopping.hops
		h.open = f
		for s, opens := range t.opens {
			if opens {
				f.state.heights.Ceiling[s] = max(f.state.heights.Ceiling[s], t.door[s])
			}
		}
		for s := range int32(len(t.levels)) {
			if t.levels[s] == blocked || !f.ledge(s) {
				continue
			}
			var to [jumpDirections]int32
			some := false
			for d := range to {
				to[d], _ = f.glide(s, d)
				some = some || to[d] >= 0
			}
			if some {
				h.ledges, h.landing = append(h.ledges, s), append(h.landing, to)
			}
		}
		h.stand = make([][jumpDirections]hopSpot, len(h.ledges))
	})
	return &t.hopping.hops
}

// hopping is made once.
type hopping struct {
	once sync.Once
	hops hops
}

// prove returns the sample that a run-up to a ledge begins on, or -1 when no
// run-up makes the jump.
func (h *hops) prove(g *Graph, ledge, d int) int32 {
	known := &h.stand[ledge][d]
	if at := known.Load(); at != 0 {
		return max(at-1, -1)
	}
	found := int32(noSpot)
	s, to := h.ledges[ledge], h.landing[ledge][d]
	for _, length := range runUps {
		leave, ok := g.standBefore(s, heading(d), length)
		if !ok || !h.open.stands(leave) || !h.open.leadsStraight(leave, s) {
			break
		}
		if g.flies(&h.open.state.heights, leave, to, g.setsOff) {
			found = leave + 1
			break
		}
	}
	known.Store(found)
	return max(found-1, -1)
}

// hop makes the hops from the samples reached to others, and reports whether it
// reached any.
func (f *flood) hop() bool {
	found := false
	all := f.t.hops(f.g)
	for i, s := range all.ledges {
		if !f.reached(s) {
			continue
		}
		for d, to := range all.landing[i] {
			if to < 0 || f.reached(to) {
				continue
			}
			leave := all.prove(f.g, i, d)
			if leave >= 0 && f.reached(leave) && f.g.asTried(&f.state.heights, leave, to) {
				f.reach(to, leave, max(f.spots[leave].time, 3*f.tick)+jumpTime)
				found = true
			}
		}
	}
	return found
}
