// Package games is the family of commands dryad games: the games, their words
// and catalogues.
package games
