// Package evolve is the command dryad evolve: the search for a better tree.
package evolve
