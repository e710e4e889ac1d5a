package plan

import (
	"iter"
	"sync"
	"sync/atomic"

	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// longJumps are the running jumps, with the map at rest, that the graph did without:
// it looks for jumps only where it knows no other way, and may have taken for
// one what its switches do not allow together. Some lead over several gaps, at
// full speed from one piece of floor to the next. They are worked out once for
// a map, each when it is first asked for, with the doors open that anybody
// opens by hand.
type longJumps struct {
	once sync.Once
	open *flood // with those doors open; only asked, never run
	list []longJump
	// stands holds, for each, the sample plus one that its run-up begins on; 0
	// while that is not known, noStand where no run-up does.
	stands []atomic.Int32
}

// longJump is a jump off a sample in a direction, to another.
type longJump struct{ off, to, direction int32 }

const (
	noStand = -1
	// mostGaps is how many gaps a long jump leads over.
	mostGaps = 8
)

// all lists the map's long jumps.
func (p *longJumps) all(g *Planner) []longJump {
	p.once.Do(func() {
		t := g.terrain()
		f := newFlood(g, t)
		f.state = newMoment(g.m)
		for s, opens := range t.opens {
			if opens {
				f.state.heights.Ceiling[s] = max(f.state.heights.Ceiling[s], t.door[s])
			}
		}
		p.open = f
		for s := range int32(len(t.levels)) {
			if t.levels[s] == lattice.Blocked || !f.ledge(s) {
				continue
			}
			for d := range lattice.JumpDirections {
				off := s
				for range mostGaps {
					to, _ := f.glide(off, d)
					if to < 0 {
						break
					}
					p.list = append(p.list, longJump{s, to, int32(d)})
					if off = f.runOn(to, d); off < 0 {
						break
					}
				}
			}
		}
		p.stands = make([]atomic.Int32, len(p.list))
	})
	return p.list
}

// prove returns the sample that the run-up to a long jump begins on, or -1 when no
// run-up makes the jump.
func (p *longJumps) prove(g *Planner, i int) int32 {
	if at := p.stands[i].Load(); at != 0 {
		return max(at-1, -1)
	}
	found := int32(noStand)
	j := &p.list[i]
	for _, length := range lattice.RunUps {
		leave, ok := g.grid.StandBefore(j.off, lattice.Heading(int(j.direction)), length)
		if !ok || !p.open.stood(leave) || !p.open.leadsStraight(leave, j.off) {
			break
		}
		if g.graph.Flies(&p.open.state.heights, leave, j.to, g.graph.SetsOff) {
			found = leave + 1
			break
		}
	}
	p.stands[i].Store(found)
	return max(found-1, -1)
}

// runOn runs on from where a jump has landed, and returns the next sample to
// fly off in the same direction, or -1.
func (f *flood) runOn(s int32, d int) int32 {
	c := f.g.grid.Course(s, d, 0)
	for last := s; c.Next() && f.t.levels[c.At] != lattice.Blocked; last = c.At {
		here, next := f.t.at(&f.state.heights, last), f.t.at(&f.state.heights, c.At)
		if !here.Steps(next) {
			return -1
		}
		if next.Floor < here.Floor {
			return last
		}
	}
	return -1
}

// onward runs over the long jumps from samples reached to others, as the stand and the
// landing.
func (p *longJumps) onward(g *Planner, reached func(s int32) bool) iter.Seq2[int32, int32] {
	return func(yield func(leave, to int32) bool) {
		for i, j := range p.all(g) {
			if !reached(j.off) || reached(j.to) {
				continue
			}
			if leave := p.prove(g, i); leave >= 0 && reached(leave) && !yield(leave, j.to) {
				return
			}
		}
	}
}

// jumpFar makes the long jumps from the samples reached to others, and reports whether it
// reached any.
func (f *flood) jumpFar() bool {
	found := false
	for leave, to := range f.t.longJumps.onward(f.g, f.reached) {
		if f.g.graph.AsTried(&f.state.heights, leave, to) {
			f.reach(to, leave, max(f.spots[leave].time, 3*f.tick)+jumpTime)
			found = true
		}
	}
	return found
}

// openForJump opens a door by hand that the next long jump of a way leads through:
// that is done first, from before the door, and the run-up begins when it is
// under way. busy is false where there is nothing to be opened.
func (g *Planner) openForJump(f *flood, v *maps.Movers, t *Traveller, b *maps.Body, way []int32, a nav.Advice) (advice nav.Advice, busy bool) {
	for i := range len(way) - 1 {
		leave, to := way[i], way[i+1]
		if g.direction(leave, to) >= 0 || g.teleporter(leave, to) >= 0 {
			continue
		}
		line, from := f.shutBefore(v, leave, to)
		if line < 0 {
			return a, false
		}
		if angle, ok := g.handsOn(&f.state.heights, line, b.X, b.Y); ok {
			a.Wait = t.Pause > 0
			if !a.Wait {
				a.Use, a.Angle = true, angle
				t.Pause = 8
			}
			return a, true
		}
		if i > 0 {
			return a, false // it goes to the stand first
		}
		a.X, a.Y = g.grid.Position(from)
		t.corner, t.cornerX, t.cornerY = true, a.X, a.Y
		return a, true
	}
	return a, false
}

// shutBefore finds the first door at rest and shut on a long jump, and returns a line
// that opens it by hand and the sample on the way to do so from; -1 for none.
func (f *flood) shutBefore(v *maps.Movers, leave, to int32) (line, from int32) {
	steps := max(f.g.grid.Steps(leave, to), 1)
	last := leave
	for i := range steps {
		s := f.g.grid.OnWay(leave, to, i, steps)
		for _, sector := range f.t.sectors(s) {
			if f.t.closed(&f.state.heights, sector) && v.Moving(int(sector), true) == nil {
				return f.t.handle(f.g, last, sector), last
			}
		}
		last = s
	}
	return -1, leave
}
