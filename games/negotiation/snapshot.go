package negotiation

import "errors"

// moveBytes is the size of a move in a snapshot and in commands.
const moveBytes = 1 + Kinds

// Snapshot appends the pool, the values, and the moves.
func (w *World) Snapshot(buf []byte) []byte {
	for _, n := range [...]Items{w.set.Pool, w.values[0], w.values[1]} {
		buf = append(buf, n[:]...)
	}
	for _, m := range w.talk.Moves {
		buf = appendMove(buf, m)
	}
	return buf
}

func appendMove(buf []byte, m Move) []byte { return append(append(buf, byte(m.Kind)), m.Keep[:]...) }

func moveOf(b []byte) Move { return Move{Kind: Kind(b[0]), Keep: Items(b[1:moveBytes])} }

var errSnapshot = errors.New("negotiation: the snapshot is of another match, or damaged")

// Restore checks the snapshot wholly before it changes anything.
func (w *World) Restore(snapshot []byte) error {
	const head = 3 * Kinds
	if len(snapshot) < head || (len(snapshot)-head)%moveBytes != 0 || Items(snapshot[:Kinds]) != w.set.Pool ||
		Items(snapshot[Kinds:2*Kinds]) != w.values[0] || Items(snapshot[2*Kinds:head]) != w.values[1] {
		return errSnapshot
	}
	talk := Talk{Set: &w.set}
	for rest := snapshot[head:]; len(rest) > 0; rest = rest[moveBytes:] {
		m := moveOf(rest)
		if m.Kind != Propose && m.Keep != (Items{}) || talk.Check(m) != nil {
			return errSnapshot
		}
		talk = talk.After(m)
	}
	w.talk, w.now, w.events = talk, len(talk.Moves), w.events[:0]
	return nil
}
