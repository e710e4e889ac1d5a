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
}
