package calibrate

import (
	_ "embed"
	"fmt"
	"slices"

	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/feedback"
	"dryad/games"
)

// Game is the game in which critics are measured.
const Game = "arena"

//go:embed base.dryad
var base string

// A Fault is a way to play badly that a critic should see.
type Fault struct {
	// Name is short, About a sentence.
	Name, About string
	// Dimension is the one of [feedback.Dimensions] whose rating it lowers.
	Dimension feedback.Dimension
	// Config is the match in which it shows; the map is chosen when it is played.
	Config games.Config
	// Without is the text of the policy without the fault, With with it.
	Without, With string
}

// planted are the faults as changes to the base policy.
var planted = []struct{ name, about, dimension, mode, patch string }{
	{"pistol only", "it never fetches a weapon or ammunition", "map control", "deathmatch",
		"remove `duel/duel/arm`\nremove `duel/duel/ammo`\n"},
	{"corner", "it patrols round the place where it entered", "map control", "deathmatch",
		"remove `duel/duel/arm`\nremove `duel/duel/ammo`\nremove `duel/duel/heal`\nremove `duel/duel/hunt`\nreplace `duel/duel/task: explore`:\n  task: guard own_start\n"},
	{"one place", "the whole team stays where it entered", "map control", "team_deathmatch",
		"remove `duel/duel/arm`\nremove `duel/duel/ammo`\nremove `duel/duel/together`\nremove `duel/duel/hunt`\nreplace `duel/duel/task: explore`:\n  task: guard own_start\n"},
	{"no medkits", "it ignores health items, however hurt it is", "adaptability", "deathmatch",
		"remove `duel/duel/heal`\n"},
	{"pistol in hand", "it fights with the pistol whatever it carries", "adaptability", "deathmatch",
		"replace `duel/duel/fight/fight_all/task: shoot weakest_enemy_in_view`:\n  parallel:\n    net: aim weakest_enemy_in_view\n    succeed:\n      task: switch_weapon pistol\n"},
	{"takes no notice", "it goes on with its walk when it is shot at from where it does not look, and never goes after anybody", "adaptability", "deathmatch",
		"remove `duel/duel/hunt`\nremove `duel/duel/heal`\nreplace `duel/duel/fight`:\n  sequence fight:\n    condition: enemy_is_close\n    task: shoot nearest_enemy_in_view\n"},
	{"stands still", "it does not move while it fights", "team coordination", "deathmatch",
		"replace `duel/duel/fight/fight_all/tree: footwork`:\n  task: hold\n"},
	{"shadow", "it follows its mate everywhere and begins nothing", "team coordination", "team_deathmatch",
		"remove `duel/duel/arm`\nremove `duel/duel/hunt`\nremove `duel/duel/ammo`\nreplace `duel/duel/together`:\n  sequence together:\n    condition: has_ally\n    task: follow nearest_ally\n"},
	{"leaves its mate", "it goes elsewhere whenever its mate is near, even in a fight", "team coordination", "team_deathmatch",
		"remove `duel/duel/together`\ninsert before `duel/duel/heal`:\n  sequence apart:\n    condition: has_ally and ally_distance < 900\n    task: move_to safest_area\n"},
	{"runs away", "it runs from every enemy and never fires", "team aggression", "deathmatch",
		"replace `duel/duel/fight`:\n  sequence fight:\n    condition: has_enemy_in_view\n    task: retreat\n"},
	{"far range", "it backs off to fight from as far away as it can", "team aggression", "deathmatch",
		"replace `duel/duel/fight/fight_all/tree: footwork`:\n  task: keep_distance 1500\n"},
	{"spares the weak", "it breaks off whenever the enemy is the weaker one", "team aggression", "deathmatch",
		"insert before `duel/duel/fight`:\n  sequence spare:\n    condition: enemy_is_weaker\n    task: retreat\n"},
	{"runs in", "it runs straight at every enemy, however hurt it is", "team aggression", "team_deathmatch",
		"remove `duel/duel/heal`\nreplace `duel/duel/fight/fight_all/tree: footwork`:\n  task: charge\n"},
	{"never fires", "it looks at its enemies and does not shoot", "goal achievement", "deathmatch",
		"replace `duel/duel/fight/fight_all/task: shoot weakest_enemy_in_view`:\n  task: look_at weakest_enemy_in_view\n"},
	{"runs from the flag", "it stays far from everybody and never takes the flag", "goal achievement", "capture_the_flag",
		"replace `flags/flags/take`:\n  task: move_to safest_area\n"},
	{"ignores the hill", "it plays as if kills were all that counts", "goal achievement", "king_of_the_hill",
		"remove `main/top/hill`\n"},
}

// seats are the players of a match of a mode.
var seats = map[string]int{"deathmatch": 2, "team_deathmatch": 4, "capture_the_flag": 4, "king_of_the_hill": 4}

// Faults returns those that are planted.
func Faults() ([]Fault, error) {
	file, wrong := dsl.Parse("base.dryad", base)
	if !wrong.OK() {
		return nil, fmt.Errorf("calibrate: %w", wrong.Err())
	}
	var list []Fault
	for _, p := range planted {
		changed, wrong := patch.Apply(file, p.name, p.patch)
		if changed == nil {
			return nil, fmt.Errorf("calibrate: the fault %q cannot be planted: %w", p.name, wrong.Err())
		}
		at := slices.IndexFunc(feedback.Dimensions, func(d feedback.Dimension) bool { return d.Name == p.dimension })
		list = append(list, Fault{
			Name: p.name, About: p.about, Dimension: feedback.Dimensions[at], Config: games.Config{Mode: p.mode, Seats: seats[p.mode]},
			Without: base, With: dsl.Format(changed),
		})
	}
	return list, nil
}
