package maps

import (
	"encoding/binary"
	"strings"
)

// Excerpt returns a WAD file that holds one map and the sizes of its textures,
// but no pictures: what is needed to play on the map and to draw it with
// materials of dryad's own.
func (w *WAD) Excerpt(name string) ([]byte, error) {
	if _, err := w.Map(name); err != nil {
		return nil, err
	}
	name = strings.ToUpper(name)
	marker := 0
	for i := range w.lumps {
		if w.lumps[i].Name == name && w.isMapMarker(i) {
			marker = i
		}
	}
	var kept []Lump
	for _, lump := range []string{"PNAMES", "TEXTURE1", "TEXTURE2"} {
		if data := w.Lump(lump); data != nil {
			kept = append(kept, Lump{lump, data})
		}
	}
	kept = append(kept, Lump{Name: name})
	udmf := w.lumps[marker+1].Name == "TEXTMAP"
	for _, l := range w.lumps[marker+1:] {
		if !udmf && !mapLumps[l.Name] {
			break
		}
		kept = append(kept, l)
		if l.Name == "ENDMAP" {
			break
		}
	}
	return joinWAD(kept), nil
}

// joinWAD writes a WAD file.
func joinWAD(lumps []Lump) []byte {
	file := []byte("PWAD\x00\x00\x00\x00\x00\x00\x00\x00")
	var directory []byte
	for _, l := range lumps {
		directory = binary.LittleEndian.AppendUint32(directory, uint32(len(file)))
		directory = binary.LittleEndian.AppendUint32(directory, uint32(len(l.Data)))
		var name [8]byte
		copy(name[:], l.Name)
		directory = append(directory, name[:]...)
		file = append(file, l.Data...)
	}
	binary.LittleEndian.PutUint32(file[4:], uint32(len(lumps)))
	binary.LittleEndian.PutUint32(file[8:], uint32(len(file)))
	return append(file, directory...)
}

// Provide makes a WAD be found by its name before the search path is looked
// at, for programs without a file system.
func Provide(w *WAD) {
	cache.Lock()
	defer cache.Unlock()
	if cache.provided == nil {
		cache.provided = map[string]*WAD{}
	}
	cache.provided[bare(w.Name)] = w
}

// bare is a WAD's name without folders, case and ending.
func bare(name string) string {
	name = strings.ToLower(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return strings.TrimSuffix(name, ".wad")
}
