package openspiel_test

import (
	"fmt"
	"strings"

	"dryad/cfr"
	"dryad/cfr/openspiel"
)

// A tree as the Python module writes it.
func ExampleRead() {
	game, err := openspiel.Read(strings.NewReader(pennies), openspiel.DefaultHistories)
	if err != nil {
		fmt.Println(err)
		return
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(game.Name(), tree.TotalInfosets(), tree.ActionNames(0))
	// Output: openspiel:pennies() 2 [heads tails]
}
