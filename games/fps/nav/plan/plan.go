package plan

import (
	"container/heap"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// leg is a part of a plan: go to a sample and do something there. Its fields
// are packed in a word, so that travellers are plain values.
type leg = uint64

// What a leg ends with.
const (
	legWalk  = iota + 1 // being there
	legUse              // the use of a line
	legCross            // having crossed a line
	legShoot            // a shot at a line
	legGoal             // the end of the journey
	legJump             // a jump that crosses a line
)

func makeLeg(kind int, s, what int32) leg {
	return uint64(uint32(s)) | uint64(kind)<<32 | uint64(uint32(what))<<36
}

func legSample(l leg) int32 { return int32(uint32(l)) }
func legKind(l leg) int     { return int(l >> 32 & 15) }
func legWith(l leg) int32   { return int32(l >> 36) } // see [event]

// limit bounds the search for a plan: floods, and samples that they all
// together reach.
type limit struct{ floods, reached int }

var (
	thorough = limit{500, 16 << 20}
	quick    = limit{40, 1 << 20} // in the middle of a match
)

// flooding returns a flood to be put back into the pool.
func (g *Planner) flooding() *flood {
	f, ok := g.floods.Get().(*flood)
	if !ok {
		f = newFlood(g, g.terrain())
	}
	f.frozen, f.bold, f.known, f.total = false, false, nil, 0
	return f
}

// stage is a state that a plan may lead to: all that moves, and where the
// walker is.
type stage struct {
	state  *moment
	start  int32
	parent *stage
	legs   []leg // from the parent's start to here
	time   int32 // ticks since the plan's beginning
	cost   int32 // what is searched first costs least
	dull   int32 // floods on the way that led to nothing new
	hasty  int32 // how often in a row something was set off while something moved
	order  int32
}

// stages is a heap.
type stages []*stage

func (q stages) Len() int { return len(q) }
func (q stages) Less(i, j int) bool {
	a, b := q[i], q[j]
	if a.cost != b.cost {
		return a.cost < b.cost
	}
	if a.time != b.time {
		return a.time < b.time
	}
	return a.order < b.order
}
func (q stages) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *stages) Push(x any)   { *q = append(*q, x.(*stage)) }
func (q *stages) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

// easyCost is what a line that the easy way still needs costs, against one for
// a flood that led to nothing new or a line tried before.
const easyCost = 8

// tried identifies what a plan need not try twice.
type tried struct {
	state uint64
	event noted
}

// effect is what a line does: lines of the same one are told apart only by
// where they are.
type effect struct {
	number uint16
	tag    int32
	sector int32
}

func (g *Planner) effect(line int32) effect {
	l := &g.m.Lines[line]
	if g.m.Specials[line].Manual {
		return effect{number: l.Number, sector: l.Back}
	}
	return effect{number: l.Number, tag: l.Tag, sector: -1}
}

// plan searches for a way, where there is time for it a second time with lines
// of the same effect taken for one: that finds what the first search drowns in
// lines for, and the other way round.
func (g *Planner) plan(h *maps.Heights, v *maps.Movers, b *maps.Body, goal nav.Goal, most limit) []leg {
	legs, all := g.seek(h, v, b, goal, most, func(line int32) effect { return effect{sector: line} })
	if len(legs) == 0 && !all && most == thorough {
		legs, _ = g.seek(h, v, b, goal, most, g.effect)
	}
	return legs
}

