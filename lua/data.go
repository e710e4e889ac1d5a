package lua

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Data is a plain value: what a script may keep between calls and what it is given
// and answers. It holds no function.
type Data struct {
	Kind   DataKind
	Number float64 // of a number, and 1 for true
	Text   string
	// Array are the values of the keys 1, 2, ... of a table, and Fields its other
	// keys in the order in which they were first set.
	Array  []Data
	Fields []DataField
}

// DataField is a key of a table, a number or a text, with its value.
type DataField struct{ Key, Value Data }

// DataKind is the type of a Data.
type DataKind uint8

// The kinds.
const (
	NilData DataKind = iota
	BoolData
	NumberData
	TextData
	TableData
)

// String is Lua's name of the type.
func (k DataKind) String() string { return kind(k).String() }

// NumberOf, TextOf and BoolOf make plain values.
func NumberOf(n float64) Data { return Data{Kind: NumberData, Number: n} }

// TextOf makes a text.
func TextOf(s string) Data { return Data{Kind: TextData, Text: s} }

// BoolOf makes a truth value.
func BoolOf(b bool) Data { return Data{Kind: BoolData, Number: boolean(b).n} }

// Field returns the value of a table's key that is a text; nil for none.
func (d *Data) Field(name string) Data {
	for i := range d.Fields {
		if f := &d.Fields[i]; f.Key.Kind == TextData && f.Key.Text == name {
			return f.Value
		}
	}
	return Data{}
}

// Bounds of plain values.
const (
	maxDataDepth  = 16
	maxDataValues = 100_000
)

// value makes Lua's value of a plain one.
func (m *Machine) value(d *Data) value {
	switch d.Kind {
	case BoolData:
		return boolean(d.Number != 0)
	case NumberData:
		return number(d.Number)
	case TextData:
		return text(d.Text)
	case TableData:
		m.spend(chargeTable)
		t := &table{}
		for i := range d.Array {
			m.set(t, number(float64(i+1)), m.value(&d.Array[i]))
		}
		for i := range d.Fields {
			m.set(t, m.value(&d.Fields[i].Key), m.value(&d.Fields[i].Value))
		}
		return value{kind: isTable, o: t}
	}
	return null
}

// data makes a plain value of Lua's, or says why there is none.
func (m *Machine) data(v value, depth int, left *int) (Data, error) {
	if *left--; *left < 0 {
		return Data{}, fmt.Errorf("more than %d values", maxDataValues)
	}
	m.spend(chargeOperation)
	switch v.kind {
	case isNil:
		return Data{}, nil
	case isBool:
		return Data{Kind: BoolData, Number: v.n}, nil
	case isNumber:
		if v.n-v.n != 0 {
			return Data{}, fmt.Errorf("the number %v", v.n)
		}
		return NumberOf(v.n), nil
	case isText:
		return TextOf(v.str()), nil
	case isTable:
		if depth >= maxDataDepth {
			return Data{}, fmt.Errorf("tables more than %d deep; does one hold itself?", maxDataDepth)
		}
		out := Data{Kind: TableData}
		for w, t := (walk{}), v.o.(*table); ; {
			key, v := m.next(t, &w)
			if key.kind == isNil {
				return out, nil
			}
			one, err := m.data(v, depth+1, left)
			if err != nil {
				return Data{}, err
			}
			if i, ok := place(key); ok && i == len(out.Array)+1 && len(out.Fields) == 0 {
				out.Array = append(out.Array, one)
				continue
			}
			k, err := m.data(key, depth+1, left)
			if err != nil || k.Kind != NumberData && k.Kind != TextData {
				return Data{}, errors.Join(err, fmt.Errorf("a key that is a %s", key.kind))
			}
			out.Fields = append(out.Fields, DataField{k, one})
		}
	}
	return Data{}, fmt.Errorf("a %s", v.kind)
}

// AppendData appends a plain value as bytes: equal values give equal bytes.
func AppendData(buf []byte, d *Data) []byte {
	buf = append(buf, byte(d.Kind))
	switch d.Kind {
	case BoolData:
		return append(buf, byte(d.Number))
	case NumberData:
		return binary.LittleEndian.AppendUint64(buf, math.Float64bits(d.Number))
	case TextData:
		return append(binary.AppendUvarint(buf, uint64(len(d.Text))), d.Text...)
	case TableData:
		buf = binary.AppendUvarint(buf, uint64(len(d.Array)))
		for i := range d.Array {
			buf = AppendData(buf, &d.Array[i])
		}
		buf = binary.AppendUvarint(buf, uint64(len(d.Fields)))
		for i := range d.Fields {
			buf = AppendData(AppendData(buf, &d.Fields[i].Key), &d.Fields[i].Value)
		}
	}
	return buf
}

// ReadData reads what AppendData wrote, and nothing after it.
func ReadData(data []byte) (Data, error) {
	left := maxDataValues
	d, rest, ok := readData(data, 0, &left)
	if !ok || len(rest) > 0 {
		return Data{}, fmt.Errorf("%d bytes are no value of a script", len(data))
	}
	return d, nil
}

func readData(data []byte, depth int, left *int) (d Data, rest []byte, ok bool) {
	if *left--; *left < 0 || len(data) == 0 || depth > maxDataDepth {
		return d, nil, false
	}
	d.Kind, data = DataKind(data[0]), data[1:]
	switch d.Kind {
	case NilData:
		return d, data, true
	case BoolData:
		if len(data) == 0 || data[0] > 1 {
			return d, nil, false
		}
		d.Number = float64(data[0])
		return d, data[1:], true
	case NumberData:
		if len(data) < 8 {
			return d, nil, false
		}
		d.Number = math.Float64frombits(binary.LittleEndian.Uint64(data))
		return d, data[8:], d.Number-d.Number == 0
	case TextData:
		n, size := binary.Uvarint(data)
		if size <= 0 || n > uint64(len(data)-size) {
			return d, nil, false
		}
		data = data[size:]
		d.Text = string(data[:n])
		return d, data[n:], true
	case TableData:
		for part := range 2 {
			n, size := binary.Uvarint(data)
			if size <= 0 || n > uint64(len(data)) {
				return d, nil, false
			}
			data = data[size:]
			for range n {
				var key, v Data
				if part == 1 {
					if key, data, ok = readData(data, depth+1, left); !ok || key.Kind != NumberData && key.Kind != TextData {
						return d, nil, false
					}
				}
				if v, data, ok = readData(data, depth+1, left); !ok {
					return d, nil, false
				}
				if part == 0 {
					d.Array = append(d.Array, v)
				} else {
					d.Fields = append(d.Fields, DataField{key, v})
				}
			}
		}
		return d, data, true
	}
	return d, nil, false
}
