package generate

// drawCaves grows caves with a cellular automaton, gives them a smooth random
// relief in steps that can be climbed, and floods the lowest places with
// slime.
func drawCaves(p *plan) {
	p.size(p.between(30, 42), p.between(26, 38))
	p.jitter = 14
	rock := make([]bool, len(p.cells))
	for i := range rock {
		x, y := i%p.width, i/p.width
		rock[i] = x < 2 || y < 2 || x >= p.width-2 || y >= p.height-2 || p.chance(42)
	}
	around := func(x, y, reach int) int {
		n := 0
		for dy := -reach; dy <= reach; dy++ {
			for dx := -reach; dx <= reach; dx++ {
				if !p.inside(x+dx, y+dy) || rock[(y+dy)*p.width+x+dx] {
					n++
				}
			}
		}
		return n
	}
	for round := range 5 {
		next := make([]bool, len(rock))
		for i := range rock {
			x, y := i%p.width, i/p.width
			near := around(x, y, 1)
			next[i] = near >= 5 || round < 3 && around(x, y, 2) <= 2
			if x < 1 || y < 1 || x >= p.width-1 || y >= p.height-1 {
				next[i] = true
			}
		}
		rock = next
	}
	// Passages one cell wide are widened, so that jittered walls leave room.
	for y := 1; y < p.height-2; y++ {
		for x := 1; x < p.width-2; x++ {
			if rock[y*p.width+x] {
				continue
			}
			if rock[y*p.width+x-1] && rock[y*p.width+x+1] && x+1 < p.width-2 {
				rock[y*p.width+x+1] = false
			}
			if rock[(y-1)*p.width+x] && rock[(y+1)*p.width+x] && y+1 < p.height-2 {
				rock[(y+1)*p.width+x] = false
			}
		}
	}
	relief := p.relief(6)
	for i := range rock {
		if rock[i] {
			continue
		}
		floor := relief[i] * 16
		c := cell{kind: open, floor: int16(floor), ceiling: int16(floor/32*32 + 144 + 16*(relief[i]&3)), light: uint8(128 + 8*(relief[i]&7)), theme: 2}
		if relief[i] == 0 {
			c.kind = slime
		}
		p.cells[i] = c
	}
	p.levelCeilings()
	p.pillars(3)
}

// relief returns a smooth random height per cell, from 0 to top, neighbours
// differing by at most one.
func (p *plan) relief(top int) []int {
	const pitch = 6
	w, h := p.width/pitch+2, p.height/pitch+2
	knots := make([]int, w*h)
	for i := range knots {
		knots[i] = p.rng.IntN(top * 16)
	}
	relief := make([]int, len(p.cells))
	for i := range relief {
		x, y := i%p.width, i/p.width
		kx, ky, fx, fy := x/pitch, y/pitch, x%pitch, y%pitch
		south := knots[ky*w+kx]*(pitch-fx) + knots[ky*w+kx+1]*fx
		north := knots[(ky+1)*w+kx]*(pitch-fx) + knots[(ky+1)*w+kx+1]*fx
		relief[i] = (south*(pitch-fy) + north*fy) / (pitch * pitch * 16)
	}
	// Where the slope is too steep the higher side gives way.
	for range top * 4 {
		for i := range relief {
			x, y := i%p.width, i/p.width
			for _, d := range fourWays {
				if p.inside(x+d.x, y+d.y) {
					relief[i] = min(relief[i], relief[(y+d.y)*p.width+x+d.x]+1)
				}
			}
		}
	}
	return relief
}

// levelCeilings raises ceilings that leave too little room to a neighbour.
func (p *plan) levelCeilings() {
	for i := range p.cells {
		c := &p.cells[i]
		if c.kind == solid {
			continue
		}
		x, y := i%p.width, i/p.width
		for _, d := range fourWays {
			if p.inside(x+d.x, y+d.y) {
				if n := p.at(x+d.x, y+d.y); n.kind != solid {
					c.ceiling = max(c.ceiling, n.floor+96)
				}
			}
		}
	}
}

// pillars puts blocking decorations on a percentage of the cells that are open
// on all sides.
func (p *plan) pillars(percent int) {
	for y := 2; y < p.height-2; y++ {
		for x := 2; x < p.width-2; x++ {
			clear := true
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					clear = clear && p.at(x+dx, y+dy).kind == open
				}
			}
			if clear && p.chance(percent) {
				p.at(x, y).kind = pillar
			}
		}
	}
}
