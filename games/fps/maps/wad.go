package maps

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"sync"
)

// WAD is a file of named lumps, wholly in memory and never changed.
type WAD struct {
	Name  string // base name of the file, for messages
	lumps []Lump
	data  []byte
	last  map[string]int // the last lump of each name, which counts

	textures textures
	hashing  sync.Once
	hash     string
}

// Lump is one piece of a WAD. Lumps may overlap and may be empty.
type Lump struct {
	Name string // upper case
	Data []byte // a part of the file's bytes: do not write
}

// FormatError says that a file is not what it should be.
type FormatError struct {
	File string // the file, or file and map
	What string // what is wrong, and with which part
}

func (e *FormatError) Error() string { return e.File + ": " + e.What }

func faulty(file, format string, args ...any) error {
	return &FormatError{file, fmt.Sprintf(format, args...)}
}

// OpenWAD reads the file at path.
func OpenWAD(path string) (*WAD, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read WAD: %w", err)
	}
	name := path
	if i := strings.LastIndexAny(path, `/\`); i >= 0 {
		name = path[i+1:]
	}
	return ParseWAD(name, data)
}

// ParseWAD reads the directory of a WAD from data, which must not change
// afterwards. Memory used is at most a small multiple of len(data).
func ParseWAD(name string, data []byte) (*WAD, error) {
	if bytes.HasPrefix(data, []byte("version https://git-lfs")) {
		return nil, faulty(name, "not a WAD but a pointer of Git LFS to one: get the file itself with git lfs pull")
	}
	if len(data) < 12 {
		return nil, faulty(name, "not a WAD: %d bytes, a WAD has at least 12", len(data))
	}
	if id := string(data[:4]); id != "IWAD" && id != "PWAD" {
		return nil, faulty(name, "not a WAD: begins with %q, want IWAD or PWAD", id)
	}
	count, at := int64(int32(binary.LittleEndian.Uint32(data[4:]))), int64(int32(binary.LittleEndian.Uint32(data[8:])))
	if count < 0 || at < 12 && count > 0 || at+16*count > int64(len(data)) {
		return nil, faulty(name, "truncated or broken WAD: directory of %d lumps at byte %d, file of %d bytes", count, at, len(data))
	}
	w := &WAD{Name: name, data: data, lumps: make([]Lump, count), last: make(map[string]int, count)}
	for i := range w.lumps {
		entry := data[at+16*int64(i):][:16]
		start, size := int64(int32(binary.LittleEndian.Uint32(entry))), int64(int32(binary.LittleEndian.Uint32(entry[4:])))
		lump := cString(entry[8:])
		if size < 0 || size > 0 && (start < 0 || start+size > int64(len(data))) {
			return nil, faulty(name, "truncated or broken WAD: lump %d (%s) is %d bytes at %d, file of %d bytes", i, lump, size, start, len(data))
		}
		w.lumps[i].Name = lump
		if size > 0 {
			w.lumps[i].Data = data[start : start+size : start+size]
		}
		w.last[lump] = i
	}
	return w, nil
}

// cString returns a name padded with zeros, in upper case.
func cString(b []byte) string {
	for i, c := range b {
		if c == 0 {
			b = b[:i]
			break
		}
	}
	return strings.ToUpper(string(b))
}

// Lump returns the last lump of that name, or nil.
func (w *WAD) Lump(name string) []byte {
	if i, ok := w.last[strings.ToUpper(name)]; ok {
		return w.lumps[i].Data
	}
	return nil
}

// Between returns the lumps between the markers start and end, such as
// "F_START" and "F_END"; the doubled spelling "FF_START" of add-on files is
// understood too.
func (w *WAD) Between(start, end string) []Lump {
	var found []Lump
	inside := false
	for _, l := range w.lumps {
		switch {
		case l.Name == start || l.Name == start[:1]+start:
			inside = true
		case l.Name == end || l.Name == end[:1]+end:
			inside = false
		case inside && len(l.Data) > 0:
			found = append(found, l)
		}
	}
	return found
}

// mapLumps are the names that may follow a map's marker.
var mapLumps = map[string]bool{
	"THINGS": true, "LINEDEFS": true, "SIDEDEFS": true, "VERTEXES": true, "SEGS": true,
	"SSECTORS": true, "NODES": true, "SECTORS": true, "REJECT": true, "BLOCKMAP": true,
	"BEHAVIOR": true, "SCRIPTS": true,
}

// isMapMarker reports whether lump i begins a map.
func (w *WAD) isMapMarker(i int) bool {
	if i+1 >= len(w.lumps) || mapLumps[w.lumps[i].Name] {
		return false
	}
	next := w.lumps[i+1].Name
	if next == "TEXTMAP" {
		return true
	}
	// THINGS comes first in every file; accept any of the map's lumps, since
	// tools differ in order.
	return mapLumps[next] && next != "SCRIPTS" && next != "BEHAVIOR"
}

// Maps lists the names of the maps in the file, in its order, each once.
func (w *WAD) Maps() []string {
	var names []string
	seen := map[string]bool{}
	for i := range w.lumps {
		if name := w.lumps[i].Name; w.isMapMarker(i) && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// Map reads one map of the file. It keeps the file in memory for its textures.
func (w *WAD) Map(name string) (*Map, error) {
	name = strings.ToUpper(name)
	marker := -1
	for i := range w.lumps {
		if w.lumps[i].Name == name && w.isMapMarker(i) {
			marker = i
		}
	}
	if marker < 0 {
		have := w.Maps()
		if len(have) == 0 {
			return nil, faulty(w.Name, "holds no maps")
		}
		if len(have) > 8 {
			have = append(have[:7:7], "...", have[len(have)-1])
		}
		return nil, faulty(w.Name, "no map %s; it has %s", name, strings.Join(have, " "))
	}
	m := &Map{Name: w.Name + ":" + name, source: w, Sky: "F_SKY1"}
	var err error
	if w.lumps[marker+1].Name == "TEXTMAP" {
		err = m.readUDMF(w.lumps[marker+1].Data)
	} else {
		lumps := map[string][]byte{}
		for _, l := range w.lumps[marker+1:] {
			if !mapLumps[l.Name] {
				break
			}
			if _, twice := lumps[l.Name]; twice {
				break
			}
			lumps[l.Name] = l.Data
		}
		err = m.readClassic(lumps)
	}
	if err == nil {
		err = m.finish()
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}
