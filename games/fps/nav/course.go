package nav

import (
	"slices"
	"sync"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// course is the rough way of a jump: which samples it passes, and how high.
type course struct {
	grid  *grid
	steps *[longestCourse / spacing]struct{ x, y int32 }
	x, y  int32 // of the ledge, in samples
	start int32 // height of the feet on the ledge, in units
	// The sample passed, how far it is and how high the feet are, in units.
	at, far, z int32
}

// mostScrapes is for how many ticks a run-up may go along a wall.
const mostScrapes = 12

// longestCourse is how far a jump is followed, in units.
const longestCourse = 640

// courses holds, for each direction of a jump, how many samples it has gone
// along each axis after so many of its length.
var courses = sync.OnceValue(func() *[jumpDirections][longestCourse / spacing]struct{ x, y int32 } {
	var all [jumpDirections][longestCourse / spacing]struct{ x, y int32 }
	for d := range all {
		for i := range all[d] {
			x, y := towards(0, 0, heading(d), int32(i)*spacing)
			all[d][i].x, all[d][i].y = (x>>16+spacing/2)>>spacingBits, (y>>16+spacing/2)>>spacingBits
		}
	}
	return &all
})

// heading returns a direction of jumps as an angle.
func heading(d int) fixed.Angle { return fixed.Angle(uint32(d) << 27) }

// course begins a jump off sample s in a direction.
func (g *Graph) course(s int32, d int, start int32) course {
	return course{grid: &g.grid, steps: &courses()[d], x: s % g.grid.width, y: s / g.grid.width, start: start}
}

// next goes on to the next sample and reports whether there is one.
func (c *course) next() bool {
	const speed = RunSpeed / fixed.One
	if c.far += spacing; c.far >= longestCourse {
		return false
	}
	step := &c.steps[c.far/spacing]
	x, y := c.x+step.x, c.y+step.y
	if x < 0 || y < 0 || x >= c.grid.width || y >= c.grid.height {
		return false
	}
	ticks := c.far / speed
	c.at, c.z = y*c.grid.width+x, c.start-ticks*(ticks-1)/2
	return true
}

// towards returns the place so many units from another.
func towards(x, y fixed.Fixed, angle fixed.Angle, far int32) (fixed.Fixed, fixed.Fixed) {
	return x + fixed.Fixed(far)*angle.Cos(), y + fixed.Fixed(far)*angle.Sin()
}

// admits reports whether who flies with the feet at height z comes to a level.
func (l level) admits(z int32) bool {
	return int32(l.floor)-z <= maps.MaxStep/fixed.One && int32(l.ceiling)-max(z, int32(l.floor)) >= maps.Height/fixed.One
}

// standBefore returns the sample on which a run-up of some samples to sample s
// begins; ok is false where that is outside of the map.
func (g *Graph) standBefore(s int32, angle fixed.Angle, length int32) (leave int32, ok bool) {
	x, y := g.grid.position(s)
	x, y = towards(x, y, angle, -length*spacing)
	if x < g.m.MinX || y < g.m.MinY || x > g.m.MaxX || y > g.m.MaxY {
		return -1, false
	}
	return g.grid.at(x, y), true
}

// inward returns the sample to run on to for a landing on sample s at (x, y): a
// little off the edge, where there is room.
func (g *Graph) inward(s int32, x, y fixed.Fixed, angle fixed.Angle, room func(in int32) bool) int32 {
	for far := int32(3 * spacing); far > 0; far -= spacing {
		if in := g.grid.at(towards(x, y, angle, far)); room(in) {
			return in
		}
	}
	return s
}

// flies reports whether a run and jump under the heights h from a stand on sample
// leave, and from beside it, always leads to sample to, crossing no line that
// is in its way.
func (g *Graph) flies(h *maps.Heights, leave, to int32, bars func(line int32) bool) bool {
	x, y := g.grid.position(leave)
	const beside = 4 * fixed.One
	for _, off := range [...][2]fixed.Fixed{{0, 0}, {beside, beside}, {beside, -beside}, {-beside, beside}, {-beside, -beside}} {
		r := Runner{Body: maps.Body{X: x + off[0], Y: y + off[1], Radius: maps.Radius, Height: maps.Height}}
		if !g.fly(h, &r, to, bars) {
			return false
		}
	}
	return true
}

// fly runs towards a sample until it has flown, landed, and is there.
func (g *Graph) fly(h *maps.Heights, r *Runner, to int32, bars func(line int32) bool) bool {
	spot := g.m.Check(h, r.Body.X, r.Body.Y, r.Body.Radius)
	if spot.Blocked {
		return false
	}
	r.Body.Z = spot.Floor
	x, y := g.grid.position(to)
	lowest := g.m.Check(h, x, y, maps.Radius).Floor - maps.MaxStep
	barred := false
	cross := func(line int32, _ int) { barred = barred || bars(line) }
	flown, landed := false, false
	scrapes := 0
	for range 4 * maps.TicksPerSecond {
		slid := r.Step(g.m, h, x, y, cross)
		if slid.Hit && !landed {
			scrapes++
		}
		if slid.Hit && flown && !landed || scrapes > mostScrapes || barred || r.Body.Z < lowest {
			return false
		}
		if r.Body.Z > slid.Spot.Floor {
			flown = true
		} else if landed = flown; g.near(&r.Body, to) {
			return true // a slit as wide as the body is run over without a flight
		}
	}
	return false
}

// crossedBy returns the lines that move something and are crossed in a jump
// along an edge, with the map at rest.
func (g *Graph) crossedBy(e *Edge) []int32 {
	var lines []int32
	g.flies(&g.rest, e.leave, e.enter, func(line int32) bool {
		if g.setsOff(line) && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
		return false
	})
	return lines
}
