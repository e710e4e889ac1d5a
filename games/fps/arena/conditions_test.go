package arena

import (
	"testing"

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

// afar puts the enemy 450 units in front of self, which has nothing but its
// fists, with its back to self.
func afar(w *World) {
	w.set(enemy, 650, 384, 0)
	w.set(self, 200, 384, 0)
	bareHands(w)
}

// remembered lets self have seen the enemy a moment ago.
func remembered(w *World) {
	near(w)
	w.contact(self, enemy).Visible = 0
}

func turnAway(w *World) { w.contact(self, enemy).Angle = fixed.Degrees(90) }

func bareHands(w *World) { w.actors[self].Weapon = int32(fps.Fist) }

func shotgunInHand(w *World) {
	w.arm(&w.actors[self], fps.Shotgun)
	w.actors[self].Weapon = int32(fps.Shotgun)
}

// conditionCases say when each condition holds and when it does not. The first
// row of each is other than a plain team deathmatch in which nobody sees
// anybody.
var conditionCases = []struct {
	name, mode string
	change     func(w *World)
	holds      bool
}{
	{"has_enemy_in_view", "", near, true},
	{"has_enemy_in_view", "", remembered, false},
	{"has_enemy_in_view", "", afar, true},
	{"has_ally", "", func(w *World) { w.kill(ally, -1, "test") }, false},
	{"knows_enemy_location", "", near, true},
	{"knows_enemy_location", "", remembered, true},
	{"knows_enemy_location", "", func(w *World) { remembered(w); w.head.Tick += 400 }, false},
	{"enemy_is_close", "", near, true},
	{"enemy_is_close", "", func(w *World) { near(w); turnAway(w); bareHands(w) }, true},
	{"enemy_is_close", "", afar, false},
	{"enemy_in_range", "", near, true},
	{"enemy_in_range", "", func(w *World) { near(w); bareHands(w) }, false},
	{"enemy_in_range", "", func(w *World) { afar(w); w.actors[self].Weapon = int32(fps.Pistol) }, true},
	{"enemy_aims_at_me", "", near, true},
	{"enemy_aims_at_me", "", func(w *World) { near(w); turnAway(w) }, false},
	{"enemy_aims_at_me", "", func(w *World) { afar(w); w.contact(self, enemy).Angle = fixed.West }, true},
	{"enemy_is_weaker", "", func(w *World) { w.actors[enemy].Health = 20; near(w) }, true},
	{"enemy_is_weaker", "", near, false},
	{"enemy_is_above", "", func(w *World) { near(w); w.contact(self, enemy).Z += 50 * fixed.One }, true},
	{"enemy_is_above", "", near, false},
	{"is_outnumbered", "deathmatch", func(w *World) { w.set(ally, 500, 300, 180); near(w) }, true},
	{"is_outnumbered", "", near, false},
	{"is_hurt", "", func(w *World) { w.actors[self].Health = 40 }, true},
	{"is_hurt", "", func(w *World) { w.actors[self].Health = 40; takeAway(w) }, true},
	{"was_hit_recently", "", func(w *World) { w.hurt(self, enemy, 10, 0, 0, "test") }, true},
	{"was_hit_recently", "", func(w *World) { w.hurt(self, enemy, 10, 0, 0, "test"); takeAway(w) }, true},
	{"hears_enemy", "", func(w *World) { w.noise(enemy, 4000) }, true},
	{"has_ammo", "", func(w *World) { w.actors[self].Ammo[fps.Bullets] = 0 }, false},
	{"has_ammo", "", func(w *World) { w.actors[self].Ready = w.head.Tick + 5 }, true},
	{"is_low_on_ammo", "", func(w *World) { w.actors[self].Ammo[fps.Bullets] = 7 }, true},
	{"weapon_ready", "", func(w *World) { w.actors[self].Ready = w.head.Tick + 5 }, false},
	{"has_better_weapon", "", func(w *World) { w.arm(&w.actors[self], fps.Shotgun) }, true},
	{"has_better_weapon", "", shotgunInHand, false},
	{"has_strong_weapon", "", func(w *World) { w.arm(&w.actors[self], fps.Chaingun) }, true},
	{"has_strong_weapon", "", shotgunInHand, true},
	{"knows_medkit", "", func(w *World) { w.actors[self].Health = 50 }, true},
	{"knows_armour", "", takeAway, false},
	{"knows_armour", "", func(w *World) { w.gone[1] = never }, false},
	{"knows_weapon", "", takeAway, false},
	{"knows_weapon", "", func(w *World) { w.gone[2] = never }, false},
	{"knows_ammo", "", takeAway, false},
	{"knows_ammo", "", func(w *World) { w.gone[3] = never }, false},
	{"item_is_near", "", takeAway, false},
	{"item_is_near", "", func(w *World) { w.set(self, 1400, 64, 0) }, false},
	{"missile_incoming", "", func(w *World) {
		w.set(self, 200, 384, 0)
		w.missiles = append(w.missiles, missile{X: fixed.FromInt(500), Y: fixed.FromInt(384), Z: fixed.FromInt(36), VX: -20 * fixed.One, Owner: enemy})
	}, true},
	{"floor_burns", "", func(w *World) { w.actors[self].Burning = 1 }, true},
	{"is_stuck", "", func(w *World) { w.actors[self].Pushing = 20 }, true},
	{"is_winning", "", func(w *World) { w.points[0] = 2 }, true},
	{"is_losing", "", func(w *World) { w.points[1] = 2 }, true},
	{"has_objective", "king_of_the_hill", func(*World) {}, true},
	{"has_objective", "king_of_the_hill", besideObjective, true},
	{"at_objective", "king_of_the_hill", func(w *World) {
		o := &w.objectives[0]
		w.set(self, units(o.X), units(o.Y), 0)
	}, true},
	{"at_objective", "king_of_the_hill", func(w *World) {
		besideObjective(w)
		w.actors[self].Y -= 120 * fixed.One
		w.objectives[0].Owner = w.actors[self].Team
	}, true},
	{"objective_threatened", "domination", func(w *World) {
		o := &w.objectives[0]
		o.Owner, o.Claimer, o.Progress = w.actors[self].Team, 1-w.actors[self].Team, 5
	}, true},
	{"objective_threatened", "domination", func(*World) {}, false},
	{"objective_threatened", "domination", func(w *World) {
		o := &w.objectives[0]
		o.Owner, o.Claimer, o.Progress = w.actors[self].Team, 1-w.actors[self].Team, 5
		w.set(self, 1300, 600, 0)
	}, true},
	{"carries_flag", "", func(w *World) { w.actors[self].Carrying = 2 }, true},
	{"bomb_is_planted", "bomb_defusal", func(w *World) { w.objectives[1].Home = 1 }, true},
	{"bomb_is_planted", "bomb_defusal", func(*World) {}, false},
	{"is_infected", "", func(w *World) { w.actors[self].Infected = 1 }, true},
	{"is_attacking", "bomb_defusal", func(*World) {}, true},
	{"is_attacking", "bomb_defusal", func(w *World) {
		w.objectives[1].Home, w.actors[self].Carrying = 1, 0
		w.set(self, 1300, 600, 0)
	}, true},
	{"is_invulnerable", "", func(w *World) { w.actors[self].Invulnerable = w.head.Tick + 9 }, true},
	{"friendly_fire", "", func(w *World) { w.level.Rules.FriendlyFire = true }, true},
}

// Every condition holds when its meaning says so, and no other condition would
// have passed for it.
func TestConditionsInASmallWorld(t *testing.T) {
	v := fps.Vocabulary("arena")
	first := len(v.Features)
	passes := newSubstitutes(len(v.Conditions))
	plain := observed(t, "", nil)[first:]
	for _, c := range conditionCases {
		reading, ok := v.Reading(c.name)
		own := reading - first
		if !ok || own < 0 {
			t.Fatalf("no condition %s", c.name)
		}
		want := truth(c.holds)
		got := observed(t, c.mode, c.change)[first:]
		if got[own] != want {
			t.Errorf("%s is %v: %s", c.name, got[own], v.Conditions[own].Description)
		}
		if !passes.tested[own] {
			if plain[own] == want {
				t.Errorf("%s is %v where nothing was changed", c.name, c.holds)
			}
			passes.add(own, func(other int) bool { return plain[other] != want })
		}
		passes.add(own, func(other int) bool { return got[other] == want })
	}
	passes.check(t, func(i int) string { return v.Conditions[i].Name })
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
