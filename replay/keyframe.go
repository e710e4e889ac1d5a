package replay

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// Keyframe is the state of a match at a tick, before any change of policy at that
// tick. What its bytes mean is known to the game and to the players. The match does
// not depend on keyframes: they only shorten the way to a late tick.
type Keyframe struct {
	Tick int `cbor:"1,keyasint"`
	// World is the snapshot of the game, Players has that of every seat.
	World   []byte   `cbor:"2,keyasint"`
	Players [][]byte `cbor:"3,keyasint"`
	// Forfeits is the number of Replay.Forfeits that lie before.
	Forfeits int `cbor:"4,keyasint,omitempty"`
	// Counts has for every seat what its tree did so far, as a viewer writes it; it may
	// be empty.
	Counts [][]byte `cbor:"5,keyasint,omitempty"`
}

// Keyframes are states of a match in the order of their ticks.
type Keyframes struct {
	// Layout identifies how the states are laid out: a reader whose own state of tick
	// 0 has another layout ignores the keyframes.
	Layout []byte     `cbor:"1,keyasint"`
	Frames []Keyframe `cbor:"2,keyasint"`
}

// Limits of keyframes.
const (
	// MaxKeyframes is how many a replay may hold.
	MaxKeyframes  = 1 << 10
	maxFrameBytes = 96 << 20 // of all together, after decompression
	maxLayout     = 64
)

// ErrKeyframes is the fault of keyframes that cannot be used. The replay is read
// without them.
var ErrKeyframes = errors.New("its keyframes cannot be used")

// check reports what is inconsistent in keyframes of a replay.
func (k *Keyframes) check(r *Replay) error {
	if len(k.Frames) == 0 || len(k.Frames) > MaxKeyframes || len(k.Layout) > maxLayout {
		return fmt.Errorf("there are %d", len(k.Frames))
	}
	last, total := 0, 0
	for i := range k.Frames {
		f := &k.Frames[i]
		if f.Tick <= last || f.Tick > r.Ticks {
			return errors.New("they are out of order")
		}
		if len(f.Players) != len(r.Policies) || len(f.Counts) != 0 && len(f.Counts) != len(r.Policies) || f.Forfeits < 0 || f.Forfeits > len(r.Forfeits) {
			return fmt.Errorf("that of tick %d is of another match", f.Tick)
		}
		last = f.Tick
		total += len(f.World)
		for s := range f.Players {
			total += len(f.Players[s])
		}
		for s := range f.Counts {
			total += len(f.Counts[s])
		}
		if total > maxFrameBytes {
			return fmt.Errorf("they take more than %d MiB", maxFrameBytes>>20)
		}
	}
	return nil
}

// Size returns how many bytes keyframes take in the file of a replay.
func (k *Keyframes) Size() (int, error) {
	packed, err := k.encode()
	return len(packed), err
}

// encode returns the section of a file: length, SHA-256, and the compressed
// document.
func (k *Keyframes) encode() ([]byte, error) {
	document, err := encoding.Marshal(k)
	if err != nil {
		return nil, fmt.Errorf("write keyframes: %w", err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	if err != nil {
		return nil, fmt.Errorf("write keyframes: %w", err)
	}
	defer encoder.Close()
	return section(encoder.EncodeAll(document, nil)), nil
}

// section puts the length and the checksum before a compressed document.
func section(packed []byte) []byte {
	sum := sha256.Sum256(packed)
	s := binary.LittleEndian.AppendUint64(make([]byte, 0, sectionHead+len(packed)), uint64(len(packed)))
	return append(append(s, sum[:]...), packed...)
}

// sectionHead is how many bytes of a section come before its document.
const sectionHead = 8 + sha256.Size

// readKeyframes reads the section of a file that follows the document of a replay.
func readKeyframes(body []byte, r *Replay) (*Keyframes, error) {
	if len(body) < sectionHead {
		return nil, errors.New("they are cut short")
	}
	length, packed := binary.LittleEndian.Uint64(body), body[sectionHead:]
	switch {
	case uint64(len(packed)) < length:
		return nil, errors.New("they are cut short")
	case uint64(len(packed)) > length:
		return nil, fmt.Errorf("%d bytes follow them", uint64(len(packed))-length)
	case sha256.Sum256(packed) != [sha256.Size]byte(body[8:sectionHead]):
		return nil, errors.New("their checksum is wrong")
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxFrameBytes+1<<20))
	if err != nil {
		return nil, err
	}
	defer decoder.Close()
	document, err := decoder.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("they cannot be decompressed: %v", err)
	}
	k := &Keyframes{}
	if err := decoding.Unmarshal(document, k); err != nil {
		return nil, errors.New(oneLine(err.Error()))
	}
	return k, k.check(r)
}
