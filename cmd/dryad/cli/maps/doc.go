// Package maps is the family of commands dryad maps: maps and how well they can be
// walked.
package maps
