package tag_test

import (
	"fmt"

	"dryad/games"
	"dryad/games/tag"
)

// A match in which nobody moves: whoever is it stays it.
func Example() {
	world, err := tag.New().New(games.Config{Seats: 2, Ticks: 50}, 7)
	if err != nil {
		panic(err)
	}
	for {
		result, over := world.Result()
		if over {
			fmt.Println(result.Reason, result.Points)
			break
		}
		for s := range games.Seat(world.Seats()) {
			if world.Perceive(s) {
				world.Body(s).Commit(0)
			}
		}
		world.Step()
	}
	// Output: time limit [50 0]
}
