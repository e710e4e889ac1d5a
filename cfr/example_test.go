package cfr_test

import (
	"fmt"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func Example() {
	game, err := classic.Kuhn(2)
	if err != nil {
		panic(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		panic(err)
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "pcfr+"})
	if err != nil {
		panic(err)
	}
	solver.Run(500)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	gap, err := tree.Exploitability(strategy)
	if err != nil {
		panic(err)
	}
	value := cfr.NewEvaluator(tree).Values(strategy)[0]
	fmt.Printf("%d histories, value %.4f, exploitable: %v\n", tree.Histories(), value, gap > 1e-4)
	// Output: 58 histories, value -0.0556, exploitable: false
}

// A game too big for a tree is sampled.
func ExampleNewSampling() {
	game, err := classic.Kuhn(2)
	if err != nil {
		panic(err)
	}
	solver := cfr.NewSampling(game, 1)
	if err := solver.Run(20_000); err != nil {
		panic(err)
	}
	facing := game.Root().Child(0).Child(1).Child(1) // jack against king: she bets
	fmt.Printf("the king calls: %v\n", solver.Policy(facing)[1] > 0.95)
	// Output: the king calls: true
}
