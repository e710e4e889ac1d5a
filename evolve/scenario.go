package evolve

import "dryad/games"

// purposes split the run's seed: the pairs of one purpose never share a seed
// with those of another.
const (
	purposeScreen uint64 = iota + 1
	purposeTest
	purposeHeldOut
	purposePropose
	purposeTidy
	purposePlayOff
	purposePayoff
	purposeReturn
	purposeProbe
	purposeSeek
)

// scenarioOf returns the match that pair index plays: the scenarios in turn,
// each time with another seed.
func scenarioOf(configs []games.Config, seed, purpose uint64, index int) (games.Config, uint64) {
	return configs[index%len(configs)], games.Mix(seed, purpose, uint64(index))
}
