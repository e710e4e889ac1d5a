package arena

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"unsafe"

	"dryad/games/fps"
	"dryad/games/fps/maps"
)

// word is a record of the state: every field 32 or 64 bits wide, without
// pointers and padding, so that its memory is its encoding. Every platform
// that dryad runs on keeps the low byte first.
type word interface {
	~int32 | ~uint64 | header | actor | missile | fps.Contact | fps.Noise | fps.Objective
}

// bytesOf returns the memory of a slice of records.
func bytesOf[T word](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(s[0])))
}

// parts is how many parts of the state never change in size.
const parts = 13

// state returns those parts, always in the same order.
func (w *World) state() [parts][]byte {
	return [parts][]byte{
		unsafe.Slice((*byte)(unsafe.Pointer(&w.head)), unsafe.Sizeof(w.head)),
		bytesOf(w.actors),
		bytesOf(w.contacts),
		bytesOf(w.noises),
		bytesOf(w.gone),
		bytesOf(w.visited),
		bytesOf(w.absent),
		bytesOf(w.objectives),
		bytesOf(w.points),
		bytesOf(w.sights),
		bytesOf(w.heights.Floor),
		bytesOf(w.heights.Ceiling),
		bytesOf(w.movers.Lines()),
	}
}

// Hash returns a digest of the whole state.
func (w *World) Hash() uint64 {
	h := uint64(0x9e3779b97f4a7c15) ^ w.origin
	for _, part := range w.state() {
		h = mix(h, digest(part))
	}
	h = mix(h, digest(bytesOf(w.missiles)))
	for i := range w.movers.Active {
		for _, v := range w.movers.Active[i].Words() {
			h = mix(h, v)
		}
	}
	return mix(h, uint64(len(w.movers.Active)))
}

// mix folds a word into a digest with one wide multiplication.
func mix(h, v uint64) uint64 {
	hi, lo := bits.Mul64(h^v^0xa0761d6478bd642f, 0xe7037ed1a0b428db^h>>32)
	return hi ^ lo
}

// digest returns a checksum of bytes.
func digest(data []byte) uint64 {
	h := uint64(len(data))
	// Four lanes keep the multiplier busy.
	if len(data) >= 64 {
		a, b, c := h+1, h+2, h+3
		for len(data) >= 32 {
			h = mix(h, binary.LittleEndian.Uint64(data))
			a = mix(a, binary.LittleEndian.Uint64(data[8:]))
			b = mix(b, binary.LittleEndian.Uint64(data[16:]))
			c = mix(c, binary.LittleEndian.Uint64(data[24:]))
			data = data[32:]
		}
		h = mix(mix(h, a), mix(b, c))
	}
	for len(data) >= 8 {
		h = mix(h, binary.LittleEndian.Uint64(data))
		data = data[8:]
	}
	for _, b := range data {
		h = mix(h, uint64(b))
	}
	return h
}

// snapshotMagic begins every snapshot of an arena world.
const snapshotMagic = uint64(0x3176616e65726144)

// Snapshot appends the whole state.
func (w *World) Snapshot(buf []byte) []byte {
	at := len(buf)
	buf = binary.LittleEndian.AppendUint64(buf, snapshotMagic)
	buf = binary.LittleEndian.AppendUint64(buf, w.origin)
	for _, part := range w.state() {
		buf = append(buf, part...)
	}
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(w.missiles)))
	buf = append(buf, bytesOf(w.missiles)...)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(w.movers.Active)))
	for i := range w.movers.Active {
		for _, v := range w.movers.Active[i].Words() {
			buf = binary.LittleEndian.AppendUint64(buf, v)
		}
	}
	return binary.LittleEndian.AppendUint64(buf, digest(buf[at:]))
}

var (
	errDamaged = errors.New("arena snapshot is damaged")
	errForeign = errors.New("arena snapshot is of another match")
)

// Restore sets the state from a snapshot of the same match.
func (w *World) Restore(snapshot []byte) error {
	if len(snapshot) < 24 || binary.LittleEndian.Uint64(snapshot) != snapshotMagic {
		return errDamaged
	}
	body, sum := snapshot[:len(snapshot)-8], binary.LittleEndian.Uint64(snapshot[len(snapshot)-8:])
	if digest(body) != sum {
		return errDamaged
	}
	if binary.LittleEndian.Uint64(snapshot[8:]) != w.origin {
		return errForeign
	}
	rest := body[16:]
	need := 0
	for _, part := range w.state() {
		need += len(part)
	}
	const missileBytes = int(unsafe.Sizeof(missile{}))
	if len(rest) < need+8 {
		return errDamaged
	}
	steady, rest := rest[:need], rest[need:]
	missiles := int(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	if missiles > cap(w.missiles) || len(rest) < missiles*missileBytes+4 {
		return errDamaged
	}
	flying, rest := rest[:missiles*missileBytes], rest[missiles*missileBytes:]
	movers := int(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	if movers > 1<<16 || len(rest) != movers*8*maps.MoverWords {
		return errDamaged
	}
	for _, part := range w.state() {
		steady = steady[copy(part, steady):]
	}
	w.missiles = w.missiles[:missiles]
	copy(bytesOf(w.missiles), flying)
	w.movers.Active = w.movers.Active[:0]
	for range movers {
		var words [maps.MoverWords]uint64
		for i := range words {
			words[i] = binary.LittleEndian.Uint64(rest)
			rest = rest[8:]
		}
		w.movers.Active = append(w.movers.Active, maps.MoverOf(words))
	}
	w.events = w.events[:0]
	for i := range w.bodies {
		w.bodies[i].Clear()
	}
	return nil
}
