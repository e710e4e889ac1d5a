// Package openspiel reads games of OpenSpiel, a Python package, as games of
// package cfr. A process of Python writes the tree; the game stays there and
// nothing of OpenSpiel is linked.
//
//	game, err := openspiel.Load(ctx, openspiel.Params{Game: "kuhn_poker(players=3)"})
//	if err != nil { ... }
//	tree, err := cfr.Compile(game, cfr.Limits{})
//
// The way back, a strategy as a policy of OpenSpiel, is the Python module
// dryad_games.openspiel, which reads what cfr.WriteStrategy writes.
//
// The package holds whole trees in memory. It plays no matches.
package openspiel
