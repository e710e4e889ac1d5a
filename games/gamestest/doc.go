// Package gamestest is a conformance suite for games: what package games asks of
// a Game, its Worlds, Bodies and Tasks, tried on any game in one line.
//
//	func TestConformance(t *testing.T) {
//		gamestest.Run(t, nim.New(), gamestest.Params{})
//	}
//
// Seats are driven by random tasks with random arguments, so that no policy is
// needed. The suite knows no rules: what a move should do is for the game's own
// tests.
package gamestest
