package games_test

import (
	"fmt"
	"math/bits"
	"testing"

	"dryad/games"
)

// TestMixIsFixed: the words of a path are part of every replay's meaning.
func TestMixIsFixed(t *testing.T) {
	for _, c := range []struct {
		got, want uint64
	}{
		{games.Mix(0), 0xe220a8397b1dcdaf}, // the first output of SplitMix64 from 0
		{games.Mix(0x9e3779b97f4a7c15), 0x6e789e6aa1b965f4},
	} {
		if c.got != c.want {
			t.Errorf("%#x, want %#x", c.got, c.want)
		}
	}
}

// TestMixSpreads: paths that differ in one bit or in their order differ in
// about half of the bits.
func TestMixSpreads(t *testing.T) {
	base := games.Mix(1, 2, 3)
	others := []uint64{games.Mix(1, 3, 2), games.Mix(1, 2), games.Mix(1, 2, 3, 0), games.Mix(2, 2, 3)}
	for i := range 64 {
		others = append(others, games.Mix(1, 2, 3^1<<i))
	}
	seen := map[uint64]bool{base: true}
	for _, o := range others {
		if seen[o] {
			t.Fatalf("%#x comes twice", o)
		}
		seen[o] = true
		if n := bits.OnesCount64(base ^ o); n < 12 || n > 52 {
			t.Errorf("%#x and %#x differ in %d bits", base, o, n)
		}
	}
}

func ExampleStream() {
	const purposeSpawn = 4
	a, b := games.Stream(7, purposeSpawn), games.Stream(7, purposeSpawn)
	fmt.Println(a.Uint64() == b.Uint64(), a.Uint64() == games.Stream(7, 5).Uint64())
	// Output: true false
}
