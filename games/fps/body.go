package fps

import (
	"dryad/games"
	"dryad/vocab"
)

// Body is a seat's side of a shooter: it reads the percept and keeps the
// command. A world owns one for each seat, fills Percept, and takes the
// command from Command.
type Body struct {
	Percept Percept
	// Tutor, if any, is told what the network of a neural task answered before it
	// becomes commands, and may change it. Training sets it; it is no part of the
	// state.
	Tutor func(net int, call games.Call, output []float32)
	// Delegated says that the player leaves its seat to the engine's own bots, in a
	// world that has such. It is set before the first tick that a seat acts in.
	Delegated bool

	pending   Command
	committed Command
}

var _ games.Body = (*Body)(nil)

// Seat returns whose body this is.
func (b *Body) Seat() games.Seat { return games.Seat(b.Percept.Actor) }

// Command returns the committed command.
func (b *Body) Command() Command { return b.committed }

// Clear forgets all commands.
func (b *Body) Clear() { b.pending, b.committed = Command{}, Command{} }

// Observe writes the values of readings.
func (b *Body) Observe(readings []int32, values []float64) {
	for i, r := range readings {
		values[i] = readers[r](&b.Percept)
	}
}

// Choose picks a target.
func (b *Body) Choose(chooser int, draw uint64) (games.Target, bool) {
	return choosers[chooser].pick(&b.Percept, draw)
}

// Commit keeps the commands on the given channels and clears all others.
func (b *Body) Commit(channels vocab.Channels) {
	b.committed = b.pending.only(channels)
	b.pending = Command{}
}

// Aside returns the command that do makes and leaves the body's own commands as
// they were.
func (b *Body) Aside(do func() Command) Command {
	pending, committed := b.pending, b.committed
	b.pending = Command{}
	command := do()
	b.pending, b.committed = pending, committed
	return command
}

// AppendCommands appends the committed command in its compact form.
func (b *Body) AppendCommands(buf []byte) []byte { return b.committed.append(buf) }

// SetCommands sets the command from its compact form.
func (b *Body) SetCommands(commands []byte) error {
	c, err := parseCommand(commands)
	if err != nil {
		return err
	}
	b.committed = c
	return nil
}
