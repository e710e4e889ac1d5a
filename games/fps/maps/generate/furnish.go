package generate

import (
	"slices"

	"dryad/games/fps/maps"
)

// furnish puts starts, flags, weapons and other items into a settled plan.
func (p *plan) furnish() {
	floor := p.floorCells()
	taken := map[spot2]bool{}
	for _, t := range p.things {
		taken[spot2{t.x, t.y}] = true
	}
	for _, e := range p.exits {
		taken[e.at] = true
	}
	if !p.based {
		p.bases = p.farthestPair(floor)
	}
	for team, b := range p.bases {
		p.put(b, maps.TypeTeamFlag+int32(team), taken)
		n := 0
		for _, s := range byDistance(floor, b) {
			if n == 6 {
				break
			}
			if !taken[s] && (n == 0 || !p.near(s, maps.TypeTeamStart+int32(team), 2)) {
				p.put(s, maps.TypeTeamStart+int32(team), taken)
				n++
			}
		}
	}
	p.scatter(floor, taken, 16, maps.TypeDeathmatchStart)
	area := len(floor)
	weapons := []int32{2001, 2002, 2003, 82, 2001, 2004, 2002, 2003}
	ammo := map[int32]int32{2001: 2008, 82: 2049, 2002: 2048, 2003: 2010, 2004: 2047}
	for _, w := range weapons[:min(4+area/150, len(weapons))] {
		p.scatter(floor, taken, 1, w)
		p.scatter(floor, taken, 2, ammo[w])
	}
	p.scatter(floor, taken, 3+area/120, 2011)
	p.scatter(floor, taken, 2+area/200, 2012)
	p.scatter(floor, taken, 4+area/100, 2014)
	p.scatter(floor, taken, 1+area/400, 2018)
	p.scatter(floor, taken, 1, 2019)
	p.scatter(floor, taken, 2+area/300, 2007)
	p.scatter(floor, taken, 2+area/200, 2015)
	if area > 350 {
		p.scatter(floor, taken, 1, 2013)
	}
}

// floorCells lists the cells on which things can stand.
func (p *plan) floorCells() []spot2 {
	var cells []spot2
	for y := range p.height {
		for x := range p.width {
			if c := p.at(x, y); c.kind == open && c.ceiling-c.floor >= 64 {
				cells = append(cells, spot2{x, y})
			}
		}
	}
	return cells
}

func (p *plan) put(s spot2, kind int32, taken map[spot2]bool) {
	taken[s] = true
	// Look towards the middle of the map.
	p.things = append(p.things, planned{s.x, s.y, kind, p.towardsMiddle(s)})
}

func (p *plan) towardsMiddle(s spot2) int {
	dx, dy := p.width/2-s.x, p.height/2-s.y
	switch {
	case dx >= 0 && dx >= dy && dx >= -dy:
		return 0
	case dy >= 0 && dy >= dx && dy >= -dx:
		return 90
	case dx < 0 && -dx >= dy && -dx >= -dy:
		return 180
	}
	return 270
}

// near reports whether a thing of a kind is within a distance of cells.
func (p *plan) near(s spot2, kind int32, distance int) bool {
	for _, t := range p.things {
		if t.kind == kind && max(abs(t.x-s.x), abs(t.y-s.y)) < distance {
			return true
		}
	}
	return false
}

// scatter puts count things of a kind on free cells, each the farthest from
// its like of a dozen random ones. On a turned plan every one has its twin.
func (p *plan) scatter(floor []spot2, taken map[spot2]bool, count int, kind int32) {
	for n := 0; n < count; n++ {
		best, at := -1, spot2{}
		for range 12 {
			s := floor[p.rng.IntN(len(floor))]
			if taken[s] {
				continue
			}
			d := 1 << 20
			for _, t := range p.things {
				if t.kind == kind {
					d = min(d, (t.x-s.x)*(t.x-s.x)+(t.y-s.y)*(t.y-s.y))
				}
			}
			if d > best {
				best, at = d, s
			}
		}
		if best < 0 {
			return
		}
		p.put(at, kind, taken)
		if twin := p.twin(at); p.turned && !taken[twin] && p.at(twin.x, twin.y).kind == open {
			p.put(twin, kind, taken)
			n++
		}
	}
}

// twin is the cell at the other side of the plan's middle.
func (p *plan) twin(s spot2) spot2 { return spot2{p.width - 1 - s.x, p.height - 1 - s.y} }

// farthestPair finds two cells far apart: the farthest from any one, and the
// farthest from that.
func (p *plan) farthestPair(floor []spot2) [2]spot2 {
	last := func(from spot2) spot2 { all := byDistance(floor, from); return all[len(all)-1] }
	a := last(floor[p.rng.IntN(len(floor))])
	return [2]spot2{a, last(a)}
}

// byDistance sorts cells by their distance from one, stably.
func byDistance(cells []spot2, from spot2) []spot2 {
	distance := func(s spot2) int { return (s.x-from.x)*(s.x-from.x) + (s.y-from.y)*(s.y-from.y) }
	sorted := append([]spot2(nil), cells...)
	slices.SortStableFunc(sorted, func(a, b spot2) int { return distance(a) - distance(b) })
	return sorted
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
