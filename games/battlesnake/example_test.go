package battlesnake_test

import (
	"fmt"

	"dryad/games"
	"dryad/games/battlesnake"
)

// Snakes that nobody commands go straight up. The first one is nearer to the wall.
func Example() {
	world, err := battlesnake.New().New(games.Config{Seats: 2, Map: "7x7:1"}, 7)
	if err != nil {
		panic(err)
	}
	for {
		result, over := world.Result()
		if over {
			fmt.Println(result.Reason, result.Points)
			return
		}
		for s := range games.Seat(world.Seats()) {
			if world.Perceive(s) {
				world.Body(s).Commit(0)
			}
		}
		world.Step()
		for _, e := range world.Events() {
			fmt.Printf("%d %s %d %q\n", e.Tick, e.Kind, e.Seat, e.What)
		}
	}
	// Output:
	// 2 out 0 "left the board"
	// 2 eat 1 ""
	// last snake [2 2]
}
