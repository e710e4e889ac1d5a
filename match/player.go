package match

import (
	"errors"

	"dryad/games"
)

// Player sits on a seat of one match. It learns of the match only through the
// body that it is given. A player that panics, or that returns an error, loses
// its seat. A player bounds its own work: a tree by its budget, another process
// by a deadline; the match waits for it.
type Player interface {
	// Tick reads what the body perceives in this tick and decides. It may
	// leave work for the evaluator of neural networks, which runs after all
	// players have ticked.
	Tick(body games.Body) error
	// Finish ends the tick: the player commits its commands to the body.
	Finish(body games.Body) error
	// Rest tells the player that its seat does not act in this tick: it is
	// dead, or it is not its turn.
	Rest(body games.Body)
}

// Snapshotter is a Player whose state can be copied, so that a match that it plays
// in can be snapshot.
type Snapshotter interface {
	// Snapshot appends the player's state to buf and returns it.
	Snapshot(buf []byte) []byte
	// Restore sets the state from a snapshot of the same player.
	Restore(snapshot []byte) error
}

// The classes of a forfeit.
const (
	// ClassAgent: the agent itself failed: it panicked or stalled.
	ClassAgent = "agent"
	// ClassInfrastructure: something around the agent failed: a process, a
	// network. The match says nothing about the agent.
	ClassInfrastructure = "infrastructure"
	// ClassIllegal: the agent commanded what the rules do not allow.
	ClassIllegal = "illegal"
)

// A player's error that wraps one of these is classed accordingly; any other
// is the agent's own.
var (
	ErrInfrastructure = errors.New("infrastructure")
	ErrIllegal        = errors.New("illegal command")
)

// classify names the class of a player's error.
func classify(err error) string {
	switch {
	case errors.Is(err, ErrInfrastructure):
		return ClassInfrastructure
	case errors.Is(err, ErrIllegal):
		return ClassIllegal
	}
	return ClassAgent
}

// Func makes a Player of a function that decides and commits in one go. It
// keeps no state between ticks and rests by doing nothing.
type Func func(body games.Body) error

var (
	_ Player      = Func(nil)
	_ Snapshotter = Func(nil)
)

// Tick calls the function.
func (f Func) Tick(body games.Body) error { return f(body) }

// Finish does nothing: the function has committed.
func (Func) Finish(games.Body) error { return nil }

// Rest does nothing.
func (Func) Rest(games.Body) {}

// Snapshot returns buf: there is no state.
func (Func) Snapshot(buf []byte) []byte { return buf }

// Restore does nothing: there is no state.
func (Func) Restore([]byte) error { return nil }
