package render

import (
	"math"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// face is where a column meets a wall.
type face struct {
	line  *maps.Line
	side  *maps.Side
	u     int // across the texture
	depth float64
	light int // brightness
}

func (c *canvas) face(l *maps.Line, at maps.Crossing, col *column, depth float64, near int32) face {
	hx, hy := c.x+col.dx*depth-unfix(l.X), c.y+col.dy*depth-unfix(l.Y)
	along := 0.0
	if dx, dy := unfix(l.DX), unfix(l.DY); math.Abs(dx) > math.Abs(dy) {
		along = hx / dx
	} else if dy != 0 {
		along = hy / dy
	}
	index := l.FrontSide
	if at.Side == 1 {
		index, along = l.BackSide, 1-along
	}
	w := face{line: l, depth: depth}
	if index < 0 {
		index = max(l.FrontSide, l.BackSide)
	}
	w.side = &c.s.Map.Sides[index]
	w.u = int(math.Floor(along*unfix(l.Length()) + unfix(w.side.OffsetX)))
	w.light = shade(c.s.Map.Sectors[near].Light, depth)
	// Walls along the axes are lit differently, so that corners show.
	switch {
	case l.DY == 0:
		w.light = w.light * 230 / 256
	case l.DX == 0:
		w.light = w.light * 280 / 256
	}
	return w
}

// strip draws rows of a wall whose texture hangs from the height hung.
func (c *canvas) strip(col *column, w *face, from, to int, texture *picture, hung float64) {
	if texture == nil {
		for y := from; y < to; y++ {
			c.put(col.x, y, rgb{}, w.depth)
		}
		return
	}
	step := w.depth / c.focal
	z := c.z + (c.horizon-float64(from)-0.5)*step
	offset := unfix(w.side.OffsetY)
	u := wrap(w.u, texture.width)
	for y := from; y < to; y++ {
		v := int(math.Floor(hung - z + offset))
		c.put(col.x, y, texture.pixels[wrap(v, texture.height)*texture.width+u].scale(w.light), w.depth)
		z -= step
	}
}

// middle draws a wall from floor to ceiling.
func (c *canvas) middle(col *column, w *face, near int32) {
	texture := c.p.wall(w.side.Middle)
	hung := unfix(c.h.Ceiling[near])
	if w.line.Flags&maps.FlagLowerUnpegged != 0 && texture != nil {
		hung = unfix(c.h.Floor[near]) + float64(texture.height)
	}
	c.strip(col, w, col.top, col.bottom, texture, hung)
}

// steps draws what a two-sided line shows: the wall over a lower ceiling and
// the wall under a higher floor. It returns the texture between, if there is
// one, to be drawn when everything behind it is.
func (c *canvas) steps(col *column, w *face, near, beyond int32) (g grating, ok bool) {
	m := c.s.Map
	ceiling, floor := c.h.Ceiling[near], c.h.Floor[near]
	farCeiling, farFloor := c.h.Ceiling[beyond], c.h.Floor[beyond]
	if farCeiling < ceiling {
		row := col.clip(c.row(farCeiling, w.depth))
		if m.Sectors[near].CeilingFlat == m.Sky && m.Sectors[beyond].CeilingFlat == m.Sky {
			c.drawSky(col, col.top, row)
		} else {
			texture := c.p.wall(w.side.Top)
			hung := unfix(ceiling)
			if w.line.Flags&maps.FlagUpperUnpegged == 0 && texture != nil {
				hung = unfix(farCeiling) + float64(texture.height)
			}
			c.strip(col, w, col.top, row, texture, hung)
		}
		col.top = row
	}
	if farFloor > floor {
		row := col.clip(c.row(farFloor, w.depth))
		hung := unfix(farFloor)
		if w.line.Flags&maps.FlagLowerUnpegged != 0 {
			hung = unfix(ceiling)
		}
		c.strip(col, w, row, col.bottom, c.p.wall(w.side.Bottom), hung)
		col.bottom = row
	}
	texture := c.p.wall(w.side.Middle)
	if texture == nil || col.top >= col.bottom {
		return g, false
	}
	top := unfix(min(ceiling, farCeiling))
	if w.line.Flags&maps.FlagLowerUnpegged != 0 {
		top = unfix(max(floor, farFloor)) + float64(texture.height)
	}
	return grating{*w, texture, top, col.top, col.bottom}, true
}

// grating is a texture in the opening of a two-sided line.
type grating struct {
	face
	texture  *picture
	hung     float64
	from, to int // the rows of the opening
}

// grate draws a grating over what is behind it.
func (c *canvas) grate(col *column, g *grating) {
	offset := unfix(g.side.OffsetY)
	for y := g.from; y < g.to; y++ {
		z := c.z + (c.horizon-float64(y)-0.5)*g.depth/c.focal
		v := int(math.Floor(g.hung - z + offset))
		if v < 0 || v >= g.texture.height || !g.texture.opaque(g.u, v) {
			continue
		}
		c.put(col.x, y, g.texture.at(g.u, v).scale(g.light), g.depth)
	}
}

// lightAt returns the light of the sector at a place.
func (c *canvas) lightAt(x, y fixed.Fixed) int16 {
	if s := c.s.Map.SectorAt(x, y); s >= 0 {
		return c.s.Map.Sectors[s].Light
	}
	return 160
}
