// Package evaluate is the command dryad evaluate, which measures one policy on
// many games.
package evaluate
