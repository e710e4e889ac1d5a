package classic_test

import (
	"fmt"
	"strings"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func ExampleReadEFG() {
	game, err := classic.ReadEFG(strings.NewReader(`EFG 2 R "pennies" { "A" "B" }
p "" 1 1 "A" { "heads" "tails" } 0
p "" 2 1 "B" { "heads" "tails" } 0
t "" 1 "" { 1 -1 }
t "" 2 "" { -1 1 }
p "" 2 1 0
t "" 2
t "" 1
`))
	if err != nil {
		panic(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		panic(err)
	}
	fmt.Println(tree.Histories(), tree.Infosets(0), tree.Infosets(1), tree.ActionNames(0))
	// Output: 7 1 1 [heads tails]
}
