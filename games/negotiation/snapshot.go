package negotiation

import (
	"encoding/binary"
	"errors"
)

// moveBytes is the size of a move in a snapshot and in commands.
const moveBytes = 1 + Kinds

// Snapshot appends the pool, the values, and each move with its words.
func (w *World) Snapshot(buf []byte) []byte {
	for _, n := range [...]Items{w.set.Pool, w.values[0], w.values[1]} {
		buf = append(buf, n[:]...)
	}
	for i, m := range w.talk.Moves {
		buf = binary.LittleEndian.AppendUint16(appendMove(buf, m), uint16(len(w.texts[i])))
		buf = append(buf, w.texts[i]...)
	}
	return buf
}

func appendMove(buf []byte, m Move) []byte { return append(append(buf, byte(m.Kind)), m.Keep[:]...) }

func moveOf(b []byte) Move { return Move{Kind: Kind(b[0]), Keep: Items(b[1:moveBytes])} }

var errSnapshot = errors.New("negotiation: the snapshot is of another match, or damaged")

// Restore checks the snapshot wholly before it changes anything.
func (w *World) Restore(snapshot []byte) error {
	const head = 3 * Kinds
	if len(snapshot) < head || Items(snapshot[:Kinds]) != w.set.Pool ||
		Items(snapshot[Kinds:2*Kinds]) != w.values[0] || Items(snapshot[2*Kinds:head]) != w.values[1] {
		return errSnapshot
	}
	talk := Talk{Set: &w.set}
	var texts []string
	for rest := snapshot[head:]; len(rest) > 0; {
		if len(rest) < moveBytes+2 {
			return errSnapshot
		}
		m, n := moveOf(rest), int(binary.LittleEndian.Uint16(rest[moveBytes:]))
		rest = rest[moveBytes+2:]
		if n > len(rest) || n > maxText || m.Kind != Propose && m.Keep != (Items{}) || talk.Check(m) != nil {
			return errSnapshot
		}
		talk, texts = talk.After(m), append(texts, string(rest[:n]))
		rest = rest[n:]
	}
	w.talk, w.texts, w.now, w.events = talk, texts, len(texts), w.events[:0]
	return nil
}
