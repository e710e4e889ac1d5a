package werewolf_test

import (
	"context"
	"fmt"
	"log"

	"dryad/cfr/deep"
	"dryad/games/werewolf/rules"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/werewolf"
)

func Example() {
	set, err := rules.Default("classic", 4)
	if err != nil {
		log.Fatal(err)
	}
	game, err := werewolf.New(werewolf.Params{
		Set: set, Language: werewolf.Embedded{}, Embedder: embed.NewNGrams(64),
		Games: 40, Iterations: 1, Exact: -1, Deep: deep.Params{Traversals: 5, Steps: 5, AverageSteps: 10},
	})
	if err != nil {
		log.Fatal(err)
	}
	result, err := lspo.Run(context.Background(), game, lspo.Params{Iterations: 1, Seed: 1}, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range result.Iterations[0].Space.Groups {
		fmt.Println(g.Name, len(g.Clusters))
	}
	// Output:
	// werewolf 3
	// seer 2
	// villager 2
}
