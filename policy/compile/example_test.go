package compile_test

import (
	"fmt"

	"dryad/dsl"
	"dryad/games/tag"
	"dryad/policy/compile"
)

func Example() {
	game := tag.New()
	file, faults := dsl.Parse("", "selector:\n  sequence:\n    condition: is_it and frozen == 0ticks\n    task: move_to nearest_player\n  task: flee it_player\n")
	if !faults.OK() {
		panic(faults.Err())
	}
	unit, faults := compile.Compile(file, game, compile.Params{})
	if !faults.OK() {
		panic(faults.Err())
	}
	fmt.Println(unit.Program.Nodes(), "nodes")
	for _, r := range unit.Readings {
		fmt.Println("observes", game.Vocabulary().ReadingName(int(r)))
	}
	// Output:
	// 5 nodes
	// observes is_it
	// observes frozen
}
