// Package acceptance holds the checks of the whole that take longer than a
// test of a package may: they play on every map, over whole runs.
//
//	go test -tags acceptance ./acceptance
//
// It holds tests only; nothing imports it.
package acceptance
