package wad

import (
	"encoding/binary"
	"sync"
)

// Texture is a wall texture put together from patches.
type Texture struct {
	Name          string
	Width, Height int
	Patches       []Patch
}

// PatchPlace puts the picture of a lump into a texture.
type Patch struct {
	Lump string
	X, Y int
}

// textures caches what a file's texture lists say.
type textures struct {
	once   sync.Once
	byName map[string]Texture
}

// TextureHeight returns the height of the texture of that name, in units. Safe
// for concurrent use.
func (w *File) TextureHeight(name string) (units int, ok bool) {
	t, ok := w.Texture(name)
	return t.Height, ok
}

// Texture returns the texture of that name. Faulty entries of the lists are
// left out. Safe for concurrent use.
func (w *File) Texture(name string) (Texture, bool) {
	w.textures.once.Do(func() {
		w.textures.byName = map[string]Texture{}
		patches := patchNames(w.Lump("PNAMES"))
		for _, list := range []string{"TEXTURE1", "TEXTURE2"} {
			readTextures(w.Lump(list), patches, w.textures.byName)
		}
	})
	t, ok := w.textures.byName[name]
	return t, ok
}

func patchNames(b []byte) []string {
	if len(b) < 4 {
		return nil
	}
	count := min(int(binary.LittleEndian.Uint32(b)), (len(b)-4)/8)
	names := make([]string, 0, max(count, 0))
	for i := range max(count, 0) {
		names = append(names, cString(b[4+8*i:][:8]))
	}
	return names
}

// maxTexture bounds the sides of a texture: a file of a few bytes could ask
// for a picture of gigabytes.
const maxTexture = 4096

func readTextures(b []byte, patches []string, into map[string]Texture) {
	if len(b) < 4 {
		return
	}
	count := min(int(binary.LittleEndian.Uint32(b)), (len(b)-4)/4)
	// Entries may overlap; their sum is bounded by the lump all the same.
	budget := len(b)
	for i := range max(count, 0) {
		at := int(binary.LittleEndian.Uint32(b[4+4*i:]))
		if at < 0 || at+22 > len(b) {
			continue
		}
		e := b[at:]
		word := func(i int) int { return int(int16(binary.LittleEndian.Uint16(e[i:]))) }
		t := Texture{Name: cString(e[:8]), Width: word(12), Height: word(14)}
		n := word(20)
		if t.Width <= 0 || t.Height <= 0 || t.Width > maxTexture || t.Height > maxTexture || n < 0 || 22+10*n > len(e) || 10*n > budget {
			continue
		}
		budget -= 10 * n
		for p := range n {
			o := 22 + 10*p
			if index := word(o + 4); index >= 0 && index < len(patches) {
				t.Patches = append(t.Patches, Patch{patches[index], word(o), word(o + 2)})
			}
		}
		if _, twice := into[t.Name]; !twice {
			into[t.Name] = t
		}
	}
}
