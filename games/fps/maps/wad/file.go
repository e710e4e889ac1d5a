package wad

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"sync"

	"dryad/games/fps/maps"
	"dryad/internal/gitlfs"
)

// File is a WAD: a file of named lumps, wholly in memory and never changed.
type File struct {
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

func faulty(file, format string, args ...any) error {
	return &maps.FormatError{File: file, What: fmt.Sprintf(format, args...)}
}

// Open reads the file at path.
func Open(path string) (*File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read WAD: %w", err)
	}
	name := path
	if i := strings.LastIndexAny(path, `/\`); i >= 0 {
		name = path[i+1:]
	}
	return Parse(name, data)
}

// Parse reads the directory of a WAD from data, which must not change
// afterwards. Memory used is at most a small multiple of len(data).
func Parse(name string, data []byte) (*File, error) {
	if err := gitlfs.Check(data); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
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
	w := &File{Name: name, data: data, lumps: make([]Lump, count), last: make(map[string]int, count)}
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
func (w *File) Lump(name string) []byte {
	if i, ok := w.last[strings.ToUpper(name)]; ok {
		return w.lumps[i].Data
	}
	return nil
}

// Between returns the lumps between the markers start and end, such as
// "F_START" and "F_END"; the doubled spelling "FF_START" of add-on files is
// understood too.
func (w *File) Between(start, end string) []Lump {
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
func (w *File) isMapMarker(i int) bool {
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
func (w *File) Maps() []string {
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
func (w *File) Map(name string) (*maps.Map, error) {
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
	p := maps.Parts{Name: w.Name + ":" + name, Source: w, Sky: "F_SKY1"}
	var err error
	if w.lumps[marker+1].Name == "TEXTMAP" {
		err = readUDMF(&p, w.lumps[marker+1].Data)
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
		err = readClassic(&p, lumps)
	}
	if err != nil {
		return nil, err
	}
	return maps.New(p)
}

// Of returns the file that a map was read from, with its textures, flats and
// sprites, or nil for a map that comes from no file.
func Of(m *maps.Map) *File {
	w, _ := m.Source.(*File)
	return w
}

// Hash returns the SHA-256 of the file, in hexadecimal.
func (w *File) Hash() string {
	w.hashing.Do(func() {
		sum := sha256.Sum256(w.data)
		w.hash = hex.EncodeToString(sum[:])
	})
	return w.hash
}

// Bytes returns the whole file: do not write.
func (w *File) Bytes() []byte { return w.data }
