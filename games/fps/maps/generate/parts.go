package generate

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/special"
)

// Names of the materials of generated maps; the renderer draws its own for
// them.
var themes = []struct{ wall, floor, ceiling string }{
	{"STONE", "FLAGS", "PLASTER"},
	{"BRICK", "TILES", "BEAMS"},
	{"ROCK", "EARTH", "ROCKROOF"},
	{"METAL", "GRATE", "PANELS"},
	{"WOOD", "PLANKS", "BEAMS"},
	{"CLIFF", "GRASS", "SKY"},
	{"REDWALL", "REDTILES", "PANELS"},
	{"BLUEWALL", "BLUETILES", "PANELS"},
}

const skyFlat = "SKY"

// compiler turns a plan into the geometry of a map.
type compiler struct {
	p       *plan
	m       maps.Parts
	sector  []int32 // of each cell
	vertex  map[spot2]int32
	shifted []maps.Vertex // of each lattice corner
}

func (p *plan) compile() maps.Parts {
	c := &compiler{p: p, m: maps.Parts{Sky: skyFlat}, vertex: map[spot2]int32{}}
	c.sectors()
	c.corners()
	c.rows()
	c.columns()
	c.things()
	c.specials()
	return c.m
}

// sectors joins neighbouring cells of one look into sectors.
func (c *compiler) sectors() {
	p := c.p
	c.sector = make([]int32, len(p.cells))
	for i := range c.sector {
		c.sector[i] = maps.NoSector
	}
	for i := range p.cells {
		if p.cells[i].kind == solid || c.sector[i] >= 0 {
			continue
		}
		id := int32(len(c.m.Sectors))
		c.m.Sectors = append(c.m.Sectors, c.describe(&p.cells[i], id))
		stack := []spot2{{i % p.width, i / p.width}}
		c.sector[i] = id
		for len(stack) > 0 {
			s := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, d := range fourWays {
				x, y := s.x+d.x, s.y+d.y
				if p.inside(x, y) && c.sector[y*p.width+x] < 0 && alike(p.at(x, y), &p.cells[i]) {
					c.sector[y*p.width+x] = id
					stack = append(stack, spot2{x, y})
				}
			}
		}
	}
}

func alike(a, b *cell) bool {
	x, y := *a, *b
	if x.kind == pillar {
		x.kind = open
	}
	if y.kind == pillar {
		y.kind = open
	}
	return x == y
}

func (c *compiler) describe(of *cell, id int32) maps.Sector {
	theme := themes[of.theme]
	s := maps.Sector{
		Floor: fixed.FromInt(int(of.floor)), Ceiling: fixed.FromInt(int(of.ceiling)),
		FloorFlat: theme.floor, CeilingFlat: theme.ceiling, Light: int16(of.light),
	}
	switch of.kind {
	case door:
		s.Ceiling, s.CeilingFlat = s.Floor, "PANELS"
	case slime:
		s.FloorFlat, s.Number = "SLIME", 7
	case lift:
		s.FloorFlat, s.Tag = "GRATE", liftTag+id
	case pad:
		s.FloorFlat = "PAD"
	}
	for _, e := range c.p.exits {
		if of == c.p.at(e.at.x, e.at.y) {
			s.Tag = int32(e.tag)
		}
	}
	return s
}

// liftTag is added to the sector's number to make a lift's tag, above the
// tags of teleporters.
const liftTag = 1000

// corners moves the lattice's corners a little on plans that ask for it. Those
// at doors, lifts and pads stay, and so does the border.
func (c *compiler) corners() {
	p := c.p
	w := p.width + 1
	c.shifted = make([]maps.Vertex, w*(p.height+1))
	for y := range p.height + 1 {
		for x := range w {
			v := maps.Vertex{X: fixed.FromInt((x - p.width/2) * unitsPerCell), Y: fixed.FromInt((y - p.height/2) * unitsPerCell)}
			if p.jitter > 0 {
				dx, dy := p.between(-p.jitter, p.jitter), p.between(-p.jitter, p.jitter)
				if c.movable(x, y) {
					v.X, v.Y = v.X+fixed.FromInt(dx), v.Y+fixed.FromInt(dy)
				}
			}
			c.shifted[y*w+x] = v
		}
	}
}

func (c *compiler) movable(x, y int) bool {
	for _, d := range [4]spot2{{0, 0}, {-1, 0}, {0, -1}, {-1, -1}} {
		cx, cy := x+d.x, y+d.y
		if !c.p.inside(cx, cy) {
			continue
		}
		switch c.p.at(cx, cy).kind {
		case door, lift, pad:
			return false
		}
	}
	return true
}

func (c *compiler) corner(x, y int) int32 {
	key := spot2{x, y}
	if i, ok := c.vertex[key]; ok {
		return i
	}
	i := int32(len(c.m.Vertices))
	c.m.Vertices = append(c.m.Vertices, c.shifted[y*(c.p.width+1)+x])
	c.vertex[key] = i
	return i
}

