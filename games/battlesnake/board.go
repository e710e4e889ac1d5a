package battlesnake

// Limits of a board, and figures of the standard rules.
const (
	MinSize   = 7
	MaxSize   = 25
	MaxSnakes = 8
	MaxHealth = 100

	maxCells    = MaxSize * MaxSize
	startLength = 3
)

// Point is a cell: columns from the left, rows from the bottom.
type Point struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Direction is a move.
type Direction uint8

// The moves. None stands for a snake that goes on as before.
const (
	None Direction = iota
	Up
	Down
	Left
	Right
)

var directionNames = [...]string{"", "up", "down", "left", "right"}

// String returns the move as the game's servers spell it.
func (d Direction) String() string { return directionNames[d] }

// Cause says why a snake is out.
type Cause uint8

// Why a snake is out; Alive is in.
const (
	Alive Cause = iota
	Starved
	LeftBoard
	HitItself
	HitBody
	LostHead
)

var causeNames = [...]string{"", "starved", "left the board", "hit itself", "hit a body", "lost head to head"}

// String says it in words.
func (c Cause) String() string { return causeNames[c] }

// Snake is one snake.
type Snake struct {
	Body   []Point // the head first; cells stand twice where it is about to grow
	Health int     // turns until it starves
	Cause  Cause   // why it is out
	By     int     // index of the snake that it ran into, or -1
	Out    int     // the turn in which it went out
}

// Board is a position. Snakes that are out keep their place in the list and are
// not on the board.
type Board struct {
	Width, Height int
	Turn          int
	Snakes        []Snake
	Food          []Point
}

// Inside reports whether a cell is on the board.
func (b *Board) Inside(p Point) bool {
	return p.X >= 0 && p.X < b.Width && p.Y >= 0 && p.Y < b.Height
}

// Left returns how many snakes are in.
func (b *Board) Left() int {
	n := 0
	for i := range b.Snakes {
		if b.Snakes[i].Cause == Alive {
			n++
		}
	}
	return n
}

// Over reports whether the game has ended: one snake is left, or none; of a lone
// snake, none.
func (b *Board) Over() bool {
	if len(b.Snakes) == 1 {
		return b.Left() == 0
	}
	return b.Left() <= 1
}

// step returns the cell next to another.
func step(p Point, d Direction) Point {
	switch d {
	case Up:
		p.Y++
	case Down:
		p.Y--
	case Left:
		p.X--
	case Right:
		p.X++
	}
	return p
}

// ahead is the way in which a snake last moved; a coiled one looks up.
func (s *Snake) ahead() Direction {
	if len(s.Body) > 1 {
		for d := Up; d <= Right; d++ {
			if step(s.Body[1], d) == s.Body[0] {
				return d
			}
		}
	}
	return Up
}

// Advance plays a turn without the food that may appear at its end. moves has
// one for every snake; those of snakes that are out are not looked at.
func (b *Board) Advance(moves []Direction) {
	for i := range b.Snakes {
		s := &b.Snakes[i]
		if s.Cause != Alive {
			continue
		}
		d := moves[i]
		if d == None {
			d = s.ahead()
		}
		head := step(s.Body[0], d)
		copy(s.Body[1:], s.Body)
		s.Body[0] = head
		s.Health--
	}
	b.feed()
	b.Turn++
	b.judge()
}

// feed lets every snake eat whose head is on food: all of several.
func (b *Board) feed() {
	left := b.Food[:0]
	for _, f := range b.Food {
		eaten := false
		for i := range b.Snakes {
			if s := &b.Snakes[i]; s.Cause == Alive && s.Body[0] == f {
				s.Health = MaxHealth
				s.Body = append(s.Body, s.Body[len(s.Body)-1])
				eaten = true
			}
		}
		if !eaten {
			left = append(left, f)
		}
	}
	b.Food = left
}

// judge takes snakes out. Those that starved or left the board are gone before
// the others can hit them; all other collisions happen at once.
func (b *Board) judge() {
	for i := range b.Snakes {
		s := &b.Snakes[i]
		switch {
		case s.Cause != Alive:
		case s.Health <= 0:
			b.remove(i, Starved, -1)
		case !b.Inside(s.Body[0]):
			b.remove(i, LeftBoard, -1)
		}
	}
	var causes [MaxSnakes]Cause
	var by [MaxSnakes]int
	for i := range b.Snakes {
		if b.Snakes[i].Cause == Alive {
			causes[i], by[i] = b.collision(i)
		}
	}
	for i := range b.Snakes {
		if causes[i] != Alive {
			b.remove(i, causes[i], by[i])
		}
	}
}

func (b *Board) remove(i int, cause Cause, by int) {
	s := &b.Snakes[i]
	s.Cause, s.By, s.Out = cause, by, b.Turn
}

// collision says what a snake's head has run into: its own body, another body, a
// head, in this order; of several snakes the longest.
func (b *Board) collision(i int) (Cause, int) {
	s := &b.Snakes[i]
	if hits(s, s) {
		return HitItself, i
	}
	body, head := -1, -1
	for k := range b.Snakes {
		o := &b.Snakes[k]
		if k == i || o.Cause != Alive {
			continue
		}
		if hits(s, o) && (body < 0 || len(o.Body) > len(b.Snakes[body].Body)) {
			body = k
		}
		if s.Body[0] == o.Body[0] && len(s.Body) <= len(o.Body) && (head < 0 || len(o.Body) > len(b.Snakes[head].Body)) {
			head = k
		}
	}
	switch {
	case body >= 0:
		return HitBody, body
	case head >= 0:
		return LostHead, head
	}
	return Alive, -1
}

// hits reports whether a head is on a body, its head left out.
func hits(s, other *Snake) bool {
	for _, p := range other.Body[1:] {
		if p == s.Body[0] {
			return true
		}
	}
	return false
}
