package wad

import (
	"encoding/binary"
	"strings"
)

// Excerpt returns a WAD file that holds one map and the sizes of its textures,
// but no pictures: what is needed to play on the map and to draw it with
// materials of dryad's own.
func (w *File) Excerpt(name string) ([]byte, error) {
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
	return Join(kept...), nil
}

// Join writes a WAD file (a PWAD) of lumps, in their order. Names are cut to
// eight letters.
func Join(lumps ...Lump) []byte {
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
