package generate

// drawTeams draws one half of a map, a base with two ways out of it, and turns
// it by half a circle to make the other.
func drawTeams(p *plan) {
	p.size(p.between(20, 24)*2, p.between(12, 15)*2)
	p.turned = true
	base := cell{kind: open, floor: 24, ceiling: 184, light: 192, theme: 6}
	hall := cell{kind: open, floor: 0, ceiling: 160, light: 160, theme: 0}
	court := cell{kind: open, floor: 0, ceiling: 256, light: 208, theme: 3}
	half := p.width / 2
	bw, bh := p.between(6, 8), p.between(8, 11)
	by := p.between(2, p.height-bh-2)
	p.fill(2, by, bw, bh, base)
	// A dais for the flag.
	fx, fy := 4, by+bh/2
	dais := base
	dais.floor, dais.light = 40, 224
	p.fill(fx-1, fy-1, 3, 3, dais)
	// The court in the middle, across both halves.
	cw, ch := p.between(4, 6), p.between(4, p.height/2-3)
	p.fill(half-cw, p.height/2-ch, cw, 2*ch, court)
	// Two or three ways from the base to the court, by height.
	ways := []int{by + 1, by + bh - 2}
	if p.chance(50) {
		ways = append(ways, by+bh/2)
	}
	for i, y := range ways {
		side := 1
		if y > p.height/2 {
			side = -1
		}
		far := min(max(y, p.height/2-ch+1), p.height/2+ch-2)
		bend := p.between(bw+4, half-cw-2)
		way := hall
		way.theme = uint8(i % 2)
		p.stretch(bw+2, y, bend, y, way, side)
		p.stretch(bend, y, bend, far, way, side)
		p.stretch(bend, far, half-cw, far, way, side)
		if p.chance(60) { // a room on the way
			w, h := p.between(3, 5), p.between(3, 5)
			room := way
			room.ceiling, room.light = 176, 128
			p.fillSolid(bend-w/2, far-h/2, w+1, h+1, room)
		}
	}
	// A step between halls and base.
	for y := range p.height {
		if c := p.at(bw+2, y); c.kind == open && c.floor == 0 {
			c.floor = 8
		}
	}
	for range p.between(1, 4) { // cover in the court
		x, y := half-p.between(1, cw-1), p.height/2+p.between(-ch+1, ch-2)
		if p.chance(50) {
			*p.at(x, y) = cell{}
		} else {
			p.at(x, y).floor += 24
			p.at(x, y).ceiling = 255
		}
	}
	p.turn()
	p.bases = [2]spot2{{fx, fy}, p.twin(spot2{fx, fy})}
	p.based = true
	// The other side's base has the other colour.
	for y := range p.height {
		for x := half; x < p.width; x++ {
			if c := p.at(x, y); c.theme == 6 {
				c.theme = 7
			}
		}
	}
}

// stretch digs a straight way two cells wide, the second lane to the given
// side, without touching what is there already.
func (p *plan) stretch(ax, ay, bx, by int, c cell, side int) {
	x0, x1, y0, y1 := min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
	if y0 == y1 {
		if side < 0 {
			y0--
		} else {
			y1++
		}
		x1++
	} else {
		x1++
	}
	p.fillSolid(x0, y0, x1-x0+1, y1-y0+1, c)
}

// fillSolid fills the solid cells of a rectangle in the first half of the
// plan.
func (p *plan) fillSolid(x, y, w, h int, c cell) {
	for cy := max(y, 1); cy < min(y+h, p.height-1); cy++ {
		for cx := max(x, 1); cx < min(x+w, p.width/2); cx++ {
			if p.at(cx, cy).kind == solid {
				*p.at(cx, cy) = c
			}
		}
	}
}

// turn copies the first half of the plan, turned by half a circle, onto the
// second.
func (p *plan) turn() {
	for y := range p.height {
		for x := range p.width / 2 {
			t := p.twin(spot2{x, y})
			*p.at(t.x, t.y) = *p.at(x, y)
		}
	}
}
