package expression_test

import (
	"fmt"

	"dryad/dsl/expression"
	"dryad/vocab"
)

func ExampleBind() {
	game := &vocab.Vocabulary{Game: "duel", TicksPerSecond: 10, Features: []vocab.Feature{
		{Name: "health", Kind: vocab.Int, Min: 0, Max: 100, Description: "own health"}}}
	node, faults := expression.Bind("health < 30", expression.Scope{Vocabulary: game}, vocab.Bool)
	fmt.Println(node.Op, len(faults), expression.Evaluate(node, expression.Env{Readings: []float64{20}}))
	_, faults = expression.Bind("helth < 30", expression.Scope{Vocabulary: game}, vocab.Bool)
	fmt.Println(faults[0].Summary)
	// Output:
	// < 0 1
	// there is no feature, condition or key "helth", did you mean "health"?
}
