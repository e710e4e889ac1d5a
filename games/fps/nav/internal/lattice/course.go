package lattice

import (
	"sync"

	"dryad/games/fps/fixed"
)

// Course is the rough way of a jump: which samples it passes, and how high.
type Course struct {
	grid  *Grid
	steps *[LongestCourse / Spacing]struct{ x, y int32 }
	x, y  int32 // of the ledge, in samples
	start int32 // height of the feet on the ledge, in units
	// The sample passed, how far it is and how high the feet are, in units.
	At, Far, Z int32
}

// JumpDirections is in how many directions jumps are looked for.
const JumpDirections = 32

// RunSpeed is what a player who jumps would like to run, in units a tick.
const RunSpeed = 17 * fixed.One

// RunUps are the lengths of the runs before a jump, in samples.
var RunUps = [...]int32{1, 2, 4, 8, 14, 22, 34, 48, 64}

// LongestCourse is how far a jump is followed, in units.
const LongestCourse = 640

// courses holds, for each direction of a jump, how many samples it has gone
// along each axis after so many of its length.
var courses = sync.OnceValue(func() *[JumpDirections][LongestCourse / Spacing]struct{ x, y int32 } {
	var all [JumpDirections][LongestCourse / Spacing]struct{ x, y int32 }
	for d := range all {
		for i := range all[d] {
			x, y := Towards(0, 0, Heading(d), int32(i)*Spacing)
			all[d][i].x, all[d][i].y = (x>>16+Spacing/2)>>SpacingBits, (y>>16+Spacing/2)>>SpacingBits
		}
	}
	return &all
})

// Heading returns a direction of jumps as an angle.
func Heading(d int) fixed.Angle { return fixed.Angle(uint32(d) << 27) }

// Course begins a jump off sample s in a direction.
func (g *Grid) Course(s int32, d int, start int32) Course {
	return Course{grid: g, steps: &courses()[d], x: s % g.Width, y: s / g.Width, start: start}
}

// Next goes on to the next sample and reports whether there is one.
func (c *Course) Next() bool {
	const speed = RunSpeed / fixed.One
	if c.Far += Spacing; c.Far >= LongestCourse {
		return false
	}
	step := &c.steps[c.Far/Spacing]
	x, y := c.x+step.x, c.y+step.y
	if x < 0 || y < 0 || x >= c.grid.Width || y >= c.grid.Height {
		return false
	}
	ticks := c.Far / speed
	c.At, c.Z = y*c.grid.Width+x, c.start-ticks*(ticks-1)/2
	return true
}

// Towards returns the place so many units from another.
func Towards(x, y fixed.Fixed, angle fixed.Angle, far int32) (fixed.Fixed, fixed.Fixed) {
	return x + fixed.Fixed(far)*angle.Cos(), y + fixed.Fixed(far)*angle.Sin()
}

// StandBefore returns the sample on which a run-up of some samples to sample s
// begins; ok is false where that is outside of the map.
func (g *Grid) StandBefore(s int32, angle fixed.Angle, length int32) (leave int32, ok bool) {
	x, y := g.Position(s)
	x, y = Towards(x, y, angle, -length*Spacing)
	if x < g.west || y < g.south || x > g.east || y > g.north {
		return -1, false
	}
	return g.At(x, y), true
}

// Inward returns the sample to run on to for a landing on sample s at (x, y): a
// little off the edge, where there is room.
func (g *Grid) Inward(s int32, x, y fixed.Fixed, angle fixed.Angle, room func(in int32) bool) int32 {
	for far := int32(3 * Spacing); far > 0; far -= Spacing {
		if in := g.At(Towards(x, y, angle, far)); room(in) {
			return in
		}
	}
	return s
}
