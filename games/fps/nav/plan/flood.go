package plan

import (
	"math/bits"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
)

// Times of a flood are thirds of a tick.
const (
	straightTime = 2 // of a step of one sample, along an axis
	diagonalTime = 3
	doorTime     = 3 * 30
	jumpTime     = 3 * 100 // with its run-up
	window       = 128     // ticks that the queue looks ahead
	longestFlood = 35 * 90 // ticks
	idleFlood    = 35 * 25 // ticks to go on without news while lifts go to and fro
)

// spot is what a flood notes at a sample.
type spot struct {
	stamp uint32 // epoch of the flood that reached it
	time  int32  // thirds of a tick
	from  int32  // the sample stepped from
	last  int32  // tick for which it was queued last
	wait  bool   // the step here had to be waited for
}

// flood finds where a walker gets to, from one sample on, while what moves
// goes on moving: it may wait wherever it stands, so the samples reached only
// grow. Lines that would move something are not crossed but noted.
type flood struct {
	g     *Planner
	t     *terrain
	state *moment
	first maps.Heights // those at the beginning
	epoch uint32
	spots []spot
	ring  [window][]int32
	left  int
	tick  int32
	fresh int32 // tick of the last sample reached

	all    []int32 // samples reached, in order
	marks  []int32 // samples reached where something can be set off
	events []event
	seen   map[noted]bool
	// frozen floods do not let time pass and stop at their goal.
	frozen bool
	bold   bool   // makes long jumps
	feet   int16  // height of the walker's feet at the beginning, if above the floor
	goals  []bool // samples to try
	goal   func(f *flood, s int32) bool
	found  int32
	known  []bool // samples reached before, when that is wanted, and how many
	news   int    // were not
	total  int    // of samples, by all floods
}

func newFlood(g *Planner, t *terrain) *flood {
	n := len(t.levels)
	return &flood{
		g: g, t: t, first: g.m.Heights(), spots: make([]spot, n), goals: make([]bool, n), seen: map[noted]bool{},
	}
}

// begin starts at a sample. The flood owns the state from now on.
func (f *flood) begin(state *moment, start int32, goal func(*flood, int32) bool) {
	f.state, f.goal, f.found = state, goal, -1
	f.first.CopyFrom(&state.heights)
	f.epoch++
	f.tick, f.fresh, f.left, f.feet = 0, 0, 0, -1<<15
	f.all, f.marks, f.events = f.all[:0], f.marks[:0], f.events[:0]
	clear(f.seen)
	for i := range f.ring {
		f.ring[i] = f.ring[i][:0]
	}
	f.reach(start, start, 0)
}

func (f *flood) reached(s int32) bool { return f.spots[s].stamp == f.epoch }

// reach notes a way to a sample, unless one as quick is known.
func (f *flood) reach(s, from, time int32) {
	at := &f.spots[s]
	if at.stamp == f.epoch && at.time <= time {
		return
	}
	fresh := at.stamp != f.epoch
	*at = spot{stamp: f.epoch, time: time, from: from, last: -1, wait: f.waits(s, from)}
	f.queue(s, time/3)
	if !fresh {
		return
	}
	f.total++
	f.all = append(f.all, s)
	if c := f.t.cells[s]; c.crossed|c.special != 0 {
		f.marks = append(f.marks, s)
	}
	f.fresh = max(f.fresh, time/3)
	if f.found < 0 && f.goals[s] && f.goal(f, s) {
		f.found = s
	}
	if f.known != nil && !f.known[s] {
		f.known[s] = true
		f.news++
	}
}

// waits reports whether the step to a sample depends on what has moved since the
// beginning.
func (f *flood) waits(s, from int32) bool {
	return from != s && !f.frozen && (3*f.tick > f.spots[from].time+diagonalTime || f.moved(s) != f.moved(from))
}

// moved reports whether a sector at a sample is elsewhere than at the beginning.
func (f *flood) moved(s int32) bool { return f.t.differs(s, &f.state.heights, &f.first) }

func (f *flood) queue(s, tick int32) {
	if f.spots[s].last == tick {
		return
	}
	f.spots[s].last = tick
	slot := &f.ring[tick%window]
	*slot = append(*slot, s)
	f.left++
}

// run goes on until nothing new can be reached or, with frozen, the goal is.
func (f *flood) run() {
	for f.tick < longestFlood {
		slot := f.tick % window
		for i := 0; i < len(f.ring[slot]); i++ {
			f.left--
			if s := f.ring[slot][i]; f.fitting(s) {
				f.spread(s)
				if f.t.cells[s].special != 0 {
					f.look(s)
				}
			}
			if f.found >= 0 {
				return
			}
		}
		f.ring[slot] = f.ring[slot][:0]
		if f.frozen || len(f.state.movers.Active) == 0 {
			if f.left == 0 && !f.fly() {
				return
			}
			f.tick++
			continue
		}
		if f.left == 0 && f.state.settled() && f.tick-f.fresh > idleFlood && !f.fly() {
			return
		}
		f.advance()
	}
}

// advance moves what moves by a tick, and looks every fourth tick where that
// opened a way. What it queues is of the tick that begins: the slot of the one
// that ended comes round only when the whole ring has.
func (f *flood) advance() {
	const every = 4
	v := &f.state.movers
	before := len(v.Active)
	look := f.tick%every == every-1 || before == 1
	v.Step(&f.state.heights, nil)
	f.tick++
	if look {
		for i := range v.Active {
			f.again(v.Active[i].Sector)
		}
	}
	if len(v.Active) < before {
		// What has arrived is not in the list any more.
		f.settle()
	}
}

