package tournament_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/store"
	"dryad/tournament"
)

func Example() {
	dir, err := os.MkdirTemp("", "tournament")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	s, err := store.Open(filepath.Join(dir, "run.db"))
	if err != nil {
		panic(err)
	}
	defer s.Close()
	result, err := tournament.Run(context.Background(), tournament.Params{
		Game: tag.New(), Config: games.Config{Ticks: 100}, Maps: []string{"generated:7"}, Seed: 1, Matches: 20,
		Competitors: []match.Entrant{runner("asleep", 0), runner("awake", 1)}, Store: s, ID: "example",
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(result.Table[0].Policy, "leads after", result.Matches, "matches")
	// Output: awake leads after 20 matches
}
