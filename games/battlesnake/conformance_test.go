package battlesnake_test

import (
	"testing"

	"dryad/games"
	"dryad/games/battlesnake"
	"dryad/games/gamestest"
)

func TestConformance(t *testing.T) {
	gamestest.Run(t, battlesnake.New(), gamestest.Params{Configs: []games.Config{{}, {Seats: 4, Map: "7x7:3"}, {Seats: 1, Ticks: 40}}})
}
