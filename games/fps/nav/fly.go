package nav

import (
	"slices"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// mostScrapes is for how many ticks a run-up may go along a wall.
const mostScrapes = 12

// Flies reports whether a run and jump under the heights h from a stand on sample
// leave, and from beside it, always leads to sample to, crossing no line that
// is in its way.
func (g *Graph) Flies(h *maps.Heights, leave, to int32, bars func(line int32) bool) bool {
	x, y := g.grid.Position(leave)
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
	x, y := g.grid.Position(to)
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
		} else if landed = flown; g.AtSample(&r.Body, to) {
			return true // a slit as wide as the body is run over without a flight
		}
	}
	return false
}

// CrossedBy returns the lines that move something and are crossed in a jump
// along an edge, with the map at rest.
func (g *Graph) CrossedBy(e *Edge) []int32 {
	var lines []int32
	g.Flies(&g.rest, e.Leave, e.Enter, func(line int32) bool {
		if g.SetsOff(line) && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
		return false
	})
	return lines
}

// SetsOff reports whether who crosses a line sets something off or is carried
// away: no plan reckons with that in the middle of a jump.
func (g *Graph) SetsOff(line int32) bool {
	s := &g.m.Specials[line]
	return s.Trigger == maps.Walk && !s.OnlyThem && Acts(s.Action)
}

// Acts reports whether what a line does matters to who walks.
func Acts(a maps.Action) bool {
	switch a {
	case maps.MovePlane, maps.BuildStairs, maps.Donut, maps.StopMove, maps.Teleport:
		return true
	}
	return false
}
