package wad_test

import (
	"encoding/binary"
	"strings"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/wad"
)

func words(values ...int) []byte {
	var b []byte
	for _, v := range values {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// square is a room of 256 by 256 units in the classic format, without nodes.
func square() []wad.Lump {
	flat := "FLOOR4_8CEIL3_5\x00"
	sector := append(append(words(0, 128), flat...), words(160, 0, 0)...)
	side := append(append(words(0, 0), "-\x00\x00\x00\x00\x00\x00\x00-\x00\x00\x00\x00\x00\x00\x00STARTAN3"...), words(0)...)
	return []wad.Lump{
		{Name: "MAP01"},
		{Name: "THINGS", Data: words(128, 128, 90, 11, 7)},
		{Name: "LINEDEFS", Data: words(0, 1, 1, 0, 0, 0, 0xffff, 1, 2, 1, 0, 0, 0, 0xffff, 2, 3, 1, 0, 0, 0, 0xffff, 3, 0, 1, 0, 0, 0, 0xffff)},
		{Name: "SIDEDEFS", Data: side},
		{Name: "VERTEXES", Data: words(0, 0, 0, 256, 256, 256, 256, 0)},
		{Name: "SECTORS", Data: sector},
	}
}

// cyclic is the square with nodes whose children are the nodes themselves, of a
// subsector and segments that do not exist.
func cyclic() []byte {
	node := words(128, 0, 0, 256, 256, 0, 0, 128, 256, 0, 128, 256, 0, 1)
	back := words(128, 0, 0, 256, 256, 0, 0, 128, 256, 0, 128, 256, 0, 0xffff)
	return wad.Join(append(square(),
		wad.Lump{Name: "SEGS", Data: words(0, 900, 0, 77, 0, 0)}, wad.Lump{Name: "SSECTORS", Data: words(9, 9)},
		wad.Lump{Name: "NODES", Data: append(node, back...)}, wad.Lump{Name: "REJECT", Data: []byte{1}}, wad.Lump{Name: "BLOCKMAP", Data: words(0, 0, 9999, 9999, 4)})...)
}

const squareText = `namespace = "zdoom"; // a room
vertex { x = 0.0; y = 0; } vertex { x = 0; y = 256; }
vertex { x = 256; y = 256.5; } vertex { x = 256; y = 0; }
sector { heightfloor = 0; heightceiling = 128; texturefloor = "FLAT1"; textureceiling = "FLAT2"; lightlevel = 200; }
sidedef { sector = 0; texturemiddle = "STARTAN3"; }
linedef { v1 = 0; v2 = 1; sidefront = 0; blocking = true; special = 12; arg1 = 16; arg2 = 150; playeruse = true; repeatspecial = true; }
linedef { v1 = 1; v2 = 2; sidefront = 0; } linedef { v1 = 2; v2 = 3; sidefront = 0; } linedef { v1 = 3; v2 = 0; sidefront = 0; }
thing { x = 128; y = 128; angle = 90; type = 11; skill4 = true; dm = true; }
/* end */
`

func TestReadSquare(t *testing.T) {
	for _, data := range [][]byte{
		wad.Join(square()...),
		wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(squareText)}, wad.Lump{Name: "ENDMAP"}),
		cyclic(), // nodes are not read
	} {
		w, err := wad.Parse("test.wad", data)
		if err != nil {
			t.Fatal(err)
		}
		m, err := w.Map("map01")
		if err != nil {
			t.Fatal(err)
		}
		h := m.Heights()
		s := m.Check(&h, 128*fixed.One, 128*fixed.One, maps.Radius)
		if s.Blocked || s.Sector != 0 || s.Ceiling != 128*fixed.One || len(m.DeathmatchStarts()) != 1 {
			t.Errorf("the middle of the room: %+v, %d starts", s, len(m.DeathmatchStarts()))
		}
		if m.SectorAt(-8*fixed.One, 128*fixed.One) != maps.NoSector {
			t.Error("the room has no west wall")
		}
	}
}

