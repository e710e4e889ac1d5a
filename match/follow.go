package match

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/replay"
)

// follower plays recorded commands. A player may think beside it; what it
// would have commanded is compared, and takes over once the record ends.
type follower struct {
	world    games.World
	commands replay.Commands
	until    int    // the first tick that is not recorded
	inner    Player // nil when nobody thinks
	diverged int    // the first tick in which inner commanded something else, or -1
	fault    error  // the record could not be carried out
	buffer   []byte
}

var (
	_ Player      = (*follower)(nil)
	_ Snapshotter = (*follower)(nil)
	_ wrapper     = (*follower)(nil)
)

func (f *follower) unwrap() Player { return f.inner }

// Tick lets the inner player think.
func (f *follower) Tick(body games.Body) error {
	if f.inner == nil {
		return nil
	}
	return f.inner.Tick(body)
}

// Finish sets the recorded commands.
func (f *follower) Finish(body games.Body) error {
	if f.inner != nil {
		if err := f.inner.Finish(body); err != nil {
			return err
		}
	}
	now := f.world.Now()
	if now >= f.until {
		if f.inner == nil {
			body.Commit(0)
		}
		return nil
	}
	recorded := f.commands.At(now)
	if f.inner != nil && f.diverged < 0 {
		f.buffer = body.AppendCommands(f.buffer[:0])
		if !bytes.Equal(f.buffer, recorded) {
			f.diverged = now
		}
	}
	if err := body.SetCommands(recorded); err != nil {
		f.fault = fmt.Errorf("tick %d, seat %d: %w", now, body.Seat(), err)
		return fmt.Errorf("%w: %w", ErrIllegal, err)
	}
	return nil
}

// Rest lets the inner player rest.
func (f *follower) Rest(body games.Body) {
	if f.inner != nil {
		f.inner.Rest(body)
	}
}

// Close closes the inner player.
func (f *follower) Close() {
	if c, ok := f.inner.(interface{ Close() }); ok {
		c.Close()
	}
}

// Snapshot keeps the divergence and the inner player's state.
func (f *follower) Snapshot(buf []byte) []byte {
	buf = binary.LittleEndian.AppendUint64(buf, uint64(f.diverged))
	if k, ok := f.inner.(Snapshotter); ok {
		buf = k.Snapshot(buf)
	}
	return buf
}

// Restore is the inverse of Snapshot.
func (f *follower) Restore(snapshot []byte) error {
	if len(snapshot) < 8 {
		return errors.New("the snapshot is cut short")
	}
	if k, ok := f.inner.(Snapshotter); ok {
		if err := k.Restore(snapshot[8:]); err != nil {
			return err
		}
	}
	f.diverged = int(int64(binary.LittleEndian.Uint64(snapshot)))
	return nil
}
