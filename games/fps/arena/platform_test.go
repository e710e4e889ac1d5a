package arena_test

import (
	"flag"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
)

var platformGames = flag.Int("games", 0, "number of catalogue games whose digest is compared or printed; 0 for the usual handful")

var platformFrom = flag.Int("from", 0, "number of the first of them, to go through many in portions")

// handful is how many games are compared with the recorded digest, and
// handfulDigest that digest.
const (
	handful       = 6
	handfulDigest = 0xc3df49240a31cb12
)

// TestSameHashesOnEveryPlatform plays 30 game seconds of random games of the
// catalogue and compares a digest of all their states, ten a second, with the
// recorded one. Run it on another platform to see that the platform does not
// show, with -games 100 -from 0, 100, ... for more, whose digests are printed:
//
//	GOOS=js GOARCH=wasm go test -exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" -run SameHashes ./games/fps/arena
func TestSameHashesOnEveryPlatform(t *testing.T) {
	count := *platformGames
	if count == 0 {
		count = handful
	}
	all := arena.Catalog()
	digest := uint64(0)
	for k := *platformFrom; k < *platformFrom+count; k++ {
		// The usual handful is of generated maps, which every machine has.
		n := len(all)
		if *platformGames == 0 {
			n = 11000
		}
		d := all[games.Mix(20, uint64(k))%uint64(n)]
		config := d.Config
		config.Ticks = 30 * 35
		w, drivers := newMatch(t, config, uint64(k))
		for tick := 0; tick < config.Ticks; tick += 4 {
			play(w, drivers, 4)
			digest = games.Mix(digest, w.Hash())
		}
	}
	if *platformGames != 0 {
		t.Logf("games %d to %d: digest %#016x", *platformFrom, *platformFrom+count-1, digest)
		return
	}
	if digest != handfulDigest {
		t.Errorf("digest %#016x, recorded %#016x", digest, uint64(handfulDigest))
	}
}
