package safetensors

import (
	"encoding/binary"
	"fmt"
	"math"
)

// DType is the type of a tensor's elements, as the format spells it.
type DType string

// The element types that this package knows the size of.
const (
	F64  DType = "F64"
	F32  DType = "F32"
	F16  DType = "F16"
	BF16 DType = "BF16"
	I64  DType = "I64"
	I32  DType = "I32"
	I16  DType = "I16"
	I8   DType = "I8"
	U8   DType = "U8"
	Bool DType = "BOOL"
)

// size is the number of bytes of an element; 0 for an unknown type.
func (d DType) size() int64 {
	switch d {
	case F64, I64:
		return 8
	case F32, I32:
		return 4
	case F16, BF16, I16:
		return 2
	case I8, U8, Bool:
		return 1
	}
	return 0
}

// Tensor is a named array of numbers.
type Tensor struct {
	Name  string
	DType DType
	// Shape lists the dimensions, slowest first; an empty shape is one number.
	Shape []int
	// Data holds the elements in little-endian order.
	Data []byte
}

// File is what a safetensors file holds.
type File struct {
	// Metadata may be nil.
	Metadata map[string]string
	// Tensors are in the order of their data.
	Tensors []Tensor
}

// Tensor finds a tensor by name.
func (f *File) Tensor(name string) (Tensor, error) {
	for _, t := range f.Tensors {
		if t.Name == name {
			return t, nil
		}
	}
	return Tensor{}, fmt.Errorf("safetensors: no tensor %q", name)
}

// Float32 makes a tensor of type F32. The product of shape must be len(values).
func Float32(name string, shape []int, values []float32) Tensor {
	data := make([]byte, 0, 4*len(values))
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	return Tensor{Name: name, DType: F32, Shape: shape, Data: data}
}

// Float32s decodes a tensor of type F32.
func (t Tensor) Float32s() ([]float32, error) {
	if t.DType != F32 {
		return nil, fmt.Errorf("safetensors: tensor %q has type %s, want F32", t.Name, t.DType)
	}
	values := make([]float32, len(t.Data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Data[4*i:]))
	}
	return values, nil
}

// bytes is the size of the data that type and shape ask for.
func (t Tensor) bytes() (int64, error) {
	total := t.DType.size()
	if total == 0 {
		return 0, fmt.Errorf("safetensors: tensor %q has unknown type %q", t.Name, t.DType)
	}
	if len(t.Shape) > 16 {
		return 0, fmt.Errorf("safetensors: tensor %q has %d dimensions", t.Name, len(t.Shape))
	}
	for _, dimension := range t.Shape {
		if dimension < 0 || (dimension > 0 && total > maxData/int64(dimension)) {
			return 0, fmt.Errorf("safetensors: tensor %q has impossible shape %v", t.Name, t.Shape)
		}
		total *= int64(dimension)
	}
	return total, nil
}
