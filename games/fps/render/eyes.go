package render

import (
	"image"
	"math"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// View says how a picture through somebody's eyes is made.
type View struct {
	// Width and Height in pixels; 0 means 640 by 400.
	Width, Height int
	// Bare leaves out the weapon, the status line and the names.
	Bare bool
}

// canvas is a picture in the making: colours and how far away each is.
type canvas struct {
	p             *Painter
	s             *Scene
	h             *maps.Heights
	image         *image.RGBA
	depth         []float32
	width, height int
	focal         float64
	horizon       float64
	x, y, z       float64 // the eye
	cos, sin      float64
	eye           maps.Point
}

// column is what one column of pixels needs while it is drawn.
type column struct {
	x           int
	dx, dy      float64 // way for each unit of depth
	top, bottom int     // rows still to be drawn
}

func unfix(f fixed.Fixed) float64 { return float64(f) / 65536 }

// Eyes draws what an actor of the scene sees.
func (p *Painter) Eyes(s *Scene, actor int, v View) *image.RGBA {
	if v.Width <= 0 || v.Height <= 0 {
		v.Width, v.Height = 640, 400
	}
	a := &s.Actors[actor]
	eyeHeight := fixed.Fixed(maps.ViewHeight)
	if a.Dead {
		eyeHeight = 12 * fixed.One
	}
	c := &canvas{
		p: p, s: s, h: s.heights(), width: v.Width, height: v.Height,
		image: image.NewRGBA(image.Rect(0, 0, v.Width, v.Height)),
		depth: make([]float32, v.Width*v.Height),
		focal: float64(v.Width) / 2,
		x:     unfix(a.X), y: unfix(a.Y), z: unfix(a.Z + eyeHeight),
		eye: maps.Point{X: a.X, Y: a.Y, Z: a.Z + eyeHeight},
	}
	turn := float64(a.Angle) / (1 << 32) * 2 * math.Pi
	c.cos, c.sin = math.Cos(turn), math.Sin(turn)
	c.horizon = float64(v.Height)/2 + unfix(a.Slope)*c.focal
	var found []maps.Crossing
	for x := range v.Width {
		found = c.drawColumn(x, found[:0])
	}
	c.figures(actor)
	if !v.Bare {
		c.names(actor)
		c.status(a)
	}
	return c.image
}

// far is how far one can see, in units.
const far = 12000

// drawColumn draws walls, floors and ceilings from near to far.
func (c *canvas) drawColumn(x int, found []maps.Crossing) []maps.Crossing {
	k := (float64(x) + 0.5 - float64(c.width)/2) / c.focal
	col := column{x: x, dx: c.cos + c.sin*k, dy: c.sin - c.cos*k, bottom: c.height}
	reach := c.reach(&col)
	ray := maps.Ray{
		From: c.eye,
		EndX: c.eye.X + fixed.Fixed(col.dx*reach*65536), EndY: c.eye.Y + fixed.Fixed(col.dy*reach*65536),
	}
	found = c.s.Map.AppendCrossings(found, &ray)
	sector := int32(c.s.Map.SectorAt(c.eye.X, c.eye.Y))
	var grates []grating
	for _, at := range found {
		l := &c.s.Map.Lines[at.Line]
		d := max(float64(at.T)/(1<<30)*reach, 0.5)
		near, beyond := l.Sector(int(at.Side)), l.Sector(1-int(at.Side))
		if near < 0 {
			near = sector
		}
		if near < 0 {
			continue
		}
		c.planes(&col, near, d)
		if col.top >= col.bottom {
			break
		}
		w := c.face(l, at, &col, d, near)
		if beyond < 0 {
			c.middle(&col, &w, near)
			col.top = col.bottom
			break
		}
		if g, ok := c.steps(&col, &w, near, beyond); ok {
			grates = append(grates, g)
		}
		sector = beyond
		if col.top >= col.bottom {
			break
		}
	}
	if col.top < col.bottom && sector >= 0 {
		c.planes(&col, sector, reach)
	}
	for i := len(grates) - 1; i >= 0; i-- {
		c.grate(&col, &grates[i])
	}
	return found
}

// reach returns the depth at which a column's ray leaves the map.
func (c *canvas) reach(col *column) float64 {
	m := c.s.Map
	reach := float64(far)
	cut := func(from, way, low, high float64) {
		switch {
		case way > 1e-9:
			reach = min(reach, (high-from)/way)
		case way < -1e-9:
			reach = min(reach, (low-from)/way)
		}
	}
	cut(c.x, col.dx, unfix(m.MinX)-1, unfix(m.MaxX)+1)
	cut(c.y, col.dy, unfix(m.MinY)-1, unfix(m.MaxY)+1)
	return max(reach, 1)
}

// row returns where a height at a depth appears.
func (c *canvas) row(z fixed.Fixed, depth float64) float64 {
	return c.horizon - (unfix(z)-c.z)/depth*c.focal
}

// clip rounds a row into what is left of a column.
func (col *column) clip(row float64) int {
	return int(min(max(math.Ceil(row-0.5), float64(col.top)), float64(col.bottom)))
}

// planes draws the floor and the ceiling of a sector as far as depth.
func (c *canvas) planes(col *column, sector int32, depth float64) {
	s := &c.s.Map.Sectors[sector]
	top := col.clip(c.row(c.h.Ceiling[sector], depth))
	bottom := max(col.clip(c.row(c.h.Floor[sector], depth)), top)
	if s.CeilingFlat == c.s.Map.Sky {
		c.drawSky(col, col.top, top)
	} else {
		c.drawPlane(col, col.top, top, c.h.Ceiling[sector], c.p.flat(s.CeilingFlat), s.Light, depth)
	}
	if s.FloorFlat == c.s.Map.Sky {
		c.drawSky(col, bottom, col.bottom)
	} else {
		c.drawPlane(col, bottom, col.bottom, c.h.Floor[sector], c.p.flat(s.FloorFlat), s.Light, depth)
	}
	col.top, col.bottom = top, bottom
}

func (c *canvas) drawPlane(col *column, from, to int, z fixed.Fixed, flat *picture, light int16, limit float64) {
	above := (unfix(z) - c.z) * c.focal
	for y := from; y < to; y++ {
		d := above / (c.horizon - float64(y) - 0.5)
		if d <= 0 || d > limit {
			d = limit
		}
		u, v := int(math.Floor(c.x+col.dx*d)), int(math.Floor(c.y+col.dy*d))
		c.put(col.x, y, flat.pixels[(-v&63)*64+u&63].scale(shade(light, d)), d)
	}
}

func (c *canvas) drawSky(col *column, from, to int) {
	sky := c.p.heavens()
	turn := math.Atan2(col.dy, col.dx) / (2 * math.Pi)
	u := int(-turn * 4 * 256)
	for y := from; y < to; y++ {
		// The picture spans from above the head to the horizon.
		v := int((float64(y)-c.horizon)/c.focal*100) + sky.height*4/5
		c.put(col.x, y, sky.at(u, min(max(v, 0), sky.height-1)), far)
	}
}

// shade is the brightness, in 256ths, of what lies at a depth under a light.
func shade(light int16, depth float64) int {
	base := float64(min(max(light, 0), 255)) + 20
	return int(base * min(max(1.12-depth/2600, 0.3), 1.08))
}

func (c *canvas) put(x, y int, colour rgb, depth float64) {
	i := y*c.width + x
	o := i * 4
	pix := c.image.Pix[o : o+4 : o+4]
	pix[0], pix[1], pix[2], pix[3] = colour.r, colour.g, colour.b, 255
	c.depth[i] = float32(depth)
}
