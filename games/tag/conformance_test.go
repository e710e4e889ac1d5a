package tag_test

import (
	"testing"

	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/tag"
)

func TestConformance(t *testing.T) {
	gamestest.Run(t, tag.New(), gamestest.Params{Configs: []games.Config{{}, {Seats: 5, Ticks: 60, Map: "generated:4"}}})
}
