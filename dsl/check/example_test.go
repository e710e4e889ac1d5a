package check_test

import (
	"fmt"

	"dryad/dsl"
	"dryad/dsl/check"
)

func ExampleSource() {
	source := "sequence:\n  condition: helth < 30\n  task: shoot nearest_medkit\n"
	_, faults := check.Source("bot.dryad", source, skirmish)
	fmt.Print(dsl.Render(faults, dsl.RenderParams{Path: "bot.dryad", Source: source}))
	// Output:
	// bot.dryad:2:14: error: there is no feature, condition or key "helth", did you mean "health"? [unknown-name]
	//     condition: helth < 30
	//                ^^^^^
	//   legal here: health, ammo, weapon, since_hit, has_enemy_in_view
	//   fix: write "health"
	// bot.dryad:3:15: error: "nearest_medkit" chooses an item, and the task "shoot" needs agent for "target" [type]
	//     task: shoot nearest_medkit
	//                 ^^^^^^^^^^^^^^
	//   legal here: nearest_enemy, random_enemy_in_view
}
