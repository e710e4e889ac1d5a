package generate

// storey is the height between two levels: four steps.
const storey = 96

// drawStoreys cuts a hall into blocks of different levels and joins
// neighbouring blocks by stairs and lifts; a teleporter leads from the lowest
// level to the highest.
func drawStoreys(p *plan) {
	const pitch = 8
	across, down := p.between(4, 5), p.between(3, 5)
	p.size(across*pitch+2, down*pitch+2)
	levels := make([]int, across*down)
	for i := range levels {
		levels[i] = p.rng.IntN(3)
		level := levels[i]
		c := cell{kind: open, floor: int16(level * storey), ceiling: 4*storey + 64, light: uint8(144 + 32*level), theme: uint8([]int{3, 0, 1}[level])}
		p.fill(i%across*pitch+1, i/across*pitch+1, pitch, pitch, c)
	}
	for i := range levels {
		x, y := i%across, i/across
		if x+1 < across {
			p.connectLevels(spot2{x*pitch + pitch, y*pitch + 1}, spot2{1, 0}, levels[i], levels[i+1], pitch)
		}
		if y+1 < down {
			p.connectLevels(spot2{x*pitch + 1, y*pitch + pitch}, spot2{0, 1}, levels[i], levels[i+across], pitch)
		}
	}
	// Towers and pits.
	for range p.between(3, 7) {
		x, y := p.between(3, p.width-4), p.between(3, p.height-4)
		if p.around(x, y, func(c *cell) bool { return c.kind == open && c.floor == p.at(x, y).floor }) {
			*p.at(x, y) = cell{}
		}
	}
	p.addTeleporter()
}

// around reports whether a condition holds for a cell and its eight neighbours.
func (p *plan) around(x, y int, holds func(*cell) bool) bool {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if !p.inside(x+dx, y+dy) || !holds(p.at(x+dx, y+dy)) {
				return false
			}
		}
	}
	return true
}

// connectLevels builds, along the border between two blocks, a stair on the
// lower side that leads up to the higher, and now and then a lift.
func (p *plan) connectLevels(border, across spot2, a, b, pitch int) {
	if a == b {
		return
	}
	along := spot2{across.y, across.x}
	// The stair climbs towards the border from the lower block's side.
	low, high, back := a, b, spot2{-across.x, -across.y}
	edge := border
	if a > b {
		low, high, back = b, a, across
		edge = spot2{border.x + across.x, border.y + across.y}
	}
	steps := (high - low) * storey / 24
	if steps-1 > pitch-2 {
		steps = 0 // too high for a stair: a lift serves
	}
	offset := p.between(1, 2)
	for lane := range 2 {
		for s := 1; s < steps; s++ {
			x := edge.x + along.x*(offset+lane) + back.x*(s-1)
			y := edge.y + along.y*(offset+lane) + back.y*(s-1)
			if p.inside(x, y) && p.at(x, y).kind == open && int(p.at(x, y).floor) == low*storey {
				p.at(x, y).floor = int16(high*storey - 24*s)
				p.at(x, y).theme = 4
			}
		}
	}
	if steps == 0 || p.chance(40) {
		at := pitch - p.between(2, 3)
		x, y := edge.x+along.x*at, edge.y+along.y*at
		if p.inside(x, y) && p.at(x, y).kind == open && int(p.at(x, y).floor) == low*storey {
			p.at(x, y).kind, p.at(x, y).floor = lift, int16(high*storey)
		}
	}
}

// addTeleporter puts a pad on a low place and its exit on a high one.
func (p *plan) addTeleporter() {
	var lowest, highest []spot2
	low, high := int16(1<<14), int16(-1<<14)
	for i := range p.cells {
		c := &p.cells[i]
		x, y := i%p.width, i/p.width
		if c.kind != open || !p.around(x, y, func(n *cell) bool { return n.kind == open && n.floor == c.floor }) {
			continue
		}
		if c.floor < low {
			low, lowest = c.floor, nil
		}
		if c.floor == low {
			lowest = append(lowest, spot2{x, y})
		}
		if c.floor > high {
			high, highest = c.floor, nil
		}
		if c.floor == high {
			highest = append(highest, spot2{x, y})
		}
	}
	if low >= high || len(lowest) == 0 {
		return
	}
	from, to := lowest[p.rng.IntN(len(lowest))], highest[p.rng.IntN(len(highest))]
	p.at(from.x, from.y).kind, p.at(from.x, from.y).tag = pad, 1
	p.at(to.x, to.y).tag = 1 // a sector of its own
	p.exits = append(p.exits, exit{to, 1, 90})
}
