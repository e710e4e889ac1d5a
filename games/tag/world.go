package tag

import (
	"math"

	"dryad/games"
)

// frozenTicks is how long a tagged player cannot move.
const frozenTicks = 10

// player is the state of one seat.
type player struct {
	at     cell
	frozen uint8
	points int32
	tags   int32 // how often it tagged another
	tagged int32 // how often it was tagged
	steps  int32
}

// world is one match.
type world struct {
	config  games.Config
	board   *board
	now     int
	it      games.Seat
	players []player
	bodies  []body
	events  []games.Event
}

var _ games.World = (*world)(nil)

func newWorld(config games.Config, b *board, seed uint64) *world {
	w := &world{config: config, board: b, players: make([]player, config.Seats), bodies: make([]body, config.Seats)}
	r := games.Stream(seed, 1)
	for s := range w.players {
		w.players[s].at = b.open[r.IntN(len(b.open))]
		w.bodies[s] = body{world: w, seat: games.Seat(s)}
	}
	w.it = games.Seat(r.IntN(config.Seats))
	w.players[w.it].frozen = frozenTicks
	return w
}

func (w *world) Config() games.Config { return w.config }
func (w *world) Seats() int           { return w.config.Seats }
func (w *world) Team(s games.Seat) int {
	return int(s)
}
func (w *world) Now() int              { return w.now }
func (w *world) Events() []games.Event { return w.events }

func (w *world) Body(s games.Seat) games.Body { return &w.bodies[s] }

// Perceive clears the seat's command. Who is frozen does not act.
func (w *world) Perceive(s games.Seat) bool {
	w.bodies[s].wish, w.bodies[s].command = 0, 0
	return w.players[s].frozen == 0
}

// Step moves all players at once, then lets it tag, then counts.
func (w *world) Step() {
	w.events = w.events[:0]
	for s := range w.players {
		p := &w.players[s]
		if p.frozen > 0 {
			p.frozen--
			continue
		}
		if to := w.board.step(p.at, w.bodies[s].command); to != p.at {
			p.at = to
			p.steps++
		}
	}
	w.now++
	w.tag()
	for s := range w.players {
		if games.Seat(s) != w.it {
			w.players[s].points++
		}
	}
}

// tag passes the role on when it stands next to somebody.
func (w *world) tag() {
	from := w.it
	if w.players[from].frozen > 0 {
		return
	}
	victim, best := games.NoSeat, uint8(2)
	for s := range w.players {
		if d := w.board.far[w.players[from].at][w.players[s].at]; games.Seat(s) != from && d < best {
			victim, best = games.Seat(s), d
		}
	}
	if victim == games.NoSeat {
		return
	}
	w.it = victim
	w.players[victim].frozen = frozenTicks
	w.players[victim].tagged++
	w.players[from].tags++
	at := w.players[victim].at
	w.events = append(w.events, games.Event{Tick: w.now, Kind: "tag", Seat: from, Other: victim, X: int32(at % width), Y: int32(at / width)})
}

// Result compares the points at the end of the time.
func (w *world) Result() (games.Result, bool) {
	if w.now < w.config.Ticks {
		return games.Result{}, false
	}
	r := games.Result{Scores: make([]float64, len(w.players)), Points: make([]float64, len(w.players)), Winner: -1, Reason: "time limit"}
	best, winners := int32(math.MinInt32), 0
	for s, p := range w.players {
		r.Points[s] = float64(p.points)
		if p.points > best {
			best, winners = p.points, 0
		}
		if p.points == best {
			winners++
			r.Winner = s
		}
	}
	for s, p := range w.players {
		switch {
		case p.points == best && winners == 1:
			r.Scores[s] = 1
		case p.points == best:
			r.Scores[s] = 0.5
		}
	}
	if winners > 1 {
		r.Winner = -1
	}
	return r, true
}

// Metrics returns points, tags, times tagged and steps.
func (w *world) Metrics(s games.Seat) []games.Metric {
	p := &w.players[s]
	return []games.Metric{
		{Name: "points", Value: float64(p.points), Unit: "ticks", Better: 1},
		{Name: "tags", Value: float64(p.tags), Better: 1},
		{Name: "tagged", Value: float64(p.tagged), Better: -1},
		{Name: "steps", Value: float64(p.steps), Unit: "cells"},
	}
}
