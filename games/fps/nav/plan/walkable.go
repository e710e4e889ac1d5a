package plan

import (
	"sync"

	"dryad/games/fps/maps"
)

// walkable is how to walk from one sample to another as things stand.
type walkable struct {
	next int32 // the first sample on the way
	far  int32 // the last one that can be walked to straight; -1 where there is no way
}

// errand is what a way depends on: from where to where, the height of the walker's
// feet, and all that moves.
type errand struct {
	from, to int32
	feet     int16
	state    uint64
}

// ways keeps those that were looked for, for all matches on a map.
type ways struct {
	mutex sync.Mutex
	known map[errand]walkable
}

// mostWays bounds the memory of the ways of a map; when they reach it all are
// dropped.
const mostWays = 1 << 15

// walkable returns how a body walks from a sample to another.
func (g *Planner) walkable(h *maps.Heights, v *maps.Movers, b *maps.Body, from, to int32) walkable {
	key := errand{from, to, int16(b.Z >> 16), standing(h, v)}
	g.ways.mutex.Lock()
	w, known := g.ways.known[key]
	g.ways.mutex.Unlock()
	if known {
		return w
	}
	f := g.flooding()
	w = g.reach(f, h, v, b, from, to, false)
	g.floods.Put(f)
	g.ways.mutex.Lock()
	defer g.ways.mutex.Unlock()
	if g.ways.known == nil || len(g.ways.known) >= mostWays {
		g.ways.known = map[errand]walkable{}
	}
	g.ways.known[key] = w
	return w
}

// reach finds the way by a flood, which is left as it ended.
func (g *Planner) reach(f *flood, h *maps.Heights, v *maps.Movers, b *maps.Body, from, to int32, bold bool) walkable {
	f.frozen, f.bold = true, bold
	state := newMoment(g.m)
	state.copyFrom(h, v)
	f.goals[to] = true
	f.begin(state, from, func(*flood, int32) bool { return true })
	f.feet = int16(b.Z >> 16)
	f.run()
	f.goals[to] = false
	if f.found < 0 {
		return walkable{next: -1, far: -1}
	}
	way := f.path(to)
	if len(way) < 2 {
		return walkable{next: to, far: to}
	}
	far := 1
	if g.direction(from, way[1]) >= 0 {
		for far+1 < len(way) && f.straight(from, way[far+1]) {
			far++
		}
	}
	return walkable{next: way[1], far: way[far]}
}

// standing identifies how all that moves stands and what of it is under way.
func standing(h *maps.Heights, v *maps.Movers) uint64 {
	key := uint64(0x9e3779b97f4a7c15)
	mix := func(word uint64) {
		key = (key ^ word) * 0xff51afd7ed558ccd
		key ^= key >> 29
	}
	for s := range h.Floor {
		mix(uint64(uint32(h.Floor[s])) | uint64(uint32(h.Ceiling[s]))<<32)
	}
	for _, word := range v.Lines() {
		mix(word)
	}
	for i := range v.Active {
		for _, word := range v.Active[i].Words() {
			mix(word)
		}
	}
	return key
}
