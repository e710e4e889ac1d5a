package evaluate_test

import (
	"context"
	"fmt"

	"dryad/catalog"
	"dryad/match"
	"dryad/tournament/evaluate"
)

func ExampleRun() {
	row, err := catalog.Find("tag")
	if err != nil {
		fmt.Println(err)
		return
	}
	scenarios, err := evaluate.Scenarios(row)
	if err != nil {
		fmt.Println(err)
		return
	}
	seat := func(name, source string) match.Entrant {
		p, faults := row.Checker(catalog.Networks{}).Parse(name, source)
		if p == nil {
			panic(faults.Err())
		}
		return match.Tree(p)
	}
	result, err := evaluate.Run(context.Background(), evaluate.Params{
		Row: row, Games: scenarios, Seed: 1, Ticks: 100,
		Policy:  seat("hunter", "tree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: flee it_player\n"),
		Against: []match.Entrant{seat("sleeper", "tree main:\n  task: stay\n")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	all := result.Rows[0]
	fmt.Println(result.Games, "games,", all.Matches, "matches, score", all.Score)
	// Output: 8 games, 16 matches, score 1
}
