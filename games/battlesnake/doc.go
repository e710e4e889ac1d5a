// Package battlesnake is the game of Battlesnake (play.battlesnake.com) under its
// standard rules, written from their description: snakes on a grid move at the
// same time, starve without food, and die when they hit a wall, a body, or the
// head of a snake that is not shorter. The last one left wins.
//
//	world, err := battlesnake.New().New(games.Config{Map: "11x11:7", Seats: 4}, seed)
//
// [Board] holds the rules alone and knows no tree; a test compares it turn by
// turn with the official program. [Sit] gives a seat of any board, such as one
// that a server of the game has sent, to a policy.
//
// Hazards, wrapped boards and squads are not part of it.
package battlesnake