func (c *compiler) sectorAt(x, y int) int32 {
	if !c.p.inside(x, y) {
		return maps.NoSector
	}
	return c.sector[y*c.p.width+x]
}

func (c *compiler) cellAt(x, y int) cell {
	if !c.p.inside(x, y) {
		return cell{}
	}
	return *c.p.at(x, y)
}

// rows makes the lines that run east, columns those that run north. Stretches
// between the same two sectors are one line where corners keep to the lattice.
func (c *compiler) rows() {
	for y := 0; y <= c.p.height; y++ {
		for x := 0; x < c.p.width; {
			south, north := c.sectorAt(x, y-1), c.sectorAt(x, y)
			end := x + 1
			if south == north {
				x = end
				continue
			}
			for c.p.jitter == 0 && end < c.p.width && c.sectorAt(end, y-1) == south && c.sectorAt(end, y) == north {
				end++
			}
			c.line(c.corner(x, y), c.corner(end, y), south, north, c.cellAt(x, y-1), c.cellAt(x, y))
			x = end
		}
	}
}

func (c *compiler) columns() {
	for x := 0; x <= c.p.width; x++ {
		for y := 0; y < c.p.height; {
			west, east := c.sectorAt(x-1, y), c.sectorAt(x, y)
			end := y + 1
			if west == east {
				y = end
				continue
			}
			for c.p.jitter == 0 && end < c.p.height && c.sectorAt(x-1, end) == west && c.sectorAt(x, end) == east {
				end++
			}
			c.line(c.corner(x, y), c.corner(x, end), east, west, c.cellAt(x, y), c.cellAt(x-1, y))
			y = end
		}
	}
}

// line adds the border between two sectors, the first to the right of the way
// from a to b. What a special belongs to is made its back.
func (c *compiler) line(a, b, right, left int32, rightCell, leftCell cell) {
	special := func(k cellKind) bool { return k == door || k == lift || k == pad }
	if right < 0 || left >= 0 && special(rightCell.kind) && !special(leftCell.kind) {
		a, b, right, left, rightCell, leftCell = b, a, left, right, leftCell, rightCell
	}
	l := maps.Line{V1: a, V2: b, FrontSide: c.side(right, &rightCell, left < 0), BackSide: -1}
	if left < 0 {
		l.Flags = maps.FlagBlocking
	} else {
		l.Flags = maps.FlagTwoSided
		l.BackSide = c.side(left, &leftCell, false)
		switch leftCell.kind {
		case door:
			l.Number = 1
		case lift:
			// Called from below by hand; whoever walks off it upstairs leaves
			// it as it was.
			if rightCell.floor < leftCell.floor {
				l.Number, l.Tag = 62, liftTag+left
			}
		case pad:
			l.Number, l.Tag = 97, int32(leftCell.tag)
		}
	}
	c.m.Lines = append(c.m.Lines, l)
}

func (c *compiler) side(sector int32, of *cell, wall bool) int32 {
	texture := themes[of.theme].wall
	s := maps.Side{Sector: sector}
	if wall {
		s.Middle = texture
	} else {
		s.Top, s.Bottom = texture, texture
	}
	c.m.Sides = append(c.m.Sides, s)
	return int32(len(c.m.Sides) - 1)
}

func (c *compiler) things() {
	p := c.p
	place := func(t planned) {
		c.m.Things = append(c.m.Things, maps.Thing{
			X:     fixed.FromInt((t.x-p.width/2)*unitsPerCell + unitsPerCell/2),
			Y:     fixed.FromInt((t.y-p.height/2)*unitsPerCell + unitsPerCell/2),
			Angle: fixed.Degrees(t.angle), Type: t.kind,
			Flags: maps.ThingEasy | maps.ThingMedium | maps.ThingHard,
		})
	}
	for _, t := range p.things {
		place(t)
	}
	for _, e := range p.exits {
		place(planned{e.at.x, e.at.y, maps.TypeTeleportTarget, e.angle})
	}
	for i := range p.cells {
		if p.cells[i].kind == pillar {
			decoration := int32(30) // a column
			if p.sky {
				decoration = 43 // a tree
			}
			place(planned{i % p.width, i / p.width, decoration, 0})
		}
	}
}

// specials fills in what the numbers of lines and sectors do.
func (c *compiler) specials() {
	c.m.Specials = make([]maps.Special, len(c.m.Lines))
	for i := range c.m.Lines {
		if n := c.m.Lines[i].Number; n != 0 {
			c.m.Specials[i], _ = special.Line(n)
		}
	}
	for i := range c.m.Sectors {
		c.m.Sectors[i].Damage, _ = special.Sector(c.m.Sectors[i].Number)
	}
}
