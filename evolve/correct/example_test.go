package correct_test

import (
	"context"
	"fmt"
	"os"

	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/evolve/correct"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// careless never runs away.
const careless = `policy careless for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    task: move_to random_cell
`

// careful is how somebody plays who does.
const careful = `policy careful for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    sequence escape:
      condition: it_distance < 6
      task: flee it_player
    task: move_to random_cell
`

func entrant(source string) match.Entrant {
	p, faults := policy.Parse("p", []byte(source), tag.New(), policy.Params{})
	if p == nil {
		panic(faults.Err())
	}
	return match.Tree(p)
}

// person records a match in which seat 0 is played with no tree in the record.
func person(source string) *replay.Replay {
	mine := entrant(source)
	mine.Record = replay.Policy{Name: "human"}
	o, err := match.Run(context.Background(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 600}, Seed: 3, Entrants: []match.Entrant{mine, entrant(careful)}, Record: true})
	if err != nil {
		panic(err)
	}
	return o.Replay
}

func ExampleTree() {
	checker := policy.NewChecker(tag.New(), policy.Params{})
	result, err := correct.Tree(context.Background(), correct.Params{Checker: checker, Replay: person(careful), Seat: 0, Source: careless, Patches: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range result.Patches {
		fmt.Printf("when %s: %s, kept: %v\n%s", p.Condition, p.Task, p.Kept, p.Instructions)
		file, _ := dsl.Parse("careless", careless)
		changed, _ := patch.Apply(file, "patch", p.Instructions)
		fmt.Println(dsl.Format(changed) == result.Source)
	}
	fmt.Printf("alike %.2f -> %.2f\n", result.Share.Before, result.Share.After)
	// Output:
	// when it_distance < 6: task: flee nearest_player, kept: true
	// insert before `main/selector:/task: move_to random_cell`:
	//   sequence:
	//     condition: it_distance < 6
	//     task: flee nearest_player
	// true
	// alike 0.57 -> 1.00
}

func ExampleMeasure() {
	r := person(careful)
	score, err := correct.Measure(context.Background(), correct.MeasureParams{
		Game: tag.New(), Replay: r, Seat: 0, Resolve: match.Resolver(tag.New(), policy.Params{}), Matches: 20,
	}, entrant(careless), entrant(careful))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	fmt.Printf("%.2f before, %.2f after, difference %+.2f %s\n", score.Before, score.After, score.Difference, score.Interval)
	// Output: 0.70 before, 0.50 after, difference -0.20 [-0.479, 0.079]
}
