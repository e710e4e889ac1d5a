package battlesnake

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

var tasks = [...]games.Task{
	goTo{}, goTo{safely: true},
	roam{score: byRoom}, roam{score: byArea}, roam{score: byTail}, roam{score: byWall}, roam{score: byCentre},
	roam{score: byNeighbours}, roam{score: byDistance}, straight{}, wander{}, strike{}, chase{}, confine{},
}

// goTo takes the first step of the shortest way to its target.
//
//   - fails: no way; it is there already; the food is gone; with safely, the step
//     may meet a head or leads where there is too little room
//   - succeeds: otherwise, with the step, so that each turn chooses anew
//   - runs: when the move channel is taken
type goTo struct{ safely bool }

func (goTo) Words() int { return 0 }

func (t goTo) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	target := call.Args[0].Target
	to := Point{int(target.X), int(target.Y)}
	s := b.self()
	switch {
	case !b.board.Inside(to) || s.Body[0] == to:
		return bt.Failure, 0
	case target.Kind == vocab.Item && !b.board.has(to):
		return bt.Failure, 0
	}
	v := &b.view
	v.paths()
	d := v.towards(to)
	if d == None || !v.safe[d] {
		return bt.Failure, 0
	}
	if t.safely {
		v.spaces()
		if v.danger[d] || v.space[d] < len(s.Body) {
			return bt.Failure, 0
		}
	}
	if status, used := b.move(call, d); used == 0 {
		return status, 0
	}
	return bt.Success, channelMove
}

// Undrawn implements [games.Undrawn].
func (goTo) Undrawn() {}

func (goTo) Halt(games.Body, games.Call, []uint64) {}

// towards is the first move of the shortest way to a cell, or to a neighbour of
// it where it cannot be entered.
func (v *view) towards(to Point) Direction {
	b := v.board
	if d := v.first[b.index(to)]; d != None {
		return d
	}
	best, way := None, int16(far)
	for d := Up; d <= Right; d++ {
		n := step(to, d)
		if !b.Inside(n) {
			continue
		}
		if c := b.index(n); v.ways[c] < way && v.first[c] != None {
			best, way = v.first[c], v.ways[c]
		}
	}
	return best
}

// move wishes a move, if the channel is free.
func (b *Body) move(call games.Call, d Direction) (bt.Status, vocab.Channels) {
	if call.May&channelMove == 0 {
		return bt.Running, 0
	}
	b.wish = d
	return bt.Running, channelMove
}

// choose makes the move with the highest score, of those that are safe the ones
// that meet no head which is not shorter first. Without a safe move the task
// fails.
func (b *Body) choose(call games.Call, score func(*view, Direction) int) (bt.Status, vocab.Channels) {
	v := &b.view
	v.dangers()
	best, most := None, 0
	for d := Up; d <= Right; d++ {
		if !v.safe[d] {
			continue
		}
		n := score(v, d)
		if best == None || v.danger[best] && !v.danger[d] || v.danger[best] == v.danger[d] && n > most {
			best, most = d, n
		}
	}
	if best == None {
		return bt.Failure, 0
	}
	return b.move(call, best)
}

// roam makes, turn by turn, the move with the highest score. It never succeeds,
// and fails when no move is safe.
type roam struct {
	score func(*view, Direction) int
}

func (roam) Words() int { return 0 }

func (t roam) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	return seat.(*Body).choose(call, t.score)
}

// Undrawn implements [games.Undrawn].
func (roam) Undrawn() {}

func (roam) Halt(games.Body, games.Call, []uint64) {}

func byRoom(v *view, d Direction) int {
	v.spaces()
	return v.space[d]
}

func byArea(v *view, d Direction) int {
	v.areas()
	return v.area[d]
}

// enough is a bonus for moves that leave room for the whole body.
func (v *view) enough(d Direction) int {
	v.spaces()
	return min(v.space[d], len(v.self().Body)) * 1000
}

func byTail(v *view, d Direction) int {
	s := v.self()
	tail := s.Body[len(s.Body)-1]
	return v.enough(d) - apart(step(s.Body[0], d), tail)
}