func TestFaultyFiles(t *testing.T) {
	good := wad.Join(square()...)
	with := func(name string, data []byte) []byte {
		lumps := square()
		for i := range lumps {
			if lumps[i].Name == name {
				lumps[i].Data = data
			}
		}
		return wad.Join(lumps...)
	}
	text := func(s string) []byte {
		return wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(s)})
	}
	for _, c := range []struct {
		name string
		data []byte
		want string // part of the message
	}{
		{"empty", nil, "not a WAD"},
		{"text", []byte("this is a text file"), "IWAD or PWAD"},
		{"truncated", good[:len(good)-20], "truncated"},
		{"absurd count", append([]byte("PWAD\xff\xff\xff\x7f\x0c\x00\x00\x00"), good...), "truncated"},
		{"no maps", wad.Join(wad.Lump{Name: "DEMO1", Data: []byte("x")}), "no maps"},
		{"no such map", wad.Join(append([]wad.Lump{{Name: "MAP02"}}, square()[1:]...)...), "no map MAP01; it has MAP02"},
		{"missing lump", wad.Join(square()[:5]...), "no SECTORS"},
		{"odd size", with("VERTEXES", make([]byte, 7)), "multiple of 4"},
		{"empty lump", with("SIDEDEFS", nil), "SIDEDEFS is empty"},
		{"vertex out of range", with("LINEDEFS", words(0, 99, 1, 0, 0, 0, 0xffff)), "joins vertices 0 and 99 of 4"},
		{"side out of range", with("LINEDEFS", words(0, 1, 1, 0, 0, 5, 0xffff)), "side 5 of 1"},
		{"hexen", wad.Join(append(square(), wad.Lump{Name: "BEHAVIOR", Data: []byte("ACS")})...), "Hexen"},
		{"too large", with("VERTEXES", words(-32768, 0, 32767, 0, 0, 32767, 1, 1)), "larger than"},
		{"text map cut short", text(squareText[:300]), "TEXTMAP line"},
		{"text map of nonsense", text("namespace = \"doom\"; vertex ( }"), "want = or {"},
		{"text map of another namespace", text(strings.Replace(squareText, "zdoom", "srb2", 1)), `namespace "srb2"`},
		{"text map without sectors", text(`namespace = "doom";`), "no lines"},
		{"vertex beyond all bounds", text(`namespace = "doom"; vertex { x = 1e30; y = 0; }`), "±32767"},
	} {
		w, err := wad.Parse("test.wad", c.data)
		if err == nil {
			_, err = w.Map("MAP01")
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %v, want one line with %q", c.name, err, c.want)
		}
	}
}

// exercise asks a map that was read from hostile bytes a little of everything.
func exercise(m *maps.Map) {
	h, v := m.Heights(), m.Movers()
	for i := range min(len(m.Specials), 64) {
		v.Activate(m, &h, i, m.Specials[i].Trigger, 0, false)
	}
	for range 8 {
		v.Step(&h, nil)
	}
	for i := range min(len(m.Things), 16) {
		t := &m.Things[i]
		b := maps.Body{X: t.X, Y: t.Y, Radius: maps.Radius, Height: maps.Height}
		m.Slide(&h, &b, 20*fixed.One, 9*fixed.One, func(int32, int) {})
		m.Trace(&h, b.Eye(), t.Angle, 100, 4000*fixed.One)
		m.Sees(&h, b.Eye(), 0, 0, 0, fixed.One)
		m.UseLine(&h, b.X, b.Y, t.Angle)
	}
}

func FuzzWAD(f *testing.F) {
	f.Add(wad.Join(square()...))
	f.Add(wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(squareText)}))
	f.Add([]byte("IWAD\x01\x00\x00\x00\x0c\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		w, err := wad.Parse("fuzz.wad", data)
		if err != nil {
			return
		}
		w.Texture("A")
		names := w.Maps()
		for _, name := range names[:min(len(names), 3)] {
			if m, err := w.Map(name); err == nil {
				exercise(m)
			}
		}
	})
}

func FuzzUDMF(f *testing.F) {
	f.Add(squareText)
	f.Add(`namespace="doom";vertex{x=1;y=2;}`)
	f.Add(`namespace = "doom"; /* `)
	f.Add(`namespace="zdoom";linedef{v1=0;v2=1;sidefront=0;special=12;}namespace="doom";linedef{v1=1;v2=0;sidefront=0;special=1;}` +
		`vertex{x=1;y=2;}vertex{x=64;y=2;}sidedef{sector=0;}sector{heightfloor=0;heightceiling=128;}`)
	f.Fuzz(func(t *testing.T, text string) {
		w, err := wad.Parse("fuzz.wad", wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(text)}))
		if err != nil {
			return
		}
		if m, err := w.Map("MAP01"); err == nil {
			exercise(m)
		}
	})
}

// FuzzClassic gives hostile lumps to a sound directory, which gets deeper than
// changing whole files.
func FuzzClassic(f *testing.F) {
	s := square()
	f.Add(s[1].Data, s[2].Data, s[3].Data, s[4].Data, s[5].Data)
	f.Fuzz(func(t *testing.T, things, lines, sides, vertices, sectors []byte) {
		pad := func(b []byte, size int) []byte { return b[:len(b)/size*size] }
		w, err := wad.Parse("fuzz.wad", wad.Join(wad.Lump{Name: "MAP01"},
			wad.Lump{Name: "THINGS", Data: pad(things, 10)}, wad.Lump{Name: "LINEDEFS", Data: pad(lines, 14)}, wad.Lump{Name: "SIDEDEFS", Data: pad(sides, 30)},
			wad.Lump{Name: "VERTEXES", Data: pad(vertices, 4)}, wad.Lump{Name: "SECTORS", Data: pad(sectors, 26)}))
		if err != nil {
			t.Fatal(err)
		}
		if m, err := w.Map("MAP01"); err == nil {
			exercise(m)
		}
	})
}
