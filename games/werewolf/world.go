package werewolf

import (
	"encoding/binary"
	"encoding/json"
	"hash/fnv"

	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Purposes of random streams.
const purposeTie = 0x746965

// World is one match.
type World struct {
	config games.Config
	set    rules.Set
	seed   uint64
	table  *rules.Table
	now    int
	night  int // points of this night that have gone by
	told   int // records of the log that were events already
	bodies []Body
	tape   []byte // all commands, for snapshots
	events []games.Event
}

var (
	_ games.World            = (*World)(nil)
	_ games.PublicConfigurer = (*World)(nil)
	_ games.Coalitions       = (*World)(nil)
)

// NewWorld starts a match. The configuration is completed first.
func NewWorld(config games.Config, seed uint64) (*World, error) {
	config, set, err := complete(config)
	if err != nil {
		return nil, err
	}
	w := &World{config: config, set: set, seed: seed, bodies: make([]Body, config.Seats)}
	w.table = rules.Deal(w.set, page(config, seed))
	for s := range w.bodies {
		w.bodies[s] = Body{seat: games.Seat(s)}
	}
	return w, nil
}

// Config returns the completed configuration.
func (w *World) Config() games.Config { return w.config }

// PublicConfig returns the configuration without a fixed deal, which would tell every
// role.
func (w *World) PublicConfig() games.Config {
	c, set := w.config, w.set
	if set.Deal == nil {
		return c
	}
	set.Deal = nil
	text, err := json.Marshal(set)
	if err != nil {
		panic("werewolf: bug: " + err.Error())
	}
	c.Rules = text
	return c
}

// Seats returns the number of players.
func (w *World) Seats() int { return w.config.Seats }

// Team returns rules.Village or rules.Wolves.
func (w *World) Team(s games.Seat) int { return w.table.Role(s).Team() }

// Coalition returns with whom a seat may share what it knows: with nobody. A tree's
// team keys are its own.
func (w *World) Coalition(s games.Seat) int { return int(s) }

// Now returns the number of decision points that have gone by.
func (w *World) Now() int { return w.now }

// Body returns the seat's body, a *Body.
func (w *World) Body(s games.Seat) games.Body { return &w.bodies[s] }

// Events returns what happened in the last Step.
func (w *World) Events() []games.Event { return w.events }

// Table returns the state of the game, hidden roles included. It must not be
// changed.
func (w *World) Table() *rules.Table { return w.table }

// idle reports whether the present tick is one that a dead werewolf would have
// had.
func (w *World) idle() bool { return w.table.Phase() == rules.Night && w.night < w.table.NightStep() }

// Perceive brings the seat's view up to date and says whether it decides now.
func (w *World) Perceive(s games.Seat) bool {
	b := &w.bodies[s]
	b.clear()
	if w.idle() || !w.table.Pending().Has(s) {
		b.view.Act, b.view.Legal = rules.None, 0
		return false
	}
	w.table.Look(s, &b.view)
	b.now = w.now
	b.mind = nil
	return true
}

// Step carries out the decisions of all who were to decide. Who decided nothing
// passes.
func (w *World) Step() {
	w.events = w.events[:0]
	if w.idle() {
		w.night++
		w.now++
		w.tell()
		return
	}
	at, before := w.table.Phase(), w.table.Round()
	for s := range w.table.Pending().All() {
		b := &w.bodies[s]
		mark := len(w.tape)
		w.tape = append(w.tape, 0, 0)
		w.tape = b.AppendCommands(w.tape)
		binary.LittleEndian.PutUint16(w.tape[mark:], uint16(len(w.tape)-mark-2))
		w.decide(s, b.command)
	}
	w.breakTie()
	w.now++
	if at == rules.Night && w.table.Phase() == rules.Night && w.table.Round() == before {
		w.night++
	} else {
		w.night = 0
	}
	w.tell()
}

// decide hands a decision to the table; what is not legal there is a pass.
func (w *World) decide(s games.Seat, d rules.Decision) {
	if w.table.Decide(s, d) != nil {
		if err := w.table.Decide(s, rules.Pass()); err != nil {
			panic("werewolf: bug: passing is not legal: " + err.Error())
		}
	}
}

// breakTie draws whom a tie eliminates.
func (w *World) breakTie() {
	if w.table.Phase() != rules.Tie {
		return
	}
	tied := w.table.Tied()
	n := games.Stream(w.seed, purposeTie, uint64(w.table.Round())).IntN(tied.Len())
	if err := w.table.Break(tied.Nth(n)); err != nil {
		panic("werewolf: bug: " + err.Error())
	}
}

// Result returns the winning team; a game that its rounds or its ticks end is a
// draw.
func (w *World) Result() (games.Result, bool) {
	if !w.table.Over() && w.now < w.config.Ticks {
		return games.Result{}, false
	}
	r := games.Result{Scores: make([]float64, w.config.Seats), Points: make([]float64, w.config.Seats), Winner: -1, Reason: "the match's ticks are used up"}
	if w.table.Over() {
		r.Winner, r.Reason = w.table.Winner(), w.table.Reason()
	}
	for s := range r.Scores {
		seat := games.Seat(s)
		switch {
		case r.Winner < 0:
			r.Scores[s] = 0.5
		case w.Team(seat) == r.Winner:
			r.Scores[s] = 1
		}
		r.Points[s] = float64(w.table.Reward(seat))
	}
	return r, true
}

// Metrics returns the paper's shaped reward, the rounds lived through, what was
// said and voted, and how often the seat decided nothing.
func (w *World) Metrics(s games.Seat) []games.Metric {
	asked, passed := w.table.Asked(s)
	var speeches, ballots, right, against, lived int
	lived = w.table.Round()
	for _, r := range w.table.Log() {
		switch {
		case r.Kind == rules.Spoke && r.Seat == s:
			speeches++
		case r.Kind == rules.Voted && r.Seat == s && r.Target != games.NoSeat:
			ballots++
			if w.Team(r.Target) != w.Team(s) {
				right++
			}
		case r.Kind == rules.Voted && r.Target == s:
			against++
		case (r.Kind == rules.Killed || r.Kind == rules.Eliminated) && r.Seat == s:
			lived = int(r.Round) - 1
		}
	}
	return []games.Metric{
		{Name: "reward", Value: float64(w.table.Reward(s)), Better: 1},
		{Name: "rounds_survived", Value: float64(lived), Unit: "rounds", Better: 1},
		{Name: "speeches", Value: float64(speeches)},
		{Name: "votes", Value: float64(ballots)},
		{Name: "votes_against_opponents", Value: float64(right), Better: 1},
		{Name: "votes_received", Value: float64(against), Better: -1},
		{Name: "decisions", Value: float64(asked)},
		{Name: "passes", Value: float64(passed)},
	}
}

// Hash digests the rules, the deal and every decision so far.
func (w *World) Hash() uint64 {
	h := fnv.New64a()
	h.Write(w.config.Rules)
	h.Write(w.header(nil))
	for s := range w.config.Seats {
		h.Write([]byte{byte(w.table.Role(games.Seat(s)))})
	}
	h.Write(w.tape)
	return h.Sum64()
}