func byWall(v *view, d Direction) int {
	return v.enough(d) - v.board.toWall(step(v.self().Body[0], d))
}

func byCentre(v *view, d Direction) int {
	return v.enough(d) - apart(step(v.self().Body[0], d), v.board.middle())
}

func byNeighbours(v *view, d Direction) int {
	s, n := v.self(), 0
	to := step(s.Body[0], d)
	for e := Up; e <= Right; e++ {
		p := step(to, e)
		if !v.board.Inside(p) {
			n++
			continue
		}
		for _, q := range s.Body[1:] {
			if q == p {
				n++
				break
			}
		}
	}
	return v.enough(d) + n
}

func byDistance(v *view, d Direction) int {
	s := v.self()
	to, nearest := step(s.Body[0], d), far
	for i := range v.board.Snakes {
		if o := &v.board.Snakes[i]; i != v.me && o.Cause == Alive && len(o.Body) >= len(s.Body) {
			nearest = min(nearest, apart(o.Body[0], to))
		}
	}
	return v.enough(d) + nearest
}

// straight goes on in the same direction for ever, and fails when that is deadly.
type straight struct{}

func (straight) Words() int { return 0 }

func (straight) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	b.view.dangers()
	d := b.self().ahead()
	if !b.view.safe[d] {
		return bt.Failure, 0
	}
	return b.move(call, d)
}

// Undrawn implements [games.Undrawn].
func (straight) Undrawn() {}

func (straight) Halt(games.Body, games.Call, []uint64) {}

// wander makes the move that its random word says, or the next safe one.
type wander struct{}

func (wander) Words() int { return 0 }

func (wander) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	b.view.dangers()
	for k := range 4 {
		if d := Up + Direction((call.Draw%4+uint64(k))%4); b.view.safe[d] {
			return b.move(call, d)
		}
	}
	return bt.Failure, 0
}

func (wander) Halt(games.Body, games.Call, []uint64) {}

// strike moves to where the head of a shorter snake may arrive, and fails without
// such a cell.
type strike struct{}

func (strike) Words() int { return 0 }

func (strike) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	v := &b.view
	v.dangers()
	v.spaces()
	best := None
	for d := Up; d <= Right; d++ {
		if v.prey[d] && (best == None || v.space[d] > v.space[best]) {
			best = d
		}
	}
	if best == None {
		return bt.Failure, 0
	}
	return b.move(call, best)
}

// Undrawn implements [games.Undrawn].
func (strike) Undrawn() {}

func (strike) Halt(games.Body, games.Call, []uint64) {}

// chase goes to the cell in front of a shorter snake, and fails when the snake is
// out or not shorter.
type chase struct{}

func (chase) Words() int { return 0 }

func (chase) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	s := b.prey(call)
	if s == nil || len(s.Body) >= len(b.self().Body) {
		return bt.Failure, 0
	}
	front := step(s.Body[0], s.ahead())
	return b.choose(call, func(v *view, d Direction) int {
		return v.enough(d) - apart(step(v.self().Body[0], d), front)
	})
}

// Undrawn implements [games.Undrawn].
func (chase) Undrawn() {}

func (chase) Halt(games.Body, games.Call, []uint64) {}

// prey is the snake of an argument, or nil when it is out.
func (b *Body) prey(call games.Call) *Snake {
	i := int(call.Args[0].Target.ID)
	if i < 0 || i >= len(b.board.Snakes) || b.board.Snakes[i].Cause != Alive {
		return nil
	}
	return &b.board.Snakes[i]
}

// confine makes the move after which a snake can reach the fewest cells, and
// fails when it is out.
type confine struct{}

func (confine) Words() int { return 0 }

func (confine) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*Body)
	s := b.prey(call)
	if s == nil {
		return bt.Failure, 0
	}
	return b.choose(call, func(v *view, d Direction) int {
		enough := v.enough(d)
		left := v.flood(s.Body[0], 0, v.board.index(step(v.self().Body[0], d)), &v.seen)
		return enough - left
	})
}

// Undrawn implements [games.Undrawn].
func (confine) Undrawn() {}

func (confine) Halt(games.Body, games.Call, []uint64) {}
