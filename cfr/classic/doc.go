// Package classic holds the textbook games of hidden information, on which
// solvers are measured: Kuhn and Leduc poker, liar's dice, goofspiel, matrix
// games, a small game of hidden roles, and games in Gambit's files.
//
//	tree, err := cfr.Compile(classic.Kuhn{Players: 3}, cfr.Limits{})
//	game, err := classic.ReadEFG(file)
//
// It solves nothing: see package cfr.
package classic
