package reach_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/reach"
	"dryad/games/fps/nav/walk"
)

// A small world is a row of rooms, 128 units deep, from west to east, with
// lines between them whose front is to the west.
type room struct {
	width, floor, ceiling, tag int
	special, acts              int // of the line to the next room, and the tag of what it moves
}

func world(t *testing.T, rooms ...room) *maps.Map {
	t.Helper()
	var text strings.Builder
	text.WriteString("namespace = \"doom\";\n")
	side := func(sector int) {
		fmt.Fprintf(&text, "sidedef { sector = %d; texturemiddle = \"W\"; }\n", sector)
	}
	x, sides := 0, 0
	line := func(from, to, front, back, special, tag int) {
		side(front)
		if back >= 0 {
			side(back)
		}
		fmt.Fprintf(&text, "linedef { v1 = %d; v2 = %d; sidefront = %d; ", from, to, sides)
		sides++
		if back < 0 {
			text.WriteString("blocking = true; }\n")
			return
		}
		fmt.Fprintf(&text, "sideback = %d; twosided = true; special = %d; id = %d; }\n", sides, special, tag)
		sides++
	}
	for i, r := range rooms {
		fmt.Fprintf(&text, "sector { heightfloor = %d; heightceiling = %d; texturefloor = \"F\"; textureceiling = \"C\"; id = %d; }\n", r.floor, r.ceiling, r.tag)
		fmt.Fprintf(&text, "vertex { x = %d; y = 0; }\nvertex { x = %d; y = 128; }\n", x, x)
		x += r.width
		if i == 0 {
			line(0, 1, 0, -1, 0, 0)
		} else {
			line(2*i+1, 2*i, i-1, i, rooms[i-1].special, rooms[i-1].acts)
		}
		line(2*i+1, 2*i+3, i, -1, 0, 0)
		line(2*i+2, 2*i, i, -1, 0, 0)
	}
	fmt.Fprintf(&text, "vertex { x = %d; y = 0; }\nvertex { x = %d; y = 128; }\n", x, x)
	line(2*len(rooms)+1, 2*len(rooms), len(rooms)-1, -1, 0, 0)
	data, directory := []byte{}, []byte{}
	for _, l := range []struct{ name, data string }{{"MAP01", ""}, {"TEXTMAP", text.String()}, {"ENDMAP", ""}} {
		directory = binary.LittleEndian.AppendUint32(directory, uint32(12+len(data)))
		directory = binary.LittleEndian.AppendUint32(directory, uint32(len(l.data)))
		directory = append(directory, (l.name + "\x00\x00\x00\x00\x00\x00\x00\x00")[:8]...)
		data = append(data, l.data...)
	}
	file := binary.LittleEndian.AppendUint32([]byte("PWAD"), 3)
	file = binary.LittleEndian.AppendUint32(file, uint32(12+len(data)))
	w, err := maps.ParseWAD("small.wad", append(append(file, data...), directory...))
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.Map("MAP01")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestSmallWorlds(t *testing.T) {
	hall := func(width, floor int) room { return room{width: width, floor: floor, ceiling: 512} }
	for name, c := range map[string]struct {
		rooms []room
		want  bool // that the middle of the last room is reached from the first's
	}{
		"level floor":               {[]room{hall(256, 0), hall(256, 0)}, true},
		"a step of 24":              {[]room{hall(256, 0), hall(256, 24)}, true},
		"a step of 25":              {[]room{hall(256, 0), hall(256, 25)}, false},
		"a drop":                    {[]room{hall(256, 200), hall(256, 0)}, true},
		"a gap of 64 units":         {[]room{hall(256, 200), hall(64, 0), hall(256, 200)}, true},
		"a gap of 256 units":        {[]room{hall(256, 200), hall(256, 0), hall(256, 200)}, false},
		"a wide gap, landing lower": {[]room{hall(256, 400), hall(192, 0), hall(256, 240)}, true},
		"a low lintel":              {[]room{hall(256, 0), {width: 64, ceiling: 55}, hall(256, 0)}, false},
		"a high lintel":             {[]room{hall(256, 0), {width: 64, ceiling: 56}, hall(256, 0)}, true},
		// 62 is a lift to be used, tagged; 46 a door to be shot at; 1 a door.
		"a lift set off from below":     {[]room{{width: 256, ceiling: 512, special: 62, acts: 5}, {width: 128, floor: 128, ceiling: 512, tag: 5}, hall(256, 128)}, true},
		"a lift that nobody sets off":   {[]room{{width: 256, ceiling: 512}, {width: 128, floor: 128, ceiling: 512, tag: 5}, hall(256, 128)}, false},
		"a door that has to be shot":    {[]room{{width: 256, ceiling: 512, special: 46, acts: 6}, {width: 32, tag: 6}, {width: 256, ceiling: 512}}, true},
		"a door that nothing can open":  {[]room{{width: 256, ceiling: 512}, {width: 32, tag: 6}, {width: 256, ceiling: 512}}, false},
		"a floor raised out of a shaft": {[]room{{width: 256, ceiling: 512, special: 91, acts: 7}, {width: 128, floor: -8, ceiling: 128, tag: 7}, {width: 256, floor: 40, ceiling: 512}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			m := world(t, c.rooms...)
			middle := fixed.FromInt(64)
			end := 0
			for _, r := range c.rooms {
				end += r.width
			}
			end -= c.rooms[len(c.rooms)-1].width / 2
			got := reach.New(m).From(fixed.FromInt(c.rooms[0].width/2), middle).Touches(fixed.FromInt(end), middle, maps.Radius)
			if got != c.want {
				t.Errorf("reached %v, want %v", got, c.want)
			}
		})
	}
}

// Wherever navigation walks, the search gets to as well.
func TestReachesWhatIsWalkedTo(t *testing.T) {
	for _, name := range []string{"freedm.wad:MAP01", "freedoom1.wad:E1M2", "freedoom2.wad:MAP01"} {
		m, err := maps.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		g, s := nav.New(m), reach.New(m)
		starts, goals := walk.Places(m)
		rng := rand.New(rand.NewPCG(9, 9))
		for range 3 {
			from := starts[rng.IntN(len(starts))]
			r := s.From(from.X, from.Y)
			for range 12 {
				to := goals[rng.IntN(len(goals))]
				goal := nav.Goal{X: to.X, Y: to.Y, Reach: nav.Touch}
				w := walk.New(g, from.X, from.Y)
				if !g.Reaches(from.X, from.Y, goal) {
					continue
				}
				if arrived, _ := w.Walk(goal, 150*35); arrived && !r.Touches(to.X, to.Y, nav.Touch) {
					t.Errorf("%s: walked from %d,%d to %d,%d, which the search does not reach", name, from.X>>16, from.Y>>16, to.X>>16, to.Y>>16)
				}
			}
		}
	}
}
