package classic_test

import (
	"testing"

	textbook "dryad/cfr/classic"
	"dryad/games/classic"
	"dryad/games/gamestest"
)

func TestConformance(t *testing.T) {
	gamestest.Run(t, kuhn(t), gamestest.Params{})
	leduc, err := classic.New("leduc", textbook.Leduc())
	if err != nil {
		t.Fatal(err)
	}
	gamestest.Run(t, leduc, gamestest.Params{Seeds: []uint64{1, 2, 3, 4}})
}
