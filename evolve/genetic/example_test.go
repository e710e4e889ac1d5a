package genetic_test

import (
	"fmt"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/games"
	"dryad/games/tag"
)

func ExampleWriter() {
	writer := genetic.New(tag.New().Vocabulary(), genetic.Params{Name: "runner"})
	parent := writer.Random(games.Stream(7))
	child, how := writer.Vary(games.Stream(8), parent, nil)
	fmt.Print(dsl.Format(parent), "---\n", dsl.Format(child), "--- ", how, "\n")
	// Output:
	// policy runner for tag
	//
	// tree main:
	//   selector:
	//     sequence:
	//       condition: cornered
	//       selector:
	//         sequence:
	//           condition: points > 550000
	//           task: flee it_player
	//         task: move_to nearest_player
	//     sequence:
	//       condition: nearest_distance < 10
	//       task: stay
	//     task: move_to random_cell
	// ---
	// policy runner for tag
	//
	// tree main:
	//   selector:
	//     sequence:
	//       condition: cornered
	//       selector:
	//         sequence:
	//           condition: points > 550000
	//           task: flee it_player
	//         task: move_to nearest_player
	//     sequence:
	//       condition: points > 0
	//       condition: cornered
	//       task: move_to nearest_player
	//     sequence:
	//       condition: nearest_distance < 10
	//       task: stay 2s
	//     task: move_to random_cell
	// --- [regrow a branch add a guarded branch]
}