// settle looks at everything that may have arrived, and at what moved nothing
// while that was under way.
func (f *flood) settle() {
	for sector, list := range f.t.samples {
		if len(list) > 0 {
			f.again(int32(sector))
		}
	}
	for _, s := range f.marks {
		f.queue(s, f.tick)
	}
}

// again queues the samples reached at a sector that have neighbours which are
// not.
func (f *flood) again(sector int32) {
	for _, s := range f.t.samples[sector] {
		if f.reached(s) {
			if f.open(s) {
				f.queue(s, f.tick)
			}
			continue
		}
		if f.t.levels[s] == lattice.Blocked {
			continue
		}
		for _, o := range f.t.offset {
			if n := s + o; f.reached(n) && !f.t.touches(n, sector) {
				f.queue(n, f.tick)
			}
		}
	}
}

// open reports whether a sample has a neighbour that is not reached.
func (f *flood) open(s int32) bool {
	c := f.t.cells[s]
	for open := c.always | c.maybe; open != 0; open &= open - 1 {
		if !f.reached(s + f.t.offset[bits.TrailingZeros8(open)]) {
			return true
		}
	}
	return false
}

func (f *flood) fitting(s int32) bool { return f.t.at(&f.state.heights, s).Fits() }

// step reports whether a walker goes from a level to a sample.
func (f *flood) step(from lattice.Level, to int32) bool {
	return f.t.levels[to] != lattice.Blocked && from.Steps(f.t.at(&f.state.heights, to))
}

// spread reaches the neighbours of a sample.
func (f *flood) spread(s int32) {
	c := f.t.cells[s]
	open := c.always | c.maybe
	if open == 0 {
		return
	}
	now := max(f.spots[s].time, 3*f.tick)
	var from lattice.Level
	if c.maybe != 0 {
		from = f.t.at(&f.state.heights, s)
		if f.spots[s].from == s {
			from.Floor = max(from.Floor, f.feet)
		}
	}
	for ; open != 0; open &= open - 1 {
		d := bits.TrailingZeros8(open)
		t := s + f.t.offset[d]
		cost := int32(straightTime + d&1)
		crossed := c.crossed>>d&1 != 0
		if !crossed && f.reached(t) && f.spots[t].time <= now+cost {
			continue
		}
		if c.maybe>>d&1 != 0 {
			if !f.steps(from, s, t, d) {
				continue
			}
			_, opens, enters := f.t.shut(f.g, &f.state.heights, s, t)
			if !opens {
				continue
			}
			if enters {
				cost += doorTime
			}
		}
		if crossed && !f.crosses(s, t, uint8(d), now+cost) {
			continue
		}
		f.reach(t, s, now+cost)
	}
}

// steps reports whether the step from a level at sample s to its neighbour t can
// be made now: for diagonal ones, both ways around the corner must be open.
func (f *flood) steps(from lattice.Level, s, t int32, d int) bool {
	if !f.step(from, t) {
		return false
	}
	if d&1 == 0 {
		return true
	}
	left, right := s+f.t.offset[(d+7)&7], s+f.t.offset[(d+1)&7]
	return f.step(from, left) && f.step(from, right) &&
		f.step(f.t.at(&f.state.heights, left), t) && f.step(f.t.at(&f.state.heights, right), t)
}

// crosses deals with the lines that a step crosses and reports whether it is
// free: a teleporter takes the walker elsewhere, a line that would move
// something is noted.
func (f *flood) crosses(s, t int32, d uint8, time int32) bool {
	x, y := f.g.grid.Position(s)
	free := true
	for _, line := range f.t.lines[lattice.Crossing{Sample: s, Direction: d}] {
		side := f.g.m.Lines[line].Side(x, y)
		if special := &f.g.m.Specials[line]; special.Action == maps.Teleport {
			if land, ok := f.t.carries(f.g, line, s); ok && !(special.Once && f.state.movers.Used(int(line))) {
				free = false
				if land >= 0 {
					f.reach(land, s, time)
				}
			}
			continue
		}
		if !f.state.inert(f.g.m, line) {
			free = false
			f.note(event{line: line, from: s, to: t, kind: legCross, with: line}, side)
		}
	}
	return free
}

// standing returns the sample of a place, or one beside it where the nearest
// is in a wall; -1 for none.
func (t *terrain) standing(g *Planner, x, y fixed.Fixed) int32 {
	s := g.grid.At(x, y)
	if t.levels[s] != lattice.Blocked {
		return s
	}
	best, found := fixed.Fixed(1<<30), int32(-1)
	for dy := int32(-2); dy <= 2; dy++ {
		for dx := int32(-2); dx <= 2; dx++ {
			n := s + dy*g.grid.Width + dx
			if n < 0 || int(n) >= len(t.levels) || t.levels[n] == lattice.Blocked {
				continue
			}
			px, py := g.grid.Position(n)
			if d := fixed.Hypot(px-x, py-y); d < best {
				best, found = d, n
			}
		}
	}
	return found
}

// path appends the samples from the flood's beginning to a sample that it
// reached.
func (f *flood) path(s int32) []int32 {
	var back []int32
	for ; f.spots[s].from != s; s = f.spots[s].from {
		back = append(back, s)
	}
	back = append(back, s)
	for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
		back[i], back[j] = back[j], back[i]
	}
	return back
}
