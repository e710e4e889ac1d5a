// Package lspo is the family of commands dryad lspo: runs, their measurement and
// reports, and preference data. Its init function registers the agents that a
// run has learned with package seats, under names that begin with "lspo:".
package lspo
