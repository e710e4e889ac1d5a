package viewer_test

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/viewer"
)

func Example() {
	ctx := context.Background()
	p, faults := policy.Parse("sitter", []byte("policy sitter for tag\n\ntree main:\n  task: stay 3s\n"), tag.New(), policy.Params{})
	if p == nil {
		panic(faults)
	}
	outcome, err := match.Run(ctx, match.Params{Game: tag.New(), Config: games.Config{Ticks: 50},
		Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		panic(err)
	}
	session, err := viewer.Open(match.PlaybackParams{Game: tag.New(), Replay: outcome.Replay,
		Resolve: match.Resolver(tag.New(), policy.Params{})}, nil)
	if err != nil {
		panic(err)
	}
	defer session.Close()
	if err := session.Seek(ctx, 45); err != nil {
		panic(err)
	}
	for _, row := range session.Rows() {
		fmt.Println(row.Text, "-", row.Status)
	}
	fmt.Println(viewer.Paint(session, 1280, 800).Rect.Size())
	// Output:
	// task: stay 3s - running
	// (1280,800)
}
