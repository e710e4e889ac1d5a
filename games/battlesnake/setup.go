package battlesnake

import "dryad/games"

// Food of the standard rules: the least on the board, and the chance in percent
// that more appears in a turn.
const (
	minimumFood = 1
	foodChance  = 15
)

// setUp makes the first position: the snakes coiled up near corners or the
// middles of the sides, one food diagonally beside each, and one in the middle.
func setUp(width, height, snakes int, seed uint64) *Board {
	b := &Board{Width: width, Height: height}
	r := games.Stream(seed, 1)
	low, right, top := 1, width-2, height-2
	midX, midY := width/2, height/2
	corners := []Point{{low, low}, {low, top}, {right, low}, {right, top}}
	sides := []Point{{low, midY}, {midX, low}, {midX, top}, {right, midY}}
	shuffle := func(p []Point) {
		r.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
	}
	shuffle(corners)
	shuffle(sides)
	if r.IntN(2) == 1 {
		corners, sides = sides, corners
	}
	starts := append(corners, sides...)
	for i := range snakes {
		b.Snakes = append(b.Snakes, Snake{Body: []Point{starts[i], starts[i], starts[i]}, Health: MaxHealth, By: -1})
	}
	middle := Point{midX, midY}
	for i := range snakes {
		var free []Point
		head := b.Snakes[i].Body[0]
		for _, p := range []Point{{head.X - 1, head.Y - 1}, {head.X - 1, head.Y + 1}, {head.X + 1, head.Y - 1}, {head.X + 1, head.Y + 1}} {
			if b.Inside(p) && p != middle && !b.has(p) && !b.taken(p) {
				free = append(free, p)
			}
		}
		if len(free) > 0 {
			b.Food = append(b.Food, free[r.IntN(len(free))])
		}
	}
	if !b.taken(middle) {
		b.Food = append(b.Food, middle)
	}
	return b
}

// has reports whether there is food in a cell.
func (b *Board) has(p Point) bool {
	for _, f := range b.Food {
		if f == p {
			return true
		}
	}
	return false
}

// taken reports whether a snake is in a cell.
func (b *Board) taken(p Point) bool {
	for i := range b.Snakes {
		if b.Snakes[i].Cause != Alive {
			continue
		}
		for _, q := range b.Snakes[i].Body {
			if q == p {
				return true
			}
		}
	}
	return false
}

// spawn lets food appear at the end of a turn.
func (b *Board) spawn(seed uint64) {
	n := 0
	if len(b.Food) < minimumFood {
		n = minimumFood - len(b.Food)
	} else if games.Mix(seed, 2, uint64(b.Turn))%100 < foodChance {
		n = 1
	}
	if n == 0 {
		return
	}
	var full [maxCells]bool
	for _, f := range b.Food {
		full[b.index(f)] = true
	}
	for i := range b.Snakes {
		if b.Snakes[i].Cause == Alive {
			for _, p := range b.Snakes[i].Body {
				full[b.index(p)] = true
			}
		}
	}
	var free [maxCells]int16
	count := 0
	for c := range b.Width * b.Height {
		if !full[c] {
			free[count] = int16(c)
			count++
		}
	}
	for k := range n {
		if count == 0 {
			return
		}
		i := int(games.Mix(seed, 3, uint64(b.Turn), uint64(k)) % uint64(count))
		b.Food = append(b.Food, b.point(int(free[i])))
		count--
		free[i] = free[count]
	}
}

// index numbers the cells of the board; point is its inverse.
func (b *Board) index(p Point) int { return p.Y*b.Width + p.X }
func (b *Board) point(c int) Point { return Point{c % b.Width, c / b.Width} }
