package onnx

import (
	"encoding/binary"
	"errors"
	"math"
)

// The wire types of protocol buffers.
const (
	wireVarint = 0
	wire64     = 1
	wireBytes  = 2
	wire32     = 5
)

var errTruncated = errors.New("onnx: the message is cut short or damaged")

// field is one field of a message: its number and, by wire type, its value.
type field struct {
	number int
	wire   int
	value  uint64 // varint, 64 or 32 bits
	bytes  []byte // of wireBytes; a part of the message
}

// fields calls each for every field of a message until it returns an error.
func fields(message []byte, each func(field) error) error {
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		if n <= 0 || key>>3 == 0 || key>>3 > math.MaxInt32 {
			return errTruncated
		}
		message = message[n:]
		f := field{number: int(key >> 3), wire: int(key & 7)}
		switch f.wire {
		case wireVarint:
			if f.value, n = binary.Uvarint(message); n <= 0 {
				return errTruncated
			}
		case wire64:
			if n = 8; len(message) < n {
				return errTruncated
			}
			f.value = binary.LittleEndian.Uint64(message)
		case wire32:
			if n = 4; len(message) < n {
				return errTruncated
			}
			f.value = uint64(binary.LittleEndian.Uint32(message))
		case wireBytes:
			length, m := binary.Uvarint(message)
			if m <= 0 || length > uint64(len(message)-m) {
				return errTruncated
			}
			n = m + int(length)
			f.bytes = message[m:n:n]
		default:
			return errTruncated
		}
		message = message[n:]
		if err := each(f); err != nil {
			return err
		}
	}
	return nil
}

// integers appends the integers of a repeated field, packed or not.
func (f field) integers(to []int64) ([]int64, error) {
	if f.wire == wireVarint {
		return append(to, int64(f.value)), nil
	}
	if f.wire != wireBytes {
		return nil, errTruncated
	}
	for rest := f.bytes; len(rest) > 0; {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			return nil, errTruncated
		}
		to, rest = append(to, int64(v)), rest[n:]
	}
	return to, nil
}

// floats appends the numbers of a repeated float field, packed or not.
func (f field) floats(to []float32) ([]float32, error) {
	switch {
	case f.wire == wire32:
		return append(to, math.Float32frombits(uint32(f.value))), nil
	case f.wire == wireBytes && len(f.bytes)%4 == 0:
		return append(to, float32s(f.bytes)...), nil
	}
	return nil, errTruncated
}

func float32s(data []byte) []float32 {
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

// message is a message being written.
type message []byte

func (m *message) integer(number int, v int64) {
	*m = binary.AppendUvarint(*m, uint64(number)<<3|wireVarint)
	*m = binary.AppendUvarint(*m, uint64(v))
}

func (m *message) float(number int, v float32) {
	*m = binary.AppendUvarint(*m, uint64(number)<<3|wire32)
	*m = binary.LittleEndian.AppendUint32(*m, math.Float32bits(v))
}

func (m *message) bytes(number int, v []byte) {
	*m = binary.AppendUvarint(*m, uint64(number)<<3|wireBytes)
	*m = binary.AppendUvarint(*m, uint64(len(v)))
	*m = append(*m, v...)
}

func (m *message) text(number int, v string) { m.bytes(number, []byte(v)) }
