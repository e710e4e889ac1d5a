package remote

import (
	"errors"
	"fmt"
	"math"
	"runtime"

	"dryad/games"
)

// world is one match in a peer.
type world struct {
	game   *Game
	config games.Config
	seed   uint64
	*hold
	err error

	now     int
	state   state
	teams   []int
	bodies  []body
	events  []games.Event
	result  games.Result
	over    bool
	hash    uint64
	history [][]byte // the commands of each step, to come back to any tick
	buffer  []byte
	trying  bool  // a snapshot
	refused error // the peer's answer to what a tried snapshot asked
}

// hold is the peer of a match; link is nil when it is over or has failed.
type hold struct {
	of   *Game
	link *link
}

// release gives the peer back.
func (h *hold) release() {
	if h.link != nil {
		h.of.release(h.link) // reset begins its next match whatever the state of this
		h.link = nil
	}
}

var (
	_ games.World    = (*world)(nil)
	_ games.Terminal = (*world)(nil)
	_ games.Failing  = (*world)(nil)
	_ games.Closer   = (*world)(nil)
)

func newWorld(g *Game, c games.Config, seed uint64) *world {
	w := &world{game: g, config: c, seed: seed, bodies: make([]body, c.Seats), hold: &hold{of: g}}
	runtime.AddCleanup(w, (*hold).release, w.hold) // for a match that is given up
	w.vacate()
	return w
}

// vacate makes every seat perceive nothing.
func (w *world) vacate() {
	w.state = state{Seats: make([]seat, w.config.Seats)}
	for s := range w.bodies {
		w.bodies[s] = body{world: w, seat: games.Seat(s)}
		w.state.Seats[s].Readings = make([]float64, w.game.vocabulary.Readings())
	}
}

// seedBits is how many bits of a seed cross the wire: what every language's
// number holds.
const seedBits = 53

// begin starts the match, or starts it anew on the same peer.
func (w *world) begin() {
	if w.link == nil {
		l, err := w.game.acquire()
		if err != nil {
			w.fail(err)
			return
		}
		w.link = l
	}
	c := w.config
	w.now, w.over, w.hash, w.history, w.events = 0, false, games.Mix(w.seed), w.history[:0], nil
	w.receive(&request{Do: doReset, Seed: int64(games.Mix(w.seed) >> (64 - seedBits)),
		Config: &config{Name: c.Name, Map: c.Map, Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks, Rules: c.Rules}})
}

// receive asks for the next state and takes it over.
func (w *world) receive(r *request) {
	var answer reply
	if err := w.link.ask(r, &answer, w.game.params.Exchange); err != nil {
		w.fail(err)
		return
	}
	if answer.Error != "" {
		w.refuse(r.Do, &refusal{clip(answer.Error)})
		return
	}
	if answer.State == nil {
		w.fail(fmt.Errorf("it answers %s without a state", r.Do))
		return
	}
	if err := w.take(answer.State, r.Do == doReset); err != nil {
		w.fail(err)
	}
}

// refuse ends the match at a peer's orderly answer that it does not do what it was
// asked for. While a snapshot is tried, the peer is kept for the way back.
func (w *world) refuse(what string, err *refusal) {
	if w.trying {
		w.over, w.refused = true, err
		return
	}
	if what == doReset {
		w.fail(err)
		return
	}
	w.fail(errors.New(err.text))
}

// refusal is a peer's answer to what it does not do.
type refusal struct{ text string }

func (r *refusal) Error() string { return r.text }

// take checks a state and makes it the present one.
func (w *world) take(s *state, first bool) error {
	words := w.game.vocabulary
	switch {
	case s.Tick != w.now:
		return fmt.Errorf("it says that this is tick %d, it is %d", s.Tick, w.now)
	case len(s.Seats) != w.config.Seats:
		return fmt.Errorf("it tells of %d seats, there are %d", len(s.Seats), w.config.Seats)
	case len(s.Events) > maxEvents:
		return fmt.Errorf("%d events in a tick; at most %d are taken", len(s.Events), maxEvents)
	}
	for i := range s.Seats {
		if err := checkSeat(words, &s.Seats[i]); err != nil {
			return fmt.Errorf("seat %d: %w", i, err)
		}
	}
	if first {
		if w.teams = s.Teams; s.Teams != nil && len(s.Teams) != w.config.Seats {
			return fmt.Errorf("it tells the teams of %d seats, there are %d", len(s.Teams), w.config.Seats)
		}
		for _, t := range s.Teams {
			if t < 0 || t >= w.config.Seats {
				return fmt.Errorf("there is no team %d", t)
			}
		}
	}
	w.events = w.events[:0]
	for _, e := range s.Events {
		known, err := w.known(&e)
		if err != nil {
			return err
		}
		w.events = append(w.events, games.Event{Tick: w.now, Kind: clip(e.Kind), Seat: games.Seat(e.Seat), Other: games.Seat(e.Other),
			What: clip(e.What), Value: e.Value, X: e.X, Y: e.Y, Text: clip(e.Text), Known: known})
	}
	if s.Result != nil {
		if err := w.finish(s.Result); err != nil {
			return err
		}
	} else if w.now >= w.config.Ticks {
		return fmt.Errorf("the match is to last %d ticks, and it gives no result", w.config.Ticks)
	}
	w.state = *s
	w.digest()
	return nil
}

// maxEvents bounds the events of a tick.
const maxEvents = 10_000

