package werewolf_test

import (
	"testing"

	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/werewolf"
)

func TestConformance(t *testing.T) {
	gamestest.Run(t, werewolf.New(), gamestest.Params{Configs: []games.Config{{}, {Map: "deals:3", Seats: 9}}})
}
