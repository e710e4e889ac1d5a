package negotiation

import (
	"hash/fnv"

	"dryad/games"
)

// World is one match.
type World struct {
	config games.Config
	set    Set // with a pool
	values [2]Items
	talk   Talk
	texts  []string // the words of each move
	now    int
	bodies [2]body
	events []games.Event
}

var _ games.World = (*World)(nil)

func newWorld(config games.Config, set Set, seed uint64) *World {
	const purposeValues = 0x76616c7565
	deals := set.Deals()
	w := &World{config: config, set: set, values: deals[games.Stream(seed, purposeValues).IntN(len(deals))]}
	w.talk.Set = &w.set
	for s := range w.bodies {
		w.bodies[s] = body{world: w, seat: games.Seat(s)}
	}
	return w
}

// Config implements games.World.
func (w *World) Config() games.Config { return w.config }

// Seats implements games.World.
func (w *World) Seats() int { return 2 }

// Team implements games.World.
func (w *World) Team(s games.Seat) int { return int(s) }

// Now implements games.World.
func (w *World) Now() int { return w.now }

// Events implements games.World.
func (w *World) Events() []games.Event { return w.events }

// Body implements games.World.
func (w *World) Body(s games.Seat) games.Body { return &w.bodies[s] }

// Set returns the rules of the match, with its pool. It must not be changed.
func (w *World) Set() *Set { return &w.set }

// Talk returns what was said so far. It must not be changed.
func (w *World) Talk() *Talk { return &w.talk }

// Values returns what each kind is worth for a seat. It is hidden from the other.
func (w *World) Values(s games.Seat) Items { return w.values[s] }

// Perceive reports whether it is the seat's turn.
func (w *World) Perceive(s games.Seat) bool {
	w.bodies[s].wish, w.bodies[s].command = nil, nil
	return !w.talk.Over() && w.talk.Speaker() == int(s)
}

// Step makes the speaker's move. Who says nothing passes.
func (w *World) Step() {
	w.events = w.events[:0]
	speaker := games.Seat(w.talk.Speaker())
	var said utterance
	if c := w.bodies[speaker].command; c != nil && w.talk.Check(c.move) == nil {
		said = *c
	}
	text := said.text
	if text == "" {
		text = Say(w.set.Pool, said.move, Plain)
	}
	w.talk, w.texts = w.talk.After(said.move), append(w.texts, text)
	w.now++
	w.events = append(w.events, games.Event{Tick: w.now, Kind: "say", Seat: speaker, Other: games.NoSeat, What: said.move.String(), Text: text})
	if _, deal := w.talk.Shares(); deal {
		points := w.talk.Points(w.values)
		for s, p := range points {
			w.events = append(w.events, games.Event{Tick: w.now, Kind: "deal", Seat: games.Seat(s), Other: games.NoSeat, Value: float64(p), Known: []games.Seat{games.Seat(s)}})
		}
	}
}

// Over implements games.Terminal.
func (w *World) Over() bool { return w.talk.Over() }

// Result compares the points by each seat's own values.
func (w *World) Result() (games.Result, bool) {
	if !w.talk.Over() {
		return games.Result{}, false
	}
	points := w.talk.Points(w.values)
	r := games.Result{Scores: []float64{0.5, 0.5}, Points: []float64{float64(points[0]), float64(points[1])}, Winner: -1, Reason: "no deal"}
	if _, deal := w.talk.Shares(); deal {
		r.Reason = "deal"
	}
	for s := range points {
		if points[s] > points[1-s] {
			r.Winner = s
			r.Scores[s], r.Scores[1-s] = 1, 0
		}
	}
	return r, true
}

// Metrics returns the points, whether there is a deal, and the turns used.
func (w *World) Metrics(s games.Seat) []games.Metric {
	points := w.talk.Points(w.values)
	_, deal := w.talk.Shares()
	return []games.Metric{
		{Name: "points", Value: float64(points[s]), Better: 1},
		{Name: "points_of_the_other", Value: float64(points[1-s])},
		{Name: "deal", Value: truth(deal), Better: 1},
		{Name: "turns", Value: float64(len(w.talk.Moves)), Unit: "turns"},
	}
}

// Hash digests the snapshot.
func (w *World) Hash() uint64 {
	h := fnv.New64a()
	h.Write(w.Snapshot(nil))
	return h.Sum64()
}
