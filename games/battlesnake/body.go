package battlesnake

import (
	"fmt"

	"dryad/games"
	"dryad/vocab"
)

// Body is a snake of a board, for a policy.
type Body struct {
	board   *Board
	seat    games.Seat
	view    view
	wish    Direction // what tasks asked for in this tick
	command Direction // what was committed
}

var _ games.Body = (*Body)(nil)

// Sit returns the body of a snake that is in, for one tick of a policy on a board
// that something else moves.
func Sit(board *Board, seat games.Seat) *Body {
	b := &Body{}
	b.Take(board, seat)
	return b
}

// Take makes the body that of a snake on another board, with no command.
func (b *Body) Take(board *Board, seat games.Seat) {
	b.board, b.seat = board, seat
	b.perceive()
}

func (b *Body) perceive() {
	b.wish, b.command = None, None
	b.view.look(b.board, int(b.seat))
}

// Move returns what the policy has committed; a snake without a command goes on
// as before.
func (b *Body) Move() Direction {
	if b.command == None {
		return b.self().ahead()
	}
	return b.command
}

func (b *Body) self() *Snake { return &b.board.Snakes[b.seat] }

// Seat returns whose body this is.
func (b *Body) Seat() games.Seat { return b.seat }

// Observe reads the features and conditions.
func (b *Body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = b.read(r)
	}
}

func (b *Body) read(reading int32) float64 {
	v, s := &b.view, b.self()
	head := s.Body[0]
	switch reading {
	case featureHealth:
		return float64(max(s.Health, 0))
	case featureLength:
		return float64(len(s.Body))
	case featureTurn:
		return float64(b.board.Turn)
	case featureX:
		return float64(min(max(head.X, 0), b.board.Width-1))
	case featureY:
		return float64(min(max(head.Y, 0), b.board.Height-1))
	case featureSnakesLeft:
		return float64(b.board.Left())
	case featureLongestOther:
		return float64(v.longestOther())
	case featureLead:
		return float64(len(s.Body) - v.longestOther())
	case featureFoodDistance:
		_, way := v.food(false)
		return float64(way)
	case featureFoodLead:
		food, way := v.food(false)
		if way == far {
			return -far
		}
		v.rivals()
		return float64(int(v.others[b.board.index(food)]) - way)
	case featureFoodCount:
		return float64(len(b.board.Food))
	case featureSpace:
		v.spaces()
		return float64(most(&v.space))
	case featureSpaceUp, featureSpaceDown, featureSpaceLeft, featureSpaceRight:
		v.spaces()
		return float64(v.space[Up+Direction(reading-featureSpaceUp)])
	case featureArea:
		v.areas()
		return float64(100 * most(&v.area) / (b.board.Width * b.board.Height))
	case featureEnemyDistance:
		if e := v.nearest(); e >= 0 {
			return float64(apart(b.board.Snakes[e].Body[0], head))
		}
		return far
	case featureEnemyLength:
		if e := v.nearest(); e >= 0 {
			return float64(len(b.board.Snakes[e].Body))
		}
		return 0
	case featureTailDistance:
		return float64(v.tail())
	case featureWallDistance:
		return float64(b.board.toWall(head))
	case featureCentreDistance:
		return float64(apart(head, b.board.middle()))
	case featureSafeMoves:
		v.dangers()
		return count(&v.safe)
	case featureDangerousMoves:
		v.dangers()
		return count(&v.danger)
	}
	return truth(b.holds(reading))
}

