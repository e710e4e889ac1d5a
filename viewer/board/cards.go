package board

import (
	"fmt"
	"image"
	"image/color"
	"sort"
	"strings"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/classic"
	"dryad/viewer/paint"
)

// Bounds on what is solved when a board is made: so many updates of a pair of
// information set and action, in at most so many iterations.
const (
	solveWork  = 150_000_000
	solveTurns = 1000
)

// cards draws the textbook games.
type cards struct {
	game   *classic.Game
	solved *cfr.Strategy
	turns  int // iterations of the solution
}

// newCards solves the game, as far as it is small, so that the solution can be
// shown beside what was chosen.
func newCards(game *classic.Game) *cards {
	k := &cards{game: game}
	tree := game.Tree()
	k.turns = min(solveTurns, solveWork/max(1, tree.Histories()))
	if k.turns < 100 || tree.Players() != 2 || !tree.ZeroSum() {
		return k
	}
	solver, err := cfr.New(tree, cfr.Params{})
	if err != nil {
		return k
	}
	solver.Run(k.turns)
	k.solved = cfr.NewStrategy(tree)
	solver.Average(k.solved)
	return k
}

func (*cards) panes() int { return 1 }

func (*cards) state(games.World, []games.Event) {}

func (k *cards) paint(b *Board, c *paint.Canvas, r image.Rectangle, _ int) {
	s, ok := classic.Spectate(b.session.World())
	if !ok {
		return
	}
	pad := c.Px(16)
	x, y := r.Min.X+pad, r.Min.Y+c.Px(26)
	heading := b.session.Replay().Game
	switch {
	case s.Returns != nil:
		heading += ": the game is over"
	case s.Turn != games.NoSeat:
		heading += fmt.Sprintf(": seat %d is to move", s.Turn)
	}
	c.Text(x, y, r.Dx()-2*pad, heading, paint.Title, paint.Ink)
	y += c.Px(16)
	seatWidth := min(c.Px(260), (r.Dx()-2*pad)/max(1, len(s.Hands)+1))
	bottom := y + c.Px(120)
	for seat, hand := range s.Hands {
		k.seat(b, c, image.Rect(x+seat*seatWidth, y, x+(seat+1)*seatWidth-c.Px(10), bottom), &s, games.Seat(seat), hand)
	}
	px := x + len(s.Hands)*seatWidth
	if len(s.Public) > 0 {
		c.Text(px, y+c.Px(20), seatWidth, "for all to see", paint.Prose, paint.Faint)
		for i, card := range s.Public {
			k.card(c, px+i*c.Px(52), y+c.Px(30), card, true)
		}
	}
	pot(c, px+len(s.Public)*c.Px(52), px, y, seatWidth, s.Stakes)
	k.moves(b, c, image.Rect(x, bottom+c.Px(10), r.Max.X-pad, r.Max.Y-pad), &s)
}

// seat draws a seat with its cards.
func (k *cards) seat(b *Board, c *paint.Canvas, r image.Rectangle, s *classic.Scene, seat games.Seat, hand []string) {
	c.Fill(r, paint.Mix(paint.Sheet, paint.Edge, 0.4))
	if seat == b.session.Seat() {
		c.Frame(r, paint.Blue)
	}
	x, y := r.Min.X+c.Px(10), r.Min.Y+c.Px(20)
	used := c.Text(x, y, r.Dx()-c.Px(20), fmt.Sprintf("seat %d", seat), paint.Bold, paint.Team(int(seat)))
	c.Text(x+used+c.Px(8), y, r.Dx()-used-c.Px(28), b.session.Replay().PolicyAt(seat, b.session.Tick()).Name, paint.Prose, paint.Faint)
	shown := !b.Hidden || seat == b.session.Seat() || s.Returns != nil
	for i, card := range hand {
		k.card(c, x+i*c.Px(52), r.Min.Y+c.Px(30), card, shown)
	}
	if s.Stakes != nil {
		at := x + len(hand)*c.Px(52) + c.Px(14)
		chips(c, at, r.Min.Y+c.Px(88), s.Stakes[seat], paint.Team(int(seat)))
		c.Text(x, r.Max.Y-c.Px(8), r.Dx()-c.Px(90), fmt.Sprintf("bet: %d", s.Stakes[seat]), paint.Prose, paint.Yellow)
	}
	if s.Returns != nil { // 0 is added so that -0 is written as 0
		c.Text(r.Max.X-c.Px(74), r.Max.Y-c.Px(10), c.Px(70), fmt.Sprintf("%+g", 0+s.Returns[seat]), paint.Title, gain(s.Returns[seat]))
	}
}

