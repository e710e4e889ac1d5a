package render

import (
	"image"
	"math"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Plan says how a picture from above is made.
type Plan struct {
	// Width and Height in pixels; 0 means 640 by 480.
	Width, Height int
	// Heat paints where the actors spent their time instead of their trails.
	Heat bool
	// Bare leaves out names and caption.
	Bare bool
	// Zoom enlarges the map; below 1 it is 1, which shows all of it. X and Y are
	// the place in the middle when it is larger.
	Zoom float64
	X, Y fixed.Fixed
}

// board is a picture from above in the making.
type board struct {
	p      *Painter
	s      *Scene
	h      *maps.Heights
	image  *image.RGBA
	scale  float64 // pixels a unit
	left   float64 // map coordinate of the left edge
	upper  float64 // and of the upper
	lowest float64
	span   float64 // of the floors' heights
	// sectors has the sector of every pixel, row by row, or -1.
	sectors []int32
}

// Above draws the map from above: rooms by height, the higher the lighter;
// doors and lifts, teleporters, items; trails, marks, and the actors with
// cones that show where they look.
func (p *Painter) Above(s *Scene, plan Plan) *image.RGBA { return p.above(s, plan).image }

func (p *Painter) above(s *Scene, plan Plan) *board {
	if plan.Width <= 0 || plan.Height <= 0 {
		plan.Width, plan.Height = 640, 480
	}
	m := s.Map
	b := &board{p: p, s: s, h: s.heights(), image: image.NewRGBA(image.Rect(0, 0, plan.Width, plan.Height))}
	const margin = 12
	wide, tall := unfix(m.MaxX-m.MinX), unfix(m.MaxY-m.MinY)
	b.scale = min(float64(plan.Width-2*margin)/wide, float64(plan.Height-2*margin)/tall)
	centreX, centreY := unfix(m.MinX)+wide/2, unfix(m.MinY)+tall/2
	if plan.Zoom > 1 {
		b.scale *= plan.Zoom
		centreX, centreY = unfix(plan.X), unfix(plan.Y)
	}
	b.left = centreX - float64(plan.Width)/b.scale/2
	b.upper = centreY + float64(plan.Height)/b.scale/2
	b.rooms()
	if plan.Heat {
		b.heat()
	}
	b.lines()
	for _, z := range s.Zones {
		x, y := b.at(z.X, z.Y)
		b.ring(x, y, unfix(z.Radius)*b.scale, teamColour(z.Team))
		if !plan.Bare {
			write(b.image, int(x)-len(z.Name)*7/2, int(y)+4, z.Name, teamColour(z.Team))
		}
	}
	for _, i := range s.Items {
		b.item(&i)
	}
	if !plan.Heat { // which is made of the same trails
		b.trails()
	}
	for _, k := range s.Marks {
		b.mark(&k)
	}
	for _, shot := range s.Missiles {
		x, y := b.at(shot.X, shot.Y)
		b.spot(x, y, 2.2, rgb{255, 220, 120})
	}
	for i := range s.Actors {
		if !s.Actors[i].Away {
			b.actor(&s.Actors[i], plan.Bare)
		}
	}
	if s.Caption != "" && !plan.Bare {
		write(b.image, 6, 14, s.Caption, rgb{230, 230, 230})
	}
	return b
}

// at returns the pixel of a place.
func (b *board) at(x, y fixed.Fixed) (px, py float64) {
	return (unfix(x) - b.left) * b.scale, (b.upper - unfix(y)) * b.scale
}

// rooms fills the sectors.
func (b *board) rooms() {
	m := b.s.Map
	low, high := math.Inf(1), math.Inf(-1)
	for i := range m.Sectors {
		low, high = min(low, unfix(b.h.Floor[i])), max(high, unfix(b.h.Floor[i]))
	}
	b.lowest, b.span = low, max(high-low, 1)
	colours := make([]rgb, len(m.Sectors))
	for i := range colours {
		colours[i] = b.floor(i)
	}
	b.sectors = b.p.grid(b)
	for i, sector := range b.sectors {
		c := rgb{12, 12, 16}
		if sector >= 0 {
			c = colours[sector]
		}
		copy(b.image.Pix[4*i:], []byte{c.r, c.g, c.b, 255})
	}
}

// grid is the sector of every pixel of a picture from above, row by row.
type grid struct {
	width, height      int
	scale, left, upper float64
	sectors            []int32
}

// grid returns the sectors of a picture's pixels; those of the last picture
// are remembered, since the next one is often of the same place.
func (p *Painter) grid(b *board) []int32 {
	width, height := b.image.Rect.Dx(), b.image.Rect.Dy()
	p.mu.Lock()
	last := p.last
	p.mu.Unlock()
	if last.width == width && last.height == height && last.scale == b.scale && last.left == b.left && last.upper == b.upper {
		return last.sectors
	}
	g := grid{width, height, b.scale, b.left, b.upper, make([]int32, width*height)}
	for i := range g.sectors {
		g.sectors[i] = int32(b.sector(i%width, i/width))
	}
	p.mu.Lock()
	p.last = g
	p.mu.Unlock()
	return g.sectors
}

// sector returns the sector at a pixel, or -1.
func (b *board) sector(x, y int) int {
	return b.s.Map.SectorAt(
		fixed.Fixed((b.left+(float64(x)+0.5)/b.scale)*65536),
		fixed.Fixed((b.upper-(float64(y)+0.5)/b.scale)*65536))
}

// floor is the colour of a sector: blue-grey low, sand high, green where it
// hurts.
func (b *board) floor(s int) rgb {
	part := int((unfix(b.h.Floor[s]) - b.lowest) / b.span * 255)
	c := rgb{44, 50, 66}.mix(rgb{168, 156, 130}, part)
	if b.s.Map.Sectors[s].Damage.Amount > 0 {
		c = c.mix(rgb{60, 170, 50}, 150)
	}
	return c
}

// lines draws walls bright, steps dim, and what acts in its own colour.
func (b *board) lines() {
	m := b.s.Map
	for i := range m.Lines {
		l := &m.Lines[i]
		c, strength := rgb{235, 235, 235}, 230
		if l.Front >= 0 && l.Back >= 0 {
			rise := b.h.Floor[l.Front] - b.h.Floor[l.Back]
			switch s := &m.Specials[i]; {
			case s.Action == maps.Teleport && !s.OnlyThem:
				c = rgb{200, 90, 255}
			case s.Move.Door:
				c = rgb{255, 190, 40}
			case s.Move.Lift:
				c = rgb{80, 220, 220}
			case rise > maps.MaxStep || rise < -maps.MaxStep:
				c, strength = rgb{205, 190, 160}, 150
			case rise != 0:
				c, strength = rgb{180, 180, 190}, 60
			default:
				continue
			}
		}
		x0, y0 := b.at(l.X, l.Y)
		x1, y1 := b.at(l.X+l.DX, l.Y+l.DY)
		b.line(x0, y0, x1, y1, c, strength)
	}
}

var categoryColours = map[maps.Category]rgb{
	maps.Weapon: {255, 150, 60}, maps.Ammo: {200, 180, 110}, maps.Health: {240, 90, 110},
	maps.Armour: {90, 220, 120}, maps.Powerup: {160, 130, 255}, maps.KeyCard: {250, 230, 80},
}

func (b *board) item(i *Item) {
	x, y := b.at(i.X, i.Y)
	k, _ := maps.KindOf(i.Type)
	if k.Category == maps.TeamFlag {
		c := teamColour(int(k.Team))
		b.line(x, y, x, y-10, rgb{240, 240, 240}, 255)
		for d := range 5 {
			b.line(x+1, y-10+float64(d), x+7, y-10+float64(d), c, 255)
		}
		return
	}
	c, known := categoryColours[k.Category]
	if !known {
		return
	}
	b.icon(x, y, k.Category, c)
}

// icon draws the mark of a category of items, each with a shape of its own.
func (b *board) icon(x, y float64, category maps.Category, c rgb) {
	switch category {
	case maps.Health: // a plus
		for d := -1.0; d <= 1; d++ {
			b.line(x-3, y+d, x+3, y+d, c, 255)
			b.line(x+d, y-3, x+d, y+3, c, 255)
		}
	case maps.Weapon: // a bar with a handle
		for d := range 2 {
			b.line(x-4, y-1+float64(d), x+4, y-1+float64(d), c, 255)
		}
		b.line(x-3, y+1, x-3, y+4, c, 255)
	case maps.Armour: // a shield
		for d := range 5 {
			half := 3.5 - float64(max(0, d-1))
			b.line(x-half, y-3+float64(d)*1.5, x+half, y-3+float64(d)*1.5, c, 255)
		}
	case maps.Powerup: // a star
		for i := range 3 {
			a := float64(i) * math.Pi / 3
			b.line(x-4*math.Cos(a), y-4*math.Sin(a), x+4*math.Cos(a), y+4*math.Sin(a), c, 255)
		}
	case maps.KeyCard:
		b.diamond(x, y, 3.5, c)
	default:
		b.spot(x, y, 2.2, c)
	}
}

// trails draws the ways of all actors.
func (b *board) trails() {
	for i, trail := range b.s.Trails {
		c := teamColour(i)
		if i < len(b.s.Actors) {
			c = b.s.Actors[i].colour()
		}
		b.trail(trail, c)
	}
}

func (b *board) trail(trail []Spot, c rgb) {
	for i := 1; i < len(trail); i++ {
		x0, y0 := b.at(trail[i-1].X, trail[i-1].Y)
		x1, y1 := b.at(trail[i].X, trail[i].Y)
		// A teleporter or a new life is no way walked.
		if math.Hypot(x1-x0, y1-y0) > 160*b.scale {
			continue
		}
		b.line(x0, y0, x1, y1, c, 90+130*i/len(trail))
	}
}

func (b *board) mark(k *Mark) {
	x, y := b.at(k.X, k.Y)
	c := teamColour(k.Team)
	switch k.Kind {
	case Kill:
		for _, d := range [...]float64{0, 1} {
			b.line(x-4+d, y-4, x+4+d, y+4, c, 255)
			b.line(x-4+d, y+4, x+4+d, y-4, c, 255)
		}
	case PickUp:
		b.ring(x, y, 3.5, c)
	case Goal:
		for i := range 8 {
			a := float64(i) * math.Pi / 4
			b.line(x, y, x+7*math.Cos(a), y+7*math.Sin(a), c, 255)
		}
	}
}

// colour is that of the team; monsters have their own.
func (a *Actor) colour() rgb {
	if a.Monster != fps.NoMonster {
		return hides[a.Monster]
	}
	return teamColour(a.Team)
}

// actor draws a disc, of a monster a diamond, with a cone of a quarter turn;
// dead ones are crosses.
func (b *board) actor(a *Actor, bare bool) {
	x, y := b.at(a.X, a.Y)
	c := a.colour()
	if a.Dead {
		b.line(x-3, y-3, x+3, y+3, c.scale(150), 255)
		b.line(x-3, y+3, x+3, y-3, c.scale(150), 255)
		return
	}
	turn := float64(a.Angle) / (1 << 32) * 2 * math.Pi
	const reach = 26
	for dy := -reach; dy <= reach; dy++ {
		for dx := -reach; dx <= reach; dx++ {
			d := math.Hypot(float64(dx), float64(dy))
			off := math.Remainder(math.Atan2(float64(-dy), float64(dx))-turn, 2*math.Pi)
			if px, py := int(x)+dx, int(y)+dy; d < reach && math.Abs(off) < math.Pi/4 && image.Pt(px, py).In(b.image.Rect) {
				b.blend(px, py, c, int(170*(1-d/reach)))
			}
		}
	}
	radius := max(unfix(maps.Radius)*b.scale, 4)
	if a.Monster != fps.NoMonster {
		b.diamond(x, y, radius+3, rgb{10, 10, 10})
		b.diamond(x, y, radius+1, c.scale(330))
		b.spot(x, y, 1.6, rgb{200, 20, 20})
	} else {
		b.spot(x, y, radius+1, rgb{10, 10, 10})
		b.spot(x, y, radius, c)
	}
	if a.Firing {
		b.line(x, y, x+reach*math.Cos(turn), y-reach*math.Sin(turn), rgb{255, 250, 180}, 255)
	}
	if !bare && a.Name != "" {
		write(b.image, int(x)-len(a.Name)*7/2, int(y)-8, a.Name, c.mix(rgb{255, 255, 255}, 90))
	}
}
