package games

import (
	"dryad/bt"
	"dryad/vocab"
)

// Task is the behaviour of a task. It holds no state of its own: what an
// activation remembers lies in the state words that it is given.
type Task interface {
	// Words returns how many state words an activation needs.
	Words() int
	// Tick does one tick's work: it may write commands to the body on the
	// channels in call.May, and returns its status and the channels that it
	// wrote. A task that fails keeps no command. A task that finds a channel
	// it needs taken does what it can with the others.
	Tick(body Body, call Call, state []uint64) (bt.Status, vocab.Channels)
	// Halt ends an activation that was running. It issues no command.
	Halt(body Body, call Call, state []uint64)
}

// Undrawn is a Task that never reads [Call].Draw. No random word is computed for
// it, which costs a tenth of a tick in a tree of many small tasks: its calls
// carry 0 there. Its choosers still get theirs.
type Undrawn interface {
	Task
	// Undrawn does nothing.
	Undrawn()
}
