package werewolf

import (
	"encoding/binary"
	"errors"
	"hash/fnv"

	"dryad/games"
)

// headerBytes is the size of a snapshot's header.
const headerBytes = 8 + 8 + 4

// header appends what says of which match a snapshot is: a digest of the
// rules and of the book of deals, the seed, the tick.
func (w *World) header(buf []byte) []byte {
	h := fnv.New64a()
	h.Write(w.config.Rules)
	h.Write([]byte(w.config.Map))
	buf = binary.LittleEndian.AppendUint64(buf, h.Sum64())
	buf = binary.LittleEndian.AppendUint64(buf, w.seed)
	return binary.LittleEndian.AppendUint32(buf, uint32(w.now))
}

// Snapshot appends the decisions that led to the state: with the seed and the
// rules they are the whole of it.
func (w *World) Snapshot(buf []byte) []byte { return append(w.header(buf), w.tape...) }

var errSnapshot = errors.New("werewolf: the snapshot is of another match, or damaged")

// Restore plays the decisions of the snapshot again, on a world of its own, and
// takes its place if they are all legal.
func (w *World) Restore(snapshot []byte) error {
	if len(snapshot) < headerBytes {
		return errSnapshot
	}
	again, err := NewWorld(w.config, w.seed)
	if err != nil {
		return err
	}
	now := binary.LittleEndian.Uint32(snapshot[16:])
	if uint64(now) > uint64(w.config.Ticks) {
		return errSnapshot
	}
	rest := snapshot[headerBytes:]
	for again.now < int(now) {
		if _, over := again.Result(); over {
			return errSnapshot
		}
		for s := range again.bodies {
			if !again.Perceive(games.Seat(s)) {
				continue
			}
			if len(rest) < 2 {
				return errSnapshot
			}
			n := int(binary.LittleEndian.Uint16(rest))
			if len(rest) < 2+n || again.bodies[s].SetCommands(rest[2:2+n]) != nil {
				return errSnapshot
			}
			rest = rest[2+n:]
		}
		again.Step()
	}
	if len(rest) > 0 || string(again.header(nil)) != string(snapshot[:headerBytes]) {
		return errSnapshot
	}
	again.events = again.events[:0]
	w.table, w.now, w.night, w.told, w.tape, w.events = again.table, again.now, again.night, again.told, again.tape, w.events[:0]
	for s := range w.bodies {
		w.bodies[s].clear()
		w.bodies[s].forget()
	}
	return nil
}
