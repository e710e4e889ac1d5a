// Package replay is the family of commands dryad replay: check, show and change
// recorded matches.
package replay