// known checks the seats that an event names.
func (w *world) known(e *event) ([]games.Seat, error) {
	there := func(s int) bool { return s >= -1 && s < w.config.Seats }
	fine := there(e.Seat) && there(e.Other) && finite(e.Value)
	var known []games.Seat
	for _, k := range e.Known {
		fine = fine && k >= 0 && there(k)
		known = append(known, games.Seat(k))
	}
	if !fine {
		return nil, fmt.Errorf("the event %q names a seat that there is not, or a value that is no number", clip(e.Kind))
	}
	return known, nil
}

// finish takes the result of the match, and gives the peer back.
func (w *world) finish(r *result) error {
	if len(r.Scores) != w.config.Seats || len(r.Points) != w.config.Seats {
		return fmt.Errorf("its result has %d scores and %d points for %d seats", len(r.Scores), len(r.Points), w.config.Seats)
	}
	for i := range r.Scores {
		if !(r.Scores[i] >= 0 && r.Scores[i] <= 1) || !finite(r.Points[i]) {
			return fmt.Errorf("its result gives seat %d the score %g and the points %g", i, r.Scores[i], r.Points[i])
		}
	}
	if r.Winner < -1 || r.Winner >= w.config.Seats {
		return fmt.Errorf("its result names the team %d", r.Winner)
	}
	w.result = games.Result{Scores: r.Scores, Points: r.Points, Winner: r.Winner, Reason: clip(r.Reason)}
	w.over = true
	return nil
}

func finite(v float64) bool { return v-v == 0 }

// digest folds the present state into the hash. It says how the match went, so
// equal hashes mean equal histories as far as the seats perceived them.
func (w *world) digest() {
	h := games.Mix(w.hash, uint64(w.now))
	add := func(v uint64) { h = (h ^ v) * 0x100000001b3; h ^= h >> 29 }
	for i := range w.state.Seats {
		s := &w.state.Seats[i]
		if s.Acts {
			add(1)
		}
		for _, v := range s.Readings {
			add(math.Float64bits(v))
		}
		for _, c := range s.Choices {
			add(uint64(len(c)))
			for _, t := range c {
				add(uint64(uint32(t.ID))<<32 | uint64(uint32(t.X)))
				add(uint64(uint32(t.Y))<<32 | uint64(uint32(t.Z)))
			}
		}
		for _, e := range s.Ended {
			add(uint64(e))
		}
		for _, m := range s.Metrics {
			add(math.Float64bits(m.Value))
		}
	}
	for _, e := range w.events {
		add(uint64(len(e.Kind))<<32 | uint64(uint32(e.Seat)))
		add(math.Float64bits(e.Value))
	}
	if w.over {
		for _, p := range w.result.Points {
			add(math.Float64bits(p))
		}
	}
	w.hash = h
}

// fail ends the match: its peer is of no use any more.
func (w *world) fail(err error) {
	if w.link != nil {
		w.link.Close()
		w.link = nil
	}
	if w.err == nil {
		w.err = fmt.Errorf("the process of the game %s failed: %w", w.game.vocabulary.Game, err)
	}
	w.over = true
	n := w.config.Seats
	w.result = games.Result{Scores: make([]float64, n), Points: make([]float64, n), Winner: -1, Reason: "the game failed"}
	w.events = nil
}

// Err returns why the match has failed, or nil.
func (w *world) Err() error { return w.err }

// Close gives the peer back, also in the middle of a match.
func (w *world) Close() error {
	w.release()
	return nil
}

func (w *world) Config() games.Config         { return w.config }
func (w *world) Seats() int                   { return w.config.Seats }
func (w *world) Now() int                     { return w.now }
func (w *world) Events() []games.Event        { return w.events }
func (w *world) Body(s games.Seat) games.Body { return &w.bodies[s] }
func (w *world) Over() bool                   { return w.over }
func (w *world) Hash() uint64                 { return w.hash }

func (w *world) Team(s games.Seat) int {
	if w.teams != nil {
		return w.teams[s]
	}
	return int(s)
}

// Perceive clears the seat's commands.
func (w *world) Perceive(s games.Seat) bool {
	w.bodies[s].clear()
	return w.state.Seats[s].Acts && !w.over
}

// Step sends the commands of all seats and receives what comes of them.
func (w *world) Step() {
	w.now++
	if w.err != nil {
		return
	}
	if w.link == nil {
		w.fail(errors.New("the match was closed"))
		return
	}
	r := request{Do: doStep, Commands: make([][]command, len(w.bodies))}
	w.buffer = w.buffer[:0]
	for s := range w.bodies {
		b := &w.bodies[s]
		r.Commands[s] = b.wire()
		at := len(w.buffer)
		w.buffer = b.appendCommands(append(w.buffer, 0, 0, 0, 0))
		putLength(w.buffer[at:], len(w.buffer)-at-4)
		b.sent = append(b.sent[:0], b.committed...)
	}
	w.history = append(w.history, append([]byte(nil), w.buffer...))
	w.receive(&r)
	if w.over && !w.trying {
		w.release()
	}
}

// Result returns what the peer said.
func (w *world) Result() (games.Result, bool) { return w.result, w.over }

// Metrics returns the figures that the peer tells of a seat.
func (w *world) Metrics(s games.Seat) []games.Metric {
	var out []games.Metric
	for _, m := range w.state.Seats[s].Metrics {
		out = append(out, games.Metric{Name: m.Name, Value: m.Value, Unit: m.Unit, Better: m.Better})
	}
	return out
}
