package arena

import (
	"fmt"
	"slices"
	"testing"

	"dryad/games/fps"
	_ "dryad/internal/fixedseed"

	"pgregory.net/rapid"
)

// steadyHands lets everybody's weapon be up.
func (w *World) steadyHands() {
	for i := range w.actors {
		a := &w.actors[i]
		a.Stage, a.Due, a.Wanted, a.Streak = steady, w.head.Tick, 0, 0
		a.Ready = a.readyFrom()
	}
}

// armed makes a world in which self has all weapons, and one of them up.
func armed(t testing.TB, mode string, weapon fps.Weapon) *World {
	t.Helper()
	w := small(t, mode)
	a := &w.actors[self]
	a.Owned = 1<<fps.Weapons - 1
	for k := range fps.Ammos {
		a.Ammo[k] = k.Capacity()
	}
	a.Weapon = int32(weapon)
	w.steadyHands()
	return w
}

// always and once are triggers, by tick from 1.
func always(int) bool    { return true }
func released(int) bool  { return false }
func once(tick int) bool { return tick == 1 }
func but(from, to int) func(int) bool {
	return func(tick int) bool { return tick < from || tick > to }
}

// wish asks for a weapon in a tick.
type wish struct {
	tick   int
	weapon fps.Weapon
}

// shots plays self by a trigger and wishes, and returns the ticks, from 1, in which
// its shots left and in which another weapon was in its hand. A shot or a weapon in
// hand before the weapon was said to be ready is an error.
func shots(t testing.TB, w *World, ticks int, trigger func(int) bool, wishes ...wish) (left, taken []int) {
	t.Helper()
	var held fps.Controls
	player := fps.NewPerson(func() fps.Controls { return held })
	for tick := 1; tick <= ticks; tick++ {
		held.Fire, held.Weapon = trigger(tick), 0
		for _, wish := range wishes {
			if wish.tick == tick {
				held.Weapon = uint8(wish.weapon) + 1
			}
		}
		w.Perceive(self)
		if err := player.Tick(w.Body(self)); err != nil {
			t.Fatal(err)
		}
		if err := player.Finish(w.Body(self)); err != nil {
			t.Fatal(err)
		}
		a := &w.actors[self]
		fired, weapon := a.Shots, a.Weapon
		w.Step()
		if a.Shots != fired {
			left = append(left, tick)
		}
		if a.Weapon != weapon {
			taken = append(taken, tick)
		}
	}
	return left, taken
}

// What scripts/doom-weapons measured in the real engine, tick by tick: the trigger is
// held from tick 1 on, or pulled in tick 1 alone and held again later.
func TestShotsLeaveAsInTheRealEngine(t *testing.T) {
	for _, c := range []struct {
		weapon  fps.Weapon
		name    string
		trigger func(int) bool
		left    []int
	}{
		{fps.Pistol, "held", always, []int{5, 19, 33, 47, 61}},
		{fps.Pistol, "once", once, []int{5}},
		{fps.Pistol, "let go when it is looked at", but(2, 15), []int{5, 24, 38, 52, 66}},
		{fps.Shotgun, "held", always, []int{4, 41}},
		{fps.Shotgun, "let go until 44", but(2, 44), []int{4, 48}},
		{fps.SuperShotgun, "held", always, []int{4, 55}},
		{fps.SuperShotgun, "let go until 44", but(2, 44), []int{4, 55}},
		{fps.SuperShotgun, "let go for one look", but(2, 52), []int{4, 61}},
		{fps.SuperShotgun, "let go for both looks", but(2, 58), []int{4, 66}},
		{fps.Chaingun, "once", once, []int{1, 5}},
		{fps.Chaingun, "let go", but(2, 8), []int{1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61, 65}},
		{fps.RocketLauncher, "held", always, []int{9, 29, 49}},
		{fps.RocketLauncher, "once", once, []int{9}},
		{fps.PlasmaRifle, "let go", but(2, 4), []int{1, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60, 63, 66}},
		{fps.BFG, "once", once, []int{31}},
		{fps.BFG, "let go until 44", but(2, 44), []int{31}},
		{fps.Fist, "held", always, []int{5, 22, 39, 56}},
		{fps.Chainsaw, "once", once, []int{1, 5}},
	} {
		left, _ := shots(t, armed(t, "deathmatch", c.weapon), 66, c.trigger)
		if !slices.Equal(left, c.left) {
			t.Errorf("%s, %s: shots in %v, in the real engine in %v", c.weapon, c.name, left, c.left)
		}
	}
	if left, _ := shots(t, armed(t, "deathmatch", fps.BFG), 75, always); !slices.Equal(left, []int{31, 71}) {
		t.Errorf("bfg, held: shots in %v", left)
	}
}

