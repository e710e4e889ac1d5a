// Package match is where policies meet a world: it runs matches, records them,
// executes records again and forks them.
//
//	outcome, err := match.Run(ctx, match.Params{
//		Game: tag.New(), Config: games.Config{Map: "generated:7"}, Seed: 7,
//		Entrants: []match.Entrant{a, b},
//		Record: true,
//	})
//	err = replay.WriteFile("out.replay", outcome.Replay)
//	...
//	verification, err := match.Verify(ctx, match.PlaybackParams{Game: tag.New(), Replay: r})
//
// A match is a function of the game, the configuration, the seed and the
// policies. Whatever takes a seat is a [Player]; one that panics, stalls or
// commands what is illegal forfeits its own seat, and the match goes on.
// [Playback] executes a replay tick by tick, forwards and backwards, with the
// recorded trees thinking beside it if wanted; [Playback.Fork] lets the match
// go on otherwise from any tick.
//
// The package keeps nothing on the disk, shows nothing and chooses no pairings:
// those are for replay, the viewer and the long-running jobs.
package match