func (b *Body) holds(reading int32) bool {
	v, s := &b.view, b.self()
	switch reading {
	case conditionLongest:
		return len(s.Body) > v.longestOther()
	case conditionTailReachable:
		return v.tail() < far
	case conditionCramped:
		v.spaces()
		return most(&v.space) <= len(s.Body)
	case conditionFoodMine:
		_, way := v.food(true)
		return way < far
	case conditionPrey:
		v.dangers()
		return count(&v.prey) > 0
	case conditionEdge:
		return b.board.toWall(s.Body[0]) == 0
	}
	panic(fmt.Sprintf("battlesnake: bug: reading %d is not declared", reading))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func count(of *[5]bool) float64 {
	n := 0.0
	for _, t := range of {
		n += truth(t)
	}
	return n
}

func (v *view) longestOther() int {
	if e := v.longest(); e >= 0 {
		return len(v.board.Snakes[e].Body)
	}
	return 0
}

// tail returns the moves to the own tail. The cell of the tail counts as
// reached from a neighbour even while the tail rests on it.
func (v *view) tail() int {
	s := v.self()
	return v.beside(s.Body[len(s.Body)-1])
}

// beside returns the moves to a cell, or to the nearest neighbour of it and one
// more where it cannot be entered.
func (v *view) beside(p Point) int {
	v.paths()
	b := v.board
	best := int(v.ways[b.index(p)])
	if best < far {
		return best
	}
	for d := Up; d <= Right; d++ {
		if n := step(p, d); b.Inside(n) {
			if w := int(v.ways[b.index(n)]); w < far {
				best = min(best, w+1)
			}
		}
	}
	return best
}

func (b *Board) toWall(p Point) int {
	return max(min(p.X, p.Y, b.Width-1-p.X, b.Height-1-p.Y), 0)
}

func (b *Board) middle() Point { return Point{b.Width / 2, b.Height / 2} }

// Choose resolves a chooser.
func (b *Body) Choose(chooser int, draw uint64) (games.Target, bool) {
	v := &b.view
	agent := func(i int) (games.Target, bool) {
		if i < 0 {
			return games.Target{}, false
		}
		t := b.target(vocab.Agent, b.board.Snakes[i].Body[0])
		t.ID = int32(i)
		return t, true
	}
	switch chooser {
	case chooseNearestFood, chooseOwnFood:
		food, way := v.food(chooser == chooseOwnFood)
		return b.target(vocab.Item, food), way < far
	case chooseNearestEnemy:
		return agent(v.nearest())
	case chooseLongestEnemy:
		return agent(v.longest())
	case chooseShortestEnemy:
		return agent(v.shortest())
	case chooseOwnTail:
		s := b.self()
		return b.target(vocab.Position, s.Body[len(s.Body)-1]), true
	case chooseCentre:
		return b.target(vocab.Position, b.board.middle()), true
	case chooseRandomCell:
		v.dangers()
		total := b.board.Width * b.board.Height
		for k := range total {
			if c := int((draw + uint64(k)) % uint64(total)); v.clear[c] == 0 {
				return b.target(vocab.Position, b.board.point(c)), true
			}
		}
		return games.Target{}, false
	}
	panic(fmt.Sprintf("battlesnake: bug: chooser %d is not declared", chooser))
}

func (b *Body) target(kind vocab.Kind, p Point) games.Target {
	return games.Target{Kind: kind, ID: int32(b.board.index(p)), X: int32(p.X), Y: int32(p.Y)}
}

// NetInput does nothing: there are no neural tasks.
func (b *Body) NetInput(int, games.Call, []float32) {}

// NetOutput does nothing.
func (b *Body) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }

// Commit keeps the move.
func (b *Body) Commit(channels vocab.Channels) {
	b.command = None
	if channels&channelMove != 0 {
		b.command = b.wish
	}
}

// AppendCommands appends the move, if there is one.
func (b *Body) AppendCommands(buf []byte) []byte {
	if b.command == None {
		return buf
	}
	return append(buf, byte(b.command))
}

// SetCommands sets the move.
func (b *Body) SetCommands(commands []byte) error {
	switch {
	case len(commands) == 0:
		b.command = None
	case len(commands) == 1 && commands[0] >= byte(Up) && commands[0] <= byte(Right):
		b.command = Direction(commands[0])
	default:
		return fmt.Errorf("battlesnake: malformed commands % x", commands)
	}
	return nil
}
