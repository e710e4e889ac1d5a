package battlesnake

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
)

var errSnapshot = errors.New("battlesnake: the snapshot is of another match, or damaged")

// longestBody bounds what a snapshot may hold: the cells of a board, and what is
// about to grow.
const longestBody = maxCells + MaxSnakes

// Snapshot appends the turn, the snakes and the food.
func (w *world) Snapshot(buf []byte) []byte {
	b := w.board
	buf = binary.LittleEndian.AppendUint32(buf, uint32(b.Turn))
	buf = append(buf, byte(len(b.Snakes)))
	for i := range b.Snakes {
		s, f := &b.Snakes[i], w.figures[i]
		buf = append(buf, byte(s.Health), byte(s.Cause), byte(s.By+1))
		for _, n := range [...]int32{int32(s.Out), f.eaten, f.kills, int32(len(s.Body))} {
			buf = binary.LittleEndian.AppendUint32(buf, uint32(n))
		}
		for _, p := range s.Body { // a head may be beside the board
			buf = append(buf, byte(p.X+1), byte(p.Y+1))
		}
	}
	buf = binary.LittleEndian.AppendUint16(buf, uint16(len(b.Food)))
	for _, p := range b.Food {
		buf = append(buf, byte(p.X), byte(p.Y))
	}
	return buf
}

// Restore checks the snapshot wholly before it changes anything.
func (w *world) Restore(snapshot []byte) error {
	r := &snapshotReader{left: snapshot}
	b := &Board{Width: w.board.Width, Height: w.board.Height, Turn: r.number(4)}
	if b.Turn > w.config.Ticks || r.number(1) != len(w.board.Snakes) {
		return errSnapshot
	}
	counted := make([]figures, len(w.figures))
	for i := range counted {
		s := Snake{Health: r.number(1), Cause: Cause(r.number(1)), By: r.number(1) - 1, Out: r.number(4)}
		counted[i] = figures{eaten: int32(r.number(4)), kills: int32(r.number(4))}
		n := r.number(4)
		if s.Health > MaxHealth || s.Cause > LostHead || s.By >= len(counted) || s.Out > b.Turn || n < startLength || n > longestBody {
			return errSnapshot
		}
		for k := range n {
			p := Point{r.number(1) - 1, r.number(1) - 1}
			if p.X > b.Width || p.Y > b.Height || !b.Inside(p) && (k > 0 || s.Cause == Alive) {
				return errSnapshot
			}
			s.Body = append(s.Body, p)
		}
		b.Snakes = append(b.Snakes, s)
	}
	food := r.number(2)
	if food > maxCells {
		return errSnapshot
	}
	for range food {
		p := Point{r.number(1), r.number(1)}
		if !b.Inside(p) {
			return errSnapshot
		}
		b.Food = append(b.Food, p)
	}
	if r.short || len(r.left) > 0 {
		return errSnapshot
	}
	*w.board = *b
	copy(w.figures, counted)
	w.events = w.events[:0]
	return nil
}

// snapshotReader takes numbers; one that is not there is 0 and marks it short.
type snapshotReader struct {
	left  []byte
	short bool
}

func (r *snapshotReader) number(size int) int {
	if len(r.left) < size {
		r.short, r.left = true, nil
		return 0
	}
	n := 0
	for i := size - 1; i >= 0; i-- {
		n = n<<8 | int(r.left[i])
	}
	r.left = r.left[size:]
	return n
}

// Hash digests the snapshot.
func (w *world) Hash() uint64 {
	var room [1024]byte
	h := fnv.New64a()
	h.Write(w.Snapshot(room[:0]))
	return h.Sum64()
}
