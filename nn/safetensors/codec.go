package safetensors

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dryad/internal/gitlfs"
)

const (
	maxHeader = 8 << 20
	maxData   = 1 << 34
	// metadataKey is where the header keeps the metadata.
	metadataKey = "__metadata__"
)

type headerEntry struct {
	DType   DType    `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"`
}

// Encode writes the file; the same File always gives the same bytes.
func (f *File) Encode() ([]byte, error) {
	var header bytes.Buffer
	header.WriteByte('{')
	entry := func(key string, value any) error {
		if header.Len() > 1 {
			header.WriteByte(',')
		}
		name, err := json.Marshal(key)
		if err != nil {
			return err
		}
		encoded, err := json.Marshal(value)
		header.Write(name)
		header.WriteByte(':')
		header.Write(encoded)
		return err
	}
	if len(f.Metadata) > 0 {
		if err := entry(metadataKey, f.Metadata); err != nil {
			return nil, fmt.Errorf("safetensors: encode metadata: %w", err)
		}
	}
	seen := map[string]bool{metadataKey: true}
	var at int64
	for _, t := range f.Tensors {
		size, err := t.bytes()
		switch {
		case err != nil:
			return nil, err
		case size != int64(len(t.Data)):
			return nil, fmt.Errorf("safetensors: tensor %q has %d bytes, its shape %v wants %d", t.Name, len(t.Data), t.Shape, size)
		case seen[t.Name]:
			return nil, fmt.Errorf("safetensors: the name %q is taken", t.Name)
		}
		seen[t.Name] = true
		shape := t.Shape
		if shape == nil {
			shape = []int{}
		}
		if err := entry(t.Name, headerEntry{t.DType, shape, [2]int64{at, at + size}}); err != nil {
			return nil, fmt.Errorf("safetensors: encode tensor %q: %w", t.Name, err)
		}
		at += size
	}
	header.WriteByte('}')
	for header.Len()%8 != 0 {
		header.WriteByte(' ')
	}
	if header.Len() > maxHeader || at > maxData {
		return nil, fmt.Errorf("safetensors: %d bytes of header and %d of data are too large", header.Len(), at)
	}
	out := make([]byte, 0, 8+int64(header.Len())+at)
	out = binary.LittleEndian.AppendUint64(out, uint64(header.Len()))
	out = append(out, header.Bytes()...)
	for _, t := range f.Tensors {
		out = append(out, t.Data...)
	}
	return out, nil
}

// Decode reads a file. The tensors' data are parts of the argument.
func Decode(data []byte) (*File, error) {
	if err := gitlfs.Check(data); err != nil {
		return nil, fmt.Errorf("safetensors: %w", err)
	}
	if len(data) < 8 {
		return nil, fmt.Errorf("safetensors: %d bytes are too short for a file", len(data))
	}
	length := binary.LittleEndian.Uint64(data)
	if length > maxHeader || length > uint64(len(data)-8) {
		return nil, fmt.Errorf("safetensors: header of %d bytes does not fit", length)
	}
	header, body := data[8:8+length], data[8+length:]
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(header, &entries); err != nil {
		return nil, fmt.Errorf("safetensors: header: %w", err)
	}
	file := &File{}
	offsets := map[string][2]int64{}
	for name, raw := range entries {
		if name == metadataKey {
			if err := json.Unmarshal(raw, &file.Metadata); err != nil {
				return nil, fmt.Errorf("safetensors: metadata: %w", err)
			}
			continue
		}
		var e headerEntry
		if err := json.Unmarshal(raw, &e); err != nil {
			return nil, fmt.Errorf("safetensors: tensor %q: %w", name, err)
		}
		t := Tensor{Name: name, DType: e.DType, Shape: e.Shape}
		size, err := t.bytes()
		if err != nil {
			return nil, err
		}
		from, to := e.Offsets[0], e.Offsets[1]
		if from < 0 || to < from || to > int64(len(body)) || to-from != size {
			return nil, fmt.Errorf("safetensors: tensor %q: offsets %v do not fit its shape %v or the file", name, e.Offsets, e.Shape)
		}
		t.Data = body[from:to:to]
		file.Tensors = append(file.Tensors, t)
		offsets[name] = e.Offsets
	}
	slices.SortFunc(file.Tensors, func(a, b Tensor) int {
		if d := offsets[a.Name][0] - offsets[b.Name][0]; d != 0 {
			return int(max(min(d, 1), -1))
		}
		if d := len(a.Data) - len(b.Data); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	var at int64
	for _, t := range file.Tensors {
		if offsets[t.Name][0] != at {
			return nil, fmt.Errorf("safetensors: data before tensor %q overlap or have a gap", t.Name)
		}
		at = offsets[t.Name][1]
	}
	if at != int64(len(body)) {
		return nil, fmt.Errorf("safetensors: %d bytes after the last tensor", int64(len(body))-at)
	}
	return file, nil
}