// seek searches for a way that sets off lines and waits for what they move:
// from a body's place, with all that moves as given, to a goal. It returns the
// legs of the way found; none when there is none, and then whether it has tried
// all there is.
func (g *Planner) seek(h *maps.Heights, v *maps.Movers, b *maps.Body, goal nav.Goal, most limit, same func(line int32) effect) (legs []leg, all bool) {
	t := g.terrain()
	f := g.flooding()
	defer g.floods.Put(f)
	start := t.standing(g, b.X, b.Y)
	if start < 0 {
		return nil, true
	}
	first := newMoment(g.m)
	first.copyFrom(h, v)
	near, ends := g.touches(t, goal)
	if len(ends) == 0 {
		return nil, true
	}
	for _, s := range ends {
		f.goals[s] = true
	}
	defer func() {
		for _, s := range ends {
			f.goals[s] = false
		}
	}()
	done := map[tried]bool{}
	times := map[effect]int32{} // how often it was tried
	f.known = make([]bool, len(t.levels))
	f.bold = most == thorough
	r := g.relaxing()
	defer g.relaxations.Put(r)
	// What the easy way needs is tried first, the rest now and then.
	queue, rest := stages{{state: first, start: start}}, stages{}
	order := int32(0)
	for floods := 0; len(queue)+len(rest) > 0 && floods < most.floods && f.total < most.reached; floods++ {
		from := &queue
		if len(queue) == 0 || len(rest) > 0 && floods%4 == 3 {
			from = &rest
		}
		at := heap.Pop(from).(*stage)
		f.news = 0
		f.begin(at.state.clone(g.m), at.start, near)
		f.run()
		if f.found >= 0 {
			legs = append(f.legs(f.found), makeLeg(legGoal, f.found, 0))
			for s := at; s.parent != nil; s = s.parent {
				legs = append(append([]leg(nil), s.legs...), legs...)
			}
			return legs, false
		}
		easy, ok := r.run(f, at.state, ends, false)
		if !ok {
			if _, ok := r.run(f, at.state, ends, true); !ok {
				continue // nothing leads from here to the goal
			}
		}
		// What led to news is followed up first.
		dull := at.dull
		if f.news == 0 {
			dull++
		}
		end := f.state
		if at.state.settled() {
			end = at.state // crushers that never stop have only gone on
		}
		endKey := end.key()
		for _, e := range f.events {
			what := same(e.line)
			x, y := g.grid.Position(e.from)
			side := g.m.Lines[e.line].Side(x, y)
			push := func(state *moment, time, hasty int32) {
				next := state.clone(g.m)
				s := &g.m.Specials[e.line]
				if next.movers.Activate(g.m, &next.heights, int(e.line), s.Trigger, side, false).Started == 0 {
					return
				}
				for _, line := range e.lines {
					if line != e.line {
						next.movers.Activate(g.m, &next.heights, int(line), maps.Walk, g.m.Lines[line].Side(x, y), false)
					}
				}
				order++
				into, cost := &queue, easyCost*easy+times[what]
				if !r.needed[e.line] {
					into, cost = &rest, cost+dull
				}
				heap.Push(into, &stage{
					state: next, start: e.to, parent: at, time: at.time + time,
					legs: append(f.legs(e.from), makeLeg(legWalk, e.from, 0), makeLeg(e.kind, e.to, e.with)),
					cost: cost, dull: dull, hasty: hasty, order: order,
				})
			}
			if e.at != nil && at.hasty < 2 {
				push(e.at, e.time, at.hasty+1)
			}
			k := tried{endKey, e.as(side)}
			if done[k] {
				continue
			}
			done[k] = true
			if e.at == nil {
				push(f.state, e.time, 0)
			} else {
				push(f.state, f.tick, 0)
			}
			times[what]++
		}
	}
	return nil, len(queue)+len(rest) == 0
}

// legs returns where the way to a sample has to wait, and where it goes on
// then.
func (f *flood) legs(s int32) []leg {
	way := f.path(s)
	var legs []leg
	for i := 1; i < len(way); i++ {
		if f.spots[way[i]].wait {
			legs = append(legs, makeLeg(legWalk, way[i-1], 0), makeLeg(legWalk, way[i], 0))
		}
	}
	return legs
}

// touches returns the samples from which a goal may be touched, within its
// reach, and the test whether it is at their height. There are none where no
// walker fits.
func (g *Planner) touches(t *terrain, goal nav.Goal) (near func(*flood, int32) bool, ends []int32) {
	r := goal.Margin()
	sector := g.m.SectorAt(goal.X, goal.Y)
	if sector < 0 {
		return nil, nil
	}
	for s := range g.grid.Box(goal.X-r, goal.Y-r, goal.X+r, goal.Y+r) {
		x, y := g.grid.Position(s)
		if t.levels[s] != lattice.Blocked && fixed.Abs(x-goal.X) < r && fixed.Abs(y-goal.Y) < r {
			ends = append(ends, s)
		}
	}
	return func(f *flood, s int32) bool {
		above := f.state.heights.Floor[sector]>>16 - fixed.Fixed(t.at(&f.state.heights, s).Floor)
		return above >= -8 && above <= maps.Height/fixed.One
	}, ends
}
