package arena_test

import (
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
)

// objective is a plan that does what the mode is about first.
var objective = []step{
	{"is_infected", "charge", ""},
	{"has_objective", "capture", ""},
	{"has_enemy_in_view", "strafe", ""},
	{"is_hurt", "pick_up", "nearest_medkit"},
	{"knows_enemy_location", "move_to", "last_enemy_location"},
	{"item_is_near", "pick_up", "nearest_item"},
	{"", "explore", ""},
}

// Every ending of every mode is reached in play.
func TestEveryEndingIsReached(t *testing.T) {
	for _, c := range []struct {
		mode   string
		rules  string
		ticks  int
		reason string
	}{
		{"deathmatch", ``, 350, "time limit"},
		{"deathmatch", `{"point_limit":1,"damage":400}`, 35 * 300, "point limit"},
		{"team_deathmatch", `{"point_limit":2,"damage":400}`, 35 * 300, "point limit"},
		{"capture_the_flag", `{"point_limit":1}`, 35 * 300, "point limit"},
		{"domination", `{"point_limit":30}`, 35 * 300, "point limit"},
		{"king_of_the_hill", `{"point_limit":5}`, 35 * 300, "point limit"},
		{"last_one_standing", `{"lives":1,"damage":400}`, 35 * 300, "last one standing"},
		{"team_deathmatch", ``, 70, "time limit"},
		{"capture_the_flag", ``, 70, "time limit"},
		{"domination", ``, 70, "time limit"},
		{"king_of_the_hill", ``, 70, "time limit"},
		{"last_one_standing", ``, 70, "time limit"},
		{"gun_game", ``, 70, "time limit"},
		{"bomb_defusal", ``, 70, "time limit"},
		{"gun_game", `{"damage":1000}`, 35 * 900, "point limit"},
		{"infection", ``, 35 * 300, "everybody infected"},
		{"infection", ``, 70, "time limit"},
		{"bomb_defusal", `{"point_limit":1}`, 35 * 300, "point limit"},
		{"survival", `{"monsters":1,"waves":1,"lives":9}`, 35 * 300, "all waves beaten"},
		{"survival", `{"monsters":20,"waves":3,"lives":1,"health":1}`, 35 * 300, "all defenders down"},
		{"survival", ``, 70, "time limit"},
	} {
		t.Run(c.mode+"/"+c.reason, func(t *testing.T) {
			w, drivers := newMatch(t, games.Config{Map: anyMap(t), Mode: c.mode, Ticks: c.ticks, Rules: []byte(c.rules)}, 1)
			for _, d := range drivers {
				d.plan = objective
			}
			play(w, drivers, c.ticks)
			r, over := w.Result()
			if !over || r.Reason != c.reason {
				t.Errorf("tick %d: %+v, want the match to end by %s", w.Now(), r, c.reason)
			}
			sum := 0.0
			for _, s := range r.Scores {
				sum += s
			}
			if sum == 0 && c.mode != "survival" {
				t.Errorf("nobody has a share of the result: %+v", r)
			}
		})
	}
}

// Every ending of a round of bomb defusal is reached in play, by sides that go
// for the bomb, that fight, or that keep away.
func TestEveryEndingOfARoundIsReached(t *testing.T) {
	absent := []step{{"", "retreat", ""}, {"", "hold", ""}}
	reached := map[string]bool{}
	for _, sides := range [][2][]step{{objective, objective}, {objective, fighter}, {objective, absent}, {absent, objective}} {
		w, drivers := newMatch(t, games.Config{Map: anyMap(t), Mode: "bomb_defusal", Seats: 4, Ticks: 35 * 200, Rules: []byte(`{"point_limit":100}`)}, 1)
		for s, d := range drivers {
			d.plan = sides[w.Team(games.Seat(s))]
		}
		for range w.Config().Ticks {
			play(w, drivers, 1)
			for _, e := range w.Events() {
				if e.Kind == "round_over" {
					reached[e.What] = true
				}
			}
		}
	}
	for _, why := range []string{"exploded", "defused", "attackers down", "defenders down", "no bomb in time"} {
		if !reached[why] {
			t.Errorf("no round ended by %s; there were %v", why, reached)
		}
	}
}

func TestModesAreListed(t *testing.T) {
	if n := len(arena.ModeNames()); n != 10 {
		t.Errorf("%d modes", n)
	}
}
