package games

import "dryad/vocab"

// Body is a seat's side of the world: what it perceives and what it commands.
// Nothing hidden from the seat can be learned through it.
type Body interface {
	// Seat returns whose body this is.
	Seat() Seat
	// Observe writes the values of the readings (indices as
	// vocab.Vocabulary.Reading gives them) to values, which has the same
	// length. Values do not change within a tick. Bools are 0 or 1, enums
	// indices, durations ticks, angles degrees.
	Observe(readings []int32, values []float64)
	// Choose picks a target with the chooser at an index of
	// Vocabulary().Choosers, or reports that there is none to choose. draw is
	// a random word that a random chooser uses in place of a stream of its
	// own.
	Choose(chooser int, draw uint64) (Target, bool)
	// NetInput writes the observation of the neural task at an index of
	// Vocabulary().Nets to input, in its declared shape.
	NetInput(net int, call Call, input []float32)
	// NetOutput turns the network's output into commands on the channels in
	// call.May and returns those that it used.
	NetOutput(net int, call Call, output []float32) vocab.Channels
	// Commit keeps the commands on the given channels and clears all others.
	// A policy calls it once, last, in each tick.
	Commit(channels vocab.Channels)
	// AppendCommands appends this tick's committed commands in the game's own
	// compact form; SetCommands sets them from that form, for replaying, and
	// reports malformed bytes. A seat that commands nothing appends nothing.
	AppendCommands(buf []byte) []byte
	SetCommands(commands []byte) error
}

// Target is something in the world that a chooser picked: the identity is
// what counts, the place is where it was last perceived.
type Target struct {
	Kind    vocab.Kind // Agent, Item or Position
	ID      int32      // seat of an Agent, index of an Item; for a Position the game's own
	X, Y, Z int32      // last perceived place, in the game's own units
}

// Value is an argument of a task: a number or a target, as the parameter's
// kinds say.
type Value struct {
	Given  bool // false for an optional argument that was left out
	Number float64
	Target Target
}

// Call is one tick of one task.
type Call struct {
	Args    []Value        // one for each parameter, resolved when the task started
	Started bool           // this is the first tick of the activation; state is zero
	May     vocab.Channels // the channels that are still free in this tick
	Draw    uint64         // a random word, the same for the whole activation
}
