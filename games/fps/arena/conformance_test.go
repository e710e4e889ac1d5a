package arena

import (
	"math/rand/v2"
	"testing"

	"dryad/games"
	"dryad/games/gamestest"
)

// TestConformance plays three modes; what unseen enemies, items and missiles are
// like is changed behind the seats' backs.
func TestConformance(t *testing.T) {
	gamestest.Run(t, New(), gamestest.Params{
		Configs: []games.Config{
			{Map: "generated:3", Seats: 4, Ticks: 400},
			{Map: "generated:3", Mode: "capture_the_flag", Seats: 4, Ticks: 400},
			{Map: "generated:3", Mode: "survival", Seats: 2, Ticks: 400},
		},
		Seeds: []uint64{1}, Ticks: 200,
		Scramble: func(world games.World, seat games.Seat, random *rand.Rand) bool {
			return scramble(world.(*World), int(seat), random) > 0
		},
	})
}
