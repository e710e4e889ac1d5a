package arena

import (
	"slices"
	"sync"
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/nav"
)

// right reports whether a target is what a chooser's meaning says.
type right func(w *World, t games.Target) bool

// chooserCase says what a chooser picks in a world.
type chooserCase struct {
	name, mode string
	change     func(w *World)
	every      right   // holds for whatever is drawn
	some       []right // each holds for some draw
}

var chooserCases = []chooserCase{
	{"random_enemy_in_view", "deathmatch", pair, either(isAgent(ally), isAgent(enemy)), []right{isAgent(ally), isAgent(enemy)}},
	// The ally of the small world is an enemy in a deathmatch.
	{"nearest_enemy_in_view", "deathmatch", tempting(ally, enemy), isAgent(enemy), nil},
	{"weakest_enemy_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, ally).Health = 25 }), isAgent(ally), nil},
	{"weakest_enemy_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, enemy).Health = 25 }), isAgent(enemy), nil},
	{"strongest_enemy_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, ally).Weapon = int32(fps.BFG) }), isAgent(ally), nil},
	{"strongest_enemy_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, enemy).Weapon = int32(fps.BFG) }), isAgent(enemy), nil},
	{"enemy_aiming_at_me", "deathmatch", with(pair, func(w *World) { w.contact(self, enemy).Angle = fixed.North }), isAgent(ally), nil},
	{"enemy_aiming_at_me", "deathmatch", with(pair, func(w *World) { w.contact(self, ally).Angle = fixed.North }), isAgent(enemy), nil},
	{"easiest_enemy_in_view", "deathmatch", with(pair, func(w *World) { w.actors[self].Angle = fixed.Degrees(25) }), isAgent(ally), nil},
	{"easiest_enemy_in_view", "deathmatch", pair, isAgent(enemy), nil},
	{"enemy_carrier_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, ally).Carrying = 1 }), isAgent(ally), nil},
	{"enemy_carrier_in_view", "deathmatch", with(pair, func(w *World) { w.contact(self, enemy).Carrying = 1 }), isAgent(enemy), nil},
	{"last_seen_enemy", "", remembered, isAgent(enemy), nil},

	{"random_enemy_location", "deathmatch", pair, either(at(600, 550), at(500, 384)), []right{at(600, 550), at(500, 384)}},
	{"nearest_enemy_location", "deathmatch", pair, at(500, 384), nil},
	{"nearest_enemy_location", "deathmatch", with(pair, lately(ally, enemy)), at(500, 384), nil},
	{"last_enemy_location", "deathmatch", with(pair, lately(ally, enemy)), at(600, 550), nil},
	{"last_noise", "", func(w *World) { w.noise(enemy, 4000) }, at(1400, 700), nil},

	{"nearest_medkit", "", func(w *World) { w.actors[self].Health = 50 }, isItem(0), nil},
	{"nearest_armour", "", nil, isItem(1), nil},
	{"nearest_weapon", "", twoWeapons, isItem(2), nil},
	{"best_weapon", "", twoWeapons, isItem(4), nil},
	{"nearest_ammo", "", nil, isItem(3), nil},
	{"nearest_power", "", func(w *World) { w.set(self, 160, 600, 0) }, isItem(4), nil},
	{"nearest_item", "", func(w *World) { w.set(self, 160, 600, 0) }, isItem(1), nil},
	{"nearest_item", "", func(w *World) { w.set(self, 340, 600, 0) }, isItem(4), nil},

	// One side of three.
	{"nearest_ally", "", with(allied, weak(enemy)), isAgent(ally), nil},
	{"nearest_ally", "", with(allied, weak(ally), func(w *World) { w.set(enemy, 368, 500, 0) }), isAgent(enemy), nil},
	{"random_ally", "", allied, either(isAgent(ally), isAgent(enemy)), []right{isAgent(ally), isAgent(enemy)}},
	{"weakest_ally", "", with(allied, weak(enemy)), isAgent(enemy), nil},
	{"ally_carrier", "", with(allied, weak(ally), func(w *World) { w.contact(self, enemy).Carrying = 1 }), isAgent(enemy), nil},
	{"ally_carrier", "", with(allied, weak(enemy), func(w *World) { w.contact(self, ally).Carrying = 1 }), isAgent(ally), nil},

	{"unexplored_area", "", func(w *World) {
		for _, n := range w.level.Walkable {
			if x, _, _ := w.level.Nav.Waypoint(int(n)); x < fixed.FromInt(800) {
				w.visited[n>>6] |= 1 << (n & 63)
			}
		}
	}, func(_ *World, t games.Target) bool { return t.X >= fixed.FromInt(800) }, nil},
	{"random_area", "", near, func(w *World, t games.Target) bool { return t.ID >= 0 }, []right{
		func(w *World, t games.Target) bool { return t.X > fixed.FromInt(1200) },
		func(w *World, t games.Target) bool { return w.from(enemy, units(t.X), units(t.Y)) < 200 },
	}},
	{"cover_position", "", near, func(w *World, t games.Target) bool { return !enemySees(w, t) }, nil},
	{"cover_position", "", func(w *World) { // which the enemy cannot see already
		c := w.contact(self, enemy)
		c.X, c.Y, c.Seen = w.actors[enemy].X, w.actors[enemy].Y, w.head.Tick-20
	}, func(w *World, t games.Target) bool {
		return w.from(self, units(t.X), units(t.Y)) < 100 && !enemySees(w, t)
	}, nil},
	{"high_ground", "steps", func(w *World) { w.set(self, 128, 128, 0) },
		func(_ *World, t games.Target) bool { return t.Z == 16*fixed.One }, nil},
	{"flank_position", "", near, func(w *World, t games.Target) bool {
		return w.facing(enemy, t.X, t.Y) >= 60 && w.from(enemy, units(t.X), units(t.Y)) > 100 && enemySees(w, t)
	}, nil},
	{"safest_area", "", near, func(w *World, t games.Target) bool {
		return w.from(enemy, units(t.X), units(t.Y)) > 600
	}, []right{func(w *World, t games.Target) bool { return t.Y > fixed.FromInt(384) }}},

	// Three points: at (500, 600), (600, 200) and (1200, 600).
	{"objective", "domination", with(points, owned(0)), at(600, 200), nil},
	{"threatened_objective", "domination", with(points, owned(0), owned(1), taken(1)), at(600, 200), nil},
	{"own_objective", "domination", with(points, owned(1), owned(2), taken(2)), at(600, 200), nil},
	{"own_start", "", func(w *World) { w.set(self, 1100, 400, 0) }, at(1168, 384), nil},
}

// pair puts two enemies of self in its view, of which enemy is the nearer and
// straight ahead; both look at self.
func pair(w *World) {
	w.set(ally, 600, 550, 210)
	near(w)
}

// tempting makes one of a pair weaker, better armed, easier to aim at and the
// only one that looks at self and carries something.
func tempting(one, other int) func(*World) {
	return with(pair, lately(one, other), func(w *World) {
		w.actors[self].Angle = fixed.Degrees(25)
		c := w.contact(self, one)
		c.Health, c.Weapon, c.Carrying = 25, int32(fps.BFG), 1
		w.contact(self, other).Angle = fixed.North
	})
}

// lately lets self have seen one of a pair after the other.
func lately(one, other int) func(*World) {
	return func(w *World) { w.contact(self, other).Seen = w.contact(self, one).Seen - 3 }
}

// with makes several changes.
func with(changes ...func(*World)) func(*World) {
	return func(w *World) {
		for _, change := range changes {
			change(w)
		}
	}
}

// twoWeapons lets a plasma rifle lie where the power-up does.
func twoWeapons(w *World) {
	w.level.Items = slices.Clone(w.level.Items)
	kind, ok := fps.ItemOfThing(2004)
	if !ok {
		panic("no plasma rifle")
	}
	w.level.Items[4].Kind = int32(kind)
	w.level.ByClass[fps.WeaponItem] = []int32{2, 4}
	w.level.ByClass[fps.PowerItem] = nil
	w.set(self, 150, 600, 0)
}

// allied makes the enemy another ally.
func allied(w *World) {
	w.actors[enemy].Team = w.actors[self].Team
	w.settle()
}

func weak(who int) func(*World) {
	return func(w *World) { w.contact(self, who).Health = 20 }
}

// points puts the places of domination where the cases expect them.
func points(w *World) {
	for k, p := range [][2]int{{500, 600}, {600, 200}, {1200, 600}} {
		o := &w.objectives[k]
		o.X, o.Y = fixed.FromInt(p[0]), fixed.FromInt(p[1])
		o.Node = w.level.NodeAt(o.X, o.Y)
		o.AtX, o.AtY, o.AtNode = o.X, o.Y, o.Node
	}
}

func owned(k int) func(*World) {
	return func(w *World) { w.objectives[k].Owner = w.actors[self].Team }
}

func taken(k int) func(*World) {
	return func(w *World) { w.objectives[k].Claimer, w.objectives[k].Progress = 1-w.actors[self].Team, 5 }
}

func isAgent(who int32) right { return func(_ *World, t games.Target) bool { return t.ID == who } }

func isItem(k int32) right { return func(_ *World, t games.Target) bool { return t.ID == k } }

func at(x, y int) right {
	return func(_ *World, t games.Target) bool { return units(t.X) == x && units(t.Y) == y }
}

func either(a, b right) right {
	return func(w *World, t games.Target) bool { return a(w, t) || b(w, t) }
}

// enemySees reports whether somebody at a place could be seen from the enemy's
// eyes if it looked there.
func enemySees(w *World, t games.Target) bool {
	return w.level.Map.Sees(&w.heights, w.actors[enemy].eye(), t.X, t.Y, t.Z, t.Z+maps56)
}

var stepsGround = sync.OnceValues(func() (*ground, error) {
	m := stepsMap()
	return newGround(m, nav.New(m))
})

// worldFor makes the small world of a mode; of "steps", a team deathmatch on
// stepsMap.
func worldFor(t testing.TB, mode string) *World {
	t.Helper()
	if mode != "steps" {
		return small(t, mode)
	}
	g, err := stepsGround()
	if err != nil {
		t.Fatal(err)
	}
	return smallOn(t, g, "team_deathmatch")
}

// Every chooser picks what its meaning says, and no other chooser would have
// passed for it.
func TestChoosersInASmallWorld(t *testing.T) {
	v := fps.Vocabulary("arena")
	passes := newSubstitutes(len(v.Choosers))
	for _, c := range chooserCases {
		own, ok := v.Chooser(c.name)
		if !ok {
			t.Fatalf("no chooser %s", c.name)
		}
		mode := c.mode
		if mode == "" {
			mode = "team_deathmatch"
		}
		w := worldFor(t, mode)
		if c.change != nil {
			c.change(w)
		}
		w.fillPercept(self)
		picks := func(chooser int) bool {
			seen := make([]bool, len(c.some))
			for draw := range uint64(64) {
				target, ok := w.Body(self).Choose(chooser, draw)
				if !ok || target.Kind != v.Choosers[own].Kind || !c.every(w, target) {
					return false
				}
				for k, some := range c.some {
					seen[k] = seen[k] || some(w, target)
				}
			}
			return !slices.Contains(seen, false)
		}
		if !picks(own) {
			target, ok := w.Body(self).Choose(own, 17)
			t.Errorf("%s picks %+v, %v: %s", c.name, target, ok, v.Choosers[own].Description)
		}
		passes.add(own, picks)
	}
	passes.check(t, func(i int) string { return v.Choosers[i].Name })
}
