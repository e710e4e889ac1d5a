// Package fixedseed gives the property tests of a package the same draws on
// every run. A test file that imports pgregory.net/rapid imports it too:
//
//	import _ "dryad/internal/fixedseed"
//
// rapid by itself takes a new seed at each run, so that a test of a true law
// may pass today and one of a false law tomorrow. New draws belong to a run
// that looks for them, which names its seed or, with 0, asks for a new one:
//
//	go test ./cfr -rapid.seed=0
//	RAPID_SEED=0 go test -count=1 ./...
//
// It is for tests only; no program imports it.
package fixedseed

import (
	"flag"
	"os"

	_ "pgregory.net/rapid" // defines the flag
)

// Seed is the seed of rapid where neither RAPID_SEED nor -rapid.seed names one.
const Seed = "1"

func init() {
	if _, named := os.LookupEnv("RAPID_SEED"); named {
		return
	}
	if err := flag.Set("rapid.seed", Seed); err != nil {
		panic("dryad: bug in fixedseed: " + err.Error())
	}
}
