package tag

import (
	"encoding/binary"
	"errors"
	"hash/fnv"

	"dryad/games"
)

// playerBytes is the size of a player in a snapshot.
const playerBytes = 2 + 4*4

// Snapshot appends the tick, who is it, and the players.
func (w *world) Snapshot(buf []byte) []byte {
	buf = binary.LittleEndian.AppendUint32(buf, uint32(w.now))
	buf = append(buf, byte(w.it), byte(len(w.players)))
	for _, p := range w.players {
		buf = append(buf, byte(p.at), p.frozen)
		for _, n := range [...]int32{p.points, p.tags, p.tagged, p.steps} {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(n))
		}
	}
	return buf
}

// Restore checks the snapshot wholly before it changes anything.
func (w *world) Restore(snapshot []byte) error {
	if len(snapshot) != 6+playerBytes*len(w.players) || int(snapshot[5]) != len(w.players) {
		return errors.New("tag: the snapshot is of another match")
	}
	now, it := int(binary.LittleEndian.Uint32(snapshot)), games.Seat(snapshot[4])
	if now > w.config.Ticks || int(it) >= len(w.players) {
		return errors.New("tag: the snapshot is damaged")
	}
	players := make([]player, len(w.players))
	for s := range players {
		b := snapshot[6+s*playerBytes:]
		if b[0] >= cells || !w.board.free[b[0]] || b[1] > frozenTicks {
			return errors.New("tag: the snapshot is of another map, or damaged")
		}
		n := func(i int) int32 { return int32(binary.LittleEndian.Uint32(b[2+4*i:])) }
		players[s] = player{at: cell(b[0]), frozen: b[1], points: n(0), tags: n(1), tagged: n(2), steps: n(3)}
	}
	w.now, w.it = now, it
	copy(w.players, players)
	w.events = w.events[:0]
	return nil
}

// Hash digests the snapshot.
func (w *world) Hash() uint64 {
	var room [6 + playerBytes*maxSeats]byte
	h := fnv.New64a()
	h.Write(w.Snapshot(room[:0]))
	return h.Sum64()
}
