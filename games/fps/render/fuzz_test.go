package render_test

import (
	"encoding/binary"
	"testing"

	"dryad/games/fps/maps/wad"
	"dryad/games/fps/render"
)

// FuzzGraphics draws a room whose palette, textures, floors and sprites are
// hostile bytes.
func FuzzGraphics(f *testing.F) {
	// A patch of 2 by 2 pixels: header, two column offsets, one post each.
	patch := []byte{2, 0, 2, 0, 0, 0, 0, 0, 16, 0, 0, 0, 16, 0, 0, 0, 0, 2, 0, 112, 120, 0, 255}
	texture := append([]byte{1, 0, 0, 0, 8, 0, 0, 0}, "STARTAN3\x00\x00\x00\x00\x40\x00\x40\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"...)
	f.Add(make([]byte, 768), append([]byte{1, 0, 0, 0}, "PATCH\x00\x00\x00"...), texture, patch, make([]byte, 4096))
	f.Add([]byte{1, 2, 3}, []byte{255, 255, 255, 255}, []byte{255, 255, 255, 127, 0}, []byte{255, 7, 255, 7}, []byte{})
	f.Fuzz(func(t *testing.T, colours, names, textures, patch, flat []byte) {
		if len(colours) < 768 {
			colours = append(colours, make([]byte, 768-len(colours))...)
		}
		words := func(values ...int) (b []byte) {
			for _, v := range values {
				b = binary.LittleEndian.AppendUint16(b, uint16(v))
			}
			return b
		}
		var lumps []wad.Lump
		lump := func(name string, b []byte) { lumps = append(lumps, wad.Lump{Name: name, Data: b}) }
		lump("MAP01", nil)
		lump("THINGS", words(128, 128, 90, 11, 7, 64, 64, 0, 30, 7, 200, 200, 0, 2001, 7))
		lump("LINEDEFS", words(0, 1, 1, 0, 0, 0, 0xffff, 1, 2, 1, 0, 0, 0, 0xffff, 2, 3, 1, 0, 0, 0, 0xffff, 3, 0, 1, 0, 0, 0, 0xffff))
		lump("SIDEDEFS", append(append(words(0, 0), "-\x00\x00\x00\x00\x00\x00\x00-\x00\x00\x00\x00\x00\x00\x00STARTAN3"...), words(0)...))
		lump("VERTEXES", words(0, 0, 0, 256, 256, 256, 256, 0))
		lump("SECTORS", append(append(words(0, 128), "FLAT1\x00\x00\x00FLAT1\x00\x00\x00"...), words(160, 0, 0)...))
		lump("PLAYPAL", colours)
		lump("PNAMES", names)
		lump("TEXTURE1", textures)
		lump("PATCH", patch)
		lump("S_START", nil)
		for _, s := range []string{"PLAYA1", "PLAYA2A8", "COL1A0", "SHOTA0", "SHTGA0", "SHTFA0"} {
			lump(s, patch)
		}
		lump("S_END", nil)
		lump("F_START", nil)
		lump("FLAT1", flat)
		lump("F_END", nil)
		w, err := wad.Parse("fuzz.wad", wad.Join(lumps...))
		if err != nil {
			t.Fatal(err)
		}
		m, err := w.Map("MAP01")
		if err != nil {
			t.Fatal(err)
		}
		render.New(m).Eyes(testScene(m), 0, render.View{Width: 48, Height: 30})
	})
}
