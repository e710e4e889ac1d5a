package nav

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	// HandsHeight is how high above the feet shots begin.
	HandsHeight = 36 * fixed.One
	// shotRange is how far a line is shot from at most.
	ShotRange = 1024 * fixed.One
	// shooting is for how many ticks a line is shot at before it is given up.
	ShootingTime = 4 * maps.TicksPerSecond
)

// Aim returns where who stands at b looks to shoot at a point: the direction,
// and how much the shot rises for each unit of way.
func Aim(b *maps.Body, at *maps.Point) (angle fixed.Angle, slope fixed.Fixed) {
	dx, dy := at.X-b.X, at.Y-b.Y
	return fixed.Atan2(dy, dx), fixed.Div(at.Z-b.Z-HandsHeight, max(fixed.Hypot(dx, dy), fixed.One))
}

// shotSpots adds places to shoot a line from, with the map at rest: of all
// nodes from whose waypoint a shot hits it, the nearest of each region.
func (b *builder) shotSpots(found []Trigger, line int32) []Trigger {
	g := b.g
	targets := g.Targets(line)
	l := &b.m.Lines[line]
	type spot struct {
		far     fixed.Fixed
		trigger Trigger
	}
	best := map[int32]spot{}
	var regions []int32 // with a spot, in the order of nodes
	for n := range g.Len() {
		node := &g.nodes[n]
		x, y := g.grid.Position(node.sample)
		far := fixed.Hypot(l.X+l.DX/2-x, l.Y+l.DY/2-y)
		region := b.regions[n]
		known, seen := best[region]
		if far > ShotRange || seen && far >= known.far || !b.levels[node.sample].Fits() {
			continue
		}
		if r, ok := g.AimFrom(&g.rest, line, targets, n, b.levels[node.sample].Floor); ok {
			if !seen {
				regions = append(regions, region)
			}
			best[region] = spot{far, r}
		}
	}
	for _, r := range regions {
		found = append(found, best[r].trigger)
	}
	return found
}

// Target is a place on a line, and from where to where it is solid there.
type Target struct{ x, y, low, high fixed.Fixed }

// at returns the point of a target to aim at for a shot that begins at a
// height: level with it if that can be, and off the target's edges.
func (t *Target) at(z fixed.Fixed) maps.Point {
	edge := min(8*fixed.One, (t.high-t.low)/2)
	return maps.Point{X: t.x, Y: t.y, Z: min(max(z, t.low+edge), t.high-edge)}
}

// Targets returns the solid parts of a line, with the map at rest.
func (g *Graph) Targets(line int32) []Target {
	rest := &g.rest
	l := &g.m.Lines[line]
	var spans [][2]fixed.Fixed
	for side := range 2 {
		near := l.Sector(side)
		if near < 0 {
			continue
		}
		whole := [2]fixed.Fixed{rest.Floor[near], rest.Ceiling[near]}
		if l.Sector(1-side) < 0 {
			spans = append(spans, whole)
		} else if bottom, top, _ := l.Opening(rest); bottom >= top {
			spans = append(spans, whole)
		} else {
			spans = append(spans, [2]fixed.Fixed{whole[0], bottom}, [2]fixed.Fixed{top, whole[1]})
		}
	}
	var found []Target
	for _, part := range []int64{8, 4, 12} {
		x, y := l.X+fixed.Fixed(int64(l.DX)*part/16), l.Y+fixed.Fixed(int64(l.DY)*part/16)
		for _, s := range spans {
			if s[1]-s[0] >= 4*fixed.One {
				found = append(found, Target{x, y, s[0], s[1]})
			}
		}
	}
	return found
}

// AimFrom returns how a line is shot from a node's waypoint, with the feet at a
// height in units, under the heights h: at the first of its targets that is
// hit; ok is false where none is.
func (g *Graph) AimFrom(h *maps.Heights, line int32, targets []Target, n int, floor int16) (r Trigger, ok bool) {
	s := g.nodes[n].sample
	x, y := g.grid.Position(s)
	body := maps.Body{X: x, Y: y, Z: fixed.FromInt(int(floor))}
	for i := range targets {
		if at := targets[i].at(body.Z + HandsHeight); g.hits(h, &body, &at, line) {
			angle, _ := Aim(&body, &at)
			return Trigger{Line: line, Node: int32(n), Shoot: true, X: x, Y: y, Angle: angle, Stand: s, At: at}, true
		}
	}
	return Trigger{}, false
}

// hits reports whether a shot at a point hits a line under the heights h.
func (g *Graph) hits(h *maps.Heights, body *maps.Body, at *maps.Point, line int32) bool {
	angle, slope := Aim(body, at)
	const steepest = fixed.One * 15 / 16 // of what players look up or down
	if fixed.Abs(slope) > steepest {
		return false
	}
	from := maps.Point{X: body.X, Y: body.Y, Z: body.Z + HandsHeight}
	hit := g.m.Trace(h, from, angle, slope, ShotRange+64*fixed.One)
	return hit.Kind == maps.HitWall && hit.Line == line
}

// Shoots reports whether who stands with the feet at a height, in units, where a
// line is shot from hits it under the heights h.
func (g *Graph) Shoots(h *maps.Heights, a *Trigger, floor int16) bool {
	return g.hits(h, &maps.Body{X: a.X, Y: a.Y, Z: fixed.FromInt(int(floor))}, &a.At, a.Line)
}
