package arena

import (
	"testing"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

// near puts the enemy 200 units in front of self, face to face.
func near(w *World) {
	w.set(enemy, 500, 384, 180)
	w.set(self, 300, 384, 0)
}

// takeAway lets self believe that all items are gone.
func takeAway(w *World) {
	for k := range w.level.Items {
		w.gone[k] = never
	}
}

// conditionCases say for each condition what makes it other than it is in a
// plain team deathmatch in which nobody sees anybody.
var conditionCases = []struct {
	name, mode string
	change     func(w *World)
	holds      bool
}{
	{"has_enemy_in_view", "", near, true},
	{"has_ally", "", func(w *World) { w.kill(ally, -1, "test") }, false},
	{"knows_enemy_location", "", near, true},
	{"enemy_is_close", "", near, true},
	{"enemy_in_range", "", near, true},
	{"enemy_aims_at_me", "", near, true},
	{"enemy_is_weaker", "", func(w *World) { w.actors[enemy].Health = 20; near(w) }, true},
	{"enemy_is_above", "", func(w *World) { near(w); w.contact(self, enemy).Z += 50 * fixed.One }, true},
	{"is_outnumbered", "deathmatch", func(w *World) { w.set(ally, 500, 300, 180); near(w) }, true},
	{"is_hurt", "", func(w *World) { w.actors[self].Health = 40 }, true},
	{"was_hit_recently", "", func(w *World) { w.hurt(self, enemy, 10, 0, 0, "test") }, true},
	{"hears_enemy", "", func(w *World) { w.noise(enemy, 4000) }, true},
	{"has_ammo", "", func(w *World) { w.actors[self].Ammo[fps.Bullets] = 0 }, false},
	{"is_low_on_ammo", "", func(w *World) { w.actors[self].Ammo[fps.Bullets] = 7 }, true},
	{"weapon_ready", "", func(w *World) { w.actors[self].Ready = w.head.Tick + 5 }, false},
	{"has_better_weapon", "", func(w *World) { w.arm(&w.actors[self], fps.Shotgun) }, true},
	{"has_strong_weapon", "", func(w *World) { w.arm(&w.actors[self], fps.Chaingun) }, true},
	{"knows_medkit", "", func(w *World) { w.actors[self].Health = 50 }, true},
	{"knows_armour", "", takeAway, false},
	{"knows_weapon", "", takeAway, false},
	{"knows_ammo", "", takeAway, false},
	{"item_is_near", "", takeAway, false},
	{"missile_incoming", "", func(w *World) {
		w.set(self, 200, 384, 0)
		w.missiles = append(w.missiles, missile{X: fixed.FromInt(500), Y: fixed.FromInt(384), Z: fixed.FromInt(36), VX: -20 * fixed.One, Owner: enemy})
	}, true},
	{"floor_burns", "", func(w *World) { w.actors[self].Burning = 1 }, true},
	{"is_stuck", "", func(w *World) { w.actors[self].Pushing = 20 }, true},
	{"is_winning", "", func(w *World) { w.points[0] = 2 }, true},
	{"is_losing", "", func(w *World) { w.points[1] = 2 }, true},
	{"has_objective", "king_of_the_hill", func(*World) {}, true},
	{"at_objective", "king_of_the_hill", func(w *World) {
		o := &w.objectives[0]
		w.set(self, units(o.X), units(o.Y), 0)
	}, true},
	{"objective_threatened", "domination", func(w *World) {
		o := &w.objectives[0]
		o.Owner, o.Claimer, o.Progress = w.actors[self].Team, 1-w.actors[self].Team, 5
	}, true},
	{"carries_flag", "", func(w *World) { w.actors[self].Carrying = 2 }, true},
	{"bomb_is_planted", "bomb_defusal", func(w *World) { w.objectives[1].Home = 1 }, true},
	{"is_infected", "", func(w *World) { w.actors[self].Infected = 1 }, true},
	{"is_attacking", "bomb_defusal", func(*World) {}, true},
	{"is_invulnerable", "", func(w *World) { w.actors[self].Invulnerable = w.head.Tick + 9 }, true},
}

// read returns the value of a reading for self.
func read(t *testing.T, w *World, name string) float64 {
	t.Helper()
	i, ok := fps.Vocabulary("arena").Reading(name)
	if !ok {
		t.Fatalf("no reading %s", name)
	}
	w.fillPercept(self)
	var value [1]float64
	w.Body(self).Observe([]int32{int32(i)}, value[:])
	return value[0]
}

func TestConditionsInASmallWorld(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range conditionCases {
		tested[c.name] = true
		if plain := read(t, small(t, "team_deathmatch"), c.name) != 0; plain == c.holds {
			t.Errorf("%s is %v where nothing was changed", c.name, plain)
		}
		mode := c.mode
		if mode == "" {
			mode = "team_deathmatch"
		}
		w := small(t, mode)
		c.change(w)
		if got := read(t, w, c.name) != 0; got != c.holds {
			t.Errorf("%s is %v", c.name, got)
		}
	}
	for _, c := range fps.Vocabulary("arena").Conditions {
		if !tested[c.Name] {
			t.Errorf("condition %s has no test", c.Name)
		}
	}
}

// chooserCases say what each chooser picks, and in which world.
var chooserCases = []struct {
	name, mode string
	change     func(w *World)
	right      func(w *World, t games.Target) bool
}{
	{"random_enemy_in_view", "", near, isEnemy},
	{"nearest_enemy_in_view", "deathmatch", pair, isEnemy},
	{"weakest_enemy_in_view", "deathmatch", func(w *World) { w.actors[ally].Health = 20; pair(w) }, isAlly},
	{"strongest_enemy_in_view", "deathmatch", func(w *World) { w.actors[ally].Weapon = int32(fps.BFG); pair(w) }, isAlly},
	{"enemy_aiming_at_me", "deathmatch", func(w *World) { pair(w); w.contact(self, enemy).Angle = fixed.North }, isAlly},
	{"easiest_enemy_in_view", "deathmatch", func(w *World) { pair(w); w.actors[self].Angle = fixed.Degrees(25) }, isAlly},
	{"enemy_carrier_in_view", "", func(w *World) { w.actors[enemy].Carrying = 1; near(w) }, isEnemy},
	{"last_seen_enemy", "", near, isEnemy},
	{"random_enemy_location", "", near, at(500, 384)},
	{"nearest_enemy_location", "", near, at(500, 384)},
	{"last_enemy_location", "", near, at(500, 384)},
	{"last_noise", "", func(w *World) { w.noise(enemy, 4000) }, at(1400, 700)},
	{"nearest_medkit", "", func(w *World) { w.actors[self].Health = 50 }, isItem(0)},
	{"nearest_armour", "", func(*World) {}, isItem(1)},
	{"nearest_weapon", "", func(*World) {}, isItem(2)},
	{"best_weapon", "", func(*World) {}, isItem(2)},
	{"nearest_ammo", "", func(*World) {}, isItem(3)},
	{"nearest_power", "", func(*World) {}, isItem(4)},
	{"nearest_item", "", func(w *World) { w.set(self, 160, 600, 0) }, isItem(1)},
	{"nearest_ally", "", func(*World) {}, isAlly},
	{"random_ally", "", func(*World) {}, isAlly},
	{"weakest_ally", "", func(*World) {}, isAlly},
	{"ally_carrier", "", func(w *World) { w.contact(self, ally).Carrying = 1 }, isAlly},
	{"unexplored_area", "", func(w *World) {
		for _, n := range w.level.Walkable {
			if x, _, _ := w.level.Nav.Waypoint(int(n)); x < fixed.FromInt(800) {
				w.visited[n>>6] |= 1 << (n & 63)
			}
		}
	}, func(w *World, t games.Target) bool { return t.X >= fixed.FromInt(800) }},
	{"random_area", "", func(*World) {}, func(w *World, t games.Target) bool { return t.ID >= 0 }},
	{"cover_position", "", near, func(w *World, t games.Target) bool {
		return !w.level.Map.Sees(&w.heights, w.actors[enemy].eye(), t.X, t.Y, 0, maps56)
	}},
	{"high_ground", "", func(*World) {}, func(w *World, t games.Target) bool { return t.Z == 0 }},
	{"flank_position", "", near, func(w *World, t games.Target) bool { return w.facing(enemy, t.X, t.Y) >= 60 }},
	{"safest_area", "", near, func(w *World, t games.Target) bool {
		return w.from(enemy, units(t.X), units(t.Y)) > 400
	}},
	{"objective", "king_of_the_hill", func(*World) {}, func(w *World, t games.Target) bool { return t.X == w.objectives[0].X }},
	{"threatened_objective", "domination", func(w *World) {
		o := &w.objectives[1]
		o.Owner, o.Claimer, o.Progress = w.actors[self].Team, 1-w.actors[self].Team, 5
	}, func(w *World, t games.Target) bool { return t.X == w.objectives[1].X }},
	{"own_objective", "domination", func(w *World) { w.objectives[2].Owner = w.actors[self].Team },
		func(w *World, t games.Target) bool { return t.X == w.objectives[2].X }},
	{"own_start", "", func(w *World) { w.set(self, 1100, 400, 0) }, at(1168, 384)},
}

// pair puts two enemies of self in its view, of which enemy is the nearer.
func pair(w *World) {
	w.set(ally, 600, 550, 210)
	near(w)
}

func isEnemy(_ *World, t games.Target) bool { return t.ID == enemy }
func isAlly(_ *World, t games.Target) bool  { return t.ID == ally }

func isItem(k int32) func(*World, games.Target) bool {
	return func(_ *World, t games.Target) bool { return t.ID == k }
}

func at(x, y int) func(*World, games.Target) bool {
	return func(_ *World, t games.Target) bool { return units(t.X) == x && units(t.Y) == y }
}

func TestChoosersInASmallWorld(t *testing.T) {
	v := fps.Vocabulary("arena")
	tested := map[string]bool{}
	for _, c := range chooserCases {
		tested[c.name] = true
		i, ok := v.Chooser(c.name)
		if !ok {
			t.Fatalf("no chooser %s", c.name)
		}
		mode := c.mode
		if mode == "" {
			mode = "team_deathmatch"
		}
		w := small(t, mode)
		c.change(w)
		w.fillPercept(self)
		target, ok := w.Body(self).Choose(i, 17)
		if !ok || !c.right(w, target) || target.Kind != v.Choosers[i].Kind {
			t.Errorf("%s picks %+v, %v", c.name, target, ok)
		}
	}
	for _, c := range v.Choosers {
		if !tested[c.Name] {
			t.Errorf("chooser %s has no test", c.Name)
		}
	}
}
