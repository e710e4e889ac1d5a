package arena

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/maps/library"
)

var soakMinutes = flag.Int("soak", 0, "game minutes of random commands on each mode; 0 for half of one")

// soakMaps are of every generated family; where FreeDM is installed some of
// its maps join them.
func soakMaps() []string {
	names := []string{"generated:rooms:4", "generated:caves:4", "generated:teams:4", "generated:storeys:4", "generated:outdoor:4"}
	if _, err := library.File("freedm.wad"); err == nil {
		for _, k := range []int{1, 4, 7, 11, 15, 20, 26, 32} {
			names = append(names, fmt.Sprintf("freedm.wad:MAP%02d", k))
		}
	}
	return names
}

// soakMatch is the longest match of a soak: ten game minutes, after which the
// next map's turn comes.
const soakMatch = 10 * 60 * 35

// Random commands break no invariant, in any mode. The whole day is
//
//	go test ./games/fps/arena -run Soak -soak 144 -timeout 2h -v
func TestSoakWithRandomCommands(t *testing.T) {
	ticks := 35 * 30
	if *soakMinutes > 0 {
		ticks = *soakMinutes * 60 * 35
	}
	names := soakMaps()
	matches, steps, rescued, walked, kills := 0, 0, 0, 0, 0
	for k, m := range modes {
		random := rand.New(rand.NewPCG(uint64(k), 3))
		for played, round := 0, k; played < ticks; round++ {
			config, err := New().Complete(games.Config{Map: names[round%len(names)], Mode: m.name(), Seats: 6, Ticks: soakMatch,
				Rules: []byte(`{"point_limit":1000000,"lives":99}`)})
			if err != nil {
				t.Fatal(err)
			}
			w, err := newWorld(config, uint64(played))
			if err != nil {
				t.Fatal(err)
			}
			matches++
			wanderers := make([]wanderer, w.seats)
			for ; played < ticks && w.head.Over == 0; played++ {
				for s := range w.seats {
					if w.Perceive(games.Seat(s)) {
						if err := w.bodies[s].SetCommands(wanderers[s].command(random, w.head.Tick)); err != nil {
							t.Fatal(err)
						}
						steps++
					}
				}
				w.Step()
				w.mustBeSound(t)
			}
			for i := range w.actors {
				rescued += int(w.actors[i].Rescued)
				walked += int(w.actors[i].Walked)
				kills += int(w.actors[i].Kills)
			}
		}
	}
	t.Logf("%.1f game hours in %d matches on %d maps: %d agent-steps, %d map units walked, %d kills, %d rescues",
		float64(ticks*len(modes))/35/3600, matches, len(names), steps, walked, kills, rescued)
	if walked < steps || kills == 0 {
		t.Errorf("%d map units walked in %d agent-steps, %d kills: the soak soaked nothing", walked, steps, kills)
	}
}

// wanderer makes random commands that keep a course for a while, so that
// players get about.
type wanderer struct {
	moveX, moveY byte
	until        int32
}

// command returns the bytes of a command. Parts of zero would be malformed.
func (o *wanderer) command(random *rand.Rand, tick int32) []byte {
	if tick >= o.until {
		o.until = tick + 1 + random.Int32N(60)
		o.moveX, o.moveY = byte(random.IntN(255)+129), byte(random.IntN(255)+129)
	}
	data := []byte{0}
	part := func(bit byte, bytes ...byte) {
		data[0] |= bit
		data = append(data, bytes...)
	}
	if o.moveX != 0 || o.moveY != 0 {
		part(1, o.moveX, o.moveY)
	}
	if random.IntN(2) == 0 {
		part(2, byte(1+random.IntN(255)), byte(random.IntN(256)))
	}
	if random.IntN(8) == 0 {
		part(4, byte(1+random.IntN(255)), byte(random.IntN(256)))
	}
	if random.IntN(2) == 0 {
		part(8)
	}
	if random.IntN(4) == 0 {
		part(16)
	}
	if random.IntN(20) == 0 {
		part(32, byte(1+random.IntN(int(fps.Weapons))))
	}
	if data[0] == 0 {
		return nil
	}
	return data
}

// mustBeSound fails the test when the state breaks a rule of the game.
func (w *World) mustBeSound(t *testing.T) {
	t.Helper()
	for i := range w.actors {
		a := &w.actors[i]
		switch {
		case a.Alive == 0:
			continue
		case a.Health <= 0 || a.Health > 2000 || a.Armour < 0 || a.Armour > 200:
			t.Fatalf("tick %d: actor %d has health %d and armour %d", w.head.Tick, i, a.Health, a.Armour)
		case a.X < w.level.Map.MinX || a.X > w.level.Map.MaxX || a.Y < w.level.Map.MinY || a.Y > w.level.Map.MaxY || a.Sector < 0:
			t.Fatalf("tick %d: actor %d is out of the world at %d, %d", w.head.Tick, i, a.X>>16, a.Y>>16)
		case a.Z < a.Floor:
			t.Fatalf("tick %d: actor %d is under the floor", w.head.Tick, i)
		case a.Owned>>a.Weapon&1 == 0:
			t.Fatalf("tick %d: actor %d holds a weapon that it does not own", w.head.Tick, i)
		case a.Rescued > 3:
			t.Fatalf("tick %d: actor %d was rescued %d times", w.head.Tick, i, a.Rescued)
		}
		for kind, n := range a.Ammo {
			if n < 0 || n > fps.Ammo(kind).Capacity()*2 {
				t.Fatalf("tick %d: actor %d has %d %s", w.head.Tick, i, n, fps.Ammo(kind))
			}
		}
	}
	if len(w.missiles) > maxMissiles || len(w.movers.Active) > len(w.level.Map.Sectors)*2 {
		t.Fatalf("tick %d: %d missiles, %d movers", w.head.Tick, len(w.missiles), len(w.movers.Active))
	}
}

// Restore takes no snapshot but its own, and never panics.
func FuzzRestore(f *testing.F) {
	config, err := New().Complete(games.Config{Map: "generated:1"})
	if err != nil {
		f.Fatal(err)
	}
	w, err := newWorld(config, 1)
	if err != nil {
		f.Fatal(err)
	}
	good := w.Snapshot(nil)
	f.Add(good)
	f.Add(good[:40])
	f.Fuzz(func(t *testing.T, data []byte) {
		before := w.Hash()
		if err := w.Restore(data); err != nil && w.Hash() != before {
			t.Error("a refused snapshot changed the state")
		}
	})
}
