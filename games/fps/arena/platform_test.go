package arena_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"sync"
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
	handfulDigest = 0x91fa54d856eba89d
)

// platformGame returns the configuration of a random game of the catalogue,
// cut to a number of ticks. The usual handful is of generated maps, which
// every machine has.
func platformGame(k, ticks int) games.Config {
	all := arena.Catalog()
	n := len(all)
	if *platformGames == 0 {
		n = 11000
	}
	config := all[games.Mix(20, uint64(k))%uint64(n)].Config
	config.Ticks = ticks
	return config
}

// chosenGames returns which games the flags ask for; so many from 0 on without.
func chosenGames(usual int) (from, count int) {
	if *platformGames != 0 {
		return *platformFrom, *platformGames
	}
	return 0, usual
}

// TestSameHashesOnEveryPlatform plays 30 game seconds of random games of the
// catalogue and compares a digest of all their states, ten a second, with the
// recorded one. Run it on another platform to see that the platform does not
// show, with -games 100 -from 0, 100, ... for more, whose digests are printed;
// scripts/thousand does so for a thousand games under js/wasm:
//
//	GOOS=js GOARCH=wasm go test -exec "$(go env GOROOT)/lib/wasm/go_js_wasm_exec" -run SameHashes ./games/fps/arena
func TestSameHashesOnEveryPlatform(t *testing.T) {
	from, count := chosenGames(handful)
	digest := uint64(0)
	for k := from; k < from+count; k++ {
		hashes, err := hashesOf(platformGame(k, 30*35), uint64(k), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range hashes {
			digest = games.Mix(digest, h)
		}
	}
	if *platformGames != 0 {
		t.Logf("games %d to %d: digest %#016x", from, from+count-1, digest)
		return
	}
	if digest != handfulDigest {
		t.Errorf("digest %#016x, recorded %#016x", digest, uint64(handfulDigest))
	}
}

// hashesOf plays a game and returns the hashes of its states, one for every
// four ticks. With a source of randomness it goes, time and again, some ticks
// too far, and back by a snapshot.
func hashesOf(config games.Config, seed uint64, astray *rand.Rand) ([]uint64, error) {
	w, drivers, err := makeMatch(config, seed)
	if err != nil {
		return nil, err
	}
	var hashes []uint64
	for tick := 0; tick < config.Ticks; tick += 4 {
		if astray != nil && astray.IntN(10) == 0 {
			snapshot, before := w.Snapshot(nil), make([]driver, len(drivers))
			for s, d := range drivers {
				before[s] = *d
			}
			play(w, drivers, 1+astray.IntN(60))
			if err := w.Restore(snapshot); err != nil {
				return nil, err
			}
			for s, d := range drivers {
				*d = before[s]
			}
		}
		play(w, drivers, 4)
		hashes = append(hashes, w.Hash())
	}
	return hashes, nil
}

// Neither the number of workers nor snapshots and restorations at random ticks
// change a state. -games and -from choose the games, as above.
func TestSameHashesWithWorkersAndRestorations(t *testing.T) {
	from, count := chosenGames(8)
	const ticks = 8 * 35
	want := make([][]uint64, count)
	for i := range want {
		var err error
		if want[i], err = hashesOf(platformGame(from+i, ticks), uint64(from+i), nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, workers := range []int{1, 2, 8} {
		got, faults := make([][]uint64, count), make([]error, count)
		next := make(chan int, count)
		for i := range count {
			next <- i
		}
		close(next)
		var all sync.WaitGroup
		for range workers {
			all.Go(func() {
				for i := range next {
					k := uint64(from + i)
					got[i], faults[i] = hashesOf(platformGame(from+i, ticks), k, rand.New(rand.NewPCG(k, uint64(workers))))
				}
			})
		}
		all.Wait()
		for i := range got {
			if faults[i] != nil || !slices.Equal(got[i], want[i]) {
				t.Errorf("game %d with %d workers: other states, %v", from+i, workers, faults[i])
			}
		}
	}
}
