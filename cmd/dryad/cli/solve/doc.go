// Package solve is the family of commands dryad solve: games of hidden
// information, their equilibria and curves.
package solve
