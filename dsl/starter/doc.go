// Package starter writes a first policy for a game from a tactic, using the
// game's own words, for an author to go on from.
//
//	file, err := starter.New("cautious", "rookie", game)
//	fmt.Print(dsl.Format(file))
//
// What it writes always checks without an error. It is a start, not an
// opponent: it knows nothing of the game beyond its vocabulary.
package starter
