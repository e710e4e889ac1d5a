package remote

import (
	"encoding/binary"
	"errors"
	"fmt"

	"dryad/games"
)

// A snapshot is the commands of all steps: what every deterministic peer can come
// back by. Restoring one begins the match anew and steps through them.

// snapshotVersion begins every snapshot.
const snapshotVersion = 0xe1

// Snapshot appends the history of the match.
func (w *world) Snapshot(buf []byte) []byte {
	buf = append(buf, snapshotVersion)
	buf = binary.LittleEndian.AppendUint64(buf, w.hash)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(w.history)))
	for _, h := range w.history {
		buf = binary.LittleEndian.AppendUint32(buf, uint32(len(h)))
		buf = append(buf, h...)
	}
	return buf
}

// Restore steps through the history of a snapshot and compares the hash. When the
// peer goes another way, it is led back to where the match was.
func (w *world) Restore(snapshot []byte) error {
	history, hash, err := w.readSnapshot(snapshot)
	if err != nil {
		return err
	}
	if w.err != nil {
		return w.err
	}
	before := w.Snapshot(nil)
	w.trying = true
	defer func() {
		w.trying = false
		if w.over {
			w.release()
		}
	}()
	if err := w.replay(history, hash); err == nil || w.err != nil {
		return errors.Join(err, w.err)
	} else if history, hash, again := w.readSnapshot(before); again != nil || w.replay(history, hash) != nil {
		w.fail(fmt.Errorf("%w, and the way back is another one too: the peer is not deterministic", err))
		return w.err
	} else {
		return fmt.Errorf("restore a match of %s: %w", w.game.vocabulary.Game, err)
	}
}

// replay begins the match anew and steps through a history.
func (w *world) replay(history [][][]order, hash uint64) error {
	w.refused = nil
	w.vacate()
	w.begin()
	for _, orders := range history {
		if w.refused != nil {
			return w.refused
		}
		if w.over {
			return fmt.Errorf("the match ends after %d ticks, the snapshot is of a later one", w.now)
		}
		for s := range w.bodies {
			w.Perceive(games.Seat(s))
			w.bodies[s].committed = orders[s]
		}
		w.Step()
	}
	if w.refused != nil {
		return w.refused
	}
	if w.err == nil && w.hash != hash {
		return errors.New("the same commands lead elsewhere")
	}
	return nil
}

// readSnapshot reads the orders of every tick and seat.
func (w *world) readSnapshot(snapshot []byte) (history [][][]order, hash uint64, err error) {
	damaged := fmt.Errorf("restore a match of %s: %d bytes are no snapshot of it", w.game.vocabulary.Game, len(snapshot))
	r := reader{data: snapshot}
	if r.byte() != snapshotVersion {
		return nil, 0, damaged
	}
	hash = r.word()
	for range r.length() {
		step := reader{data: r.take(r.length())}
		var orders [][]order
		for range w.bodies {
			data := step.take(step.length())
			if r.bad || step.bad {
				return nil, 0, damaged
			}
			o, err := readOrders(w.game.vocabulary, data)
			if err != nil {
				return nil, 0, damaged
			}
			orders = append(orders, o)
		}
		if len(step.data) > 0 {
			return nil, 0, damaged
		}
		history = append(history, orders)
	}
	if r.bad || len(r.data) > 0 {
		return nil, 0, damaged
	}
	return history, hash, nil
}

// length reads a length.
func (r *reader) length() int {
	if r.bad = r.bad || len(r.data) < 4; r.bad {
		return 0
	}
	n := binary.LittleEndian.Uint32(r.data)
	r.data = r.data[4:]
	return int(n)
}

// take reads n bytes.
func (r *reader) take(n int) []byte {
	if r.bad = r.bad || n > len(r.data); r.bad {
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}
