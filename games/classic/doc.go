// Package classic seats players at the textbook games of package cfr/classic:
// it makes a world of any cfr.Game, so that solved strategies, trees and other
// agents meet in matches and tournaments.
//
//	game, err := classic.New("leduc", cfrclassic.Leduc())
//	tree := game.Tree()
//	strategy, _, err := cfr.ReadStrategy(file, tree)
//	player := game.Player(strategy, seat, seed) // a match.Player
//
// Each tick is one move, and the player whose turn it is acts. What a tree may
// say: a task for every action of the game, a condition for whether it is
// legal now. It solves nothing: see package cfr.
package classic
