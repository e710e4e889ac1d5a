package tournament

import (
	"fmt"
	"strconv"

	"dryad/games"
)

// Fixture is one match of the schedule.
type Fixture struct {
	// Index is the match's place in the schedule; 2k and 2k+1 are a pair.
	Index int
	// Round is the number of the round, in which every two competitors meet.
	Round int
	// Home and Away are indices of competitors.
	Home, Away int
	// Scenario is the index of what is played among the maps or scenarios, Map
	// its name.
	Scenario int
	Map      string
	Seed     uint64
}

// Key names the match in the store.
func (f Fixture) Key() string { return fmt.Sprintf("%08d", f.Index) }

// fixture returns the match at an index. A round has a pair for every two
// competitors, all on one map and one seed.
func (p *Params) fixture(index int) Fixture {
	n := len(p.Competitors)
	pairings := n * (n - 1) / 2
	pair := index / 2
	round := pair / pairings
	f := Fixture{Index: index, Round: round, Scenario: round % len(p.Maps), Map: p.Maps[round%len(p.Maps)], Seed: games.Mix(p.Seed, uint64(round))}
	f.Home, f.Away = pairing(pair%pairings, n)
	if index%2 == 1 {
		f.Home, f.Away = f.Away, f.Home
	}
	return f
}

// fixtureOf is the inverse of [Fixture.Key].
func (p *Params) fixtureOf(key string) Fixture {
	index, err := strconv.Atoi(key)
	if err != nil {
		panic("tournament: bug: the match " + key + " has no number")
	}
	return p.fixture(index)
}

// pairing returns the k-th of all pairs i < j out of n.
func pairing(k, n int) (i, j int) {
	for i = 0; k >= n-1-i; i++ {
		k -= n - 1 - i
	}
	return i, i + 1 + k
}

// matches is the number of matches, whole pairs.
func (p *Params) matches() int { return (p.Matches + 1) / 2 * 2 }