// A change of weapon as measured in the real engine: the wish in tick 1 with the
// trigger held from tick 2 on, wishes for a third weapon on the way, and wishes while
// a shot is under way.
func TestChangesTakeAsLongAsInTheRealEngine(t *testing.T) {
	after := func(tick int) bool { return tick > 1 }
	for _, c := range []struct {
		from    fps.Weapon
		wishes  []wish
		trigger func(int) bool
		taken   []int
		left    int // tick of the last shot of the list
		ticks   int
	}{
		{fps.Pistol, []wish{{1, fps.Shotgun}}, after, []int{16}, 34, 40},
		{fps.Shotgun, []wish{{1, fps.SuperShotgun}}, after, []int{16}, 34, 40},
		{fps.SuperShotgun, []wish{{1, fps.RocketLauncher}}, after, []int{16}, 39, 40},
		{fps.RocketLauncher, []wish{{1, fps.Pistol}}, after, []int{16}, 35, 40},
		// Another wish while the first weapon goes down costs nothing.
		{fps.Pistol, []wish{{1, fps.Shotgun}, {5, fps.RocketLauncher}}, after, []int{16}, 39, 45},
		{fps.Pistol, []wish{{1, fps.Shotgun}, {16, fps.RocketLauncher}}, after, []int{16}, 39, 45},
		// On its way up, a weapon goes down again from where it is.
		{fps.Pistol, []wish{{1, fps.Shotgun}, {20, fps.RocketLauncher}}, after, []int{16, 23}, 46, 50},
		{fps.Pistol, []wish{{1, fps.Shotgun}, {25, fps.RocketLauncher}}, after, []int{16, 33}, 56, 60},
		{fps.Pistol, []wish{{1, fps.Shotgun}, {29, fps.RocketLauncher}}, after, []int{16, 41}, 64, 70},
		{fps.Pistol, []wish{{1, fps.Shotgun}, {20, fps.Pistol}}, after, []int{16, 23}, 42, 50},
		// A wish for the weapon in hand calls nothing back.
		{fps.Pistol, []wish{{1, fps.Shotgun}, {5, fps.Pistol}}, after, []int{16}, 34, 40},
		{fps.Pistol, []wish{{1, fps.Shotgun}, {16, fps.Pistol}}, after, []int{16}, 34, 40},
		// A shot under way leaves, and the weapon recovers, before it goes down.
		{fps.Pistol, []wish{{2, fps.Shotgun}}, always, []int{35}, 53, 60},
		{fps.Shotgun, []wish{{2, fps.Pistol}}, always, []int{60}, 79, 85},
		{fps.SuperShotgun, []wish{{2, fps.Pistol}}, always, []int{78}, 97, 100},
		{fps.PlasmaRifle, []wish{{2, fps.Pistol}}, always, []int{39}, 58, 60},
		{fps.RocketLauncher, []wish{{2, fps.Pistol}}, always, []int{36}, 55, 60},
		{fps.Chaingun, []wish{{2, fps.Pistol}}, always, []int{24}, 43, 50},
		{fps.BFG, []wish{{2, fps.Pistol}}, always, []int{76}, 95, 100},
	} {
		name := fmt.Sprint(c.from, c.wishes)
		left, taken := shots(t, armed(t, "deathmatch", c.from), c.ticks, c.trigger, c.wishes...)
		if !slices.Equal(taken, c.taken) {
			t.Errorf("%s: in hand in %v, in the real engine in %v", name, taken, c.taken)
		}
		if len(left) == 0 || left[len(left)-1] != c.left {
			t.Errorf("%s: shots in %v, in the real engine at last in %d", name, left, c.left)
		}
	}
	left, taken := shots(t, armed(t, "deathmatch", fps.Pistol), 80, released, wish{1, fps.Shotgun})
	if len(left) != 0 || !slices.Equal(taken, []int{16}) {
		t.Errorf("without a trigger: shots in %v, in hand in %v", left, taken)
	}
}

