package generate

// drawOutdoor makes a landscape of terraces under the sky, bounded by cliffs,
// with houses to enter, rocks and trees.
func drawOutdoor(p *plan) {
	p.size(p.between(32, 44), p.between(30, 40))
	p.sky = true
	p.jitter = 8
	relief := p.relief(8)
	for y := 1; y < p.height-1; y++ {
		for x := 1; x < p.width-1; x++ {
			// An uneven border.
			edge := min(x, y, p.width-1-x, p.height-1-y)
			if edge <= 2 && p.chance(60-20*edge) {
				continue
			}
			h := relief[y*p.width+x]
			c := cell{kind: open, floor: int16(h * 24), ceiling: 448, light: 224, theme: 5}
			if h == 0 {
				c.kind = slime
			}
			*p.at(x, y) = c
		}
	}
	for range p.between(2, 5) {
		p.house()
	}
	for range p.between(6, 16) { // rocks
		x, y := p.between(3, p.width-4), p.between(3, p.height-4)
		if p.around(x, y, func(c *cell) bool { return c.kind == open && c.theme == 5 }) {
			*p.at(x, y) = cell{}
		}
	}
	p.pillars(3)
}

// house builds a roofed room with walls and doorways on all sides, on ground
// that it levels.
func (p *plan) house() {
	w, h := p.between(5, 8), p.between(5, 8)
	x, y := p.between(4, p.width-w-5), p.between(4, p.height-h-5)
	floor := p.at(x+w/2, y+h/2).floor
	for cy := y; cy < y+h; cy++ {
		for cx := x; cx < x+w; cx++ {
			if c := p.at(cx, cy); c.kind == solid || c.theme != 5 {
				return
			}
		}
	}
	inside := cell{kind: open, floor: floor, ceiling: floor + 128, light: 144, theme: 4}
	for cy := y; cy < y+h; cy++ {
		for cx := x; cx < x+w; cx++ {
			wall := cx == x || cy == y || cx == x+w-1 || cy == y+h-1
			gate := (cx == x+w/2 || cx == x+w/2-1) && (cy == y || cy == y+h-1) ||
				(cy == y+h/2 || cy == y+h/2-1) && (cx == x || cx == x+w-1)
			if wall && !gate {
				*p.at(cx, cy) = cell{}
			} else {
				*p.at(cx, cy) = inside
			}
		}
	}
	// Ramps from the doorways to the ground outside.
	for _, g := range []struct{ at, out, along spot2 }{
		{spot2{x + w/2 - 1, y}, spot2{0, -1}, spot2{1, 0}},
		{spot2{x + w/2 - 1, y + h - 1}, spot2{0, 1}, spot2{1, 0}},
		{spot2{x, y + h/2 - 1}, spot2{-1, 0}, spot2{0, 1}},
		{spot2{x + w - 1, y + h/2 - 1}, spot2{1, 0}, spot2{0, 1}},
	} {
		for lane := range 2 {
			height := floor
			for step := 1; step <= 6; step++ {
				cx := g.at.x + g.out.x*step + g.along.x*lane
				cy := g.at.y + g.out.y*step + g.along.y*lane
				if !p.inside(cx, cy) {
					break
				}
				c := p.at(cx, cy)
				if c.kind == solid || c.theme != 5 || c.floor-height <= 24 && height-c.floor <= 24 {
					break
				}
				if c.floor > height {
					height += 24
				} else {
					height -= 24
				}
				c.floor, c.kind = height, open
			}
		}
	}
}
