package plan

import (
	"dryad/games/fps/maps"
)

// moment is the state of all that moves at some tick of a plan.
type moment struct {
	heights maps.Heights
	movers  maps.Movers
}

func newMoment(m *maps.Map) *moment { return &moment{m.Heights(), m.Movers()} }

func (o *moment) copyFrom(h *maps.Heights, v *maps.Movers) {
	o.heights.CopyFrom(h)
	o.movers.CopyFrom(v)
}

func (o *moment) clone(m *maps.Map) *moment {
	c := newMoment(m)
	c.copyFrom(&o.heights, &o.movers)
	return c
}

// settled reports whether nothing is under way but what never stops.
func (o *moment) settled() bool {
	for i := range o.movers.Active {
		if o.movers.Active[i].Motion != maps.Cycle {
			return false
		}
	}
	return true
}

// key identifies the moment, leaving out where lifts that never stop are.
func (o *moment) key() uint64 {
	h := uint64(0x9e3779b97f4a7c15)
	mix := func(v uint64) {
		h = (h ^ v) * 0xff51afd7ed558ccd
		h ^= h >> 29
	}
	endless := func(sector int) bool {
		a := o.movers.Moving(sector, false)
		return a != nil && a.Motion == maps.Cycle
	}
	for s := range o.heights.Floor {
		if len(o.movers.Active) > 0 && endless(s) {
			mix(1)
			continue
		}
		mix(uint64(uint32(o.heights.Floor[s])) | uint64(uint32(o.heights.Ceiling[s]))<<32)
	}
	for _, word := range o.movers.Lines() {
		mix(word)
	}
	for i := range o.movers.Active {
		if a := &o.movers.Active[i]; a.Motion != maps.Cycle {
			w := a.Words()
			for _, v := range w {
				mix(v)
			}
		}
	}
	return h
}

// inert reports whether setting off a line now would move nothing.
func (o *moment) inert(m *maps.Map, line int32) bool {
	s := &m.Specials[line]
	if s.OnlyThem || s.Once && o.movers.Used(int(line)) {
		return true
	}
	switch s.Action {
	case maps.MovePlane:
		for _, sector := range m.Affected(int(line)) {
			if a := o.movers.Moving(int(sector), s.Move.Ceiling); a != nil {
				if a.Door && s.Manual && a.Motion == maps.Return {
					return false
				}
				continue
			}
			if s.Move.Motion != maps.Stay {
				return false
			}
			to, _ := m.Destination(&o.heights, int(sector), &s.Move)
			own := o.heights.Floor[sector]
			if s.Move.Ceiling {
				own = o.heights.Ceiling[sector]
			}
			if to != own {
				return false
			}
		}
		return true
	case maps.BuildStairs, maps.Donut:
		for _, sector := range m.Affected(int(line)) {
			if o.movers.Moving(int(sector), false) == nil {
				return false
			}
		}
		return true
	case maps.StopMove:
		for _, sector := range m.Affected(int(line)) {
			for i := range o.movers.Active {
				if a := &o.movers.Active[i]; a.Sector == sector && a.Motion == maps.Cycle {
					return false
				}
			}
		}
		return true
	}
	return true
}
