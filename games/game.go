package games

import (
	"encoding/json"

	"dryad/vocab"
)

// Seat is a place at the table, from 0.
type Seat int

// NoSeat stands for nobody: the world itself, or no winner.
const NoSeat Seat = -1

// Config chooses one match of a game. The zero value of every field takes the
// game's default. Together with the seed and the policies it determines the
// match.
type Config struct {
	// Name is the catalogue name of the game definition, if it came from one.
	Name string `json:"name,omitempty"`
	// Map names the map: "generated:SEED", "generated:FAMILY:SEED" or
	// "FILE.wad:MAPNN". Games without maps ignore it.
	Map string `json:"map,omitempty"`
	// Mode is the rule set, for example "deathmatch".
	Mode string `json:"mode,omitempty"`
	// Seats is the number of players.
	Seats int `json:"seats,omitempty"`
	// Ticks is the longest the match may last, in ticks (turns for a
	// turn-based game).
	Ticks int `json:"ticks,omitempty"`
	// Rules holds the game's own rule options, as its documentation states.
	Rules json.RawMessage `json:"rules,omitempty"`
}

// Game is the static side of a game. Its methods may be called from several
// goroutines.
type Game interface {
	// Vocabulary returns what a tree may say about the game. The caller must
	// not change it.
	Vocabulary() *vocab.Vocabulary
	// Task returns the behaviour of the task at an index of
	// Vocabulary().Tasks. One value serves every agent.
	Task(index int) Task
	// Complete fills the fields of a configuration that were left zero with
	// the game's defaults and reports what is illegal in it.
	Complete(Config) (Config, error)
	// New starts a match. The configuration is completed first.
	New(config Config, seed uint64) (World, error)
}

// World is one match in progress. It is used by one goroutine at a time.
type World interface {
	// Config returns the completed configuration.
	Config() Config
	// Seats returns the number of seats; it never changes.
	Seats() int
	// Team returns the team of a seat; in a game without teams each seat is
	// its own.
	Team(seat Seat) int
	// Now returns the number of Steps made so far: the current tick.
	Now() int
	// Perceive freezes what the seat perceives for this tick, clears its
	// commands, and reports whether it acts in this tick (it lives, it is its
	// turn). It may be called once a tick and seat.
	Perceive(seat Seat) bool
	// Body returns the seat's body. It is the same value for the whole match
	// and is valid between Perceive and Step.
	Body(seat Seat) Body
	// Step carries out the commands of all seats and advances to the next
	// tick. It must not be called once the match is over.
	Step()
	// Result returns the outcome, and whether the match is over.
	Result() (Result, bool)
	// Events returns what happened in the last Step. The slice is valid until
	// the next Step.
	Events() []Event
	// Metrics returns the figures of a seat so far, always the same names in
	// the same order.
	Metrics(seat Seat) []Metric
	// Hash returns a digest of the whole state. Two worlds with equal hashes
	// go on equally under equal commands.
	Hash() uint64
	// Snapshot appends the whole state to buf and returns it. Restore sets
	// the state of a world that was made with the same configuration and
	// seed; it reports a snapshot of another world, or a damaged one, and then
	// leaves the world unchanged.
	Snapshot(buf []byte) []byte
	Restore(snapshot []byte) error
}