// Who enters has its weapon half up; what it wished for before its death is forgotten,
// and a shot that it had begun never leaves.
func TestDeathEndsWhatTheHandsDo(t *testing.T) {
	w := armed(t, "deathmatch", fps.BFG)
	left, taken := shots(t, w, 20, always, wish{3, fps.Pistol})
	if len(left)+len(taken) != 0 || w.actors[self].Wanted == 0 {
		t.Fatalf("shots in %v, in hand in %v", left, taken)
	}
	w.kill(self, enemy, "test")
	born := 0
	for tick := range 200 {
		if w.actors[self].Alive != 0 {
			born = tick
			break
		}
		w.Step()
	}
	a := &w.actors[self]
	if born == 0 || a.Shots != 0 || a.Wanted != 0 || fps.Weapon(a.Weapon) != fps.Pistol {
		t.Fatalf("born in %d with %d shots, wish %d, weapon %d", born, a.Shots, a.Wanted, a.Weapon)
	}
	// In the real engine the first shot of the pistol leaves in the 18th tick.
	if left, _ := shots(t, w, 20, always); !slices.Equal(left, []int{18}) {
		t.Errorf("after the entry shots leave in %v", left)
	}
}

// A pull without ammunition is none; a burst ends with it.
func TestNoShotWithoutAmmunition(t *testing.T) {
	w := armed(t, "deathmatch", fps.Chaingun)
	w.actors[self].Ammo[fps.Bullets] = 3
	if left, _ := shots(t, w, 30, always); !slices.Equal(left, []int{1, 5, 9}) {
		t.Errorf("three bullets leave in %v", left)
	}
	w = armed(t, "deathmatch", fps.BFG)
	w.actors[self].Ammo[fps.Cells] = 39
	if left, _ := shots(t, w, 60, always, wish{20, fps.Shotgun}); !slices.Equal(left, []int{53}) {
		t.Errorf("with too few cells shots leave in %v", left)
	}
}

// In gun game a kill puts the next weapon into the hand at once, from below, whatever
// the hands did.
func TestTheLadderEndsAPull(t *testing.T) {
	w := armed(t, "gun_game", fps.Chaingun)
	w.actors[self].Rung = 2
	w.equip(self)
	w.steadyHands()
	w.set(self, 300, 384, 0)
	w.set(enemy, 500, 384, 180)
	w.set(ally, 100, 700, 0)
	w.actors[enemy].Health = 1
	w.steadyHands()
	left, taken := shots(t, w, 25, always)
	if len(left) < 2 || left[0] != 1 || left[1] != 19 || !slices.Equal(taken, []int{1}) {
		t.Errorf("shots leave in %v, in hand in %v", left, taken)
	}
}

// A trigger held in a tick begins a pull in it just when the weapon is said to be
// ready, whatever was asked for and pulled before. Only the super shotgun looks at the
// trigger once more earlier.
func TestReadyTellsWhenTheTriggerIsTaken(t *testing.T) {
	weapon := rapid.Map(rapid.IntRange(0, int(fps.Weapons)-1), func(n int) fps.Weapon { return fps.Weapon(n) })
	rapid.Check(t, func(r *rapid.T) {
		w := armed(t, "deathmatch", weapon.Draw(r, "weapon"))
		wishes := map[int]fps.Weapon{}
		for range rapid.IntRange(0, 4).Draw(r, "wishes") {
			wishes[rapid.IntRange(1, 150).Draw(r, "tick")] = weapon.Draw(r, "to")
		}
		a := &w.actors[self]
		for tick := range 160 {
			pull := rapid.Bool().Draw(r, "pull")
			now, asked := w.head.Tick, wishes[tick] != 0
			wanted := wish{1, wishes[tick]}
			f := fps.Weapon(a.Weapon).Facts()
			ready := pull && a.Ready <= now && w.loaded(self, f) && !(asked && wanted.weapon != fps.Weapon(a.Weapon))
			again := f.Again > 0 && a.Stage == resting && now == a.Began+f.Cycle()+f.Again
			list := []wish{wanted}
			if !asked {
				list = nil
			}
			shots(t, w, 1, func(int) bool { return pull }, list...)
			if began := a.Stage == firing && a.Began == now; began != ready && !again {
				r.Fatalf("tick %d: began %v, ready %v", tick, began, ready)
			}
		}
	})
}
