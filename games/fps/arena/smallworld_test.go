package arena

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/maptest"
	"dryad/games/fps/nav"
	"dryad/vocab"
)

// smallMap is two rooms of 736 by 768 units beside each other. The wall
// between them, from x = 736 to 800, leaves a passage along the south, up to
// y = 128. A medikit, an armour, a shotgun,
// a clip and an invulnerability lie in a row in the north of the west room.
//
//	+--------+ +--------+
//	| +      | |        |
//	|        |_|        |
//	|                   |
//	+-------------------+
func smallMap() *maps.Map {
	var b mapText
	b.sector(0)
	b.walls(0, [][2]int{{0, 0}, {0, 768}, {736, 768}, {736, 128}, {800, 128}, {800, 768}, {1536, 768}, {1536, 0}})
	for _, s := range [][2]int{{100, 64}, {368, 384}, {1168, 384}, {1400, 64}} {
		b.thing(11, s[0], s[1])
	}
	b.thing(2012, 100, 700)
	b.thing(2018, 160, 700)
	b.thing(2001, 220, 700)
	b.thing(2007, 280, 700)
	b.thing(2022, 340, 700)
	return b.compile()
}

// stepsMap is a room of 768 by 512 units whose eastern half lies 16 units
// higher.
func stepsMap() *maps.Map {
	var b mapText
	b.sector(0)
	b.sector(16)
	b.wall(0, -1, [2]int{384, 0}, [2]int{0, 0})
	b.wall(0, -1, [2]int{0, 0}, [2]int{0, 512})
	b.wall(0, -1, [2]int{0, 512}, [2]int{384, 512})
	b.wall(1, -1, [2]int{384, 512}, [2]int{768, 512})
	b.wall(1, -1, [2]int{768, 512}, [2]int{768, 0})
	b.wall(1, -1, [2]int{768, 0}, [2]int{384, 0})
	b.wall(0, 1, [2]int{384, 512}, [2]int{384, 0})
	for _, s := range [][2]int{{64, 64}, {64, 448}, {192, 256}, {640, 256}} {
		b.thing(11, s[0], s[1])
	}
	return b.compile()
}

// mapText writes a map as text.
type mapText struct {
	text            strings.Builder
	vertices, sides int
}

func (b *mapText) sector(floor int) {
	fmt.Fprintf(&b.text, "sector { heightfloor = %d; heightceiling = 192; texturefloor = \"F\"; textureceiling = \"C\"; }\n", floor)
}

// wall draws a line with a sector on its right and another, or none when it is
// negative, on its left.
func (b *mapText) wall(right, left int, from, to [2]int) {
	for _, v := range [][2]int{from, to} {
		fmt.Fprintf(&b.text, "vertex { x = %d; y = %d; }\n", v[0], v[1])
	}
	fmt.Fprintf(&b.text, "sidedef { sector = %d; texturemiddle = \"W\"; }\n", right)
	fmt.Fprintf(&b.text, "linedef { v1 = %d; v2 = %d; sidefront = %d;", b.vertices, b.vertices+1, b.sides)
	b.vertices, b.sides = b.vertices+2, b.sides+1
	if left < 0 {
		b.text.WriteString(" blocking = true; }\n")
		return
	}
	fmt.Fprintf(&b.text, " sideback = %d; twosided = true; }\nsidedef { sector = %d; }\n", b.sides, left)
	b.sides++
}

// walls draws the outline of a sector, clockwise.
func (b *mapText) walls(sector int, corners [][2]int) {
	for i, c := range corners {
		b.wall(sector, -1, c, corners[(i+1)%len(corners)])
	}
}

func (b *mapText) thing(kind, x, y int) {
	fmt.Fprintf(&b.text, "thing { x = %d; y = %d; angle = 0; type = %d; skill4 = true; dm = true; }\n", x, y, kind)
}

// compile puts the map into a WAD file and reads it from there.
func (b *mapText) compile() *maps.Map {
	text := "namespace = \"doom\";\n" + b.text.String()
	m, err := maptest.Load(text)
	if err != nil {
		panic(err)
	}
	return m
}

var smallGround = sync.OnceValues(func() (*ground, error) {
	m := smallMap()
	return newGround(m, nav.New(m))
})

// The actors of a small world.
const (
	self  = 0
	ally  = 1
	enemy = 2
)

// small makes a world of self and ally against an enemy, all at rest: self in
// the west room, the ally in its south-west, the enemy in the east room.
func small(t testing.TB, mode string) *World {
	t.Helper()
	g, err := smallGround()
	if err != nil {
		t.Fatal(err)
	}
	w := smallOn(t, g, mode)
	w.set(self, 368, 384, 0)
	w.set(ally, 100, 64, 0)
	w.set(enemy, 1400, 700, 0)
	w.steadyHands()
	return w
}

