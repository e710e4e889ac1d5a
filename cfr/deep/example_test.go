package deep_test

import (
	"context"
	"fmt"

	"dryad/cfr/classic"
	"dryad/cfr/deep"
)

func Example() {
	game, err := classic.Kuhn(2)
	if err != nil {
		panic(err)
	}
	solver, err := deep.New(game.(deep.Encoder), deep.Params{Traversals: 100, Hidden: []int{32}, AverageSteps: 500})
	if err != nil {
		panic(err)
	}
	if err := solver.Run(context.Background(), 20); err != nil {
		panic(err)
	}
	facing := game.Root().Child(0).Child(1).Child(1) // jack against king, player 0 bets
	fmt.Printf("the king calls: %v\n", solver.Policy(facing)[1] > 0.8)
	// Output: the king calls: true
}
