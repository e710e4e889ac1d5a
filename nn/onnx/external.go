package onnx

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"dryad/nn"
)

// external is where the values of a tensor are, when they are in another file.
type external struct {
	kind           int64
	location       string
	offset, length int64 // in bytes; a length of -1 reaches to the end of the file
}

// parse reads one entry of a tensor's external data.
func (e *external) parse(data []byte) error {
	key, value := "", ""
	err := fields(data, func(f field) error {
		switch f.number {
		case 1:
			key = string(f.bytes)
		case 2:
			value = string(f.bytes)
		}
		return nil
	})
	if err != nil {
		return err
	}
	number := func(to *int64) error {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("onnx: the external data's %s is %q", key, value)
		}
		*to = n
		return nil
	}
	switch key {
	case "location":
		e.location = value
	case "offset":
		return number(&e.offset)
	case "length":
		return number(&e.length)
	}
	return nil
}

// Load reads a model from a file, with the files beside it that hold its tensors'
// data. They are looked for in the model's folder and below it, nowhere else: not
// through a link that leads out of it either.
func Load(file string) (*nn.Network, error) {
	info, err := os.Stat(file)
	if err == nil && info.Size() > maxSize {
		err = fmt.Errorf("onnx: %d bytes are more than %d", info.Size(), maxSize)
	}
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	n, err := DecodeWith(data, root.FS())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return n, nil
}

// gather reads the values of all tensors that are in other files; all together they
// are bounded as the model is.
func (m *model) gather(files fs.FS) error {
	left := int64(maxSize)
	for i := range m.graph.initializers {
		if err := m.graph.initializers[i].gather(files, &left); err != nil {
			return err
		}
	}
	for i := range m.graph.nodes {
		for k := range m.graph.nodes[i].attributes {
			if t := m.graph.nodes[i].attributes[k].tensor; t != nil {
				if err := t.gather(files, &left); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (t *tensor) gather(files fs.FS, left *int64) error {
	e := t.external
	if e == nil {
		return nil
	}
	raw, err := e.read(files, left)
	if err != nil {
		return fmt.Errorf("onnx: tensor %q keeps its data in the file %q: %w", t.name, e.location, err)
	}
	t.floats, t.wholes, t.external = nil, nil, nil
	t.fill(e.kind, raw)
	return t.check(e.kind)
}

func (e *external) read(files fs.FS, left *int64) ([]byte, error) {
	switch {
	case files == nil:
		return nil, errors.New("a model that is read alone has no other files")
	case !fs.ValidPath(filepath.ToSlash(e.location)):
		return nil, errors.New("only files in the model's folder and below it are read")
	}
	f, err := files.Open(filepath.ToSlash(e.location))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	length := e.length
	if length < 0 {
		length = info.Size() - e.offset
	}
	if e.offset > info.Size() || length < 0 || length > info.Size()-e.offset {
		return nil, fmt.Errorf("it has %d bytes, %d from byte %d on are asked for", info.Size(), length, e.offset)
	}
	if *left -= length; *left < 0 {
		return nil, fmt.Errorf("the model's data are more than %d bytes", maxSize)
	}
	if _, err := io.CopyN(io.Discard, f, e.offset); err != nil {
		return nil, err
	}
	raw := make([]byte, length)
	if _, err := io.ReadFull(f, raw); err != nil {
		return nil, err
	}
	return raw, nil
}
