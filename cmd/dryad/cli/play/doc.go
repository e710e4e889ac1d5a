// Package play is the command dryad play: one match, and how its result is
// printed.
package play
