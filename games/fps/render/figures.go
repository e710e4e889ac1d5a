package render

import "dryad/games/fps/maps"

// The package's own figures, for maps without sprites.

// figure draws a soldier in a team's colour, as seen from an eighth of a turn.
func figure(team, eighth int, dead, firing bool) *picture {
	c := teamColour(team)
	dark, skin, steel := c.scale(130), rgb{224, 172, 130}, rgb{90, 90, 96}
	if dead {
		p := sheer(44, 14)
		p.box(2, 6, 30, 12, c)
		p.box(30, 5, 40, 12, skin)
		p.box(2, 8, 12, 13, dark)
		p.left, p.top = 22, 14
		return p
	}
	p := sheer(30, 56)
	side := eighth == 2 || eighth == 6
	from, to := 7, 23
	if side {
		from, to = 10, 20
	}
	p.box(from, 14, to, 36, c)      // body
	p.box(from, 30, to, 34, dark)   // belt
	p.box(from+1, 36, 14, 56, dark) // legs
	p.box(16, 36, to-1, 56, dark)
	p.disc(15, 7, 7, c.scale(170)) // helmet
	switch eighth {
	case 3, 4, 5: // from behind
		p.box(from+2, 16, to-2, 28, dark)
	default:
		p.box(10, 6, 20, 12, skin)
		p.box(10, 6, 20, 8, rgb{40, 60, 80})
	}
	if !side {
		p.box(from-4, 15, from, 32, c.scale(210))
		p.box(to, 15, to+4, 32, c.scale(210))
	}
	switch eighth {
	case 0, 1, 7:
		p.box(13, 24, 17, 34, steel)
		if firing {
			p.disc(15, 29, 5, rgb{255, 220, 90})
		}
	case 2:
		p.box(0, 22, 14, 25, steel)
	case 6:
		p.box(16, 22, 30, 25, steel)
	}
	p.left, p.top = 15, 56
	return p
}

// icon draws an item by its category.
func icon(kind int32) *picture {
	k, _ := maps.KindOf(kind)
	p := sheer(24, 20)
	switch k.Category {
	case maps.Weapon:
		p.box(1, 8, 23, 12, rgb{96, 98, 104})
		p.box(14, 11, 19, 18, rgb{120, 84, 50})
		p.box(1, 7, 8, 9, rgb{150, 152, 158})
	case maps.Ammo:
		p.box(5, 8, 19, 20, rgb{110, 96, 50})
		p.box(7, 5, 10, 9, rgb{220, 180, 80})
		p.box(12, 5, 15, 9, rgb{220, 180, 80})
	case maps.Health:
		p.box(4, 6, 20, 20, rgb{235, 235, 235})
		p.box(10, 8, 14, 18, rgb{220, 40, 40})
		p.box(7, 11, 17, 15, rgb{220, 40, 40})
	case maps.Armour:
		p.box(5, 5, 19, 20, rgb{60, 150, 70})
		p.box(9, 5, 15, 9, rgb{20, 40, 20})
	case maps.TeamFlag:
		p = sheer(24, 48)
		p.box(3, 0, 5, 48, rgb{180, 180, 170})
		p.box(5, 2, 23, 18, teamColour(int(k.Team)))
		p.left, p.top = 4, 48
		return p
	case maps.Decoration:
		p = sheer(24, 56)
		if kind == 43 { // a tree
			p.box(10, 20, 14, 56, rgb{96, 70, 44})
			p.disc(12, 12, 11, rgb{60, 110, 48})
		} else { // a column
			p.box(8, 8, 16, 56, rgb{120, 110, 96})
			p.box(5, 0, 19, 10, rgb{140, 130, 116})
		}
		p.left, p.top = 12, 56
		return p
	default:
		p.disc(12, 12, 7, rgb{150, 120, 230})
	}
	p.left, p.top = 12, 20
	return p
}

// ball draws a shot in flight.
func ball(kind string) *picture {
	c, size := rgb{255, 170, 60}, 6
	switch kind {
	case "plasma":
		c = rgb{110, 150, 255}
	case "big":
		c, size = rgb{120, 255, 120}, 14
	}
	p := sheer(2*size+1, 2*size+1)
	p.disc(size, size, size, c)
	p.disc(size, size, size/2, c.mix(rgb{255, 255, 255}, 180))
	p.left, p.top = size, size
	return p
}

// sheer returns a picture of nothing.
func sheer(width, height int) *picture {
	p := newPicture(width, height)
	p.solid = make([]bool, len(p.pixels))
	return p
}

func (p *picture) set(x, y int, c rgb) {
	if x >= 0 && y >= 0 && x < p.width && y < p.height {
		p.pixels[y*p.width+x], p.solid[y*p.width+x] = c, true
	}
}

// box fills a rectangle, lit from the upper left.
func (p *picture) box(x0, y0, x1, y1 int, c rgb) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			light := 256
			if x == x0 || y == y0 {
				light = 300
			}
			if x == x1-1 || y == y1-1 {
				light = 190
			}
			p.set(x, y, c.scale(light))
		}
	}
}

func (p *picture) disc(cx, cy, r int, c rgb) {
	for y := -r; y <= r; y++ {
		for x := -r; x <= r; x++ {
			if x*x+y*y <= r*r {
				p.set(cx+x, cy+y, c.scale(270-12*(x+y)*4/(r+1)))
			}
		}
	}
}
