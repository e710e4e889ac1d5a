// Package evolve measures what a search adds to the cost of its matches: an
// agent-step of the bare engine, as package arena of this module steps it, beside
// one of the judge that dryad evolve plays its matches with, with the same
// policies on the same maps.
//
//	cd bench && go test ./evolve -bench . -count 10
//
// The two benchmarks report processor time for an agent-step in nanoseconds; their
// ratio is the share of the engine's speed that a search keeps.
package evolve
