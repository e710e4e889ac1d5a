package onnx

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// outside is the model foreign with the data of its first tensor in another file.
func outside(location, offset, length string) []byte {
	m := foreign()
	first := m.graph.initializers[0]
	m.graph.initializers = m.graph.initializers[1:]
	var tensor, graph message
	for _, d := range first.shape {
		tensor.integer(1, d)
	}
	tensor.integer(2, typeFloat)
	tensor.text(8, first.name)
	for _, entry := range [][2]string{{"location", location}, {"offset", offset}, {"length", length}} {
		var e message
		e.text(1, entry[0])
		e.text(2, entry[1])
		tensor.bytes(13, e)
	}
	tensor.integer(14, 1)
	graph.bytes(5, tensor)
	out := message(m.encode())
	out.bytes(7, graph) // parts of a message are joined
	return out
}

// TestExternalData: what another file holds is read like what the model holds, and
// nothing outside the folder.
func TestExternalData(t *testing.T) {
	values := foreign().graph.initializers[0].floats
	data := append([]byte("head"), bytesOf(values)...)
	files := fstest.MapFS{"data/w": {Data: data}, "short": {Data: data[:8]}}
	size := len(data) - 4
	n, err := DecodeWith(outside("data/w", "4", strconv.Itoa(size)), files)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Decode(foreign().encode())
	if err != nil {
		t.Fatal(err)
	}
	checkSame(t, want, n)
	for name, test := range map[string]struct {
		model []byte
		want  string
	}{
		"alone":     {nil, "no other files"},
		"above":     {outside("../w", "0", strconv.Itoa(size)), "only files in the model's folder"},
		"absolute":  {outside("/etc/passwd", "0", strconv.Itoa(size)), "only files in the model's folder"},
		"missing":   {outside("none", "0", strconv.Itoa(size)), "not exist"},
		"folder":    {outside("data", "0", strconv.Itoa(size)), "no regular file"},
		"short":     {outside("short", "0", strconv.Itoa(size)), "8 bytes"},
		"behind":    {outside("short", "9", "-1"), "length is"},
		"too few":   {outside("data/w", "8", strconv.Itoa(size-4)), "values for shape"},
		"a word":    {outside("data/w", "x", "4"), "offset is"},
		"too large": {outside("data/w", "9223372036854775807", "9223372036854775807"), "bytes"},
	} {
		read := func() error { _, err := DecodeWith(test.model, files); return err }
		if test.model == nil {
			read = func() error { _, err := Decode(outside("data/w", "4", strconv.Itoa(size))); return err }
		}
		if err := read(); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func FuzzExternal(f *testing.F) {
	data := bytesOf(foreign().graph.initializers[0].floats)
	f.Add(outside("w", "0", strconv.Itoa(len(data))), data)
	f.Add(outside("w", "4", strconv.Itoa(len(data)-4)), data)
	f.Fuzz(func(_ *testing.T, model, data []byte) {
		n, err := DecodeWith(model, fstest.MapFS{"w": {Data: data}})
		if (n == nil) == (err == nil) {
			panic("neither a network nor an error")
		}
	})
}
