package onnx

import (
	"encoding/binary"
	"math"
)

// The kinds of attributes.
const (
	attributeFloat = 1
	attributeInt   = 2
	attributeInts  = 7
)

// The version of operators that Encode writes: 17 brought LayerNormalization, 20
// brought Gelu, which only a network with GELU asks for. Each opset is written
// with the version of the format that came with it.
const (
	opsetVersion = 17
	opsetGelu    = 20

	irVersion     = 8
	irVersionGelu = 9
)

func (m *model) encode() []byte {
	var out, opset message
	format := int64(irVersion)
	if m.opset == opsetGelu {
		format = irVersionGelu
	}
	out.integer(1, format)
	out.text(2, "dryad")
	out.bytes(7, m.graph.encode())
	opset.text(1, "")
	opset.integer(2, m.opset)
	out.bytes(8, opset)
	return out
}

func (g *graph) encode() message {
	var out message
	for _, n := range g.nodes {
		out.bytes(1, n.encode())
	}
	out.text(2, "network")
	for _, t := range g.initializers {
		out.bytes(5, t.encode())
	}
	for _, v := range g.inputs {
		out.bytes(11, v.encode())
	}
	for _, v := range g.outputs {
		out.bytes(12, v.encode())
	}
	return out
}

func (n *node) encode() message {
	var out message
	for _, name := range n.inputs {
		out.text(1, name)
	}
	for _, name := range n.outputs {
		out.text(2, name)
	}
	out.text(3, n.outputs[0])
	out.text(4, n.op)
	for _, a := range n.attributes {
		out.bytes(5, a.encode())
	}
	return out
}

// encode writes the attribute as a list where it has one, as a float where it is
// not zero, else as an integer.
func (a *attribute) encode() message {
	var out message
	out.text(1, a.name)
	switch {
	case a.wholes != nil:
		for _, v := range a.wholes {
			out.integer(8, v)
		}
		out.integer(20, attributeInts)
	case a.number != 0:
		out.float(2, a.number)
		out.integer(20, attributeFloat)
	default:
		out.integer(3, a.whole)
		out.integer(20, attributeInt)
	}
	return out
}

func (t *tensor) encode() message {
	var out message
	for _, d := range t.shape {
		out.integer(1, d)
	}
	var raw []byte
	if t.wholes != nil {
		out.integer(2, typeInt64)
		for _, v := range t.wholes {
			raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
		}
	} else {
		out.integer(2, typeFloat)
		for _, v := range t.floats {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
	}
	out.text(8, t.name)
	out.bytes(9, raw)
	return out
}

func (v *value) encode() message {
	var shape, tensorType, valueType, out message
	for i, d := range v.shape {
		var dimension message
		if i == 0 {
			dimension.text(2, "batch")
		} else {
			dimension.integer(1, d)
		}
		shape.bytes(1, dimension)
	}
	tensorType.integer(1, typeFloat)
	tensorType.bytes(2, shape)
	valueType.bytes(1, tensorType)
	out.text(1, v.name)
	out.bytes(2, valueType)
	return out
}
