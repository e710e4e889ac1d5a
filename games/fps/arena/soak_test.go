package arena

import (
	"flag"
	"math/rand/v2"
	"testing"

	"dryad/games"
	"dryad/games/fps"
)

var soakMinutes = flag.Int("soak", 0, "game minutes of random commands on each mode; 0 for half of one")

// Random commands break no invariant, in any mode. The whole day is
//
//	go test ./games/fps/arena -run Soak -soak 144 -timeout 2h
func TestSoakWithRandomCommands(t *testing.T) {
	ticks := 35 * 30
	if *soakMinutes > 0 {
		ticks = *soakMinutes * 60 * 35
	}
	for k, m := range modes {
		random := rand.New(rand.NewPCG(uint64(k), 3))
		config, err := New().Complete(games.Config{Map: "generated:4", Mode: m.name, Seats: 6, Ticks: 1 << 20,
			Rules: []byte(`{"point_limit":1000000,"lives":99}`)})
		if err != nil {
			t.Fatal(err)
		}
		for played := 0; played < ticks; {
			w, err := newWorld(config, uint64(played))
			if err != nil {
				t.Fatal(err)
			}
			for ; played < ticks && w.head.Over == 0; played++ {
				for s := range w.seats {
					if w.Perceive(games.Seat(s)) {
						w.bodies[s].SetCommands(randomCommand(random))
					}
				}
				w.Step()
				w.mustBeSound(t)
			}
		}
	}
}

// randomCommand returns the bytes of a command that often goes on running and
// firing, so that players get about.
func randomCommand(random *rand.Rand) []byte {
	data := []byte{1 | 8, byte(random.IntN(200) - 100), byte(random.IntN(200) - 100)}
	if random.IntN(4) == 0 {
		data[0] |= 16
	}
	if random.IntN(20) == 0 {
		data = append(data, byte(1+random.IntN(int(fps.Weapons))))
		data[0] |= 32
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
