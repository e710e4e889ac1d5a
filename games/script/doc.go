// Package script plays games that are written in Lua: a folder with game.lua,
// which holds the words of the game and a few functions.
//
//	game, err := script.Open("mygame")
//	outcome, err := match.Run(ctx, match.Params{Game: game, ...})
//
// The script runs in the bounded sandbox of package lua: no files, no clock, no
// randomness but its own, and a budget for every call. Its whole state is one table
// that dryad keeps, hashes and copies, so that a match is a function of seed and
// commands. A script that fails ends its match as a failure of the game
// ([games.Failing]), and nothing else. docs/script.md is the manual.
package script
