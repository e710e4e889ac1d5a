package render

import (
	"image"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	imagefixed "golang.org/x/image/math/fixed"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// figures draws everything that stands or flies about, all but the looker.
func (c *canvas) figures(looker int) {
	s := c.s
	for i := range s.Map.Things {
		t := &s.Map.Things[i]
		k, ok := maps.KindOf(t.Type)
		if !ok || k.Category != maps.Decoration || !t.InDeathmatch() {
			continue
		}
		if sector := s.Map.SectorAt(t.X, t.Y); sector >= 0 {
			z := c.h.Floor[sector]
			if k.Hangs {
				z = c.h.Ceiling[sector] - k.Height
			}
			c.upright(c.item(t.Type), t.X, t.Y, z, false)
		}
	}
	for i := range s.Items {
		c.upright(c.item(s.Items[i].Type), s.Items[i].X, s.Items[i].Y, s.Items[i].Z, false)
	}
	for i := range s.Actors {
		if a := &s.Actors[i]; i != looker && !a.Away {
			c.upright(c.actor(a), a.X, a.Y, a.Z, a.Firing)
		}
	}
	for i := range s.Missiles {
		m := &s.Missiles[i]
		pic := c.p.sprite(map[string]string{"rocket": "MISL", "plasma": "PLSS", "big": "BFS1"}[m.Kind], 'A', 0, -1)
		if pic == nil {
			pic = ball(m.Kind)
		}
		c.upright(pic, m.X, m.Y, m.Z, true)
	}
}

func (c *canvas) item(kind int32) *picture {
	k, _ := maps.KindOf(kind)
	if k.Sprite != "" {
		if pic := c.p.sprite(k.Sprite, k.Frame, 0, -1); pic != nil {
			return pic
		}
	}
	return icon(kind)
}

// actor chooses the picture of an actor: what it does, and from where it is
// seen.
func (c *canvas) actor(a *Actor) *picture {
	towards := fixed.Atan2(c.eye.Y-a.Y, c.eye.X-a.X)
	eighth := int((towards - a.Angle + 1<<28) >> 29)
	look, team := looks[a.Monster], a.Team
	if a.Monster != fps.NoMonster {
		team = -1
	}
	frame := byte('A' + a.Frame&3)
	switch {
	case a.Dead:
		frame = look.dead
	case a.Firing:
		frame = look.firing
	}
	if pic := c.p.sprite(look.sprite, frame, eighth, team); pic != nil {
		return pic
	}
	if a.Monster != fps.NoMonster {
		return monster(a.Monster, eighth, a.Frame, a.Dead, a.Firing)
	}
	return figure(a.Team, eighth, a.Dead, a.Firing)
}

// seen transforms a place into depth and offset to the right.
func (c *canvas) seen(x, y fixed.Fixed) (depth, aside float64) {
	dx, dy := unfix(x)-c.x, unfix(y)-c.y
	return dx*c.cos + dy*c.sin, dx*c.sin - dy*c.cos
}

// upright draws a picture that stands at a place and faces the looker.
func (c *canvas) upright(pic *picture, x, y, z fixed.Fixed, bright bool) {
	depth, aside := c.seen(x, y)
	if depth < 6 || depth > far {
		return
	}
	scale := c.focal / depth
	left := float64(c.width)/2 + (aside-float64(pic.left))*scale
	top := c.horizon - (unfix(z)-c.z+float64(pic.top))*scale
	light := shade(c.lightAt(x, y), depth)
	if bright {
		light = 256
	}
	x0, x1 := int(math.Ceil(left-0.5)), int(math.Ceil(left+float64(pic.width)*scale-0.5))
	y0, y1 := int(math.Ceil(top-0.5)), int(math.Ceil(top+float64(pic.height)*scale-0.5))
	for sx := max(x0, 0); sx < min(x1, c.width); sx++ {
		u := int((float64(sx) + 0.5 - left) / scale)
		for sy := max(y0, 0); sy < min(y1, c.height); sy++ {
			v := int((float64(sy) + 0.5 - top) / scale)
			if u < 0 || v < 0 || u >= pic.width || v >= pic.height || !pic.solid[v*pic.width+u] {
				continue
			}
			// Feet may sink a little into the floor that they stand on.
			if float64(c.depth[sy*c.width+sx]) < depth-8 {
				continue
			}
			c.put(sx, sy, pic.pixels[v*pic.width+u].scale(light), depth)
		}
	}
}

// names writes the names of the actors in view over their heads.
func (c *canvas) names(looker int) {
	for i := range c.s.Actors {
		a := &c.s.Actors[i]
		if i == looker || a.Dead || a.Away || a.Name == "" {
			continue
		}
		depth, aside := c.seen(a.X, a.Y)
		if depth < 24 || depth > 1600 || !c.s.Map.Sees(c.h, c.eye, a.X, a.Y, a.Z, a.Z+maps.Height) {
			continue
		}
		x := int(float64(c.width)/2 + aside*c.focal/depth)
		y := int(c.row(a.Z+maps.Height+6*fixed.One, depth))
		if x > 0 && x < c.width && y > 10 && y < c.height {
			write(c.image, x-len(a.Name)*7/2, y, a.Name, teamColour(a.Team).mix(rgb{255, 255, 255}, 80))
		}
	}
}

// write puts text on a picture, with a dark edge; y is its base line.
func write(to *image.RGBA, x, y int, text string, colour rgb) {
	d := font.Drawer{Dst: to, Face: basicfont.Face7x13}
	for _, off := range [...][2]int{{1, 1}, {-1, 1}, {1, -1}, {-1, -1}, {0, 0}} {
		d.Src = image.NewUniform(rgb{}.rgba())
		if off == [2]int{} {
			d.Src = image.NewUniform(colour.rgba())
		}
		d.Dot = imagefixed.P(x+off[0], y+off[1])
		d.DrawString(text)
	}
}
