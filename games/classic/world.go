package classic

import (
	"errors"
	"fmt"
	"hash/fnv"

	"dryad/cfr"
	"dryad/games"
	"dryad/vocab"
)

// Keys of the streams of randomness.
const (
	streamChance = iota + 1
	streamPlayer
)

// world is one match: a history, and how it came about.
type world struct {
	game   *Game
	config games.Config
	seed   uint64
	state  cfr.State
	path   []uint16 // index of each move, those of chance too
	now    int
	bodies []body
	events []games.Event
}

// deal lets chance move until a player is to move or the game is over. A draw
// depends on the seed and on how many moves were made.
func (w *world) deal() {
	for w.state.Player() == cfr.Chance {
		w.move(pick(w.state.Probabilities(), games.Stream(w.seed, streamChance, uint64(len(w.path))).Float64()))
	}
}

func (w *world) move(i int) {
	w.path = append(w.path, uint16(i))
	w.state = w.state.Child(i)
}

// pick returns the index whose share of [0, 1) a number falls in.
func pick(probabilities []float64, u float64) int {
	last := 0
	for i, p := range probabilities {
		if p <= 0 {
			continue
		}
		last = i
		if u -= p; u < 0 {
			break
		}
	}
	return last
}

// legal returns the index of an action among the legal ones, or -1.
func (w *world) legal(action cfr.Action) int {
	if w.state.Player() < 0 {
		return -1
	}
	for i, a := range w.state.Actions() {
		if a == action {
			return i
		}
	}
	return -1
}

func (w *world) Config() games.Config              { return w.config }
func (w *world) Seats() int                        { return w.config.Seats }
func (w *world) Team(s games.Seat) int             { return int(s) }
func (w *world) Now() int                          { return w.now }
func (w *world) Events() []games.Event             { return w.events }
func (w *world) Body(s games.Seat) games.Body      { return &w.bodies[s] }
func (w *world) Metrics(games.Seat) []games.Metric { return nil }

// Perceive reports whether it is the seat's turn.
func (w *world) Perceive(s games.Seat) bool {
	w.bodies[s].wish, w.bodies[s].command = 0, 0
	return w.state.Player() == cfr.Player(s)
}

// Step makes the mover's move: what she commanded, or the first legal action.
func (w *world) Step() {
	w.events = w.events[:0]
	mover := games.Seat(w.state.Player())
	i := max(w.bodies[mover].command-1, 0)
	if i >= len(w.state.Actions()) {
		i = 0
	}
	name := ""
	if n, ok := w.state.(cfr.ActionNamer); ok {
		name = n.ActionName(w.state.Actions()[i])
	}
	w.now++
	w.events = append(w.events, games.Event{Tick: w.now, Kind: "move", Seat: mover, Other: games.NoSeat, What: name, Known: []games.Seat{mover}})
	w.move(i)
	w.deal()
}

// Result scores the returns: the best share a win, between the lowest and the
// highest return that the game knows.
func (w *world) Result() (games.Result, bool) {
	if w.state.Player() != cfr.Terminal {
		return games.Result{}, false
	}
	r := games.Result{Scores: make([]float64, w.config.Seats), Points: make([]float64, w.config.Seats), Winner: -1, Reason: "the game is over"}
	w.state.Returns(r.Points)
	best, winners := r.Points[0], 0
	for s, x := range r.Points {
		if x > best {
			best, winners = x, 0
		}
		if x == best {
			winners++
			r.Winner = s
		}
	}
	for s, x := range r.Points {
		switch {
		case x == best && winners == 1:
			r.Scores[s] = 1
		case x == best:
			r.Scores[s] = 0.5
		}
	}
	if winners > 1 {
		r.Winner = -1
	}
	return r, true
}

// Snapshot appends the moves made.
func (w *world) Snapshot(buf []byte) []byte {
	buf = append(buf, byte(w.now>>8), byte(w.now))
	for _, i := range w.path {
		buf = append(buf, byte(i>>8), byte(i))
	}
	return buf
}

var errSnapshot = errors.New("classic: the snapshot is of another match, or damaged")

// Restore replays the moves of a snapshot, checking each, before it changes
// anything.
func (w *world) Restore(snapshot []byte) error {
	if len(snapshot) < 2 || len(snapshot)%2 != 0 {
		return errSnapshot
	}
	fresh := world{state: w.game.inner.Root()}
	now := 0
	for at := 2; at < len(snapshot); at += 2 {
		i := int(snapshot[at])<<8 | int(snapshot[at+1])
		player := fresh.state.Player()
		if player == cfr.Terminal || i >= len(fresh.state.Actions()) {
			return errSnapshot
		}
		if player >= 0 {
			now++
		}
		fresh.move(i)
	}
	if fresh.state.Player() == cfr.Chance || now != int(snapshot[0])<<8|int(snapshot[1]) {
		return errSnapshot
	}
	w.state, w.path, w.now, w.events = fresh.state, fresh.path, now, w.events[:0]
	return nil
}

// Hash digests the snapshot.
func (w *world) Hash() uint64 {
	h := fnv.New64a()
	h.Write(w.Snapshot(nil))
	return h.Sum64()
}

// body is a seat's side of the world.
type body struct {
	world   *world
	seat    games.Seat
	wish    int // index of an action plus one; 0 for none
	command int
}

var _ games.Body = (*body)(nil)

func (b *body) Seat() games.Seat { return b.seat }

// Observe reads how many actions are legal, and which.
func (b *body) Observe(readings []int32, values []float64) {
	mine := b.world.state.Player() == cfr.Player(b.seat)
	for i, r := range readings {
		values[i] = 0
		if !mine {
			continue
		}
		if r == featureLegal {
			values[i] = float64(len(b.world.state.Actions()))
		} else if b.world.legal(cfr.Action(r-1)) >= 0 {
			values[i] = 1
		}
	}
}

func (b *body) Choose(int, uint64) (games.Target, bool)             { return games.Target{}, false }
func (b *body) NetInput(int, games.Call, []float32)                 {}
func (b *body) NetOutput(int, games.Call, []float32) vocab.Channels { return 0 }

func (b *body) Commit(channels vocab.Channels) {
	b.command = 0
	if channels&channelMove != 0 {
		b.command = b.wish
	}
}

func (b *body) AppendCommands(buf []byte) []byte {
	if b.command == 0 {
		return buf
	}
	return append(buf, byte(b.command>>8), byte(b.command))
}

func (b *body) SetCommands(commands []byte) error {
	b.command = 0
	switch len(commands) {
	case 0:
		return nil
	case 2:
		n := int(commands[0])<<8 | int(commands[1])
		if b.world.state.Player() == cfr.Player(b.seat) && n >= 1 && n <= len(b.world.state.Actions()) {
			b.command = n
			return nil
		}
	}
	return fmt.Errorf("classic: malformed commands % x", commands)
}
