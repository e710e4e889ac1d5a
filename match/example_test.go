package match_test

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
)

func Example() {
	// A player in Go that never moves.
	statue := match.Entrant{
		Record: replay.Policy{Name: "statue"},
		Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
			return match.Func(func(body games.Body) error { body.Commit(0); return nil }), nil
		},
	}
	outcome, err := match.Run(context.Background(), match.Params{
		Game: tag.New(), Seed: 7, Entrants: []match.Entrant{statue, statue}, Record: true,
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(outcome.Ticks, "ticks,", outcome.Result.Reason)
	v, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: outcome.Replay})
	fmt.Println(v.StateHash == outcome.Hash, err)
	// Output:
	// 300 ticks, time limit
	// true <nil>
}
