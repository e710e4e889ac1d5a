package arena_test

import (
	"fmt"

	"dryad/games"
	"dryad/games/fps/arena"
)

func Example() {
	world, err := arena.New().New(games.Config{Map: "generated:7", Mode: "team_deathmatch", Ticks: 70}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, over := world.Result(); !over; _, over = world.Result() {
		for s := range games.Seat(world.Seats()) {
			if world.Perceive(s) {
				world.Body(s).Commit(0) // nobody does anything
			}
		}
		world.Step()
	}
	result, _ := world.Result()
	fmt.Println(world.Now(), "ticks,", result.Scores, result.Reason)
	// Output: 70 ticks, [0.5 0.5 0.5 0.5] time limit
}
