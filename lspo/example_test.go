package lspo_test

import (
	"context"
	"fmt"
	"log"

	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/rpsls"
)

func ExampleRun() {
	game := &rpsls.Game{Embedder: embed.NewNGrams(256)}
	result, err := lspo.Run(context.Background(), game, lspo.Params{Iterations: 3, Seed: 1}, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, it := range result.Iterations {
		report, err := rpsls.Measure(&it)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("iteration %d: exploitability %.2f\n", it.Number, report.Exploitability)
	}
	// Output:
	// iteration 1: exploitability 0.33
	// iteration 2: exploitability 0.33
	// iteration 3: exploitability 0.00
}
