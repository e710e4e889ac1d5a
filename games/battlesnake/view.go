package battlesnake

// far is a distance that nothing has.
const far = 1000

// view is what one snake can work out about a position. Its parts are computed
// when they are first asked for.
type view struct {
	board *Board
	me    int

	ready  bool
	clear  [maxCells]int16 // the number of moves after which a cell can be entered
	safe   [5]bool         // per move: it hits nothing that is sure to be there
	danger [5]bool         // per move: a snake that is not shorter may enter the same cell
	prey   [5]bool         // per move: only shorter snakes may

	waysReady   bool
	ways        [maxCells]int16     // moves to a cell, or far
	first       [maxCells]Direction // the first of them
	spaceReady  bool
	space       [5]int // per move: cells that can be reached
	othersReady bool
	others      [maxCells]int16 // moves of the nearest other snake to a cell
	stronger    [maxCells]bool  // it is not shorter
	areaReady   bool
	area        [5]int // per move: cells that are reached before all others

	queue [maxCells]int16
	seen  [maxCells]int16
}

// look readies the view for a position.
func (v *view) look(b *Board, me int) {
	v.board, v.me = b, me
	v.ready, v.waysReady, v.spaceReady, v.othersReady, v.areaReady = false, false, false, false, false
}

func (v *view) self() *Snake { return &v.board.Snakes[v.me] }

// dangers fills in what can be entered next.
func (v *view) dangers() {
	if v.ready {
		return
	}
	v.ready = true
	b := v.board
	clear(v.clear[:b.Width*b.Height])
	for i := range b.Snakes {
		s := &b.Snakes[i]
		if s.Cause != Alive {
			continue
		}
		n := len(s.Body)
		for k, p := range s.Body {
			if c := b.index(p); int16(n-k) > v.clear[c] {
				v.clear[c] = int16(n - k)
			}
		}
	}
	own := v.self()
	for d := Up; d <= Right; d++ {
		v.safe[d], v.danger[d], v.prey[d] = false, false, false
		to := step(own.Body[0], d)
		if !b.Inside(to) || v.clear[b.index(to)] > 1 {
			continue
		}
		v.safe[d] = true
		for i := range b.Snakes {
			s := &b.Snakes[i]
			if i == v.me || s.Cause != Alive || apart(s.Body[0], to) != 1 {
				continue
			}
			if len(s.Body) >= len(own.Body) {
				v.danger[d] = true
			} else {
				v.prey[d] = true
			}
		}
		v.prey[d] = v.prey[d] && !v.danger[d]
	}
}

// apart is the number of moves between two cells of an empty board.
func apart(a, b Point) int { return abs(a.X-b.X) + abs(a.Y-b.Y) }

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// flood measures the moves from a cell, in which the snake is after some moves,
// to all others. It writes them to dist, far where there is no way, and returns
// the number of cells that it reaches. A cell in closed is never entered.
func (v *view) flood(from Point, moves int, closed int, dist *[maxCells]int16) int {
	b := v.board
	total := b.Width * b.Height
	for c := range total {
		dist[c] = far
	}
	start := b.index(from)
	dist[start] = int16(moves)
	v.queue[0] = int16(start)
	count := 1
	for head := 0; head < count; head++ {
		at := int(v.queue[head])
		p := b.point(at)
		next := dist[at] + 1
		for d := Up; d <= Right; d++ {
			to := step(p, d)
			if !b.Inside(to) {
				continue
			}
			c := b.index(to)
			if dist[c] != far || next < v.clear[c] || c == closed {
				continue
			}
			dist[c] = next
			v.queue[count] = int16(c)
			count++
		}
	}
	return count
}

