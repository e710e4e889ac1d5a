package generate

// drawRooms lays out rooms in a loose grid and joins each to its neighbours by
// corridors two cells wide; loops are kept, so that there is always another
// way round.
func drawRooms(p *plan) {
	across, down := p.between(3, 4), p.between(3, 4)
	const pitch = 11
	p.size(across*pitch+2, down*pitch+2)
	type room struct{ x, y, w, h, floor int }
	rooms := make([]room, across*down)
	for i := range rooms {
		gx, gy := i%across*pitch+1, i/across*pitch+1
		w, h := p.between(5, 8), p.between(5, 8)
		r := room{gx + p.between(0, pitch-2-w), gy + p.between(0, pitch-2-h), w, h, 8 * p.between(-3, 3)}
		rooms[i] = r
		theme := uint8(p.rng.IntN(2))
		if p.chance(25) {
			theme = 3
		}
		ceiling := r.floor + 16*p.between(7, 12)
		c := cell{kind: open, floor: int16(r.floor), ceiling: int16(ceiling), light: uint8(p.between(9, 15) * 16), theme: theme}
		p.fill(r.x, r.y, w, h, c)
		p.ornament(r.x, r.y, w, h)
	}
	join := func(a, b room, alongX bool) {
		// From the middle of a to the middle of b, one bend.
		ax, ay := a.x+a.w/2, a.y+a.h/2
		bx, by := b.x+b.w/2, b.y+b.h/2
		p.corridor(ax, ay, bx, by, a.floor, b.floor, alongX)
	}
	for i := range rooms {
		if i%across+1 < across && (i/across == 0 || p.chance(75)) {
			join(rooms[i], rooms[i+1], true)
		}
		if i/across+1 < down {
			join(rooms[i], rooms[i+across], false)
		}
	}
	p.placeDoors(35)
}

// ornament gives a room a pool, a platform, columns or nothing.
func (p *plan) ornament(x, y, w, h int) {
	switch p.rng.IntN(5) {
	case 0: // a step up in the middle
		for cy := y + 2; cy < y+h-2; cy++ {
			for cx := x + 2; cx < x+w-2; cx++ {
				p.at(cx, cy).floor += 16
			}
		}
	case 1: // a pool
		for cy := y + 2; cy < y+h-2; cy++ {
			for cx := x + 2; cx < x+w-2; cx++ {
				c := p.at(cx, cy)
				c.kind, c.floor = slime, c.floor-16
			}
		}
	case 2: // columns
		for _, s := range []spot2{{x + 1, y + 1}, {x + w - 2, y + 1}, {x + 1, y + h - 2}, {x + w - 2, y + h - 2}} {
			p.at(s.x, s.y).kind = pillar
		}
	case 3: // thick pillars of wall
		if w >= 7 && h >= 7 {
			*p.at(x+2, y+2), *p.at(x+w-3, y+h-3) = cell{}, cell{}
			*p.at(x+w-3, y+2), *p.at(x+2, y+h-3) = cell{}, cell{}
		}
	}
}

// corridor digs a way two cells wide through what is solid, its floor going
// from one height to the other in even steps.
func (p *plan) corridor(ax, ay, bx, by, from, to int, alongX bool) {
	var path []spot2
	x, y := ax, ay
	moveX := func() {
		for x != bx {
			path = append(path, spot2{x, y})
			x += sgn(bx - x)
		}
	}
	moveY := func() {
		for y != by {
			path = append(path, spot2{x, y})
			y += sgn(by - y)
		}
	}
	if alongX {
		moveX()
		moveY()
	} else {
		moveY()
		moveX()
	}
	path = append(path, spot2{x, y})
	var dug []spot2
	for _, s := range path {
		if p.at(s.x, s.y).kind == solid {
			dug = append(dug, s)
		}
	}
	// Heights change along what has to be dug, between the floors at its
	// ends as they really are.
	for i, s := range path {
		step := 0
		for j, d := range dug {
			if d == s {
				step = j + 1
			}
		}
		if step == 0 {
			continue
		}
		floor := from + (to-from)*step/(len(dug)+1)
		floor = floor / 8 * 8
		c := cell{kind: open, floor: int16(floor), ceiling: int16(floor + 96), light: 144, theme: 1}
		*p.at(s.x, s.y) = c
		// The second lane lies to the side that the path does not turn to.
		side := spot2{0, 1}
		if i+1 < len(path) && path[i+1].x == s.x || i+1 == len(path) && i > 0 && path[i-1].x == s.x {
			side = spot2{1, 0}
		}
		if n := (spot2{s.x + side.x, s.y + side.y}); n.x < p.width-1 && n.y < p.height-1 && p.at(n.x, n.y).kind == solid {
			*p.at(n.x, n.y) = c
		}
	}
}

func sgn(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// placeDoors turns straight, level pieces of corridors two cells wide into
// doors.
func (p *plan) placeDoors(percent int) {
	free := func(x, y int) bool { return p.at(x, y).kind == open }
	wall := func(x, y int) bool { return p.at(x, y).kind == solid }
	clear := func(x, y int) bool {
		// No other door within three cells.
		for dy := -3; dy <= 3; dy++ {
			for dx := -3; dx <= 3; dx++ {
				if p.inside(x+dx, y+dy) && p.at(x+dx, y+dy).kind == door {
					return false
				}
			}
		}
		return true
	}
	for y := 2; y < p.height-3; y++ {
		for x := 2; x < p.width-3; x++ {
			f := p.at(x, y).floor
			level := func(cells ...spot2) bool {
				for _, s := range cells {
					if !free(s.x, s.y) || p.at(s.x, s.y).floor != f {
						return false
					}
				}
				return true
			}
			if wall(x-1, y) && wall(x+2, y) && level(spot2{x, y}, spot2{x + 1, y}, spot2{x, y - 1}, spot2{x + 1, y - 1}, spot2{x, y + 1}, spot2{x + 1, y + 1}) && clear(x, y) && p.chance(percent) {
				p.at(x, y).kind, p.at(x+1, y).kind = door, door
			} else if wall(x, y-1) && wall(x, y+2) && level(spot2{x, y}, spot2{x, y + 1}, spot2{x - 1, y}, spot2{x - 1, y + 1}, spot2{x + 1, y}, spot2{x + 1, y + 1}) && clear(x, y) && p.chance(percent) {
				p.at(x, y).kind, p.at(x, y+1).kind = door, door
			}
		}
	}
}