// smallOn makes a world of three on a surveyed map.
func smallOn(t testing.TB, g *ground, mode string) *World {
	t.Helper()
	config := games.Config{Map: "small", Mode: mode, Seats: 3, Ticks: 1 << 20}
	if mode == "team_deathmatch" {
		config.Rules = []byte(`{"team_sizes":[2,1]}`)
	}
	return smallBy(t, g, config)
}

// smallBy makes a world of a configuration on a surveyed map.
func smallBy(t testing.TB, g *ground, config games.Config) *World {
	t.Helper()
	config, err := New().Complete(config)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorldOn(g, config, 1)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// set puts an actor somewhere, looking in a direction.
func (w *World) set(i, x, y, degrees int) {
	w.put(i, fixed.FromInt(x), fixed.FromInt(y), fixed.Degrees(degrees))
	w.settle()
}

// settle lets everybody have a look, with what was known before forgotten.
func (w *World) settle() {
	for i := range w.contacts {
		w.contacts[i].Visible, w.contacts[i].Seen = 0, fps.Never
	}
	for i := range w.noises {
		w.noises[i].Tick = fps.Never
	}
	clear(w.sights)
	for range w.lookEvery() {
		w.look()
		w.head.Tick++
	}
	w.perceive()
	for i := range w.noises {
		w.noises[i].Tick = fps.Never
	}
}

func units(f fixed.Fixed) int { return int(f >> 16) }

// apart returns the distance of two actors in map units.
func (w *World) apart(i, j int) int {
	a, b := &w.actors[i], &w.actors[j]
	return units(fixed.Hypot(a.X-b.X, a.Y-b.Y))
}

// from returns the distance of an actor from a place in map units.
func (w *World) from(i, x, y int) int {
	a := &w.actors[i]
	return units(fixed.Hypot(a.X-fixed.FromInt(x), a.Y-fixed.FromInt(y)))
}

// facing returns how many degrees an actor would have to turn to face a place.
func (w *World) facing(i int, x, y fixed.Fixed) int {
	a := &w.actors[i]
	turn := int64(fixed.Atan2(y-a.Y, x-a.X).Sub(a.Angle))
	if turn < 0 {
		turn = -turn
	}
	return int(turn * 360 >> 32)
}

// trial is one run of a task by self.
type trial struct {
	w      *World
	status bt.Status // the last
	ticks  int       // that the task ran
	walked int       // map units
	turned int       // degrees, all turns added up
	fired  int       // ticks with the trigger pulled
	seen   int       // ticks with an enemy in view
	unseen int       // ticks since an enemy was last in view, at the end
	calm   int       // ticks at the end in which self did not move
}

// arguments of a trial, by kind.
type targets struct {
	agent  int
	x, y   int
	number float64
}

// attempt runs a task until it ends, at most for a number of ticks. before is
// called ahead of every tick.
func attempt(w *World, task int, to targets, ticks int, before func(tick int)) trial {
	r := trial{w: w}
	v := fps.Vocabulary("arena")
	body := w.Body(self)
	words := make([]uint64, fps.TaskOf(task).Words())
	call := games.Call{Started: true, May: ^vocab.Channels(0), Draw: 12345}
	x, y := fixed.FromInt(to.x), fixed.FromInt(to.y)
	for _, p := range v.Tasks[task].Params {
		value := games.Value{Given: true}
		switch p.Kinds[0] {
		case vocab.Agent:
			value.Target = games.Target{Kind: vocab.Agent, ID: int32(to.agent)}
		case vocab.Position:
			value.Target = games.Target{Kind: vocab.Position, ID: w.level.NodeAt(x, y), X: x, Y: y}
		case vocab.Item:
			item := &w.level.Items[0]
			value.Target = games.Target{Kind: vocab.Item, X: item.X, Y: item.Y, Z: item.Z}
		default:
			value.Number = to.number
		}
		call.Args = append(call.Args, value)
	}
	for tick := range ticks {
		if before != nil {
			before(tick)
		}
		if !w.Perceive(self) {
			break
		}
		var used vocab.Channels
		r.status, used = fps.TaskOf(task).Tick(body, call, words)
		call.Started = false
		if r.status == bt.Failure {
			used = 0
		}
		body.Commit(used)
		c := w.bodies[self].Command()
		a := w.actors[self]
		if w.contact(self, enemy).Visible != 0 {
			r.seen, r.unseen = r.seen+1, 0
		} else {
			r.unseen++
		}
		if c.Fire {
			r.fired++
		}
		r.turned += abs(int(c.Turn)) * 360 / 65536
		r.ticks++
		w.Step()
		moved := fixed.Hypot(w.actors[self].X-a.X, w.actors[self].Y-a.Y)
		r.walked += units(moved + fixed.One/2)
		if moved < fixed.One/4 {
			r.calm++
		} else {
			r.calm = 0
		}
		if r.status != bt.Running {
			break
		}
	}
	return r
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
