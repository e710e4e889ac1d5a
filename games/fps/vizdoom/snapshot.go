package vizdoom

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// snapshotMagic begins every snapshot.
const snapshotMagic = uint64(0x31746f687356d00d)

// state lists everything that a snapshot keeps, always in the same order. The sizes
// never change in a match.
func (w *World) state() []any {
	return []any{
		&w.head, w.actors, w.contacts, w.bodied, w.lostAt, w.gone, w.visited, w.level.Items, w.points, w.views,
		w.heights.Floor, w.heights.Ceiling, w.diary.selves, w.diary.sights,
	}
}

// Snapshot appends the whole state of the Go side. The engines keep theirs.
func (w *World) Snapshot(buf []byte) []byte {
	buf = binary.LittleEndian.AppendUint64(buf, snapshotMagic)
	buf = binary.LittleEndian.AppendUint64(buf, w.origin)
	for _, part := range w.state() {
		var err error
		if buf, err = binary.Append(buf, binary.LittleEndian, part); err != nil {
			panic("vizdoom: bug in the state: " + err.Error())
		}
	}
	return buf
}

var (
	errDamaged = errors.New("the snapshot of a match of vizdoom is damaged")
	errForeign = errors.New("the snapshot is of another match of vizdoom")
	errBack    = errors.New("the engine cannot go back: a match of vizdoom is watched again from its replay")
)

// Restore sets the state of a match that is told again. The engines of one that is
// played cannot go to another tick.
func (w *World) Restore(snapshot []byte) error {
	if len(snapshot) < 16 || binary.LittleEndian.Uint64(snapshot) != snapshotMagic {
		return errDamaged
	}
	if binary.LittleEndian.Uint64(snapshot[8:]) != w.origin {
		return errForeign
	}
	if w.record == nil {
		if bytes.Equal(snapshot, w.Snapshot(nil)) {
			return nil
		}
		return errBack
	}
	body, size := snapshot[16:], 0
	for _, part := range w.state() {
		size += binary.Size(part)
	}
	if len(body) != size {
		return errDamaged
	}
	for _, part := range w.state() {
		n, err := binary.Decode(body, binary.LittleEndian, part)
		if err != nil {
			return errDamaged
		}
		body = body[n:]
	}
	for s := range w.bodies {
		w.bodies[s].Clear()
		w.bots[s] = w.actors[s].Bot != 0
	}
	w.shown = w.lastFilmed()
	w.events, w.told, w.err = w.events[:0], w.told[:0], nil
	return nil
}

// lastFilmed returns the pictures that the record holds of the last tick that was
// filmed.
func (w *World) lastFilmed() [][]byte {
	if w.rules.Film == 0 || w.head.Tick < w.rules.Film {
		return nil
	}
	tick := int(w.head.Tick/w.rules.Film*w.rules.Film) - 1
	data := w.record(tick)
	if tick == 0 {
		data = data[min(len(w.bots), len(data)):]
	}
	pictures, _, err := readPictures(data, len(w.bots))
	if err != nil {
		return nil
	}
	return pictures
}
