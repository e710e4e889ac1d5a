package match

import (
	"fmt"

	"dryad/games"
	"dryad/replay"
)

// Late makes an entrant that carries recorded commands out before a tick and plays as e
// from that tick on. The commands are those of the entrant's seat in a match of the same
// configuration and seed; they must not be fewer than the ticks. Its player is no
// Snapshotter.
func Late(e Entrant, commands replay.Commands, from int) Entrant {
	inner := e.Make
	e.Make = func(at PlayerContext, seat games.Seat, seed uint64) (Player, error) {
		if commands.Ticks() < from {
			return nil, fmt.Errorf("commands are recorded of %d ticks, not of %d", commands.Ticks(), from)
		}
		p, err := inner(at, seat, seed)
		if err != nil {
			return nil, err
		}
		return &latecomer{inner: p, at: at, commands: commands, from: from}, nil
	}
	return e
}

// latecomer plays for another player until that one begins.
type latecomer struct {
	inner    Player
	at       PlayerContext
	commands replay.Commands
	from     int // the inner player's first tick
}

var (
	_ Player  = (*latecomer)(nil)
	_ wrapper = (*latecomer)(nil)
)

func (l *latecomer) unwrap() Player { return l.inner }

// begun reports whether the inner player plays.
func (l *latecomer) begun() bool { return l.at.Now() >= l.from }

// Tick lets the inner player think once it has begun.
func (l *latecomer) Tick(body games.Body) error {
	if !l.begun() {
		return nil
	}
	return l.inner.Tick(body)
}

// Finish sets the recorded commands, or the inner player's.
func (l *latecomer) Finish(body games.Body) error {
	if l.begun() {
		return l.inner.Finish(body)
	}
	if err := body.SetCommands(l.commands.At(l.at.Now())); err != nil {
		return fmt.Errorf("%w: %w", ErrIllegal, err)
	}
	return nil
}

// Rest lets the inner player rest once it has begun.
func (l *latecomer) Rest(body games.Body) {
	if l.begun() {
		l.inner.Rest(body)
	}
}

// Close closes the inner player.
func (l *latecomer) Close() {
	if c, ok := l.inner.(interface{ Close() }); ok {
		c.Close()
	}
}
