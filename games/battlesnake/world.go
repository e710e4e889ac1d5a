package battlesnake

import "dryad/games"

// figures are what is counted for a seat.
type figures struct {
	eaten, kills int32
}

// world is one match.
type world struct {
	config  games.Config
	seed    uint64
	board   *Board
	figures []figures
	bodies  []Body
	moves   []Direction
	events  []games.Event
}

var (
	_ games.World    = (*world)(nil)
	_ games.Terminal = (*world)(nil)
)

func (w *world) Config() games.Config         { return w.config }
func (w *world) Seats() int                   { return w.config.Seats }
func (w *world) Team(s games.Seat) int        { return int(s) }
func (w *world) Now() int                     { return w.board.Turn }
func (w *world) Events() []games.Event        { return w.events }
func (w *world) Body(s games.Seat) games.Body { return &w.bodies[s] }

// Perceive clears the seat's command. A snake that is out does not act.
func (w *world) Perceive(s games.Seat) bool {
	w.bodies[s].perceive()
	return w.board.Snakes[s].Cause == Alive
}

// Step plays a turn.
func (w *world) Step() {
	w.events = w.events[:0]
	var before [MaxSnakes]int
	for s := range w.bodies {
		w.moves[s] = w.bodies[s].command
		before[s] = len(w.board.Snakes[s].Body)
	}
	w.board.Advance(w.moves)
	w.board.spawn(w.seed)
	for s := range w.board.Snakes {
		snake := &w.board.Snakes[s]
		if len(snake.Body) > before[s] {
			w.figures[s].eaten++
			w.tell("eat", s, -1, "")
		}
		if snake.Cause != Alive && snake.Out == w.board.Turn {
			if snake.By >= 0 && snake.By != s {
				w.figures[snake.By].kills++
			}
			w.tell("out", s, snake.By, snake.Cause.String())
		}
	}
}

func (w *world) tell(kind string, seat, other int, what string) {
	head := w.board.Snakes[seat].Body[0]
	w.events = append(w.events, games.Event{Tick: w.board.Turn, Kind: kind, Seat: games.Seat(seat), Other: games.Seat(other), What: what, X: int32(head.X), Y: int32(head.Y)})
}

// Over reports whether the match is over.
func (w *world) Over() bool { return w.board.Turn >= w.config.Ticks || w.board.Over() }

// Result is that of the snakes which lasted longest, and at the end of the time
// of the longest of them.
func (w *world) Result() (games.Result, bool) {
	if !w.Over() {
		return games.Result{}, false
	}
	n := len(w.board.Snakes)
	r := games.Result{Scores: make([]float64, n), Points: make([]float64, n), Winner: -1, Reason: "last snake"}
	for s := range n {
		r.Points[s] = float64(w.turns(s))
	}
	switch {
	case n == 1:
		r.Scores[0] = r.Points[0] / float64(w.config.Ticks)
		r.Reason = "the snake is out"
		if w.board.Left() == 1 {
			r.Winner, r.Reason = 0, "time limit"
		}
		return r, true
	case w.board.Left() > 1:
		r.Reason = "time limit"
	case w.board.Left() == 0:
		r.Reason = "the last snakes went out together"
	}
	best, winners := 0, 0
	for s := range n {
		switch m := w.merit(s); {
		case winners == 0 || m > best:
			best, winners, r.Winner = m, 1, s
		case m == best:
			winners++
		}
	}
	for s := range n {
		if w.merit(s) == best {
			r.Scores[s] = 0.5
			if winners == 1 {
				r.Scores[s] = 1
			}
		}
	}
	if winners > 1 {
		r.Winner = -1
	}
	return r, true
}

// turns is how many turns a snake has lasted.
func (w *world) turns(s int) int {
	if snake := &w.board.Snakes[s]; snake.Cause != Alive {
		return snake.Out
	}
	return w.board.Turn
}

// merit compares snakes: those that are in by their length above all that are
// out, those by the turn in which they went out.
func (w *world) merit(s int) int {
	snake := &w.board.Snakes[s]
	if snake.Cause == Alive {
		return maxTurns + 1 + len(snake.Body)
	}
	return snake.Out
}

// Metrics returns turns, length, food eaten and kills.
func (w *world) Metrics(s games.Seat) []games.Metric {
	return []games.Metric{
		{Name: "turns", Value: float64(w.turns(int(s))), Unit: "turns", Better: 1},
		{Name: "length", Value: float64(len(w.board.Snakes[s].Body)), Unit: "cells", Better: 1},
		{Name: "eaten", Value: float64(w.figures[s].eaten), Better: 1},
		{Name: "kills", Value: float64(w.figures[s].kills), Better: 1},
	}
}
