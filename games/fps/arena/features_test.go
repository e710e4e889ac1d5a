package arena

import (
	"math"
	"testing"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// featureCases say what each feature is in a world; without a change it is a
// plain team deathmatch in which nobody sees anybody.
var featureCases = []struct {
	name, mode string
	change     func(w *World)
	value      float64
}{
	{"health", "", nil, 100},
	{"health", "", func(w *World) { w.actors[self].Health = 37 }, 37},
	{"armour", "", nil, 0},
	{"armour", "", func(w *World) { w.actors[self].Armour = 61 }, 61},
	{"weapon", "", nil, float64(fps.Pistol)},
	{"weapon", "", func(w *World) { w.actors[self].Weapon = int32(fps.Chaingun) }, float64(fps.Chaingun)},
	{"ammo", "", func(w *World) { w.actors[self].Ammo[fps.Bullets] = 23 }, 23},
	{"ammo", "", func(w *World) { w.actors[self].Weapon = int32(fps.Fist) }, 999},
	{"bullets", "", func(w *World) {
		w.actors[self].Ammo[fps.Bullets], w.actors[self].Weapon = 24, int32(fps.Fist)
	}, 24},
	{"shells", "", func(w *World) { w.actors[self].Ammo[fps.Shells] = 25 }, 25},
	{"rockets", "", func(w *World) { w.actors[self].Ammo[fps.Rockets] = 26 }, 26},
	{"cells", "", func(w *World) { w.actors[self].Ammo[fps.Cells] = 27 }, 27},
	{"weapons_owned", "", nil, 2},
	{"weapons_owned", "", func(w *World) { w.actors[self].Owned |= 1<<fps.BFG | 1<<fps.Chaingun }, 4},
	{"speed", "", func(w *World) { w.actors[self].VX, w.actors[self].VY = 3*fixed.One, -4*fixed.One }, 5},
	{"speed", "", nil, 0},
	{"enemies_in_view", "", near, 1},
	{"enemies_in_view", "deathmatch", pair, 2},
	{"enemies_in_view", "", nil, 0},
	{"allies_near", "", func(w *World) { w.set(ally, 368, 700, 0) }, 1},
	{"allies_near", "", func(w *World) { w.set(ally, 1400, 64, 0) }, 0},
	{"enemy_distance", "deathmatch", pair, 200},
	{"enemy_distance", "", nil, 9999},
	{"enemy_bearing", "", func(w *World) { near(w); w.actors[self].Angle = fixed.Degrees(-40) }, 40},
	{"enemy_bearing", "", func(w *World) { near(w); w.actors[self].Angle = fixed.Degrees(25) }, -25},
	{"enemy_height", "", func(w *World) { near(w); w.contact(self, enemy).Z += 72 * fixed.One }, 72},
	{"enemy_health", "", func(w *World) { w.actors[enemy].Health = 60; near(w) }, 75},
	{"enemy_weapon", "", func(w *World) { w.actors[enemy].Weapon = int32(fps.PlasmaRifle); near(w) }, float64(fps.PlasmaRifle)},
	{"enemy_weapon", "", nil, float64(fps.Fist)},
	{"time_enemy_in_view", "", func(w *World) { near(w); w.contact(self, enemy).Since = w.head.Tick - 44 }, 44},
	{"time_since_enemy_seen", "", func(w *World) {
		near(w)
		c := w.contact(self, enemy)
		c.Visible, c.Seen = 0, w.head.Tick-45
	}, 45},
	{"time_since_enemy_seen", "", nil, longest},
	{"last_enemy_distance", "", func(w *World) {
		near(w)
		w.contact(self, enemy).Visible = 0
		w.actors[self].X -= 20 * fixed.One
	}, 220},
	{"time_since_hurt", "", func(w *World) { w.actors[self].Hurt = w.head.Tick - 46 }, 46},
	{"hurt_bearing", "", func(w *World) {
		w.actors[self].Hurt, w.actors[self].HurtAngle = w.head.Tick, fixed.Degrees(130)
	}, 130},
	{"time_since_kill", "", func(w *World) { w.actors[self].Killed = w.head.Tick - 47 }, 47},
	{"time_alive", "", func(w *World) { w.actors[self].Spawned = w.head.Tick - 48 }, 48},
	{"time_since_noise", "", func(w *World) { w.noise(enemy, 4000); w.head.Tick += 49 }, 49},
	{"noise_distance", "", func(w *World) { w.set(self, 1000, 700, 0); w.noise(enemy, 4000) }, 400},
	{"noise_distance", "", near, 9999},
	{"medkit_distance", "", func(w *World) { w.actors[self].Health = 50; w.set(self, 100, 610, 0) }, 90},
	{"medkit_distance", "", nil, 9999},
	{"armour_distance", "", func(w *World) { w.set(self, 160, 510, 0) }, 190},
	{"armour_distance", "", takeAway, 9999},
	{"weapon_distance", "", func(w *World) { w.set(self, 220, 410, 0) }, 290},
	{"ammo_distance", "", func(w *World) { w.set(self, 280, 310, 0) }, 390},
	{"explored", "", func(w *World) { w.actors[self].Explored = int32(w.level.Area / 4) }, 25},
	{"kills", "", func(w *World) { w.actors[self].Kills = 5 }, 5},
	{"deaths", "", func(w *World) { w.actors[self].Deaths = 6 }, 6},
	{"accuracy", "", func(w *World) { w.actors[self].Shots, w.actors[self].Hits = 8, 3 }, 37.5},
	{"score_lead", "", func(w *World) { w.points[0], w.points[1] = 3, 11 }, -8},
	{"score_lead", "deathmatch", func(w *World) { w.points[0], w.points[1], w.points[2] = 12, 3, 5 }, 7},
	{"time_left", "", func(w *World) { w.config.Ticks = int(w.head.Tick) + 500 }, 500},
	{"allies_left", "", nil, 2},
	{"allies_left", "", func(w *World) { w.kill(ally, -1, "test") }, 1},
	{"enemies_left", "deathmatch", nil, 2},
	{"enemies_left", "", func(w *World) { w.kill(enemy, -1, "test") }, 0},
	{"lives", "last_one_standing", func(w *World) { w.actors[self].Lives = 3 }, 3},
	{"lives", "", nil, 99},
	{"ally_distance", "", func(w *World) { w.set(ally, 100, 384, 0) }, 268},
	{"ally_distance", "deathmatch", nil, 9999},
	{"objective_distance", "king_of_the_hill", besideObjective, 120},
	{"objective_distance", "king_of_the_hill", func(w *World) { w.objectives[0].Owner = w.actors[self].Team }, 9999},
	{"objectives_held", "domination", func(w *World) {
		w.objectives[0].Owner, w.objectives[2].Owner = w.actors[self].Team, w.actors[self].Team
	}, 2},
	{"objectives_held", "domination", nil, 0},
	{"wave", "survival", func(w *World) { w.head.Wave = 7 }, 7},
	{"rung", "gun_game", func(w *World) { w.actors[self].Rung = 4 }, 4},
	{"mode", "bomb_defusal", nil, float64(fps.BombDefusal)},
	{"mode", "deathmatch", nil, float64(fps.Deathmatch)},
	{"weapon_set", "gun_game", nil, 3},
	{"weapon_set", "", func(w *World) { w.level.Rules.OnlyWeapon = true }, 2},
	{"weapon_set", "", func(w *World) { w.level.Rules.AllWeapons = true }, 1},
	{"respawn_time", "", func(w *World) { w.level.Rules.Respawn = 41 }, 41},
	{"respawn_time", "bomb_defusal", nil, longest},
	{"sight_range", "", func(w *World) { w.level.Rules.SightRange = 641 }, 641},
	{"field_of_view", "", func(w *World) { w.level.Rules.FieldOfView = 61 }, 61},
	{"place_in_team", "", nil, 0},
	{"place_in_team", "", lastOfThree, 2},
}

// lastOfThree lets self take itself for the last of three allies: what it knows
// of seats 0 and 1 is then about others.
func lastOfThree(w *World) {
	w.bodies[self].Percept.Actor = enemy
	for i := range w.actors {
		w.contact(self, i).Team = w.actors[self].Team
	}
}

// longest is the time that features report for what has never happened: an
// hour.
const longest = 3600 * 35

// besideObjective puts self 120 units beside the first place of the mode.
func besideObjective(w *World) {
	o := &w.objectives[0]
	w.set(self, units(o.X), units(o.Y)+120, 0)
}

// observed returns the values of all readings for self in a small world that
// was changed.
func observed(t *testing.T, mode string, change func(w *World)) []float64 {
	t.Helper()
	if mode == "" {
		mode = "team_deathmatch"
	}
	w := small(t, mode)
	if change != nil {
		change(w)
	}
	v := fps.Vocabulary("arena")
	readings := make([]int32, len(v.Features)+len(v.Conditions))
	for i := range readings {
		readings[i] = int32(i)
	}
	values := make([]float64, len(readings))
	w.fillPercept(self)
	w.Body(self).Observe(readings, values)
	return values
}

// Every feature is what its meaning says, and no other feature would have
// passed for it.
func TestFeaturesInASmallWorld(t *testing.T) {
	v := fps.Vocabulary("arena")
	passes := newSubstitutes(len(v.Features))
	for _, c := range featureCases {
		own, ok := v.Reading(c.name)
		if !ok || own >= len(v.Features) {
			t.Fatalf("no feature %s", c.name)
		}
		values := observed(t, c.mode, c.change)
		if math.Abs(values[own]-c.value) > 0.01 { // angles are rounded
			t.Errorf("%s is %v, want %v: %s", c.name, values[own], c.value, v.Features[own].Description)
		}
		passes.add(own, func(other int) bool { return math.Abs(values[other]-c.value) <= 0.01 })
	}
	passes.check(t, func(i int) string { return v.Features[i].Name })
}

// substitutes collects which words of a kind would have passed all tests of
// another word.
type substitutes struct {
	tested []bool
	passed [][]bool
}

func newSubstitutes(words int) *substitutes {
	s := &substitutes{tested: make([]bool, words), passed: make([][]bool, words)}
	for i := range s.passed {
		s.passed[i] = make([]bool, words)
		for k := range s.passed[i] {
			s.passed[i][k] = true
		}
	}
	return s
}

// add counts a test of a word; passes reports whether another word passes it too.
func (s *substitutes) add(word int, passes func(other int) bool) {
	s.tested[word] = true
	for other := range s.passed[word] {
		s.passed[word][other] = s.passed[word][other] && passes(other)
	}
}

// check fails where a word has no test, or where another would have passed.
func (s *substitutes) check(t *testing.T, name func(int) string) {
	t.Helper()
	for word := range s.tested {
		if !s.tested[word] {
			t.Errorf("%s has no test", name(word))
			continue
		}
		for other, passed := range s.passed[word] {
			if passed && other != word {
				t.Errorf("%s passes for %s", name(other), name(word))
			}
		}
	}
}
