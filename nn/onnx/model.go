package onnx

import (
	"encoding/binary"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// The parts of an ONNX model that this package reads and writes. Field numbers
// are those of onnx.proto.
type (
	model struct {
		opset int64
		graph graph
	}
	graph struct {
		nodes        []node
		initializers []tensor
		inputs       []value
		outputs      []value
	}
	node struct {
		op, domain      string
		inputs, outputs []string
		attributes      []attribute
	}
	attribute struct {
		name   string
		number float32
		whole  int64
		text   string
		wholes []int64
		tensor *tensor
	}
	tensor struct {
		name   string
		shape  []int64
		floats []float32
		wholes []int64
		// external is where the values are when another file has them.
		external *external
	}
	// value describes an input or output; unknown dimensions are -1.
	value struct {
		name  string
		shape []int64
	}
)

// The element types of tensors.
const (
	typeFloat = 1
	typeInt64 = 7
)

// maxNodes bounds the number of nodes, tensors and inputs of a model, and
// maxRank the dimensions of a tensor.
const (
	maxNodes = 4096
	maxRank  = 8
	// maxNodeParts bounds the inputs, outputs and attributes of one node.
	maxNodeParts = 64
)

func parseModel(data []byte) (*model, error) {
	m := &model{}
	err := fields(data, func(f field) error {
		switch {
		case f.number == 7 && f.wire == protowire.BytesType:
			return m.graph.parse(f.bytes)
		case f.number == 8 && f.wire == protowire.BytesType:
			domain, version := "", int64(0)
			err := fields(f.bytes, func(f field) error {
				switch f.number {
				case 1:
					domain = string(f.bytes)
				case 2:
					version = int64(f.value)
				}
				return nil
			})
			if domain == "" || domain == "ai.onnx" {
				m.opset = version
			}
			return err
		}
		return nil
	})
	return m, err
}

func (g *graph) parse(data []byte) error {
	return fields(data, func(f field) error {
		if f.wire != protowire.BytesType {
			return nil
		}
		if len(g.nodes)+len(g.initializers)+len(g.inputs)+len(g.outputs) > maxNodes {
			return fmt.Errorf("onnx: more than %d parts in a graph", maxNodes)
		}
		switch f.number {
		case 1:
			n, err := parseNode(f.bytes)
			g.nodes = append(g.nodes, n)
			return err
		case 5:
			t, err := parseTensor(f.bytes)
			g.initializers = append(g.initializers, t)
			return err
		case 11:
			v, err := parseValue(f.bytes)
			g.inputs = append(g.inputs, v)
			return err
		case 12:
			v, err := parseValue(f.bytes)
			g.outputs = append(g.outputs, v)
			return err
		}
		return nil
	})
}

func parseNode(data []byte) (node, error) {
	var n node
	err := fields(data, func(f field) error {
		if len(n.inputs)+len(n.outputs)+len(n.attributes) > maxNodeParts {
			return fmt.Errorf("onnx: a node has more than %d parts", maxNodeParts)
		}
		switch f.number {
		case 1:
			n.inputs = append(n.inputs, string(f.bytes))
		case 2:
			n.outputs = append(n.outputs, string(f.bytes))
		case 4:
			n.op = string(f.bytes)
		case 5:
			a, err := parseAttribute(f.bytes)
			n.attributes = append(n.attributes, a)
			return err
		case 7:
			n.domain = string(f.bytes)
		}
		return nil
	})
	return n, err
}

func parseAttribute(data []byte) (attribute, error) {
	var a attribute
	err := fields(data, func(f field) error {
		var err error
		switch f.number {
		case 1:
			a.name = string(f.bytes)
		case 2:
			var one []float32
			if one, err = f.floats(nil); len(one) == 1 {
				a.number = one[0]
			}
		case 3:
			a.whole = int64(f.value)
		case 4:
			a.text = string(f.bytes)
		case 5:
			var t tensor
			t, err = parseTensor(f.bytes)
			a.tensor = &t
		case 8:
			a.wholes, err = f.integers(a.wholes)
		}
		return err
	})
	return a, err
}

func parseTensor(data []byte) (tensor, error) {
	var t tensor
	var raw []byte
	kind := int64(0)
	var elsewhere *external
	outside := func() *external {
		if elsewhere == nil {
			elsewhere = &external{length: -1}
		}
		return elsewhere
	}
	err := fields(data, func(f field) error {
		var err error
		switch f.number {
		case 1:
			t.shape, err = f.integers(t.shape)
		case 2:
			kind = int64(f.value)
		case 4:
			t.floats, err = f.floats(t.floats)
		case 7:
			t.wholes, err = f.integers(t.wholes)
		case 8:
			t.name = string(f.bytes)
		case 9:
			raw = f.bytes
		case 13:
			err = outside().parse(f.bytes)
		case 14:
			if f.value != 0 {
				outside()
			}
		}
		return err
	})
	if err != nil {
		return t, err
	}
	if elsewhere != nil {
		elsewhere.kind, t.external = kind, elsewhere
		return t, nil
	}
	t.fill(kind, raw)
	return t, t.check(kind)
}

// fill takes values from bytes, if there are any.
func (t *tensor) fill(kind int64, raw []byte) {
	if len(raw) == 0 {
		return
	}
	switch kind {
	case typeFloat:
		t.floats = float32s(raw)
	case typeInt64:
		t.wholes = nil
		for ; len(raw) >= 8; raw = raw[8:] {
			t.wholes = append(t.wholes, int64(binary.LittleEndian.Uint64(raw)))
		}
	}
}

// check compares the shape with the number of elements. Tensors of other types
// than float and int64 are let through empty and refused where they are used.
func (t *tensor) check(kind int64) error {
	if kind != typeFloat && kind != typeInt64 {
		t.floats, t.wholes = nil, nil
		return nil
	}
	if len(t.shape) > maxRank {
		return fmt.Errorf("onnx: tensor %q has %d dimensions", t.name, len(t.shape))
	}
	count := int64(1)
	have := int64(len(t.floats) + len(t.wholes))
	for _, d := range t.shape {
		if d < 0 || d > 1<<31 || count*d > 1<<31 {
			return fmt.Errorf("onnx: tensor %q has shape %v", t.name, t.shape)
		}
		count *= d
	}
	if count != have {
		return fmt.Errorf("onnx: tensor %q has %d values for shape %v", t.name, have, t.shape)
	}
	return nil
}

func parseValue(data []byte) (value, error) {
	var v value
	shapeOf := func(f field) error {
		if f.number != 1 {
			return nil
		}
		if len(v.shape) > maxRank {
			return fmt.Errorf("onnx: %q has too many dimensions", v.name)
		}
		v.shape = append(v.shape, -1)
		return fields(f.bytes, func(f field) error {
			if f.number == 1 {
				v.shape[len(v.shape)-1] = int64(f.value)
			}
			return nil
		})
	}
	descend := func(number protowire.Number, each func(field) error) func(field) error {
		return func(f field) error {
			if f.number != number {
				return nil
			}
			return fields(f.bytes, each)
		}
	}
	err := fields(data, func(f field) error {
		switch f.number {
		case 1:
			v.name = string(f.bytes)
		case 2:
			return fields(f.bytes, descend(1, descend(2, shapeOf)))
		}
		return nil
	})
	return v, err
}