// gain is the colour of a return.
func gain(value float64) color.RGBA {
	if value < 0 {
		return paint.Red
	}
	return paint.Green
}

// card draws a card or a die.
func (k *cards) card(c *paint.Canvas, x, y int, name string, shown bool) {
	r := image.Rect(x, y, x+c.Px(44), y+c.Px(62))
	c.Fill(r, paint.Edge)
	if !shown {
		c.Fill(r.Inset(c.Px(4)), paint.Mix(paint.Edge, paint.Blue, 0.4))
		return
	}
	c.Fill(r.Inset(c.Px(1)), paint.Ink)
	width := c.Measure(name, paint.Title)
	c.Text(r.Min.X+(r.Dx()-width)/2, r.Min.Y+c.Px(38), r.Dx(), name, paint.Title, paint.Paper)
}

// moves writes what was chosen, with the solution of each information set
// beside it, the latest at the bottom; then the decision that is to come.
func (k *cards) moves(b *Board, c *paint.Canvas, r image.Rectangle, s *classic.Scene) {
	line := c.Px(22)
	y := r.Min.Y + c.Px(14)
	title := "moves"
	if k.solved != nil {
		title = fmt.Sprintf("moves, and how often the solution (%d iterations of CFR) chooses each action", k.turns)
	}
	c.Text(r.Min.X, y, r.Dx(), title, paint.Prose, paint.Blue)
	y += line
	list := s.Moves
	if s.Turn != games.NoSeat {
		list = append(append([]classic.Move(nil), list...), classic.Move{Seat: s.Turn, Key: s.Key, Infoset: s.Infoset, Actions: s.Actions, Chosen: -1})
	}
	if fits := max(1, (r.Max.Y-y)/line); len(list) > fits {
		list = list[len(list)-fits:]
	}
	for _, m := range list {
		k.move(b, c, image.Rect(r.Min.X, y-c.Px(14), r.Max.X, y+c.Px(6)), s, m)
		y += line
	}
}

// move writes one move.
func (k *cards) move(b *Board, c *paint.Canvas, r image.Rectangle, s *classic.Scene, m classic.Move) {
	y := r.Max.Y - c.Px(6)
	x := r.Min.X
	c.Text(x, y, c.Px(56), fmt.Sprintf("seat %d", m.Seat), paint.Bold, paint.Team(int(m.Seat)))
	x += c.Px(60)
	knows := m.Key
	if b.Hidden && m.Seat != b.session.Seat() && s.Returns == nil {
		knows = "hidden"
	}
	c.Text(x, y, c.Px(150), "at "+strings.TrimSpace(knows), paint.Mono, paint.Faint)
	x += c.Px(160)
	if b.Hidden && m.Seat != b.session.Seat() && s.Returns == nil {
		if m.Chosen >= 0 {
			c.Text(x, y, r.Max.X-x, m.Actions[m.Chosen], paint.Bold, paint.Yellow)
		}
		return
	}
	var shares []float64
	if k.solved != nil && m.Infoset >= 0 {
		shares = k.solved.At(m.Infoset)
	}
	width := min(c.Px(150), max(c.Px(72), (r.Max.X-x)/max(1, len(m.Actions))))
	fits := max(1, (r.Max.X-x-c.Px(16))/width)
	for _, i := range told(len(m.Actions), m.Chosen, shares, fits) {
		action := m.Actions[i]
		colour, style := paint.Faint, paint.Prose
		if i == m.Chosen {
			colour, style = paint.Yellow, paint.Bold
		}
		text := action
		if shares != nil {
			share := shares[i]
			c.Bar(image.Rect(x, r.Max.Y-c.Px(3), x+width-c.Px(10), r.Max.Y), share, paint.Blue)
			text = fmt.Sprintf("%s %.0f %%", action, 100*share)
		}
		c.Text(x, y, width-c.Px(6), text, style, colour)
		x += width
	}
	if fits < len(m.Actions) {
		c.Text(x, y, r.Max.X-x, "…", paint.Prose, paint.Faint)
	}
}

// told returns which of the actions are written where only so many fit, in their
// order: the chosen one, and those that the solution chooses most often.
func told(actions, chosen int, shares []float64, fits int) []int {
	order := make([]int, actions)
	for i := range order {
		order[i] = i
	}
	if actions <= fits {
		return order
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := order[a], order[b]
		if (x == chosen) != (y == chosen) {
			return x == chosen
		}
		return shares != nil && shares[x] > shares[y]
	})
	order = order[:fits]
	sort.Ints(order)
	return order
}