// paths fills in the ways from the head to all cells.
func (v *view) paths() {
	if v.waysReady {
		return
	}
	v.dangers()
	v.waysReady = true
	b := v.board
	head := v.self().Body[0]
	reached := v.flood(head, 0, -1, &v.ways)
	clear(v.first[:b.Width*b.Height])
	// The queue holds the cells in the order of their distance.
	for _, at := range v.queue[:reached] {
		c := int(at)
		if v.ways[c] == far || v.ways[c] == 0 || v.first[c] != None {
			continue
		}
		p := b.point(c)
		for d := Up; d <= Right; d++ {
			back := step(p, opposite(d)) // d leads from back to p
			if !b.Inside(back) {
				continue
			}
			k := b.index(back)
			if v.ways[k] != v.ways[c]-1 {
				continue
			}
			if v.ways[k] == 0 {
				v.first[c] = d
			} else {
				v.first[c] = v.first[k]
			}
			break
		}
	}
}

func opposite(d Direction) Direction {
	return [...]Direction{None, Down, Up, Right, Left}[d]
}

// spaces fills in how many cells can be reached after each move.
func (v *view) spaces() {
	if v.spaceReady {
		return
	}
	v.dangers()
	v.spaceReady = true
	head := v.self().Body[0]
	for d := Up; d <= Right; d++ {
		v.space[d] = 0
		if v.safe[d] {
			v.space[d] = v.flood(step(head, d), 1, v.board.index(head), &v.seen)
		}
	}
}

// rivals fills in how far the other snakes are from each cell.
func (v *view) rivals() {
	if v.othersReady {
		return
	}
	v.dangers()
	v.othersReady = true
	b := v.board
	total := b.Width * b.Height
	for c := range total {
		v.others[c], v.stronger[c] = far, false
	}
	for i := range b.Snakes {
		s := &b.Snakes[i]
		if i == v.me || s.Cause != Alive {
			continue
		}
		v.flood(s.Body[0], 0, -1, &v.seen)
		strong := len(s.Body) >= len(v.self().Body)
		for c := range total {
			switch d := v.seen[c]; {
			case d == far || d > v.others[c]:
			case d < v.others[c]:
				v.others[c], v.stronger[c] = d, strong
			case strong:
				v.stronger[c] = true
			}
		}
	}
}

// areas fills in how many cells are the snake's own after each move: it is there
// before all others, or at the same time as shorter ones.
func (v *view) areas() {
	if v.areaReady {
		return
	}
	v.rivals()
	v.areaReady = true
	b := v.board
	head := v.self().Body[0]
	for d := Up; d <= Right; d++ {
		v.area[d] = 0
		if !v.safe[d] {
			continue
		}
		v.flood(step(head, d), 1, b.index(head), &v.seen)
		for c := range b.Width * b.Height {
			if m := v.seen[c]; m != far && (m < v.others[c] || m == v.others[c] && !v.stronger[c]) {
				v.area[d]++
			}
		}
	}
}

// most returns the greatest of a figure over the moves.
func most(of *[5]int) int { return max(of[Up], of[Down], of[Left], of[Right]) }

// food returns the food with the shortest way, and the way; far for none. With
// mine, only food counts that the snake reaches before all others.
func (v *view) food(mine bool) (Point, int) {
	v.paths()
	if mine {
		v.rivals()
	}
	best, way := Point{}, far
	for _, f := range v.board.Food {
		c := v.board.index(f)
		w := int(v.ways[c])
		if mine && (w > int(v.others[c]) || w == int(v.others[c]) && v.stronger[c]) {
			continue
		}
		if w < way {
			best, way = f, w
		}
	}
	return best, way
}

// enemy returns the other snake that a rule prefers, or -1. The rule reports
// whether the first of two snakes is better.
func (v *view) enemy(better func(a, b *Snake) bool) int {
	best := -1
	for i := range v.board.Snakes {
		s := &v.board.Snakes[i]
		if i == v.me || s.Cause != Alive {
			continue
		}
		if best < 0 || better(s, &v.board.Snakes[best]) {
			best = i
		}
	}
	return best
}

func (v *view) nearest() int {
	head := v.self().Body[0]
	return v.enemy(func(a, b *Snake) bool { return apart(a.Body[0], head) < apart(b.Body[0], head) })
}

func (v *view) longest() int {
	return v.enemy(func(a, b *Snake) bool { return len(a.Body) > len(b.Body) })
}

func (v *view) shortest() int {
	return v.enemy(func(a, b *Snake) bool { return len(a.Body) < len(b.Body) })
}
