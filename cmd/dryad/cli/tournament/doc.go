// Package tournament is the family of commands dryad tournament: policies against
// each other, and their ratings.
package tournament
