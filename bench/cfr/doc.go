// Package cfr measures dryad's solvers side by side with go-cfr in one run, on
// Kuhn poker, Leduc poker and liar's dice with one die of six sides.
//
// One iteration updates both players once. go-cfr is given its leanest form:
// the tree stands in memory ready-made, with its keys, so that it pays for no
// rule of the game.
//
//	go test -bench . -benchtime 1s ./cfr
//	go test -run TestRatios -v ./cfr
package cfr
