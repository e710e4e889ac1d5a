package onnx

import (
	"encoding/binary"
	"errors"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

var errTruncated = errors.New("onnx: the message is cut short or damaged")

// field is one field of a message: its number and, by wire type, its value.
type field struct {
	number protowire.Number
	wire   protowire.Type
	value  uint64 // varint, 64 or 32 bits
	bytes  []byte // of protowire.BytesType; a part of the message
}

// fields calls each for every field of a message until it returns an error.
// Groups, which ONNX does not use, are refused.
func fields(message []byte, each func(field) error) error {
	for len(message) > 0 {
		number, wire, n := protowire.ConsumeTag(message)
		if n < 0 {
			return errTruncated
		}
		message = message[n:]
		f := field{number: number, wire: wire}
		switch wire {
		case protowire.VarintType:
			f.value, n = protowire.ConsumeVarint(message)
		case protowire.Fixed64Type:
			f.value, n = protowire.ConsumeFixed64(message)
		case protowire.Fixed32Type:
			var v uint32
			v, n = protowire.ConsumeFixed32(message)
			f.value = uint64(v)
		case protowire.BytesType:
			f.bytes, n = protowire.ConsumeBytes(message)
			f.bytes = f.bytes[:len(f.bytes):len(f.bytes)]
		default:
			return errTruncated
		}
		if n < 0 {
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
	if f.wire == protowire.VarintType {
		return append(to, int64(f.value)), nil
	}
	if f.wire != protowire.BytesType {
		return nil, errTruncated
	}
	for rest := f.bytes; len(rest) > 0; {
		v, n := protowire.ConsumeVarint(rest)
		if n < 0 {
			return nil, errTruncated
		}
		to, rest = append(to, int64(v)), rest[n:]
	}
	return to, nil
}

// floats appends the numbers of a repeated float field, packed or not.
func (f field) floats(to []float32) ([]float32, error) {
	switch {
	case f.wire == protowire.Fixed32Type:
		return append(to, math.Float32frombits(uint32(f.value))), nil
	case f.wire == protowire.BytesType && len(f.bytes)%4 == 0:
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

func (m *message) integer(number protowire.Number, v int64) {
	*m = protowire.AppendTag(*m, number, protowire.VarintType)
	*m = protowire.AppendVarint(*m, uint64(v))
}

func (m *message) float(number protowire.Number, v float32) {
	*m = protowire.AppendTag(*m, number, protowire.Fixed32Type)
	*m = protowire.AppendFixed32(*m, math.Float32bits(v))
}

func (m *message) bytes(number protowire.Number, v []byte) {
	*m = protowire.AppendTag(*m, number, protowire.BytesType)
	*m = protowire.AppendBytes(*m, v)
}

func (m *message) text(number protowire.Number, v string) { m.bytes(number, []byte(v)) }
