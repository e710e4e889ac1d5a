package session_test

import (
	"context"
	"fmt"

	"dryad/evolve/session"
	"dryad/games"
	"dryad/games/tag"
	"dryad/policy"
)

// A search for a better tree in ten lines.
func Example() {
	result, err := session.Run(context.Background(), session.Params{
		Checker: policy.NewChecker(tag.New(), policy.Params{}),
		Settings: session.Settings{
			Seed: 1, Start: "policy start for tag\n\ntree main:\n  task: stay\n",
			Training: []games.Config{{Map: "generated:1"}, {Map: "generated:2"}}, HeldOut: []games.Config{{Map: "generated:9"}},
			MaxMatches: 1500, Pairs: 20,
		},
	})
	if err != nil {
		panic(err)
	}
	row := result.HeldOut[0]
	fmt.Println("better than the", row.Opponent, "on a map that it never saw:", row.CILow > 0.5)
	// Output: better than the start on a map that it never saw: true
}
