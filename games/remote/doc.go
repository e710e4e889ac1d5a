// Package remote plays games that run in another process, and lets other
// programs play dryad's: a small protocol over standard input and output or a
// socket, in JSON lines or CBOR. docs/remote.md specifies it.
//
//	game, err := remote.Open(ctx, "./my-game --level 3", remote.Params{})
//	defer game.Close()
//	outcome, err := match.Run(ctx, match.Params{Game: game, ...})
//
// The process is called the peer. It holds the world; dryad holds the trees. One
// exchange a tick carries the commands of all seats there, and what every seat
// perceives back. A peer that crashes, stalls, or writes what is no message ends
// its match as a failure of the infrastructure ([games.Failing]) and nothing
// else: the next match gets a new process.
//
// [Serve] is the other side: it offers a game of dryad's to a program that
// drives it.
//
// Neural tasks do not cross the protocol: the vocabulary of a peer has none.
package remote
