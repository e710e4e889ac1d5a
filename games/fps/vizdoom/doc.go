// Package vizdoom plays the real Doom engine with the trees, skills and ways of the
// arena. The engine runs in another program, the peer: one process of ViZDoom a seat,
// which advance together. The peer tells what each seat may know; this package turns
// it into the percepts of package fps and the seats' commands into the engine's
// buttons.
//
//	game := vizdoom.New(vizdoom.Params{})
//	defer game.Close()
//	outcome, err := match.Run(ctx, match.Params{
//		Game:     game,
//		Config:   games.Config{Map: "freedm.wad:MAP01"},
//		Entrants: []match.Entrant{match.Tree(veteran), vizdoom.Bot()},
//	})
//
// A seat knows of others what the engine draws for it, and what is announced to
// everybody. The engine does not repeat a match of several processes, so a match is
// no function of its configuration and seed: a replay keeps what the seats were told,
// and verifying it shows that the same percepts give the same commands.
//
// The package is not for training: the engine is a thousand times slower than the
// arena.
package vizdoom
