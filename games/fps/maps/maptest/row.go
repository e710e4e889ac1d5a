package maptest

import (
	"fmt"
	"strings"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/wad"
)

// Room is one room of a row. Lengths are in map units.
type Room struct {
	// Width is from west to east.
	Width, Floor, Ceiling int
	// Tag is what lines know the room by.
	Tag int
	// Special is what the line to the next room does, and Acts the tag of what
	// it does it to. The line's front is to the west.
	Special, Acts int
	// Thing is the type of what lies in the middle; 0 for nothing.
	Thing int
}

// Row builds the map of a row of rooms.
func Row(rooms ...Room) (*maps.Map, error) {
	b := builder{}
	b.printf("namespace = \"doom\";\n")
	x := 0
	for i, r := range rooms {
		b.printf("sector { heightfloor = %d; heightceiling = %d; texturefloor = \"F\"; textureceiling = \"C\"; id = %d; }\n", r.Floor, r.Ceiling, r.Tag)
		b.printf("vertex { x = %d; y = 0; }\nvertex { x = %d; y = 128; }\n", x, x)
		if r.Thing != 0 {
			b.printf("thing { x = %d; y = 64; angle = 0; type = %d; skill1 = true; skill2 = true; skill3 = true; skill4 = true; skill5 = true; dm = true; }\n", x+r.Width/2, r.Thing)
		}
		x += r.Width
		if i == 0 {
			b.wall(0, 1, 0)
		} else {
			b.border(2*i+1, 2*i, i-1, rooms[i-1])
		}
		b.wall(2*i+1, 2*i+3, i)
		b.wall(2*i+2, 2*i, i)
	}
	b.printf("vertex { x = %d; y = 0; }\nvertex { x = %d; y = 128; }\n", x, x)
	b.wall(2*len(rooms)+1, 2*len(rooms), len(rooms)-1)
	return Load(b.text.String())
}

type builder struct {
	text  strings.Builder
	sides int
}

func (b *builder) printf(format string, args ...any) { fmt.Fprintf(&b.text, format, args...) }

func (b *builder) side(room int) {
	b.printf("sidedef { sector = %d; texturemiddle = \"W\"; }\n", room)
	b.sides++
}

func (b *builder) wall(from, to, room int) {
	b.side(room)
	b.printf("linedef { v1 = %d; v2 = %d; sidefront = %d; blocking = true; }\n", from, to, b.sides-1)
}

// border is the line from a room to the next.
func (b *builder) border(from, to, room int, r Room) {
	b.side(room)
	b.side(room + 1)
	b.printf("linedef { v1 = %d; v2 = %d; sidefront = %d; sideback = %d; twosided = true; special = %d; id = %d; }\n",
		from, to, b.sides-2, b.sides-1, r.Special, r.Acts)
}

// Load reads a text map by way of a WAD file in memory.
func Load(text string) (*maps.Map, error) {
	w, err := wad.Parse("row.wad", wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(text)}, wad.Lump{Name: "ENDMAP"}))
	if err != nil {
		return nil, err
	}
	return w.Map("MAP01")
}
